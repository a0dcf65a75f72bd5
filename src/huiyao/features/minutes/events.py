# SPDX-License-Identifier: Apache-2.0
"""Facts about minutes that other features may act upon. Ids are text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MinutesDrafted:
    """The draft was made from snapshot ``snapshot`` of the record."""

    meeting_id: str
    snapshot: int


@dataclass(frozen=True, slots=True)
class MinutesSubmitted:
    """The recorder handed the draft to the host."""

    meeting_id: str
    by: str


@dataclass(frozen=True, slots=True)
class MinutesReturned:
    """The host sent the draft back with a reason."""

    meeting_id: str
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class MinutesCirculated:
    """A version went out; ``number`` is the circulation's, 1 for the first."""

    meeting_id: str
    circulation_id: str
    number: int
    by: str


@dataclass(frozen=True, slots=True)
class ObjectionRaised:
    """A recipient objected."""

    meeting_id: str
    objection_id: str


@dataclass(frozen=True, slots=True)
class ObjectionAnswered:
    """An objection was accepted or declined."""

    meeting_id: str
    objection_id: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class MinutesFinal:
    """The window ended with no open objection."""

    meeting_id: str
    version: int


@dataclass(frozen=True, slots=True)
class MinutesReopened:
    """Final minutes were opened again, with a reason."""

    meeting_id: str
    by: str
    reason: str
