# SPDX-License-Identifier: Apache-2.0
"""Reading minutes written elsewhere (text, Markdown, HTML, Word) into the minutes of the house.

Writing minutes does not belong here; deadlines in words are read by ``deadlines``.
"""

from huiyao.language.minutes.read import read_minutes
from huiyao.language.minutes.result import Became, ReadAction, ReadLine, ReadMinutes

__all__ = ["Became", "ReadAction", "ReadLine", "ReadMinutes", "read_minutes"]
