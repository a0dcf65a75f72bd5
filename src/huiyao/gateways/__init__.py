# SPDX-License-Identifier: Apache-2.0
"""One module per outside service: httpx and SMTP clients.

No Django, no tables, no meeting word beyond a message.
"""
