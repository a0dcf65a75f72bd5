# SPDX-License-Identifier: Apache-2.0
"""The organisation itself: name, zone, hours, language and the versions of its policy.

People and departments are in people, holidays in calendars.
"""
