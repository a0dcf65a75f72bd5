# SPDX-License-Identifier: Apache-2.0
"""A closed record asks its two questions (R82); with the answers' time who spoke how long is forgotten too."""

from datetime import datetime

from django.db import transaction

from huiyao.features.archive.commands.retrospectives import (
    ask_retrospective,
    close_retrospective,
    withdraw_retrospective,
)
from huiyao.features.archive.reads import retrospectives_to_close
from huiyao.features.sittings.commands import forget_turns, tell
from huiyao.features.sittings.events import MeetingClosed, MeetingReopened
from huiyao.features.sittings.reads import find_snapshot

PART = "retro"
"""The part of the room's state that shows it."""


@transaction.atomic
def ask_at_closing(event: MeetingClosed, at: datetime) -> None:
    """Ask everybody who was there; the same closing twice is once, one taken back meanwhile asks nothing."""
    if not _in_force(event):
        return
    ask_retrospective(event.meeting_id, snapshot=event.number, at=at)
    if not _in_force(event):  # asked again under the meeting's lock, which reopening waits for
        withdraw_retrospective(event.meeting_id, snapshot=event.number, at=at)
    tell(event.meeting_id, PART)


def _in_force(event: MeetingClosed) -> bool:
    snapshot = find_snapshot(event.meeting_id, event.number)
    return snapshot is not None and snapshot.voided_at is None


def withdraw_at_reopening(event: MeetingReopened, at: datetime) -> None:
    """The meeting goes on: nothing is asked for now."""
    if withdraw_retrospective(event.meeting_id, snapshot=event.number, at=at):
        tell(event.meeting_id, PART)


def close_retrospectives(now: datetime) -> int:
    """Close what has had its time, and delete the turns of those meetings; how many were closed.

    The worker calls it each round; any number of workers, any number of times.
    """
    return sum(_close(meeting_id, now) for meeting_id in retrospectives_to_close(now))


@transaction.atomic
def _close(meeting_id: str, now: datetime) -> bool:
    closed = close_retrospective(meeting_id, at=now)
    if closed:
        forget_turns(meeting_id)
        tell(meeting_id, PART)
    return closed
