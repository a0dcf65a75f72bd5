# SPDX-License-Identifier: Apache-2.0
"""The part ``turns``, told to everybody, and ``shares``, told to the host alone (R47)."""

from typing import Any

from huiyao.domain import turns
from huiyao.features.meetings.models import Meeting
from huiyao.features.organisation.reads import policy_in_force
from huiyao.features.sittings.models import Attendance, Presence
from huiyao.features.sittings.reads.facts.instants import instant
from huiyao.features.sittings.reads.floor import find_hands, find_running_turn, find_turns


def turns_part(meeting: Meeting) -> dict[str, Any]:
    """The part ``turns``: who speaks since when, for how long at most, who waits, who has spoken."""
    running = find_running_turn(meeting.pk)
    return {
        "speaker": str(running.person_id) if running else None,
        "since": instant(running.started_at) if running else None,
        "topic": str(running.topic_id) if running and running.topic_id else None,
        "seconds": policy_in_force().policy.turn_minutes * 60,
        "queue": [{"person": str(hand.person_id), "at": instant(hand.raised_at)} for hand in find_hands(meeting.pk)],
        "spoken": turns.speakers(find_turns(meeting.pk)),
    }


def shares_part(meeting: Meeting) -> dict[str, Any]:
    """The part ``shares``: finished turns by department, never by person; the running one is the reader's to add."""
    there = Attendance.objects.filter(meeting=meeting, state=Presence.PRESENT).order_by("arrived_at", "id")
    present = [str(pk) for pk in there.values_list("person__department_id", flat=True) if pk]
    found = turns.shares(find_turns(meeting.pk), present)
    return {
        "total": found.total,
        "departments": [{"department": department, "seconds": seconds} for department, seconds in found.departments],
        "quiet": list(found.quiet),
    }
