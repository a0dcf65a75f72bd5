# SPDX-License-Identifier: Apache-2.0
"""A meeting was called off: everybody invited is told why, and their calendars are cleared."""

from datetime import datetime

from huiyao.features.invitations.commands.send import withdraw_all
from huiyao.features.meetings.events import MeetingCancelled
from huiyao.features.meetings.reads import find_meeting


def tell_the_invited(event: MeetingCancelled, at: datetime) -> None:
    """Send the cancellation; who has it already gets nothing."""
    meeting = find_meeting(event.meeting_id)
    if meeting is not None:
        withdraw_all(meeting, at=at, reason=event.reason)
