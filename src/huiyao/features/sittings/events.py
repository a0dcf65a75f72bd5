# SPDX-License-Identifier: Apache-2.0
"""Facts about meetings being held. Ids are text, instants ISO 8601; ``by`` is a person's id."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeetingStarted:
    """The meeting began."""

    meeting_id: str
    by: str


@dataclass(frozen=True, slots=True)
class MeetingClosed:
    """The record was frozen as snapshot ``number``; minutes are made from it."""

    meeting_id: str
    snapshot_id: str
    number: int
    by: str


@dataclass(frozen=True, slots=True)
class MeetingReopened:
    """Snapshot ``number`` is void; the record goes on."""

    meeting_id: str
    snapshot_id: str
    number: int
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class LateEditTaken:
    """The recorder takes over what ``person`` typed after closing; its lines are an amendment of the minutes."""

    meeting_id: str
    late_edit_id: str
    person: str
    by: str
