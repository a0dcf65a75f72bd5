# SPDX-License-Identifier: Apache-2.0
"""The directory: departments, persons, their roles in the organisation, sign-in, tokens.

What somebody is at one meeting belongs to meetings.
"""
