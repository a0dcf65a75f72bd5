# SPDX-License-Identifier: Apache-2.0
"""Days, weeks (Monday first), months, quarters, half years and years as inclusive periods."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import IntEnum


class Grain(IntEnum):
    """How coarse a period is; a finer one may be placed inside a coarser one."""

    DAY = 1
    WEEK = 2
    THIRD = 3
    MONTH = 4
    QUARTER = 5
    HALF = 6
    YEAR = 7


@dataclass(frozen=True, slots=True)
class Period:
    """From ``start`` to ``end``, both included. ``part`` is True for a named end, middle or beginning of a period."""

    start: date
    end: date
    grain: Grain
    part: bool = False


def day(on: date) -> Period:
    """One day."""
    return Period(on, on, Grain.DAY)


def week(on: date, ahead: int = 0) -> Period:
    """The week that holds ``on``, or the one ``ahead`` weeks later."""
    monday = on - timedelta(days=on.weekday()) + timedelta(weeks=ahead)
    return Period(monday, monday + timedelta(days=6), Grain.WEEK)


def month(year_: int, number: int) -> Period:
    """A month; a number outside 1 to 12 counts on into other years."""
    years, index = divmod(number - 1, 12)
    first = date(year_ + years, index + 1, 1)
    return Period(first, last_day(first), Grain.MONTH)


def quarter(year_: int, number: int) -> Period:
    """A quarter; a number outside 1 to 4 counts on into other years."""
    first = month(year_, 3 * number - 2)
    return Period(first.start, month(year_, 3 * number).end, Grain.QUARTER)


def half(year_: int, number: int) -> Period:
    """The first or second half of a year."""
    return Period(month(year_, 6 * number - 5).start, month(year_, 6 * number).end, Grain.HALF)


def year(number: int) -> Period:
    """A calendar year."""
    return Period(date(number, 1, 1), date(number, 12, 31), Grain.YEAR)


def last_day(on: date) -> date:
    """Last day of the month of ``on``."""
    return on.replace(day=calendar.monthrange(on.year, on.month)[1])


def add_months(on: date, count: int) -> date:
    """The same day ``count`` months later, or that month's last day when it is shorter."""
    target = month(on.year, on.month + count)
    return target.start.replace(day=min(on.day, target.end.day))


def _third(base: Period, first: int, last: int) -> Period:
    end = base.end if last == 0 else base.start.replace(day=last)
    return Period(base.start.replace(day=first), end, Grain.THIRD, part=True)


_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 0), "上中旬": (1, 20), "中下旬": (11, 0)}


def _of_month(base: Period, name: str) -> Period:
    if name == "初":
        return _third(base, 1, 5)
    if name == "中":
        return _third(base, 15, 15)
    if name.endswith("旬"):
        first, last = _THIRDS[name]
        return _third(base, first, last)
    if name in ("上半月", "下半月"):
        return _third(base, 1, 15) if name == "上半月" else _third(base, 16, 0)
    if name == "伊始":
        return Period(base.start, base.start, Grain.DAY, part=True)
    return _third(base, 25, 0)


def _of_year(base: Period, name: str) -> Period:
    number = base.start.year
    if name == "初":
        first, last = 1, 2
    elif name == "中":
        first, last = 6, 6
    elif name == "伊始":
        first, last = 1, 1
    else:
        first, last = 11, 12
    return Period(month(number, first).start, month(number, last).end, Grain.MONTH, part=True)


def _of_months(base: Period, name: str) -> Period:
    """Beginning, middle or end of a quarter or half year: its first, a middle, its last month."""
    length = 3 if base.grain is Grain.QUARTER else 6
    at = {"初": 0, "伊始": 0, "中": length // 2}.get(name, length - 1)
    chosen = month(base.start.year, base.start.month + at)
    return Period(chosen.start, chosen.end, Grain.MONTH, part=True)


def _of_week(base: Period, name: str) -> Period:
    first, last = {"初": (0, 1), "中": (2, 2)}.get(name, (4, 6))
    return Period(base.start + timedelta(days=first), base.start + timedelta(days=last), Grain.DAY, part=True)


def part_of(base: Period, name: str | None) -> Period:
    """Beginning (初), middle (中), third (上旬, 中旬, 下旬), half (上半月, 下半月) or end (any other name)."""
    if not name:
        return base
    if base.grain is Grain.MONTH:
        return _of_month(base, name)
    if base.grain is Grain.YEAR:
        return _of_year(base, name)
    if base.grain is Grain.WEEK:
        return _of_week(base, name)
    return _of_months(base, name)
