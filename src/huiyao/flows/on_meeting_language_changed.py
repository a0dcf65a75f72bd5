# SPDX-License-Identifier: Apache-2.0
"""The meeting's documents get another language: the guide's topic titles follow."""

from datetime import datetime

from huiyao.features.agenda.commands.guide import rename_guide_topics
from huiyao.features.meetings.events import MeetingLanguageChanged
from huiyao.features.meetings.reads import find_meeting


def rename_topics(event: MeetingLanguageChanged, at: datetime) -> None:
    """Rename the topics that still bear the guide's title."""
    del at
    meeting = find_meeting(event.meeting_id)
    if meeting is not None:
        rename_guide_topics(meeting, event.before)
