# SPDX-License-Identifier: Apache-2.0
"""The part ``people``: who is something to this meeting in the room."""

from typing import Any

from huiyao.domain.attendance import newcomers
from huiyao.domain.rights import Standing
from huiyao.features.meetings.models import Meeting, Need, Participation, Representative
from huiyao.features.people.models import Person
from huiyao.features.sittings.reads.facts.instants import instant
from huiyao.features.sittings.reads.facts.meeting import ROLES
from huiyao.features.sittings.reads.held import find_attendance
from huiyao.features.sittings.reads.newcomers import met_before

SHOWN_STANDINGS = (*ROLES, Standing.ATTENDEE, Standing.GUEST, Standing.WALK_IN, Standing.INFORMED)


def people_part(meeting: Meeting) -> list[dict[str, Any]]:
    """The part ``people``: everybody who is something to this meeting in the room, by name."""
    shown = Participation.objects.filter(meeting=meeting, standing__in=SHOWN_STANDINGS)
    standings: dict[Any, set[str]] = {}
    for person_id, standing in shown.values_list("person_id", "standing"):
        standings.setdefault(person_id, set()).add(standing)
    needs = dict(Representative.objects.filter(seat__meeting=meeting).values_list("person_id", "seat__need"))
    attendance = {row.person_id: row for row in find_attendance(meeting.pk)}
    persons = list(Person.objects.filter(pk__in={*standings, *attendance}).order_by("name", "pk"))
    new = newcomers([str(person.pk) for person in persons], met_before(meeting, [person.pk for person in persons]))
    return [
        {
            "id": str(person.pk),
            "name": person.name,
            "department": str(person.department_id or ""),
            "seat": _seat(standings.get(person.pk, set()), needs.get(person.pk)),
            "attendance": attendance[person.pk].state if person.pk in attendance else "expected",
            "arrived_at": instant(attendance[person.pk].arrived_at) if person.pk in attendance else None,
            "newcomer": str(person.pk) in new,
        }
        for person in persons
    ]


def _seat(standings: set[str], need: str | None) -> str:
    if Standing.GUEST in standings:
        return "guest"
    if need in (Need.REQUIRED, Need.OPTIONAL):
        return str(need)
    if standings & set(ROLES):
        return "role"
    if Standing.WALK_IN in standings:
        return "walk_in"
    return "informed" if need == Need.INFORMED else "role"
