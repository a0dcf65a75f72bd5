# SPDX-License-Identifier: Apache-2.0
"""Topics and materials of a meeting.

What was said under a topic belongs to sittings and minutes.
"""
