# SPDX-License-Identifier: Apache-2.0
"""What reading old minutes yields: the minutes, and what became of every source line."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiyao.domain.minutes import Minutes


class Became(StrEnum):
    """What a source line was understood as. ``BLANK`` and ``LAYOUT`` carry no text of their own."""

    BLANK = "blank"
    LAYOUT = "layout"
    HEADING = "heading"
    BASICS = "basics"
    ATTENDEE = "attendee"
    TOPIC = "topic"
    PROBLEM = "problem"
    SOLUTION = "solution"
    DECISION = "decision"
    ACTION = "action"
    NEXT_PLAN = "next_plan"
    NOTE = "note"


_RANKED = (
    Became.BLANK,
    Became.LAYOUT,
    Became.NOTE,
    Became.HEADING,
    Became.TOPIC,
    Became.ATTENDEE,
    Became.BASICS,
    Became.NEXT_PLAN,
    Became.DECISION,
    Became.SOLUTION,
    Became.PROBLEM,
    Became.ACTION,
)


def rank(became: Became) -> int:
    """How much a meaning weighs where a line has several."""
    return _RANKED.index(became)


@dataclass(frozen=True, slots=True)
class ReadLine:
    """One line of the source, 1-based. ``ids`` name the elements of the minutes that hold its text.

    A table cell can hold several items, so a line can have become several things; ``became`` is the weightiest.
    """

    number: int
    text: str
    became: Became
    ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadAction:
    """One action with where it stands. ``due_text`` is the wording of the deadline even where ``due`` was found.

    ``how`` tells by which layout it was recognised: section, table, checkbox, label, owner.
    """

    id: str
    line: int
    task: str
    owners: tuple[str, ...]
    due: date | None
    due_text: str
    done: bool
    how: str


@dataclass(frozen=True, slots=True)
class ReadMinutes:
    """The minutes read, line by line. ``held_on`` is the day of the meeting where the source says it."""

    minutes: Minutes
    lines: tuple[ReadLine, ...]
    actions: tuple[ReadAction, ...]
    held_on: date | None
    layout: str
