# SPDX-License-Identifier: Apache-2.0
"""The parts ``meeting``, ``roles`` and ``departments``."""

from collections.abc import Sequence
from typing import Any

from huiyao.domain.agenda import TopicPlan, led_by, total_minutes
from huiyao.domain.stage import Stage
from huiyao.features.agenda.reads import as_plan, topics_of
from huiyao.features.meetings.models import Meeting
from huiyao.features.organisation.reads import policy_in_force
from huiyao.features.people.models import Department
from huiyao.features.people.reads import live_departments
from huiyao.features.sittings.models import Room, Snapshot
from huiyao.features.sittings.reads.facts.instants import instant
from huiyao.features.sittings.reads.held import find_snapshot

ROLES = ("organiser", "host", "facilitator", "recorder", "coordinator")


def meeting_part(meeting: Meeting) -> dict[str, Any]:
    """The part ``meeting``."""
    snapshot: Snapshot | None = find_snapshot(meeting.pk)
    room = Room.objects.filter(name=str(meeting.pk)).only("closed_seq").first()
    plan = as_plan(topics_of(meeting.pk))
    return {
        "id": str(meeting.pk),
        "title": meeting.title,
        "objective": meeting.objective,
        "stage": meeting.stage,
        "starts_at": instant(meeting.starts_at),
        "planned_minutes": total_minutes(plan),
        "started_at": instant(meeting.started_at),
        "closed_at": instant(meeting.ended_at),
        "closed_seq": room.closed_seq if room and meeting.ended_at else None,
        "language": meeting.language,
        "zone": meeting.zone,
        "place": meeting.place,
        "online": meeting.online,
        "turn_minutes": policy_in_force().policy.turn_minutes,
        "minutes_url": f"/meetings/{meeting.pk}/minutes" if snapshot else None,
        "reopen_until": instant(snapshot.reopen_until) if snapshot and not snapshot.sealed_at else None,
        "next_when": meeting.next_when,
        "next_focus": meeting.next_focus,
        "next_meeting": _next(meeting),
        "recorder_leads": _recorder_leads(meeting, plan),
    }


def _next(meeting: Meeting) -> str | None:
    """The plan that was prepared from this meeting, the newest that was not cancelled."""
    after = Meeting.objects.filter(continues=meeting).exclude(stage=Stage.CANCELLED)
    found = after.order_by("-created_at").values_list("pk", flat=True).first()
    return str(found) if found else None


def _recorder_leads(meeting: Meeting, plan: Sequence[TopicPlan]) -> list[str]:
    """Which topics the recorder leads: who speaks most should not write (R35)."""
    host, facilitator = str(meeting.host_id or ""), str(meeting.facilitator_id or "")
    return led_by(plan, str(meeting.recorder_id or ""), host=host, facilitator=facilitator)


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
