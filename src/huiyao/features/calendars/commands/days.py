# SPDX-License-Identifier: Apache-2.0
"""Days of rest and make-up days the organisation sets itself, one by one or as a pasted list."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue, NotFound
from huiyao.domain.values import clean_line
from huiyao.features.calendars.models import CalendarDay
from huiyao.plumbing import audit

LINES_MOST = 400
LINE = re.compile(r"(?P<day>\d{4}[-/.]\d{1,2}[-/.]\d{1,2})[\s,;，；\t]+(?P<kind>\S+?)(?:[\s,;，；\t]+(?P<name>.*))?")
WORKS = {"班": True, "上班": True, "work": True, "补班": True, "補班": True}
RESTS = {"休": False, "休息": False, "rest": False, "放假": False, "假": False}


@dataclass(frozen=True, slots=True)
class DayOfCalendar:
    """A date and whether it works."""

    day: date
    working: bool
    name: str = ""


def day_of(field: str, value: object) -> date:
    """A civil date written ``2027-02-05`` (also with slashes or dots).

    Raises:
        BadValue: it is none, or lies outside 2000 to 2100.
    """
    try:
        year, month, day = (int(part) for part in re.split(r"[-/.]", str(value).strip()))
        found = date(year, month, day)
    except ValueError:
        raise BadValue(field=field, reason="date") from None
    if not date(2000, 1, 1) <= found < date(2100, 1, 1):
        raise BadValue(field=field, reason="date")
    return found


def read_list(text: str) -> list[DayOfCalendar]:
    """A pasted list, one day a line: date, 休 (rest) or 班 (work), name. Empty lines are skipped.

    Raises:
        BadValue: a line cannot be read; facts ``line`` and ``number``.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if not lines:
        raise BadValue(field="days", reason="required")
    if len(lines) > LINES_MOST:
        raise BadValue(field="days", reason="too_many", most=LINES_MOST)
    return [_read_line(number, line) for number, line in lines]


def _read_line(number: int, line: str) -> DayOfCalendar:
    match = LINE.fullmatch(line)
    working = {**WORKS, **RESTS}.get(match["kind"].lower()) if match else None
    if match is None or working is None:
        raise BadValue(field="days", reason="day_line", number=number, line=line[:60])
    try:
        day = day_of("days", match["day"])
    except BadValue:
        raise BadValue(field="days", reason="day_line", number=number, line=line[:60]) from None
    return DayOfCalendar(day, working, clean_line("days", match["name"] or "", most=80, required=False))


@transaction.atomic
def set_days(days: list[DayOfCalendar], *, by: Actor, at: datetime) -> int:
    """Put days into the calendar, replacing what was set for them; returns how many. Running clocks keep theirs."""
    for one in days:
        CalendarDay.objects.update_or_create(day=one.day, defaults={"working": one.working, "name": one.name})
        facts = {"working": one.working, "name": one.name}
        audit.record("calendar.day_set", by=by, at=at, subject=one.day.isoformat(), facts=facts)
    return len(days)


@transaction.atomic
def clear_day(day: date, *, by: Actor, at: datetime) -> None:
    """Take a day back: it follows its weekday and the statutory holidays again.

    Raises:
        NotFound: nothing was set for it.
    """
    row = CalendarDay.objects.filter(day=day).first()
    if row is None:
        raise NotFound
    facts = {"working": row.working, "name": row.name}
    row.delete()
    audit.record("calendar.day_cleared", by=by, at=at, subject=day.isoformat(), facts=facts)
