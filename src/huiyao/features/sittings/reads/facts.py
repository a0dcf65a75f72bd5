# SPDX-License-Identifier: Apache-2.0
"""The state of a room as named parts (``room.ports.FactSource``): each is read whole and told whole."""

from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import Any

from huiyao.domain.rights import Standing
from huiyao.features.agenda.models import Topic
from huiyao.features.agenda.reads import topics_of
from huiyao.features.meetings.models import Meeting, Need, Participation, Representative
from huiyao.features.meetings.reads import find_meeting
from huiyao.features.people.models import Department, Person
from huiyao.features.people.reads import live_departments
from huiyao.features.sittings.models import Room, Snapshot, TopicSpan, TopicTime
from huiyao.features.sittings.reads.held import (
    find_acceptances,
    find_attendance,
    find_snapshot,
    find_spans,
    find_topic_times,
)

TURN_MINUTES = 3
ROLES = ("organiser", "host", "facilitator", "recorder", "coordinator")
SEAT_OF_NEED = {Need.REQUIRED: "required", Need.OPTIONAL: "optional", Need.INFORMED: "informed"}
SHOWN_STANDINGS = (*ROLES, Standing.ATTENDEE, Standing.GUEST, Standing.WALK_IN, Standing.INFORMED)


def instant(at: datetime | None) -> str | None:
    """ISO 8601 in UTC with a Z, to the millisecond."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None


def meeting_part(meeting: Meeting) -> dict[str, Any]:
    """The part ``meeting``."""
    snapshot: Snapshot | None = find_snapshot(meeting.pk)
    room = Room.objects.filter(name=str(meeting.pk)).only("closed_seq").first()
    return {
        "id": str(meeting.pk),
        "title": meeting.title,
        "objective": meeting.objective,
        "stage": meeting.stage,
        "starts_at": instant(meeting.starts_at),
        "planned_minutes": sum(topic.minutes for topic in topics_of(meeting.pk)),
        "started_at": instant(meeting.started_at),
        "closed_at": instant(meeting.ended_at),
        "closed_seq": room.closed_seq if room and meeting.ended_at else None,
        "language": meeting.language,
        "zone": meeting.zone,
        "place": meeting.place,
        "online": meeting.online,
        "turn_minutes": TURN_MINUTES,
        "minutes_url": f"/meetings/{meeting.pk}/minutes" if snapshot else None,
        "reopen_until": instant(snapshot.reopen_until) if snapshot and not snapshot.sealed_at else None,
        "next_when": meeting.next_when,
        "next_focus": meeting.next_focus,
    }


def roles_part(meeting: Meeting) -> dict[str, str | None]:
    """The part ``roles``: person ids."""
    return {role: str(getattr(meeting, f"{role}_id") or "") or None for role in ROLES}


def departments_part(meeting: Meeting) -> list[dict[str, Any]]:
    """The part ``departments``: all in force."""
    del meeting
    return [_department(department) for department in live_departments()]


def _department(department: Department) -> dict[str, Any]:
    head = str(department.head_id) if department.head_id else None
    return {"id": str(department.pk), "name": department.name, "head": head}


def people_part(meeting: Meeting) -> list[dict[str, Any]]:
    """The part ``people``: everybody who is something to this meeting in the room, by name."""
    shown = Participation.objects.filter(meeting=meeting, standing__in=SHOWN_STANDINGS)
    standings: dict[Any, set[str]] = {}
    for person_id, standing in shown.values_list("person_id", "standing"):
        standings.setdefault(person_id, set()).add(standing)
    needs = dict(Representative.objects.filter(seat__meeting=meeting).values_list("person_id", "seat__need"))
    attendance = {row.person_id: row for row in find_attendance(meeting.pk)}
    persons = Person.objects.filter(pk__in={*standings, *attendance}).order_by("name", "pk")
    return [
        {
            "id": str(person.pk),
            "name": person.name,
            "department": str(person.department_id or ""),
            "seat": _seat(standings.get(person.pk, set()), needs.get(person.pk)),
            "attendance": attendance[person.pk].state if person.pk in attendance else "expected",
            "arrived_at": instant(attendance[person.pk].arrived_at) if person.pk in attendance else None,
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


def topics_part(meeting: Meeting) -> list[dict[str, Any]]:
    """The part ``topics``, in agenda order."""
    times = find_topic_times(meeting.pk)
    spans: dict[str, list[TopicSpan]] = {}
    for span in find_spans(meeting.pk):
        spans.setdefault(str(span.topic_id), []).append(span)
    return [_topic(topic, spans.get(str(topic.pk), []), times.get(str(topic.pk))) for topic in topics_of(meeting.pk)]


def _topic(topic: Topic, spans: list[TopicSpan], time: TopicTime | None) -> dict[str, Any]:
    ended = [span for span in spans if span.ended_at is not None]
    running = next((span for span in spans if span.ended_at is None), None)
    spent = sum((span.ended_at - span.started_at for span in ended if span.ended_at), timedelta())
    return {
        "id": str(topic.pk),
        "title": topic.title,
        "kind": topic.kind,
        "lead": topic.lead.name if topic.lead else "",
        "lead_role": topic.lead_role,
        "minutes": topic.minutes,
        "outcome": topic.outcome,
        "started_at": instant(spans[0].started_at) if spans else None,
        "ended_at": instant(ended[-1].ended_at) if ended and running is None else None,
        "spent_seconds": int(spent.total_seconds()),
        "running_since": instant(running.started_at) if running else None,
        "extra_minutes": time.extra_minutes if time else 0,
        "skipped": bool(time and time.skipped_at),
    }


def acceptances_part(meeting: Meeting) -> dict[str, dict[str, Any]]:
    """The part ``acceptances``, by entry id."""
    return {
        entry: {"state": said.state, "by": str(said.by_id), "at": instant(said.at), "reason": said.reason}
        for entry, said in find_acceptances(meeting.pk).items()
    }


PARTS: dict[str, Callable[[Meeting], Any]] = {
    "meeting": meeting_part,
    "roles": roles_part,
    "people": people_part,
    "departments": departments_part,
    "topics": topics_part,
    "acceptances": acceptances_part,
}


def read_parts(meeting_id: str, names: Collection[str] | None) -> tuple[Meeting | None, dict[str, Any]]:
    """The meeting and these parts of its room's state (None: all)."""
    meeting = find_meeting(meeting_id)
    if meeting is None:
        return None, {}
    return meeting, {name: part(meeting) for name, part in PARTS.items() if names is None or name in names}
