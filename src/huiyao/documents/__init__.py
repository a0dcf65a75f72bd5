# SPDX-License-Identifier: Apache-2.0
"""Minutes and tables as files: Word, PDF, Excel, Markdown, plain text, iCalendar. Plain data in, bytes out.

No Django, no clock, no network; what minutes mean belongs to ``domain``, who may have a file to ``features``.
"""
