# SPDX-License-Identifier: Apache-2.0
"""Handing a role to somebody, at any time (host ill, recorder swapped), audited."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Meeting
from huiyao.features.people.reads import find_person
from huiyao.plumbing import audit

ROLE_FIELDS = ("host", "facilitator", "recorder", "coordinator", "organiser")


@transaction.atomic
def hand_over(meeting: Meeting, role: str, person_id: object, *, by: Actor, at: datetime) -> None:
    """Give ``role`` to a person (empty: nobody). The caller has checked that ``by`` may.

    Raises:
        BadValue: no such role or person, the person has left, or the organiser would be nobody.
    """
    if role not in ROLE_FIELDS:
        raise BadValue(field="role", reason="unknown")
    person = find_person(person_id) if person_id else None
    if person_id and (person is None or not person.is_active):
        raise BadValue(field=role, reason="person")
    if role == "organiser" and person is None:
        raise BadValue(field=role, reason="required")
    before = getattr(meeting, role)
    setattr(meeting, role, person)
    meeting.version += 1
    meeting.save(update_fields=[role, "version"])
    refresh(meeting)
    audit.record(
        "meeting.role",
        by=by,
        at=at,
        subject=meeting.pk,
        context=meeting.pk,
        facts={"role": role, "from": before.name if before else "", "to": person.name if person else ""},
    )
