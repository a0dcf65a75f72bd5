# SPDX-License-Identifier: Apache-2.0
"""Facts about meetings that others act upon. Ids are text, instants ISO 8601."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeetingRescheduled:
    """Time or place of an invited meeting changed; ``note`` is what the invitees are told."""

    meeting_id: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class MeetingCancelled:
    """The meeting will not be held; ``invited`` tells whether anybody had been invited."""

    meeting_id: str
    by: str
    reason: str
    invited: bool


@dataclass(frozen=True, slots=True)
class MeetingLanguageChanged:
    """The language of the meeting's documents changed; ``before`` is the former one."""

    meeting_id: str
    before: str
