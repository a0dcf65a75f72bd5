# SPDX-License-Identifier: Apache-2.0
"""The retrospective (R82-R85): two questions right after the meeting, answered by everybody who was there.

Was the objective met, and what can be better. It is due within the minutes the policy gives; it stays open until the
same wall-clock time on the next working day (plain hours: 24 h after the end), for those who had closed the page.
"""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from huiyao.domain.calendar import WorkingCalendar, deadline_after
from huiyao.domain.policy import Policy
from huiyao.domain.refusals import BadValue

MAX_IMPROVE = 1000
OPEN_HOURS = 24
KEPT_CONTROLS = "\n\t"


class Met(StrEnum):
    """Whether the objective was met."""

    YES = "yes"
    PARTLY = "partly"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Reply:
    """What one person answered."""

    met: Met
    improve: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What is left for everybody: the counts and the improvements, without names."""

    yes: int = 0
    partly: int = 0
    no: int = 0
    improvements: tuple[str, ...] = ()

    @property
    def answered(self) -> int:
        """How many answered."""
        return self.yes + self.partly + self.no


@dataclass(frozen=True, slots=True)
class RetrospectiveClocks:
    """When the answers are due, and when no more are taken."""

    due_at: datetime
    closes_at: datetime


def clocks_of(ended_at: datetime, calendar: WorkingCalendar, policy: Policy, *, working: bool) -> RetrospectiveClocks:
    """The clocks of a meeting that ended at ``ended_at``; the minutes count plainly, the day as ``working`` says."""
    due = ended_at.astimezone(UTC) + timedelta(minutes=policy.retrospective_minutes)
    return RetrospectiveClocks(due, deadline_after(calendar, ended_at, OPEN_HOURS, working=working))


def checked_reply(met: str, improve: str) -> Reply:
    """An answer as it is kept.

    Raises:
        BadValue: the first question has no such answer, or the second's is too long.
    """
    if not met:
        raise BadValue(field="met", reason="required")
    if met not in list(Met):
        raise BadValue(field="met", reason="unknown")
    text = unicodedata.normalize("NFC", improve.replace("\r\n", "\n"))
    text = "".join(c for c in text if c in KEPT_CONTROLS or unicodedata.category(c) not in ("Cc", "Cs")).strip()
    if len(text) > MAX_IMPROVE:
        raise BadValue(field="improve", reason="too_long", most=MAX_IMPROVE)
    return Reply(Met(met), text)


def summary_of(replies: Iterable[Reply]) -> Summary:
    """The counts and what was said, in the order given."""
    replies = tuple(replies)
    counted = {met: sum(reply.met is met for reply in replies) for met in Met}
    said = tuple(reply.improve for reply in replies if reply.improve)
    return Summary(counted[Met.YES], counted[Met.PARTLY], counted[Met.NO], said)
