# SPDX-License-Identifier: Apache-2.0
"""Keeping ``Participation`` in step with roles, seats, heads and guests, in their transaction."""

from uuid import UUID

from huiyao.domain.rights import Standing
from huiyao.features.meetings.models import Guest, Meeting, Need, Participation, Representative
from huiyao.features.people.models import Department
from huiyao.plumbing.ids import Id

KEPT = (Standing.WALK_IN, Standing.OWNER)
"""Standings that are given one by one and survive a refresh."""


def refresh(meeting: Meeting) -> None:
    """Rewrite the derived standings of one meeting; rows that stay are left alone."""
    wanted = _wanted(meeting)
    existing = {
        (row.person_id, row.standing): row
        for row in Participation.objects.filter(meeting=meeting).exclude(standing__in=KEPT)
    }
    gone = [row.pk for key, row in existing.items() if key not in wanted]
    Participation.objects.filter(pk__in=gone).delete()
    Participation.objects.bulk_create(
        [
            Participation(meeting=meeting, person_id=person, standing=standing)
            for person, standing in wanted
            if (person, standing) not in existing
        ]
    )


def add(meeting: Meeting, person_id: Id, standing: Standing) -> None:
    """Give one standing that is not derived from the plan (walk-in, owner of an action)."""
    Participation.objects.get_or_create(meeting=meeting, person_id=person_id, standing=standing)


def _wanted(meeting: Meeting) -> set[tuple[UUID, str]]:
    roles = (
        (meeting.organiser_id, Standing.ORGANISER),
        (meeting.host_id, Standing.HOST),
        (meeting.facilitator_id, Standing.FACILITATOR),
        (meeting.recorder_id, Standing.RECORDER),
        (meeting.coordinator_id, Standing.COORDINATOR),
    )
    wanted: set[tuple[UUID, str]] = {(person, str(standing)) for person, standing in roles if person}
    seated = Representative.objects.filter(seat__meeting=meeting).values_list("person_id", "seat__need")
    for person, need in seated:
        standing = Standing.INFORMED if need == Need.INFORMED else Standing.ATTENDEE
        wanted.add((person, str(standing)))
    for person in Guest.objects.filter(meeting=meeting).values_list("person_id", flat=True):
        wanted.add((person, str(Standing.GUEST)))
    wanted |= {(head, str(Standing.HEAD)) for head in _heads(meeting)}
    return wanted


def _heads(meeting: Meeting) -> set[UUID]:
    """Heads of the seated departments and of those above them."""
    departments = {d.pk: d for d in Department.objects.all()}
    found: set[UUID] = set()
    for department_id in meeting.seats.values_list("department_id", flat=True):
        current = departments.get(department_id)
        while current is not None:
            if current.head_id:
                found.add(current.head_id)
            current = departments.get(current.parent_id) if current.parent_id else None
    return found
