# SPDX-License-Identifier: Apache-2.0
"""A meeting was moved: all get the new time and place, and are asked again where the time changed."""

from datetime import datetime

from huiyao.domain.actor import CLOCK
from huiyao.features.invitations.commands.send import send_changes
from huiyao.features.meetings.events import MeetingRescheduled
from huiyao.features.meetings.reads import find_meeting
from huiyao.features.people.reads import actor_of, find_person


def send_update(event: MeetingRescheduled, at: datetime) -> None:
    """Send the change; who has it already gets nothing."""
    meeting, person = find_meeting(event.meeting_id), find_person(event.by)
    if meeting is not None:
        send_changes(meeting, by=actor_of(person) if person else CLOCK, at=at, note=event.note)
