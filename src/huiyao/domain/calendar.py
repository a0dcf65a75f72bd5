# SPDX-License-Identifier: Apache-2.0
"""Working time: hours, weekdays, holidays and make-up days, and the clocks that count in it (``contracts``: clocks).

Instants are aware datetimes; results are in UTC. Civil dates stay dates in the organisation's zone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

HORIZON_DAYS = 800
"""How far a search for the next working day goes before the calendar is called unusable."""


class NoWorkingDay(ValueError):
    """The calendar has no working day within ``HORIZON_DAYS`` of ``start``."""

    def __init__(self, start: date) -> None:
        self.start = start
        super().__init__(f"no working day within {HORIZON_DAYS} days of {start}")


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """An organisation's working days and hours.

    ``days`` overrides single dates: True a make-up working day, False a day of rest. ``hours`` are the spans of one
    working day in local time, sorted and not overlapping. ``weekdays`` count from Monday = 0.
    """

    zone: str = "Asia/Shanghai"
    hours: tuple[tuple[time, time], ...] = ((time(9), time(12)), (time(13), time(18)))
    weekdays: frozenset[int] = frozenset({0, 1, 2, 3, 4})
    days: Mapping[date, bool] = field(default_factory=dict, compare=False)

    def is_working(self, day: date) -> bool:
        """Whether ``day`` is a working day."""
        override = self.days.get(day)
        return day.weekday() in self.weekdays if override is None else override

    def local(self, instant: datetime) -> datetime:
        """The instant on the wall clock of the organisation's zone."""
        return instant.astimezone(ZoneInfo(self.zone))

    def at(self, day: date, wall: time) -> datetime:
        """The instant of a wall-clock time on a day; a time skipped by daylight saving becomes the later one."""
        return datetime.combine(day, wall, tzinfo=ZoneInfo(self.zone)).astimezone(UTC)

    def end_of(self, day: date) -> datetime:
        """The instant a civil day is over: a due date is kept until then."""
        return self.at(day + timedelta(days=1), time(0))

    def next_working_day(self, day: date) -> date:
        """The first working day after ``day``."""
        for ahead in range(1, HORIZON_DAYS):
            if self.is_working(day + timedelta(days=ahead)):
                return day + timedelta(days=ahead)
        raise NoWorkingDay(day)

    def shift(self, day: date, count: int) -> date:
        """The day ``count`` working days after (or, negative, before) ``day``; 0 gives ``day`` itself."""
        step, left, current = (1 if count > 0 else -1), abs(count), day
        for _ in range(HORIZON_DAYS + 3 * left):
            if left == 0:
                return current
            current += timedelta(days=step)
            left -= self.is_working(current)
        raise NoWorkingDay(day)

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie in (start, end]; 0 when ``end`` is not after ``start``."""
        weeks, rest = divmod(max(0, (end - start).days), 7)
        whole = weeks * len(self.weekdays)
        part = sum((start + timedelta(days=n)).weekday() in self.weekdays for n in range(1, rest + 1))
        changed = sum(on - (day.weekday() in self.weekdays) for day, on in self.days.items() if start < day <= end)
        return whole + part + changed

    def spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Working spans from ``start`` on, as pairs of instants, the first cut at ``start``."""
        day = self.local(start).date()
        for ahead in range(HORIZON_DAYS):
            current = day + timedelta(days=ahead)
            if not self.is_working(current):
                continue
            for opens, closes in self.hours:
                begin, end = max(self.at(current, opens), start.astimezone(UTC)), self.at(current, closes)
                if begin < end:
                    yield begin, end
        raise NoWorkingDay(day)


def after_working_hours(calendar: WorkingCalendar, start: datetime, hours: float) -> datetime:
    """The instant at which ``hours`` of working time have passed since ``start`` (draft and objection windows)."""
    left = timedelta(hours=hours)
    for begin, end in calendar.spans(start):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    raise NoWorkingDay(calendar.local(start).date())


def same_time_next_working_day(calendar: WorkingCalendar, start: datetime, hours: float = 24) -> datetime:
    """What "24 h" means in working time: the same wall-clock time on the next working day.

    Other figures move by whole days of 24 h and count the rest as plain hours from there.
    """
    local = calendar.local(start)
    days, rest = divmod(hours, 24)
    day = local.date()
    for _ in range(int(days)):
        day = calendar.next_working_day(day)
    return calendar.at(day, local.time()) + timedelta(hours=rest)


def window_end(calendar: WorkingCalendar, start: datetime, hours: float, *, working: bool) -> datetime:
    """When a window of ``hours`` opened at ``start`` ends: working hours, or plain hours when ``working`` is False."""
    if not working:
        return start.astimezone(UTC) + timedelta(hours=hours)
    return after_working_hours(calendar, start, hours)


def deadline_after(calendar: WorkingCalendar, start: datetime, hours: float, *, working: bool) -> datetime:
    """When something due "within ``hours``" of ``start`` is due (circulation): next working day, or plain hours."""
    if not working:
        return start.astimezone(UTC) + timedelta(hours=hours)
    return same_time_next_working_day(calendar, start, hours)
