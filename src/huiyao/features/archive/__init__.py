# SPDX-License-Identifier: Apache-2.0
"""What is filed when minutes are final, and what those who were there say of the meeting.

Live tables stay with their features.
"""
