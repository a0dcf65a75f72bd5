# SPDX-License-Identifier: Apache-2.0
"""Wall clocks and working days of 2026 in three places, typed in by hand; working time is found by walking along it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

STEP = timedelta(minutes=5)
NEVER = datetime(2030, 1, 1, tzinfo=UTC)


def days(text: str) -> frozenset[date]:
    """``1.1-3 2.15-23``: days of 2026."""
    found = set()
    for part in text.split():
        month, span = part.split(".")
        first, _, last = span.partition("-")
        found |= {date(2026, int(month), day) for day in range(int(first), int(last or first) + 1)}
    return frozenset(found)


@dataclass(frozen=True)
class Place:
    """Where somebody lives: hours ahead of UTC in winter, summer time between two instants, rest and make-up days."""

    name: str
    ahead: int
    rest: frozenset[date]
    worked: frozenset[date] = frozenset()
    summer: tuple[datetime, datetime] = (NEVER, NEVER)

    def local(self, instant: datetime) -> datetime:
        """The wall clock, without a zone."""
        hours = self.ahead + (self.summer[0] <= instant < self.summer[1])
        return (instant.astimezone(UTC) + timedelta(hours=hours)).replace(tzinfo=None)

    def instant(self, wall: datetime) -> datetime:
        """The instant at which the wall clock shows this."""
        for hours in (self.ahead + 1, self.ahead):
            found = (wall - timedelta(hours=hours)).replace(tzinfo=UTC)
            if self.local(found) == wall:
                return found
        raise AssertionError(wall)

    def works_on(self, day: date) -> bool:
        return day in self.worked or (day.weekday() < 5 and day not in self.rest)

    def at_work(self, instant: datetime) -> bool:
        """9-12 and 13-18 on a working day."""
        wall = self.local(instant)
        return self.works_on(wall.date()) and (9 <= wall.hour < 12 or 13 <= wall.hour < 18)

    def shifted(self, day: date, count: int) -> date:
        """So many working days on or back."""
        while count:
            day += timedelta(days=1 if count > 0 else -1)
            if self.works_on(day):
                count -= 1 if count > 0 else -1
        return day


SHANGHAI = Place(
    "Asia/Shanghai",
    8,
    days("1.1-3 2.15-23 4.4-6 5.1-5 6.19-21 9.25-27 10.1-7"),
    days("1.4 2.14 2.28 5.9 9.20 10.10"),
)
BERLIN = Place(
    "Europe/Berlin",
    1,
    days("1.1 4.3 4.6 5.1 5.14 5.25 10.3 12.25-26"),
    summer=(datetime(2026, 3, 29, 1, tzinfo=UTC), datetime(2026, 10, 25, 1, tzinfo=UTC)),
)
NEW_YORK = Place(
    "America/New_York",
    -5,
    days("1.1 1.19 2.16 5.25 6.19 7.3-4 9.7 10.12 11.11 11.26 12.25"),
    summer=(datetime(2026, 3, 8, 7, tzinfo=UTC), datetime(2026, 11, 1, 6, tzinfo=UTC)),
)


@cache
def first_working(place: Place, instant: datetime) -> datetime:
    """The first instant from this on that somebody there works in."""
    while not place.at_work(instant):
        wall = place.local(instant)
        if not place.works_on(wall.date()):
            instant = place.instant(datetime.combine(wall.date() + timedelta(days=1), time(0)))
        else:
            instant += STEP
    return instant


@cache
def after_working(place: Place, instant: datetime, minutes: int) -> datetime:
    """The instant by which somebody there has worked so many minutes."""
    left = minutes
    while left:
        instant = first_working(place, instant)
        instant, left = instant + STEP, left - 5
    return instant


def at(day: date, hour: int, minute: int = 0, place: Place = SHANGHAI) -> datetime:
    """An instant by the wall clock of a place."""
    return place.instant(datetime.combine(day, time(hour, minute)))


def end_of(day: date) -> datetime:
    """The midnight a due date ends with, in Shanghai."""
    return at(day + timedelta(days=1), 0)
