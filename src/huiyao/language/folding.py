# SPDX-License-Identifier: Apache-2.0
"""Folding of written forms: traditional to simplified, full width to half width, upper case to lower case.

Two folds. ``fold_letters`` keeps the length, so an offset in the folded text is an offset in the original: rules that
report spans use it. ``fold_text`` is the stronger one (NFKC and case folding, lengths may change) with a map back.
Conversion is by single character (OpenCC's t2s table), so it never changes a length.
"""

import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import chain

from opencc import OpenCC

_HAN = chain(range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0xF900, 0xFB00))
_WIDE = range(0xFF01, 0xFF5F)
_SPACES = (0x3000, 0xA0, 0x2002, 0x2003, 0x2009, 0x202F)
# Same sound and sense in business writing, not in OpenCC's table because the simplified form exists too.
_VARIANTS = {"週": "周", "裏": "里", "箇": "个", "爲": "为", "啓": "启", "麽": "么"}


@cache
def simplified() -> dict[int, str]:
    """Traditional character to simplified character, for ``str.translate``."""
    traditional = [chr(code) for code in _HAN]
    converted = OpenCC("t2s").convert("\n".join(traditional)).split("\n")
    table = {ord(old): new for old, new in zip(traditional, converted, strict=True) if old != new and len(new) == 1}
    return table | {ord(old): new for old, new in _VARIANTS.items()}


@cache
def _letters() -> dict[int, str]:
    table = dict(simplified())
    table.update({code: chr(code - 0xFEE0).lower() for code in _WIDE})
    table.update(dict.fromkeys(_SPACES, " "))
    table.update({code: chr(code).lower() for code in range(ord("A"), ord("Z") + 1)})
    return table


def fold_letters(text: str) -> str:
    """Simplified, half-width, lower-case text of exactly the same length."""
    return text.translate(_letters())


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each of its characters, the offset of the original character it came from.

    ``starts`` has one more element than ``text``: the length of the original.
    """

    text: str
    starts: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original span, end exclusive, of ``text[start:end]``."""
        if end <= start:
            return self.starts[start], self.starts[start]
        last = self.starts[end - 1]
        after = next((offset for offset in self.starts[end:] if offset > last), self.starts[-1])
        return self.starts[start], after


def fold_text(text: str) -> Folded:
    """Simplified NFKC case-folded text with its map back; one character may become several."""
    table = simplified()
    parts: list[str] = []
    starts: list[int] = []
    for offset, letter in enumerate(text):
        part = letter if letter < "\x80" else unicodedata.normalize("NFKC", letter).translate(table)
        part = part.casefold()
        parts.append(part)
        starts.extend([offset] * len(part))
    return Folded("".join(parts), (*starts, len(text)))


def fold_key(text: str) -> str:
    """The form under which a name or a search word is compared: folded, inner white space collapsed, ends trimmed."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(simplified()).casefold().split())
