# SPDX-License-Identifier: Apache-2.0
"""Invitations, replies, and notices of change.

The plan they speak of is in meetings and agenda.
"""
