# SPDX-License-Identifier: Apache-2.0
"""The part ``calls``: what the seats say to proposals."""

from collections.abc import Sequence
from typing import Any

from huiyao.domain.consensus import Call, SeatAsked
from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings.models import ConsensusCall
from huiyao.features.sittings.reads.calls import asked_seats, call_as_said, find_calls
from huiyao.features.sittings.reads.facts.instants import instant


def calls_part(meeting: Meeting) -> dict[str, dict[str, Any]]:
    """The newest call of each entry, by entry id."""
    asked = asked_seats(meeting.pk)
    return {entry: _call(row, asked) for entry, row in find_calls(meeting.pk).items()}


def _call(row: ConsensusCall, asked: Sequence[SeatAsked]) -> dict[str, Any]:
    said: Call = call_as_said(row, asked)
    voices = {str(voice.seat.department_id): voice for voice in row.voices.all()}
    return {
        "id": str(row.pk),
        "state": "closed" if row.closed_at else "open",
        "text": row.text,
        "opened_at": instant(row.opened_at),
        "closed_at": instant(row.closed_at),
        "asked": [seat.department for seat in asked],
        "voices": [
            {
                "department": voice.department,
                "person": voice.person,
                "answer": str(voice.answer),
                "reason": voice.reason,
                "at": instant(voices[voice.department].at),
            }
            for voice in said.voices
        ],
        "silent": list(said.silent),
        "outcome": said.outcome,
        "decider": said.decider or None,
        "decide_by": said.decide_by.isoformat() if said.decide_by else "",
    }
