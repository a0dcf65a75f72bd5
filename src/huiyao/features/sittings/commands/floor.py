# SPDX-License-Identifier: Apache-2.0
"""The rows of turns and hands, for acts that have their own reason to end them. In the caller's transaction."""

from collections.abc import Iterable
from datetime import datetime

from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings.models import Hand, Turn
from huiyao.plumbing.ids import Id


def end_turn(meeting: Meeting, at: datetime) -> bool:
    """End the running turn; whether there was one."""
    return bool(Turn.objects.filter(meeting=meeting, ended_at=None).update(ended_at=at))


def clear_floor(meeting: Meeting, at: datetime) -> None:
    """Nobody speaks and nobody waits any more: the meeting is over."""
    end_turn(meeting, at)
    Hand.objects.filter(meeting=meeting).delete()


def step_down(meetings: Iterable[Id], person_id: Id, at: datetime) -> bool:
    """Somebody is gone from these meetings: their turn ends, their hand is lowered; whether that is news."""
    ended = Turn.objects.filter(meeting_id__in=meetings, person_id=person_id, ended_at=None).update(ended_at=at)
    lowered, _ = Hand.objects.filter(meeting_id__in=meetings, person_id=person_id).delete()
    return bool(ended or lowered)
