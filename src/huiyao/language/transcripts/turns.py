# SPDX-License-Identifier: Apache-2.0
"""What a transcript is after import, and how clock readings in it are understood."""

import re
from dataclasses import dataclass

_DIGITS = str.maketrans("０１２３４５６７８９：．，", "0123456789:.,")
CLOCK = r"(?:\d{1,3}\s?[:：]\s?)?\d{1,3}\s?[:：]\s?\d{1,2}(?:[.,，．]\d{1,3})?"
"""A reading with two or three parts; minutes go beyond 59 and parts need not be padded."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker said without another in between. ``speaker`` is '' where the file names nobody.

    ``start`` and ``end`` are seconds from the beginning of the file's clock (see ``Transcript.clock``), or None.
    ``line`` is the 1-based line (text) or the ordinal of the element (JSON) the turn begins at.
    """

    number: int
    line: int
    speaker: str
    text: str
    start: float | None = None
    end: float | None = None


@dataclass(frozen=True, slots=True)
class KeptLine:
    """A line that belongs to no turn: title, date, list of participants."""

    line: int
    text: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """A transcript. ``layout`` names what was recognised; ``clock`` is elapsed, time_of_day or none."""

    turns: tuple[Turn, ...]
    kept: tuple[KeptLine, ...]
    layout: str
    clock: str

    @property
    def text(self) -> str:
        """Everything said, one turn a line."""
        return "\n".join(turn.text for turn in self.turns)


def seconds(reading: str) -> float | None:
    """Seconds of a clock reading; two parts are minutes and seconds."""
    parts = reading.translate(_DIGITS).replace(",", ".").replace(" ", "").split(":")
    if not 2 <= len(parts) <= 3:
        return None
    try:
        values = [float(part) for part in parts]
    except ValueError:
        return None
    if values[-1] >= 60:
        return None
    total = 0.0
    for value in values:
        total = total * 60 + value
    return round(total, 3)


@dataclass(slots=True)
class Open:
    """A turn being gathered."""

    line: int
    speaker: str
    texts: list[str]
    start: float | None = None
    end: float | None = None


def closed(opened: list[Open]) -> tuple[Turn, ...]:
    """Turns numbered from 1; neighbours of the same named speaker become one, empty ones are left out.

    A turn without an end lasts until the next one begins.
    """
    merged: list[Open] = []
    for turn in opened:
        if not any(text.strip() for text in turn.texts):
            continue
        if merged and turn.speaker and merged[-1].speaker == turn.speaker:
            merged[-1].texts += turn.texts
            merged[-1].end = turn.end if turn.end is not None else merged[-1].end
        else:
            merged.append(turn)
    result = []
    for index, turn in enumerate(merged):
        following = merged[index + 1].start if index + 1 < len(merged) else None
        end = turn.end if turn.end is not None else following
        if end is not None and turn.start is not None and end < turn.start:
            end = None
        result.append(Turn(index + 1, turn.line, turn.speaker, _joined(turn.texts), turn.start, end))
    return tuple(result)


def _joined(texts: list[str]) -> str:
    """Lines of one turn put together: a space only between Latin letters."""
    result: list[str] = []
    for text in (piece.strip() for piece in texts):
        if not text:
            continue
        if result and re.match(r"[A-Za-z0-9]", text) and re.search(r"[A-Za-z0-9,.;?!]$", result[-1]):
            result.append(" ")
        result.append(text)
    return "".join(result)
