# SPDX-License-Identifier: Apache-2.0
"""Handing a role to somebody, at any time (host ill, recorder swapped), audited."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.editing import FieldWrite, accept
from huiyao.domain.refusals import BadValue
from huiyao.features.meetings.access import get_plan_for
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Meeting
from huiyao.features.people.reads import find_person
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id, is_uuid

ROLE_FIELDS = ("host", "facilitator", "recorder", "coordinator", "organiser")


@transaction.atomic
def set_role(meeting_id: Id, write: FieldWrite, *, by: Actor, at: datetime) -> Meeting:
    """Name who has a role while the meeting is planned: ``write.field`` the role, values person ids or empty.

    Raises:
        NotFound, NotAllowed, WrongStage: the plan cannot be changed by this person or at this stage.
        Conflict: somebody else gave the role to another person in between.
        BadValue: no such role or person, they have left or are a guest, or the organiser would be nobody.
    """
    meeting = get_plan_for(by, meeting_id)
    if write.field not in ROLE_FIELDS:
        raise BadValue(field="role", reason="unknown")
    present = str(getattr(meeting, f"{write.field}_id") or "")
    accept(write, present=present, version=meeting.version)
    if write.value != present:
        hand_over(meeting, write.field, write.value, by=by, at=at)
    return meeting


@transaction.atomic
def hand_over(meeting: Meeting, role: str, person_id: Id, *, by: Actor, at: datetime) -> None:
    """Give ``role`` to a person (empty: nobody). The caller has checked that ``by`` may.

    Raises:
        BadValue: no such role or person, the person has left or is a guest, or the organiser would be nobody.
    """
    if role not in ROLE_FIELDS:
        raise BadValue(field="role", reason="unknown")
    person = find_person(person_id) if is_uuid(str(person_id)) else None
    if person_id and (person is None or not person.is_active or person.guest):
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
