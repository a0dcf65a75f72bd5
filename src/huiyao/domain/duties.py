# SPDX-License-Identifier: Apache-2.0
"""A duty: a promise with an owner and a due instant. Derived by each feature from its own tables, never stored."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from huiyao.domain.calendar import WorkingCalendar


class DutyKind(StrEnum):
    """Which promise it is (``product``: the life of a meeting)."""

    UPLOAD_MATERIAL = "upload_material"
    INVITE = "invite"
    REPLY = "reply"
    START = "start"
    DRAFT = "draft"
    REVIEW = "review"
    CIRCULATE = "circulate"
    ANSWER_MINUTES = "answer_minutes"
    ANSWER_OBJECTION = "answer_objection"
    NAME_OWNER = "name_owner"
    ACCEPT_ACTION = "accept_action"
    UPDATE_PROGRESS = "update_progress"
    FINISH_ACTION = "finish_action"
    EXPLAIN_DELAY = "explain_delay"
    SUPPORT_ACTION = "support_action"
    NAME_SUPPORTER = "name_supporter"
    DECIDE = "decide"
    RETROSPECTIVE = "retrospective"


class Urgency(StrEnum):
    """The groups of the Today page."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Duty:
    """Who owes what by when, and where it is done in one step.

    ``subject`` is the id of the thing (a meeting, minutes or action), ``title`` names it in the words of its author,
    ``facts`` are shown beside it. ``whole_day`` marks a civil due date: the instant is the end of that day.
    ``since`` is when it came to be owed (None: unknown); ``above`` are the ids of those told next when it is late.
    """

    kind: DutyKind
    owner: str
    due: datetime
    subject: str
    meeting: str
    title: str
    facts: tuple[tuple[str, str], ...] = ()
    whole_day: bool = False
    since: datetime | None = None
    above: tuple[str, ...] = ()


def day_of(duty: Duty, calendar: WorkingCalendar) -> date:
    """The civil day a duty is due on, in the organisation's zone; a due date ends with the midnight after it."""
    instant = duty.due - timedelta(seconds=1) if duty.whole_day else duty.due
    return calendar.local(instant).date()


def urgency(duty: Duty, now: datetime, calendar: WorkingCalendar) -> Urgency:
    """Late, due today, due within seven days, or later; days are those of the organisation's zone."""
    if duty.due <= now:
        return Urgency.LATE
    days = (day_of(duty, calendar) - calendar.local(now).date()).days
    if days == 0:
        return Urgency.TODAY
    return Urgency.WEEK if days <= 7 else Urgency.LATER


def by_urgency(duties: Iterable[Duty], now: datetime, calendar: WorkingCalendar) -> dict[Urgency, list[Duty]]:
    """The duties in groups, each sorted by due instant."""
    groups: dict[Urgency, list[Duty]] = {}
    for duty in sorted(duties, key=lambda d: (d.due, d.kind, d.subject)):
        groups.setdefault(urgency(duty, now, calendar), []).append(duty)
    return groups
