# SPDX-License-Identifier: Apache-2.0
"""Who takes over at meetings when somebody leaves or a department gets another head."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from huiyao.domain.actor import Actor
from huiyao.domain.stage import PLANNABLE, Stage
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.commands.roles import ROLE_FIELDS, hand_over
from huiyao.features.meetings.models import Meeting, Representative
from huiyao.features.people.models import Department
from huiyao.plumbing import audit

OVER = (Stage.FILED, Stage.CANCELLED, Stage.WRITTEN_INSTEAD)


@transaction.atomic
def hand_over_all(person_id: str, successor_id: str, *, by: Actor, at: datetime) -> int:
    """Give the roles of somebody who left, at meetings that are not over, and their seats at those still planned.

    Without a successor a role stays open and a seat loses this representative; an organiser stays, since a meeting
    always has one. Returns how many meetings changed; a second call finds nothing left to do.
    """
    roles = Q(*((role, person_id) for role in ROLE_FIELDS), _connector=Q.OR)
    meetings = set(Meeting.objects.filter(roles).exclude(stage__in=OVER).values_list("pk", flat=True))
    changed = 0
    for meeting in Meeting.objects.filter(pk__in=meetings):
        held = [role for role in ROLE_FIELDS if str(getattr(meeting, f"{role}_id")) == person_id]
        given = [role for role in held if successor_id or role != "organiser"]
        for role in given:
            hand_over(meeting, role, successor_id, by=by, at=at)
        changed += bool(given)
    return changed + _hand_over_seats(person_id, successor_id, by=by, at=at)


def _hand_over_seats(person_id: str, successor_id: str, *, by: Actor, at: datetime) -> int:
    rows = Representative.objects.select_related("seat__meeting", "seat__department")
    planned = list(rows.filter(person_id=person_id, seat__meeting__stage__in=PLANNABLE))
    for row in planned:
        seat = row.seat
        there = seat.representatives.filter(person_id=successor_id).exists() if successor_id else True
        if there:
            row.delete()
        else:
            Representative.objects.filter(pk=row.pk).update(person_id=successor_id)
        facts = {"department": seat.department.name, "from": person_id, "to": successor_id}
        audit.record("seat.handed_over", by=by, at=at, subject=seat.pk, context=seat.meeting_id, facts=facts)
        refresh(seat.meeting)
    return len({row.seat.meeting_id for row in planned})


@transaction.atomic
def refresh_seated(department_id: str) -> int:
    """Rewrite the standings at meetings that are not over where this department, or one below it, has a seat."""
    below: set[UUID] = set()
    waiting = {UUID(department_id)}
    while waiting:
        below |= waiting
        children = Department.objects.filter(parent_id__in=waiting).values_list("pk", flat=True)
        waiting = set(children) - below
    meetings = Meeting.objects.filter(seats__department_id__in=below).exclude(stage__in=OVER).distinct()
    for meeting in meetings:
        refresh(meeting)
    return len(meetings)
