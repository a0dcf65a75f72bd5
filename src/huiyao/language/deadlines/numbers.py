# SPDX-License-Identifier: Apache-2.0
"""Numbers as people write them in dates: digits, Chinese positional numbers, strings of Chinese digits."""

import re

DIGITS = "零〇一二三四五六七八九"
NUMERAL = rf"(?:\d{{1,4}}|[{DIGITS}两十百千廿卅俩仨]{{1,7}})"
"""Fragment matching any number ``read_number`` understands."""

_VALUES = {"零": 0, "〇": 0, "两": 2, "俩": 2, "仨": 3} | {
    letter: n for n, letter in enumerate("一二三四五六七八九", 1)
}
_SCALES = {"十": 10, "百": 100, "千": 1000}
_DIGIT_STRING = re.compile(rf"[{DIGITS}]{{2,4}}")


def read_number(text: str) -> int | None:
    """Value of a numeral, None when the characters do not form one (``十百``)."""
    if text.isascii() and text.isdigit():
        return int(text)
    if _DIGIT_STRING.fullmatch(text):
        return int("".join(str(_VALUES[letter]) for letter in text))
    total, current = 0, 0
    for letter in text.replace("廿", "二十").replace("卅", "三十"):
        if letter in _SCALES:
            total += (current or 1) * _SCALES[letter]
            current = 0
        elif letter in _VALUES and (current == 0):
            current = _VALUES[letter]
        else:
            return None
    return total + current
