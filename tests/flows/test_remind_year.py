# SPDX-License-Identifier: Apache-2.0
"""A year of two hundred meetings under a clock that tests move, compared with what was worked out by other means.

Two of the people live abroad (Berlin, New York), two read a digest each morning. The worker's rounds run at every moment
at which anything might be due, in nights and at noon on days of rest; that looks in between find nothing is shown in
``tests/domain/test_reminding.py``.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest
from django.conf import settings

from huiyao.features.people.models import Person, Told
from huiyao.flows.close_windows import close_windows, remind_of_windows
from huiyao.flows.deliver import deliver
from huiyao.flows.digest import digest
from huiyao.flows.remind import remind
from huiyao.gateways.smtp import Letter
from huiyao.plumbing.models import Message, MessageState
from huiyao.project.environment import MailServer
from huiyao.project.wiring import wire
from tests.builders.people import a_department, a_person, an_organisation
from tests.flows.year.expecting import Expected, expected_of, moments_of
from tests.flows.year.story import DAY, MINUTE, WORKDAYS, Story, a_year
from tests.flows.year.walls import BERLIN, NEW_YORK, SHANGHAI, Place, at

pytestmark = pytest.mark.django_db
UNTIL = at(WORKDAYS[-1], 23)
HOUR = timedelta(hours=1)


class Postman:
    """Takes letters and counts them."""

    def __init__(self) -> None:
        self.letters: Counter[str] = Counter()

    def send(self, letter: Letter) -> None:
        self.letters[letter.id] += 1

    def close(self) -> None:
        """There is nothing to close."""


@dataclass
class Year:
    """What happened, and what ought to have."""

    story: Story
    places: dict[str, Place]
    readers: list[str]
    postman: Postman

    def expected(self) -> dict[str, Expected]:
        found: dict[str, Expected] = {}
        for owed in sorted(self.story.promised(), key=lambda one: one.begins):  # once told is told
            for one in expected_of(owed, self.places):
                found.setdefault(one.key, one)
        return found

    def sent(self) -> dict[str, Message]:
        """Each reminder that went out, with the message that carried it."""
        rows = {row.key: row for row in Message.objects.filter(state=MessageState.SENT)}
        told = Told.objects.exclude(key__startswith="digest:").values_list("key", "message")
        return {key: rows[message] for key, message in told if message in rows}

    def ticks(self) -> list[datetime]:
        found = {moment for owed in self.story.owed for moment in moments_of(owed, self.places)}
        for window in self.story.windows:
            far = window.silent in self.places  # it may get light there within the half hour
            found |= {window.ends - n * MINUTE for n in (range(0, 31, 5) if far else (0, 30))}
        for n in range(365):
            day = WORKDAYS[0] + n * DAY
            found |= {at(day, 3, 15)} if n % 7 == 0 else set()
            found |= set() if SHANGHAI.works_on(day) or n % 2 else {at(day, 12, 10)}
            for person in self.readers:
                place = self.places.get(person, SHANGHAI)
                found |= {at(day, 9, 11, place)} if place.works_on(day) else set()
        return sorted(one for one in found if one <= UNTIL)


def a_company(monkeypatch: pytest.MonkeyPatch) -> Year:
    server = MailServer("mail.example.com", 587, "", "", "starttls", "huiyao@example.com")
    monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, mail=server, base_url="https://h.example.com"))
    wire()
    an_organisation()
    office = a_department("办公室")
    names = [*"甲乙丙丁戊己庚辛", "Anna", "Jane"]
    people = [a_person(name, department=office, muted=["digest"]) for name in names]
    places = {str(people[8].pk): BERLIN, str(people[9].pk): NEW_YORK}
    for person, zone in ((people[8], "Europe/Berlin"), (people[9], "America/New_York")):
        Person.objects.filter(pk=person.pk).update(zone=zone)
    readers = [str(people[0].pk), str(people[8].pk)]
    Person.objects.filter(pk__in=readers).update(muted=[])
    return Year(a_year(list(Person.objects.order_by("id"))), places, readers, Postman())


def work(now: datetime, postman: Postman) -> None:
    """One round of the worker."""
    close_windows(now)
    remind_of_windows(now)
    digest(now)
    remind(now)
    while Message.objects.filter(state=MessageState.WAITING, next_at__lte=now).exists() and deliver(now, over=postman):
        pass


@pytest.fixture
def year(monkeypatch: pytest.MonkeyPatch) -> Year:
    year = a_company(monkeypatch)
    acts = list(year.story.acts)
    for tick in year.ticks():
        while acts and acts[0][0] <= tick:
            acts.pop(0)[1]()
        work(tick, year.postman)
    return year


def test_a_year_of_two_hundred_meetings(year: Year) -> None:
    every_expected_reminder_came_once_and_no_other(year)
    nobody_was_disturbed_at_night_or_on_a_day_of_rest(year)
    those_who_had_not_opened_the_minutes_were_reminded_once(year)
    the_digest_came_on_each_working_day_with_something_to_tell(year)


def every_expected_reminder_came_once_and_no_other(year: Year) -> None:
    expected, sent = year.expected(), year.sent()
    expected = {key: one for key, one in expected.items() if one.latest < UNTIL}
    sent = {key: row for key, row in sent.items() if row.at < UNTIL - HOUR or key in expected}
    missing, surplus = expected.keys() - sent.keys(), sent.keys() - expected.keys()
    assert (sorted(missing), sorted(surplus)) == ([], [])
    for key, one in expected.items():
        row = sent[key]
        earliest = one.earliest - HOUR if row.kind == "digest" else one.earliest
        assert earliest <= row.next_at <= one.latest, (key, row.next_at, one)
        assert row.recipient_id == one.person
    assert len(expected) > 2500
    assert max(year.postman.letters.values()) == 1
    together = Counter(row.key for row in sent.values() if row.kind == "reminder")
    assert sum(count > 1 for count in together.values()) > 50  # aggregated


def nobody_was_disturbed_at_night_or_on_a_day_of_rest(year: Year) -> None:
    for row in Message.objects.filter(state=MessageState.SENT, kind__in=("reminder", "digest")):
        place = year.places.get(row.recipient_id, SHANGHAI)
        assert row.sent_at is not None
        wall = place.local(row.sent_at)
        assert place.works_on(wall.date()), (row.key, wall)
        assert 8 <= wall.hour < 21, (row.key, wall)
        if not row.key.startswith("minutes-reminder:"):
            assert place.at_work(row.sent_at), (row.key, wall)


def those_who_had_not_opened_the_minutes_were_reminded_once(year: Year) -> None:
    wanted = Counter[str]()
    for window in year.story.windows:
        place = year.places.get(window.silent, SHANGHAI)
        awake = [place.local(window.ends - n * MINUTE) for n in (30, 15)]
        if any(place.works_on(wall.date()) and 8 <= wall.hour < 21 for wall in awake):
            wanted[window.silent] += 1
    rows = Message.objects.filter(key__startswith="minutes-reminder:", state=MessageState.SENT)
    assert Counter(rows.values_list("recipient_id", flat=True)) == wanted


def the_digest_came_on_each_working_day_with_something_to_tell(year: Year) -> None:
    rows = Message.objects.filter(kind="digest", state=MessageState.SENT)
    found = {(row.recipient_id, row.key.split(":")[2]) for row in rows}
    assert found == set(digests(year))
    assert rows.count() == len(found) > 150


def digests(year: Year) -> Iterator[tuple[str, str]]:
    """Who ought to have had one, on which of their days."""
    promised = year.story.promised()
    for person in year.readers:
        place = year.places.get(person, SHANGHAI)
        own = [one for one in promised if one.owner == person and one.kind != "start"]
        meetings = [one for one in year.story.meetings if person in one[2]]
        for n in range(365):
            day = WORKDAYS[0] + (n - 1) * DAY
            morning = at(day, 9, 5, place)
            today = SHANGHAI.local(morning).date()
            if not place.works_on(day) or morning > UNTIL or day.year != WORKDAYS[0].year:
                continue
            near = [
                one
                for one in own
                if one.begins <= morning < one.ends and (SHANGHAI.local(one.due - MINUTE).date() - today).days <= 7
            ]
            here = [s for known, s, _ in meetings if known <= morning < s and place.local(s).date() == day]
            if near or here:
                yield person, day.isoformat()
