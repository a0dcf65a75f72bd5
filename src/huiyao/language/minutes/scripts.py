# SPDX-License-Identifier: Apache-2.0
"""Patterns written once in simplified characters that match traditional text as well."""

import re
from functools import cache

from huiyao.language.folding import simplified


@cache
def _traditional() -> dict[str, str]:
    found: dict[str, str] = {}
    for code, simple in simplified().items():
        found[simple] = found.get(simple, "") + chr(code)
    return found


def both(pattern: str) -> str:
    """The pattern with a class of both forms in place of each character that has two."""
    known = _traditional()
    result: list[str] = []
    inside = escaped = False
    for char in pattern:
        forms = known.get(char, "")
        result.append(char + forms if inside or not forms else f"[{char}{forms}]")
        if not escaped:
            inside = char == "[" or (inside and char != "]")
        escaped = char == "\\" and not escaped
    return "".join(result)


def compiled(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """``re.compile`` of a pattern for both scripts."""
    return re.compile(both(pattern), flags)


def simple(text: str) -> str:
    """Simplified characters, one for one."""
    return text.translate(simplified())
