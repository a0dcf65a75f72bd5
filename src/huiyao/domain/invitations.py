# SPDX-License-Identifier: Apache-2.0
"""Inviting: when the invitation and the reply are due, what it cannot go without, what a reply may be."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.policy import Policy
from huiyao.domain.refusals import BadValue, Refusal
from huiyao.domain.stage import Stage


class Reply(StrEnum):
    """What an invitee answered. Silence stays ``pending``: nobody is said to have agreed."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    TENTATIVE = "tentative"


ANSWERS = frozenset({Reply.ACCEPTED, Reply.DECLINED, Reply.TENTATIVE})


class InvitationIncomplete(Refusal):
    """The invitation lacks what a calendar cannot do without. Facts: ``missing`` (list of words)."""

    code = "invitation_incomplete"


class NothingToSend(Refusal):
    """Everybody already has the plan as it is."""

    code = "nothing_to_send"


class ReplyClosed(Refusal):
    """The meeting has begun, is over or was cancelled: replies are closed. Facts: ``state``."""

    code = "reply_closed"


@dataclass(frozen=True, slots=True)
class Sendable:
    """What is looked at before an invitation goes out. ``minutes`` is the planned length."""

    title: str
    starts_at: datetime | None
    minutes: int
    invitees: int


def invite_due(starts_at: datetime, calendar: WorkingCalendar, policy: Policy) -> datetime:
    """When the invitation is due: working days before the start, at the same time of day (R15)."""
    local = calendar.local(starts_at)
    return calendar.at(calendar.shift(local.date(), -policy.invite_days), local.time())


def reply_due(starts_at: datetime, sent_at: datetime, calendar: WorkingCalendar, policy: Policy) -> datetime:
    """When the reply is due: working days before the start; the start itself where that has passed."""
    local = calendar.local(starts_at)
    due = calendar.at(calendar.shift(local.date(), -policy.reply_days), local.time())
    return due if due > sent_at else starts_at


def check_sendable(plan: Sendable, at: datetime) -> None:
    """Refuse an invitation without title, a start that lies ahead, a length, or anybody to invite.

    Everything else a plan may lack is a warning (``domain.agenda``): few gates, many hints.

    Raises:
        InvitationIncomplete: with what is missing.
    """
    missing = [
        word
        for word, lacking in (
            ("title", not plan.title.strip()),
            ("time", plan.starts_at is None),
            ("time_past", plan.starts_at is not None and plan.starts_at <= at),
            ("agenda", plan.minutes <= 0),
            ("invitees", plan.invitees <= 0),
        )
        if lacking
    ]
    if missing:
        raise InvitationIncomplete(missing=missing)


def check_reply(answer: str, *, stage: str, starts_at: datetime | None, at: datetime) -> Reply:
    """The answer, if it may still be given: until the start anybody may change their mind.

    Raises:
        BadValue: no such answer.
        ReplyClosed: the meeting has begun or will not be.
    """
    if answer not in ANSWERS:
        raise BadValue(field="answer", reason="unknown")
    if stage != Stage.INVITED or starts_at is None or starts_at <= at:
        raise ReplyClosed(state=stage)
    return Reply(answer)
