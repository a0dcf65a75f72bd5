# SPDX-License-Identifier: Apache-2.0
"""What invitees are sent: the content, its words in the recipient's language, and the calendar object."""
