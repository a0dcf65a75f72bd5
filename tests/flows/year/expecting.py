# SPDX-License-Identifier: Apache-2.0
"""Which reminders a promise ought to bring, to whom and when: the table of the how-to page, worked out a second time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from tests.flows.year.walls import SHANGHAI, Place, after_working, at, first_working

TABLE = {
    "invite": "last at after",
    "reply": "last at",
    "start": "quarter",
    "draft": "half at above top",
    "review": "twohours at above top",
    "accept_action": "at after",
    "name_owner": "last at after",
    "update_progress": "at after",
    "finish_action": "first last at",
    "explain_delay": "after",
    "answer_minutes": "",  # the window reminds by itself
}
WRITTEN = {"quarter": "soon", "twohours": "soon"}
MISSED = timedelta(days=2)
JITTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Owed:
    """A promise that stands in the tables from ``begins`` until ``ends`` (kept, moved or gone).

    ``since`` is when it came to be owed, where the product knows it.
    """

    kind: str
    subject: str
    owner: str
    due: datetime
    begins: datetime
    ends: datetime
    since: datetime | None
    whole_day: bool = False
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class Expected:
    """A reminder that ought to reach ``person`` between two instants."""

    key: str
    person: str
    earliest: datetime
    latest: datetime


def expected_of(owed: Owed, places: dict[str, Place]) -> Iterator[Expected]:
    """Of what falls to one person in one moment only the newest."""
    newest: dict[tuple[str, datetime], tuple[datetime, str]] = {}
    for rule in TABLE[owed.kind].split():
        person = _told(owed, rule)
        if not person:
            continue
        place = places.get(person, SHANGHAI)
        raw = _raw(owed, rule, place)
        if owed.since is not None and raw <= owed.since:
            continue
        moment = first_working(place, raw)
        shown = moment + JITTER if moment.minute in (0, 30) else moment
        before = rule in ("first", "last", "half", "quarter", "twohours")
        if shown >= owed.due and (before or (rule == "at" and owed.whole_day)):
            continue
        seen = max(moment, owed.begins)  # it may have come into the tables after its moment
        if seen >= owed.ends or seen - moment >= MISSED or (before and seen >= owed.due):
            continue
        slot = (person, seen)
        if slot not in newest or newest[slot][0] <= moment:
            newest[slot] = (moment, rule)
    for (person, seen), (_, rule) in newest.items():
        goes = first_working(places.get(person, SHANGHAI), seen)
        if goes >= owed.ends:  # written at night, kept before the morning: taken back
            continue
        due = owed.due.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
        key = f"duty:{owed.kind}:{owed.subject}:{person}:{WRITTEN.get(rule, rule)}:{due}"
        yield Expected(key, person, goes, goes + JITTER + timedelta(minutes=2))


def moments_of(owed: Owed, places: dict[str, Place]) -> Iterator[datetime]:
    """Every moment at which this promise stands and might be reminded of.

    Moments after it was kept need no look of their own: what should not come would come with any later look, since
    missed reminders are caught up with for two days.
    """
    for rule in TABLE[owed.kind].split():
        person = _told(owed, rule)
        place = places.get(person, SHANGHAI)
        raw = _raw(owed, rule, place)
        moment = first_working(place, max(raw, owed.begins))
        if person and moment < owed.ends and not (owed.since is not None and raw <= owed.since):
            yield moment + timedelta(minutes=11) if moment.minute in (0, 30) else moment


def _told(owed: Owed, rule: str) -> str:
    if rule in ("above", "top"):
        line = (*owed.above, "", "")
        return line[0] if rule == "above" else line[1]
    return owed.owner


def _raw(owed: Owed, rule: str, place: Place) -> datetime:
    """The moment by the table, whether anybody works then or not."""
    away = {"first": -2, "last": -1, "at": 0, "after": 1}
    if rule == "quarter":
        return owed.due - timedelta(minutes=15)
    if rule == "twohours":
        return owed.due - timedelta(hours=2)
    if rule == "half":
        assert owed.since is not None
        return after_working(SHANGHAI, owed.since, 60)  # of two working hours
    if rule in ("above", "top"):
        return after_working(SHANGHAI, owed.due, 60 if rule == "above" else 240)
    if owed.whole_day:
        day = SHANGHAI.local(owed.due - timedelta(minutes=5)).date()
        return place.instant(datetime.combine(place.shifted(day, away[rule]), time(0)))
    if rule == "at":
        return owed.due
    wall = place.local(owed.due)
    return at(place.shifted(wall.date(), away[rule]), wall.hour, wall.minute, place)
