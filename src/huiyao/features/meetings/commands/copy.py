# SPDX-License-Identifier: Apache-2.0
"""Calling a meeting like an earlier one: its plan without its time."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotAllowed
from huiyao.domain.rights import Deed
from huiyao.features.meetings.access import get_meeting_for
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Guest, Meeting, Representative, Seat
from huiyao.features.meetings.reads import seats_of
from huiyao.features.people.models import Person
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id

COPIED = (
    "title",
    "occasion",
    "objective",
    "zone",
    "language",
    "place",
    "online",
    "over_budget_reason",
    "plain_hours",
)


@transaction.atomic
def copy_meeting(meeting_id: Id, *, by: Actor, at: datetime, keep_organiser: bool = False) -> Meeting:
    """A new plan with the other's objective, place, roles, seats and guests; who has left is left out.

    ``by`` is the organiser of the new one, unless ``keep_organiser``. Time, replies and record stay with the old
    one. Made after a meeting that was held, it continues that one.

    Raises:
        NotFound, NotAllowed: the plan is not open to this person.
    """
    if by.guest:
        raise NotAllowed(deed="create_meeting")
    source = get_meeting_for(by, meeting_id, Deed.SEE_PLAN).meeting
    meeting = Meeting(organiser_id=by.id, created_at=at, **{field: getattr(source, field) for field in COPIED})
    if keep_organiser and source.organiser.is_active:
        meeting.organiser = source.organiser
    meeting.continues = source if source.started_at else None
    for role in ("host", "facilitator", "recorder", "coordinator"):
        setattr(meeting, role, _still_here(getattr(source, role)))
    meeting.host_id = meeting.host_id or by.id
    meeting.save()
    _copy_people(source, meeting)
    refresh(meeting)
    audit.record("meeting.copy", by=by, at=at, subject=meeting.pk, context=meeting.pk, facts={"from": str(source.pk)})
    return meeting


def _still_here(person: Person | None) -> Person | None:
    return person if person is not None and person.is_active else None


def _copy_people(source: Meeting, meeting: Meeting) -> None:
    for old in seats_of(source.pk):
        if old.department.archived_at is not None:
            continue
        seat = Seat.objects.create(meeting=meeting, department=old.department, need=old.need, position=old.position)
        Representative.objects.bulk_create(
            [
                Representative(seat=seat, person=row.person, position=row.position)
                for row in old.representatives.all()
                if row.person.is_active
            ]
        )
    guests = Guest.objects.filter(meeting=source, person__is_active=True)
    Guest.objects.bulk_create([Guest(meeting=meeting, person_id=row.person_id) for row in guests])
