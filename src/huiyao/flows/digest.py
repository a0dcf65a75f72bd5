# SPDX-License-Identifier: Apache-2.0
"""The morning's digest: what a person owes and attends, once on each of their working days, if there is anything.

Any number of workers, any number of times: the day's digest is noted by its key before it is written. What it tells
of is not reminded again within the hour.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import transaction

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind, Urgency, by_urgency
from huiyao.domain.notices import DIGEST
from huiyao.domain.policy import Policy
from huiyao.domain.reminding import CATCH_UP, CalendarOf, reminders_of, working_moment
from huiyao.features.calendars.reads import calendars_for, working_calendar
from huiyao.features.meetings.mails import GROUPS, IN_A_GROUP, Coming, digest_mail
from huiyao.features.meetings.reads import meetings_between
from huiyao.features.organisation.reads import find_organisation, policy_in_force
from huiyao.features.people.commands.own_messages import UNSUBSCRIBE, make_unsubscribe_link
from huiyao.features.people.commands.telling import claim
from huiyao.features.people.reads import (
    PersonRow,
    actor_of,
    find_persons,
    own_zones,
    recipient_of,
    told_of,
    who_wants,
)
from huiyao.flows.duties import duties_of
from huiyao.flows.remind import reader_of
from huiyao.plumbing import messages

PREFIX = "digest:"
LATEST = timedelta(hours=3)
"""A digest that could not be written in the morning (nothing was running) is left out that day."""
SAME_HOUR = timedelta(hours=1)
AT_ONCE = 100
"""Digests written in one round; the rest follow in the next minute."""


class Looked:
    """The minute this process last looked at."""

    last: ClassVar[datetime | None] = None


def digest_each_minute(now: datetime) -> int:
    """``digest``, at most once in each minute of the clock; returns how many digests were written."""
    minute = now.replace(second=0, microsecond=0)
    if Looked.last == minute:
        return 0
    Looked.last = minute
    return digest(now)


def digest(now: datetime) -> int:
    """Write the digests whose moment has come; unsent ones of an earlier day are taken back."""
    organisation = find_organisation()
    if organisation is None:
        return 0
    calendar = working_calendar(organisation)
    zones = own_zones()
    calendar_of = calendars_for(calendar, zones)
    _take_back(now, calendar_of)
    mornings = {
        own.zone: begin
        for own in (calendar, *(calendar_of(person) for person in zones))
        if (begin := _beginning(own, now)) is not None
    }
    if not mornings:
        return 0
    due = dict(_due(now, calendar_of, mornings))
    known = told_of(due)
    people = find_persons([due[key] for key in due if key not in known][:AT_ONCE])
    policy = policy_in_force().policy
    return sum(_write(person, now, calendar, calendar_of, policy) for person in people.values())


def _due(now: datetime, calendar_of: CalendarOf, mornings: Mapping[str, datetime]) -> Iterator[tuple[str, str]]:
    """The keys and persons of the digests that belong to this moment."""
    for person in who_wants(DIGEST):
        own = calendar_of(person)
        begin = mornings.get(own.zone)
        if begin is not None and working_moment(begin, own, person) <= now:
            yield _key(person, own, now), person


def _beginning(own: WorkingCalendar, now: datetime) -> datetime | None:
    """When the working day begins, if that was within ``LATEST``."""
    day = own.local(now).date()
    if not own.is_working(day) or not own.hours:
        return None
    begin = own.at(day, own.hours[0][0])
    return begin if begin <= now < begin + LATEST else None


def _key(person: str, own: WorkingCalendar, now: datetime) -> str:
    return f"{PREFIX}{person}:{own.local(now).date().isoformat()}"


def _take_back(now: datetime, calendar_of: CalendarOf) -> None:
    for key in messages.unsent_keys(PREFIX):
        person = key.split(":")[1]
        if key.removesuffix(messages.COMPANION) != _key(person, calendar_of(person), now):
            messages.retire(key=key)


@transaction.atomic
def _write(
    person: PersonRow, now: datetime, calendar: WorkingCalendar, calendar_of: CalendarOf, policy: Policy
) -> bool:
    own = calendar_of(str(person.pk))
    key = _key(str(person.pk), own, now)
    if not claim([key], person.pk, message=key, at=now):
        return False
    groups, meetings = _owed(person, now, calendar), _meetings(person, now, own)
    if not meetings and not any(groups.get(urgency) for urgency in GROUPS):
        return False
    off = f"{settings.HUIYAO.base_url}/l/{UNSUBSCRIBE}/{make_unsubscribe_link(person, DIGEST, at=now)}/"
    mail = digest_mail(groups, meetings, reader_of(person, calendar, calendar_of), at=now, off=off)
    messages.put(key=key, kind=DIGEST, to=recipient_of(person), title=mail.title, text=mail.text, at=now)
    told = [duty for urgency in GROUPS for duty in groups.get(urgency, ())[:IN_A_GROUP]]
    claim(_reminders(told, person, now, calendar, calendar_of, policy), person.pk, message=key, at=now)
    return True


def _owed(person: PersonRow, now: datetime, calendar: WorkingCalendar) -> dict[Urgency, list[Duty]]:
    """Their duties by urgency; a start is left to the meetings of the day and to its own reminder."""
    duties = duties_of(actor_of(person), now, calendar)
    return by_urgency((duty for duty in duties if duty.kind is not DutyKind.START), now, calendar)


def _meetings(person: PersonRow, now: datetime, own: WorkingCalendar) -> list[Coming]:
    """Their meetings until their midnight."""
    midnight = own.local(now).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    rows = meetings_between(actor_of(person), now, midnight)
    return [
        Coming(row.title, row.starts_at, row.place or row.online, f"/meetings/{row.pk}/")
        for row in rows
        if row.starts_at is not None
    ]


def _reminders(
    duties: list[Duty],
    person: PersonRow,
    now: datetime,
    calendar: WorkingCalendar,
    calendar_of: CalendarOf,
    policy: Policy,
) -> list[str]:
    """The keys of what would be reminded of within the hour, or has just become due; of each duty the newest."""
    found = []
    for duty in duties:
        near = [
            reminder.key
            for reminder in reminders_of(duty, calendar, policy, calendar_of)
            if reminder.person == str(person.pk) and now - CATCH_UP < reminder.at <= now + SAME_HOUR
        ]
        found += near[-1:]
    return found
