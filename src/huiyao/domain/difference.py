# SPDX-License-Identifier: Apache-2.0
"""The difference of two texts: character by character in Chinese, word by word where words are spaced."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

PIECE = re.compile(r"[A-Za-zÀ-ɏ]+|\d+|\s+|.", re.DOTALL)


class Segment(NamedTuple):
    """A stretch of text that is ``same``, ``gone`` or ``new``."""

    change: str
    text: str


def difference(old: str, new: str) -> tuple[Segment, ...]:
    """The segments that turn ``old`` into ``new``, in reading order; what is gone first."""
    before, after = PIECE.findall(old), PIECE.findall(new)
    segments: list[Segment] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            segments.append(Segment("same", "".join(before[a:b])))
            continue
        if a < b:
            segments.append(Segment("gone", "".join(before[a:b])))
        if c < d:
            segments.append(Segment("new", "".join(after[c:d])))
    return tuple(segments)
