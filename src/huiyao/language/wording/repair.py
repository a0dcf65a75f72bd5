# SPDX-License-Identifier: Apache-2.0
"""What a line would read with a wording repaired: a date for a vague time, or the words taken out."""

import re

from huiyao.language.wording.hints import WordingHint
from huiyao.language.wording.wordlist import Category

_LEADING = "，,、；;：: 的地"
_TWICE = re.compile(r"([，、；,;])[，、；,;]+")
_BEFORE_END = re.compile(r"[，、；,;：:]+(?=[。.！!？?]|$)")
BY_HAND = frozenset({Category.BLAME})
"""Taking out a reproach leaves a sentence without its subject: somebody has to say what happened."""


def repaired(text: str, hint: WordingHint, *, day: str = "") -> str:
    """``text`` without the wording of ``hint``, or for a vague time with ``day`` in its place; empty: by hand only.

    ``day`` is ready to print ("12月4日前"). What is offered is shown before it is taken.
    """
    if hint.category in BY_HAND:
        return ""
    start, end = hint.span
    dated = hint.category is Category.VAGUE_TIME and day
    before, after = text[:start], text[end:]
    if not dated and (not before or before[-1] in _LEADING + "。！？\n"):
        after = after.lstrip(_LEADING)
    found = before + (day if dated else "") + after
    found = _BEFORE_END.sub("", _TWICE.sub(r"\1", found)).strip()
    found = re.sub(r"(?<=[A-Za-z,])  +(?=[A-Za-z])", " ", found)
    return found if found != text and any(sign.isalnum() for sign in found) else ""
