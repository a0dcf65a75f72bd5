# SPDX-License-Identifier: Apache-2.0
"""Which days work: holidays and make-up days.

Clocks themselves are pure rules in domain.calendar.
"""
