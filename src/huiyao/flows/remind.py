# SPDX-License-Identifier: Apache-2.0
"""Duties become reminders in the outbox; the worker calls it each round, it looks once a minute.

Any number of workers, any number of times: a reminder is noted by its key before it is written. What falls to one
person in the same moment is one message.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from itertools import chain, groupby
from operator import attrgetter
from typing import ClassVar

from django.conf import settings
from django.db import transaction

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty
from huiyao.domain.reminding import PREFIX, CalendarOf, Reminder, due_reminders, possible, working_moment
from huiyao.features.calendars.reads import calendars_of, working_calendar
from huiyao.features.meetings.mails import Mail, Reader, reminder_mail, together_mail
from huiyao.features.organisation.reads import find_organisation, policy_in_force
from huiyao.features.people.commands.telling import claim, let_go
from huiyao.features.people.reads import PersonRow, find_persons, recipient_of, told_in, told_of
from huiyao.flows.duties import duties_of
from huiyao.flows.on_minutes_circulated import language_of
from huiyao.plumbing import messages

TOGETHER = "duties:"
"""What the keys of messages with several reminders begin with."""


class Looked:
    """The minute this process last looked at."""

    last: ClassVar[datetime | None] = None


@dataclass(frozen=True, slots=True)
class Round:
    """One look: when, in which calendars, who is who."""

    now: datetime
    calendar: WorkingCalendar
    calendar_of: CalendarOf
    people: dict[str, PersonRow]

    def mail_of(self, reminders: Iterable[Reminder], person: PersonRow, at: datetime) -> Mail:
        """One reminder as it is, several in one message; times in the zone of whoever is told."""
        told = [(one, self._name(one.duty.owner)) for one in reminders]
        reader = reader_of(person, self.calendar, self.calendar_of)
        if len(told) == 1:
            return reminder_mail(*told[0], reader, at=at)
        return together_mail(told, reader, at=at)

    def _name(self, person_id: str) -> str:
        return self.people[person_id].name if person_id in self.people else ""


def reader_of(person: PersonRow, calendar: WorkingCalendar, calendar_of: CalendarOf) -> Reader:
    """The person as somebody messages are written for; ``calendar`` is the organisation's."""
    zone = calendar_of(str(person.pk)).zone
    return Reader(language_of(person), zone, calendar, settings.HUIYAO.base_url)


def remind_each_minute(now: datetime) -> int:
    """``remind``, at most once in each minute of the clock; returns how many messages were written."""
    minute = now.replace(second=0, microsecond=0)
    if Looked.last == minute:
        return 0
    Looked.last = minute
    return remind(now)


def remind(now: datetime) -> int:
    """Write the reminders that are due, take back unsent ones whose duty is done or has another date."""
    organisation = find_organisation()
    if organisation is None:
        return 0
    calendar, policy = working_calendar(organisation), policy_in_force().policy
    calendar_of = calendars_of(calendar)
    duties = duties_of(None, now, calendar)
    _take_back(duties, now, calendar, calendar_of)
    due = {one.key: one for one in due_reminders(duties, now, calendar, policy, calendar_of)}
    known = told_of(due)
    new = sorted((due[key] for key in due.keys() - known.keys()), key=lambda one: (one.person, one.at, one.key))
    people = find_persons({one.person for one in new} | {one.duty.owner for one in new})
    round_ = Round(now, calendar, calendar_of, people)
    return sum(_tell(round_, list(mine), person) for person, mine in groupby(new, attrgetter("person")))


@transaction.atomic
def _tell(round_: Round, reminders: list[Reminder], person_id: str) -> bool:
    person = round_.people.get(person_id)
    if person is None or not person.is_active:
        return False
    key = reminders[0].key if len(reminders) == 1 else _together(person_id, reminders)
    mine = set(claim([one.key for one in reminders], person.pk, message=key, at=round_.now))
    told = [one for one in reminders if one.key in mine]
    if not told:
        return False
    not_before = working_moment(round_.now, round_.calendar_of(person_id), person_id)
    mail = round_.mail_of(told, person, not_before)
    meetings = {one.duty.meeting for one in told}
    messages.put(
        key=key,
        kind="reminder",
        to=recipient_of(person),
        title=mail.title,
        text=mail.text,
        context=meetings.pop() if len(meetings) == 1 else "",
        at=round_.now,
        not_before=not_before,
    )
    return True


def _together(person_id: str, reminders: list[Reminder]) -> str:
    keys = "\n".join(one.key for one in reminders)
    return f"{TOGETHER}{person_id}:{sha256(keys.encode()).hexdigest()[:24]}"


def _take_back(duties: list[Duty], now: datetime, calendar: WorkingCalendar, calendar_of: CalendarOf) -> None:
    """What speaks of a promise that is kept or moved leaves the outbox; a message with others is written anew."""
    single, several = messages.unsent_keys(PREFIX), messages.unsent_keys(TOGETHER)
    if not single and not several:
        return
    parts_of = told_in(several)
    subjects = {key.split(":")[2] for key in (*single, *chain.from_iterable(parts_of.values()))}
    owed = {one.key: one for duty in duties if duty.subject in subjects for one in possible(duty, now)}
    for key in single:
        if key.removesuffix(messages.COMPANION) not in owed:
            messages.retire(key=key)
    for key, parts in parts_of.items():
        left = [owed[one] for one in sorted(parts) if one in owed]
        if not left:
            messages.retire(key=key)
        elif len(left) < len(parts):
            people = find_persons({left[0].person} | {one.duty.owner for one in left})
            _reword(key, Round(now, calendar, calendar_of, people), left)
            let_go(set(parts) - owed.keys())


def _reword(key: str, round_: Round, reminders: list[Reminder]) -> None:
    person = round_.people.get(reminders[0].person)
    if person is not None:
        mail = round_.mail_of(reminders, person, round_.now)
        messages.reword(key, title=mail.title, text=mail.text)
