# SPDX-License-Identifier: Apache-2.0
"""Files people hand over, turned into lines of text within fixed limits: decoding, Word, HTML.

What the lines mean does not belong here; that is for ``minutes`` and ``transcripts``.
"""

from huiyao.language.uploads.decoding import decode
from huiyao.language.uploads.pages import html_to_lines
from huiyao.language.uploads.refusals import UploadTooLarge, UploadUnreadable
from huiyao.language.uploads.word import docx_to_lines

__all__ = [
    "UploadTooLarge",
    "UploadUnreadable",
    "decode",
    "docx_to_lines",
    "html_to_lines",
]
