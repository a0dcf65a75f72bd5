# SPDX-License-Identifier: Apache-2.0
"""Duties become reminders in the outbox; the worker calls it each round, it looks once a minute.

Any number of workers, any number of times: the key of a reminder makes twice once.
"""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import transaction

from huiyao.domain.reminding import PREFIX, Reminder, due_reminders, keys_of, working_moment
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.meetings.mails import reminder_mail
from huiyao.features.organisation.reads import find_organisation, policy_in_force
from huiyao.features.people.reads import PersonRow, find_persons, recipient_of
from huiyao.flows.duties import duties_of
from huiyao.flows.on_minutes_circulated import language_of
from huiyao.plumbing import messages


class Looked:
    """The minute this process last looked at."""

    last: ClassVar[datetime | None] = None


def remind_each_minute(now: datetime) -> int:
    """``remind``, at most once in each minute of the clock; returns how many reminders were written."""
    minute = now.replace(second=0, microsecond=0)
    if Looked.last == minute:
        return 0
    Looked.last = minute
    return remind(now)


def remind(now: datetime) -> int:
    """Write the reminders that are due, take back unsent ones whose duty is done or has another date."""
    if find_organisation() is None:
        return 0
    calendar, policy = working_calendar(), policy_in_force().policy
    duties = duties_of(None, now, calendar)
    _take_back({key for duty in duties for key in keys_of(duty)})
    due = {reminder.key: reminder for reminder in due_reminders(duties, now, calendar, policy)}
    new = [due[key] for key in due.keys() - messages.known_keys(due)]
    people = find_persons({reminder.person for reminder in new} | {reminder.duty.owner for reminder in new})
    written = 0
    for reminder in sorted(new, key=lambda one: (one.at, one.key)):
        person, owner = people.get(reminder.person), people.get(reminder.duty.owner)
        if person is not None and person.is_active:
            not_before = working_moment(now, calendar, reminder.key)
            _write(reminder, person, owner.name if owner else "", calendar.zone, now, not_before)
            written += 1
    return written


def _take_back(keys: set[str]) -> None:
    for key in messages.unsent_keys(PREFIX):
        if key.removesuffix(messages.COMPANION) not in keys:
            messages.retire(key=key)


@transaction.atomic
def _write(reminder: Reminder, person: PersonRow, owner: str, zone: str, now: datetime, not_before: datetime) -> None:
    language = language_of(person)
    mail = reminder_mail(reminder, owner, zone=zone, base=settings.HUIYAO.base_url, at=not_before, language=language)
    messages.put(
        key=reminder.key,
        kind="reminder",
        to=recipient_of(person),
        title=mail.title,
        text=mail.text,
        context=reminder.duty.meeting,
        at=now,
        not_before=not_before,
    )
