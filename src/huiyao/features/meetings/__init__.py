# SPDX-License-Identifier: Apache-2.0
"""A meeting: its plan, seats, roles and stage.

Topics are in agenda, invitations in invitations, the live record in sittings.
"""
