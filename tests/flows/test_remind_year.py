# SPDX-License-Identifier: Apache-2.0
"""A year of thirty meetings under a clock that tests move: each reminder once, in working time, none when done."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar, after_working_hours, same_time_next_working_day
from huiyao.domain.duties import Duty, DutyKind
from huiyao.domain.policy import Policy
from huiyao.domain.reminding import reminders_of
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.people.models import Told
from huiyao.flows.duties import Sources
from huiyao.flows.remind import remind
from huiyao.plumbing import messages
from huiyao.plumbing.models import Message, MessageState
from tests.builders.people import a_person, an_organisation

pytestmark = pytest.mark.django_db
YEAR = 2026
NEVER = datetime(YEAR + 1, 6, 1, tzinfo=UTC)


@dataclass
class Owed:
    """A duty from one instant to another: done, or given another date."""

    duty: Duty
    since: datetime
    until: datetime


class Plan:
    """What everybody owes in the year; stands in for the tables of the features."""

    def __init__(self) -> None:
        self.owed: list[Owed] = []

    def find_duties(self, actor: Actor | None, now: datetime, calendar: WorkingCalendar) -> list[Duty]:
        return [one.duty for one in self.owed if one.since <= now < one.until]

    def add(self, duty: Duty, until: datetime) -> None:
        assert duty.since is not None
        self.owed.append(Owed(duty, duty.since, until))


def a_year_of_plans(calendar: WorkingCalendar) -> Plan:
    """A meeting every twelve days; every third draft late, every fourth action moved, every fifth never done."""
    plan = Plan()
    people = [str(a_person(f"人{n}").pk) for n in range(6)]
    for n in range(30):
        day = calendar.next_working_day(date(YEAR, 1, 1) + timedelta(days=12 * n))
        ended = calendar.at(day, time(9 + n % 8, 10))
        recorder, host, owner = people[n % 6], people[(n + 1) % 6], people[(n + 2) % 6]
        above = (host, people[(n + 3) % 6])
        draft_due = after_working_hours(calendar, ended, 2)
        handed_in = draft_due + (timedelta(days=2) if n % 3 == 0 else -timedelta(minutes=30))
        draft = Duty(DutyKind.DRAFT, recorder, draft_due, f"m{n}", f"m{n}", "会", since=ended, above=above)
        plan.add(draft, handed_in)
        out_due = same_time_next_working_day(calendar, ended)
        out = Duty(DutyKind.REVIEW, host, out_due, f"m{n}", f"m{n}", "会", since=handed_in, above=above[1:])
        plan.add(out, max(out_due, handed_in) + timedelta(hours=3))
        _add_action(plan, n, owner, ended + timedelta(days=2), calendar)
    return plan


def _add_action(plan: Plan, n: int, owner: str, since: datetime, calendar: WorkingCalendar) -> None:
    day = calendar.local(since).date() + timedelta(days=10 + n)
    due = calendar.at(day + timedelta(days=1), time(0))
    duty = Duty(DutyKind.FINISH_ACTION, owner, due, f"a{n}", f"m{n}", "事", whole_day=True, since=since)
    if n % 4 == 0:
        moved_at = due - timedelta(days=1, hours=2)
        plan.add(duty, moved_at)
        plan.owed.append(Owed(replace(duty, due=due + timedelta(days=9)), moved_at, due + timedelta(days=7)))
    else:
        plan.add(duty, NEVER if n % 5 == 0 else due - timedelta(hours=30))


def clock_of_the_year() -> Iterator[datetime]:
    """Every hour of the day at a quarter past, and once at night, Shanghai time."""
    start = datetime(YEAR - 1, 12, 31, 16, 15, tzinfo=UTC)
    for day in range(365):
        for hour in (3, *range(9, 20)):
            yield start + timedelta(days=day, hours=hour)


def expected(plan: Plan, ticks: list[datetime], calendar: WorkingCalendar) -> set[str]:
    """The reminders whose first tick finds the duty still owed; of two that one tick finds, the newer."""
    found = set()
    for one in plan.owed:
        by_tick = {}
        for reminder in reminders_of(one.duty, calendar, Policy()):
            tick = next((t for t in ticks if t >= max(reminder.at, one.since)), NEVER)
            if tick < one.until and tick - reminder.at < timedelta(days=2):
                by_tick[reminder.person, tick] = reminder.key
        found |= set(by_tick.values())
    return found


def test_every_reminder_of_a_year_comes_once_in_working_time_and_none_when_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    an_organisation()
    calendar = working_calendar()
    plan = a_year_of_plans(calendar)
    monkeypatch.setattr(Sources, "known", [plan.find_duties])
    ticks = list(clock_of_the_year())
    written = sum(remind(tick) for tick in ticks)
    rows = list(Message.objects.all())
    assert set(Told.objects.values_list("key", flat=True)) == expected(plan, ticks, calendar)
    assert written == len(rows) > 120
    for row in rows:
        local = calendar.local(row.next_at)
        assert calendar.is_working(local.date())
        assert any(opens <= local.time() < closes for opens, closes in calendar.hours)
    open_keys = set(messages.unsent_keys("duty:"))
    still_owed = {one.duty.subject for one in plan.owed if one.until > ticks[-1]}
    assert {key.split(":")[2] for key in open_keys} <= still_owed
    assert Message.objects.filter(state=MessageState.RETIRED).exists()


def test_a_second_worker_in_the_same_minute_adds_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    an_organisation()
    calendar = working_calendar()
    plan = a_year_of_plans(calendar)
    monkeypatch.setattr(Sources, "known", [plan.find_duties])
    found = next(tick for tick in clock_of_the_year() if remind(tick))
    assert remind(found) == 0


def test_a_mail_is_in_the_language_of_its_reader_and_names_the_place(monkeypatch: pytest.MonkeyPatch) -> None:
    an_organisation()
    person = a_person(language="en")
    due = datetime(2026, 11, 24, 8, 10, tzinfo=UTC)
    duty = Duty(DutyKind.ACCEPT_ACTION, str(person.pk), due, "a1", "m1", "写清单")
    monkeypatch.setattr(Sources, "known", [lambda actor, now, calendar: [duty]])
    assert remind(due) == 1
    mail = Message.objects.get()
    assert mail.title == "Accept the action: 写清单"
    assert mail.text.startswith("It was due ")
    assert mail.text.endswith("/actions/a1/")


def test_nobody_who_left_is_reminded(monkeypatch: pytest.MonkeyPatch) -> None:
    an_organisation()
    person = a_person(is_active=False)
    due = datetime(2026, 11, 24, 8, 10, tzinfo=UTC)
    duty = Duty(DutyKind.ACCEPT_ACTION, str(person.pk), due, "a1", "m1", "写清单")
    monkeypatch.setattr(Sources, "known", [lambda actor, now, calendar: [duty]])
    assert remind(due) == 0
