# SPDX-License-Identifier: Apache-2.0
"""Minutes as Word in the guide's table form (R86-R98).

Importing this package loads python-docx and lxml (25 MB): the server asks ``documents.exports``, which loads
it on use.
"""

from huiyao.documents.docx_minutes.document import minutes_docx

__all__ = ["minutes_docx"]
