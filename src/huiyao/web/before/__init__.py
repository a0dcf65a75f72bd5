# SPDX-License-Identifier: Apache-2.0
"""Pages before a meeting: plan, invitation, reply.

Pages of the meeting itself are in during.
"""
