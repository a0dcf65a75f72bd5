# SPDX-License-Identifier: Apache-2.0
"""The smallest meaningful parts of a date wording, and what they need to know to become a period."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from typing import Protocol

from huiyao.language.deadlines.periods import Grain, Period


class WorkingDays(Protocol):
    """A working calendar, as far as deadlines need one."""

    def is_working(self, day: date) -> bool:
        """Whether people work on ``day``."""
        ...


class PlainWeek:
    """Monday to Friday, no holidays: what is used when no calendar is passed in."""

    def is_working(self, day: date) -> bool:
        """Whether ``day`` is Monday to Friday."""
        return day.weekday() < 5


@dataclass(frozen=True, slots=True)
class Setting:
    """What relative words refer to. ``anchor`` is the day from which a bare day, weekday or month is looked for."""

    now: datetime
    anchor: date
    working: WorkingDays
    next_meeting: date | None = None
    meeting_end: datetime | None = None

    @property
    def today(self) -> date:
        """The civil day of the reference."""
        return self.now.date()

    def anchored(self, day: date) -> "Setting":
        """The same with another anchor (the right side of "A to B" is looked for from A on)."""
        return replace(self, anchor=day)


class Kind(Enum):
    """How a piece takes part in the grammar."""

    CALENDAR = auto()
    """names a period, may stand inside a coarser one"""
    WITHIN = auto()
    """a distance that ends a span starting now: 三天内"""
    POINT = auto()
    """a distance that names a moment: 三天后"""
    AGO = auto()
    """a distance into the past: 三天前"""
    OPEN = auto()
    """after something, without an end"""
    DURATION = auto()
    """a length of time without direction: no deadline by itself"""
    NEXT_MEETING = auto()
    EVENT = auto()
    """a distance from something without a date: 上线后三天内"""
    CLOCK = auto()


Place = Callable[[Period | None, Setting], Period | None]
"""The period of a piece inside an outer period, or by itself when that is None; None or ValueError: no such day."""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day as said. ``hour`` is None for a part of the day (下午), which alone is no deadline.

    ``half`` is am, pm, night, 24 (said in full), all (a day) or empty.
    """

    hour: int | None
    minute: int = 0
    half: str = ""
    next_day: bool = False

    def at(self) -> time | None:
        """Time of day; a bare hour before seven is taken as afternoon. Hour 24 has no time of its own."""
        if self.hour is None:
            return None
        hour = self.hour
        if (self.half == "pm" and 0 < hour < 12) or (not self.half and 0 < hour < 7):
            hour += 12
        if (self.half == "night" and 4 < hour < 12) or (self.half == "am" and hour == 12):
            hour = (hour + 12) % 24
        return time(hour % 24, self.minute) if hour < 24 and self.minute < 60 else None


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text ``start`` to ``end``. ``place`` gives its period inside an outer one (or None for today)."""

    start: int
    end: int
    kind: Kind
    grain: Grain = Grain.DAY
    place: Place | None = None
    clock: Clock | None = None
    past: bool = False
    floating: bool = False
    """looked for from the anchor on, so it can stand on the right side of a range"""
    bare: bool = False
    """a day number or weekday that may continue an enumeration"""
    assumed: bool = False
    outer_only: bool = False
    """has a meaning only inside a coarser period: 前两个季度"""
    holiday: bool = False
    exact: bool = True
    """False for a distance too coarse to be a deadline with 之后: 半年之后"""


Builder = Callable[["re.Match[str]"], Piece | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A wording and what it becomes. The builder may refuse by returning None."""

    pattern: str
    build: Builder


def shift_working(start: date, count: int, working: WorkingDays) -> date:
    """The ``count``-th working day after ``start`` (before it when negative).

    Raises ValueError when there is none within about five years.
    """
    step = timedelta(days=1 if count > 0 else -1)
    left, current = abs(count), start
    for _ in range(min(7 * left + 60, 2000)):
        if not left:
            return current
        current += step
        left -= working.is_working(current)
    raise ValueError(count)
