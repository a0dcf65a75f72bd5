# SPDX-License-Identifier: Apache-2.0
"""Guests: people from outside who are asked to come; they have no account and come by signed link."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.editing import choice
from huiyao.domain.refusals import NotFound
from huiyao.domain.values import clean_email, clean_line
from huiyao.features.meetings.access import get_plan_for
from huiyao.features.meetings.commands.create import LANGUAGES
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Guest
from huiyao.features.people.models import Person
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id, is_uuid, uuid7


@transaction.atomic
def add_guest(
    meeting_id: Id,
    *,
    name: str,
    by: Actor,
    at: datetime,
    company: str = "",
    email: str = "",
    language: str = "",
) -> Person:
    """Ask somebody from outside to come; the same name and address is the same guest as before.

    Raises:
        NotFound, NotAllowed, WrongStage: the plan cannot be changed.
        BadValue: no name, too long, not a mail address, or an unknown language.
    """
    meeting = get_plan_for(by, meeting_id)
    name = clean_line("name", name, most=80)
    language = choice("language", language or meeting.language, LANGUAGES)
    company, email = clean_line("company", company, most=120, required=False), clean_email("email", email)
    person = Person.objects.filter(guest=True, email__iexact=email, name=name).first() if email else None
    if person is None:
        person = Person(login=f"guest-{uuid7()}", name=name, company=company, email=email, guest=True)
        person.language = language
        person.set_unusable_password()
        person.save()
    _, new = Guest.objects.get_or_create(meeting=meeting, person=person)
    if new:
        refresh(meeting)
        facts = {"name": name, "company": company}
        audit.record("guest.add", by=by, at=at, subject=person.pk, context=meeting.pk, facts=facts)
    return person


@transaction.atomic
def remove_guest(meeting_id: Id, person_id: Id, *, by: Actor, at: datetime) -> None:
    """Take a guest off the meeting.

    Raises:
        NotFound, NotAllowed, WrongStage: the plan cannot be changed, or there is no such guest.
    """
    meeting = get_plan_for(by, meeting_id)
    rows = Guest.objects.select_related("person")
    row = rows.filter(meeting=meeting, person_id=person_id).first() if is_uuid(str(person_id)) else None
    if row is None:
        raise NotFound
    row.delete()
    refresh(meeting)
    audit.record("guest.remove", by=by, at=at, subject=person_id, context=meeting.pk, facts={"name": row.person.name})
