# SPDX-License-Identifier: Apache-2.0
"""The life of minutes: states, acts, the three clocks and the objection window (R59, R67-R70).

Pure: the position and the instant go in, the next position comes out, or a refusal is raised.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from huiyao.domain.calendar import WorkingCalendar, deadline_after, window_end
from huiyao.domain.policy import Policy
from huiyao.domain.refusals import BadValue, Refusal, WrongStage


class State(StrEnum):
    """Where minutes are (``product``: words)."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    RETURNED = "returned"
    CIRCULATED = "circulated"
    FINAL = "final"


class Act(StrEnum):
    """What can be done to minutes."""

    EDIT = "edit"
    COMMENT = "comment"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    CIRCULATE = "circulate"
    ANSWER = "answer"
    ACCEPT_OBJECTION = "accept_objection"
    DECLINE_OBJECTION = "decline_objection"
    FINALISE = "finalise"
    VOID = "void"
    REOPEN = "reopen"


class AnswerState(StrEnum):
    """What a recipient said. Silence is its own answer: recorded as "no objection", never as "confirmed"."""

    NONE = "none"
    CONFIRMED = "confirmed"
    OBJECTED = "objected"
    SILENT = "silent"


class ObjectionState(StrEnum):
    """What became of an objection."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class NotApproved(Refusal):
    """Minutes are sent only after the host approved them (R67)."""

    code = "not_approved"


class WindowOpen(Refusal):
    """The objection window is still open. Facts: ``until``."""

    code = "window_open"


class WindowClosed(Refusal):
    """The objection window is over. Facts: ``since``."""

    code = "window_closed"


class ObjectionOpen(Refusal):
    """An objection waits for its answer. Facts: ``count``."""

    code = "objection_open"


@dataclass(frozen=True, slots=True)
class Position:
    """Everything the rules of review look at. ``window_ends_at`` is the end of the last window opened."""

    state: State
    approved: bool = False
    window_ends_at: datetime | None = None
    open_objections: int = 0


FITTING: Mapping[Act, frozenset[State]] = {
    Act.EDIT: frozenset({State.DRAFT, State.IN_REVIEW, State.RETURNED}),
    Act.COMMENT: frozenset({State.DRAFT, State.IN_REVIEW, State.RETURNED}),
    Act.SUBMIT: frozenset({State.DRAFT, State.RETURNED}),
    Act.APPROVE: frozenset({State.IN_REVIEW}),
    Act.RETURN: frozenset({State.IN_REVIEW}),
    Act.CIRCULATE: frozenset({State.IN_REVIEW}),
    Act.ANSWER: frozenset({State.CIRCULATED}),
    Act.ACCEPT_OBJECTION: frozenset({State.CIRCULATED}),
    Act.DECLINE_OBJECTION: frozenset({State.CIRCULATED}),
    Act.FINALISE: frozenset({State.CIRCULATED}),
    Act.VOID: frozenset({State.DRAFT}),
    Act.REOPEN: frozenset({State.FINAL}),
}
NEEDS_REASON = frozenset({Act.RETURN, Act.DECLINE_OBJECTION, Act.REOPEN, Act.COMMENT})
MAX_REASON = 2000


def decide(position: Position, act: Act, *, at: datetime, reason: str = "") -> Position:
    """The position after ``act``.

    Raises:
        WrongStage: the act does not fit the state.
        BadValue: a reason is required (returning, declining, reopening, commenting), or is too long.
        NotApproved: sending before approval.
        WindowClosed: answering after the window.
        WindowOpen, ObjectionOpen: becoming final too early.
    """
    if position.state not in FITTING[act]:
        raise WrongStage(state=str(position.state), deed=str(act))
    if act in NEEDS_REASON and not reason.strip():
        raise BadValue(field="reason", reason="required")
    if len(reason) > MAX_REASON:
        raise BadValue(field="reason", reason="too_long", most=MAX_REASON)
    if act is Act.CIRCULATE and not position.approved:
        raise NotApproved
    if act is Act.ANSWER:
        _check_window_open(position, at)
    if act is Act.FINALISE:
        _check_settled(position, at)
    return _after(position, act)


def _check_window_open(position: Position, at: datetime) -> None:
    if position.window_ends_at is not None and position.window_ends_at <= at:
        raise WindowClosed(since=position.window_ends_at.isoformat())


def _check_settled(position: Position, at: datetime) -> None:
    if position.window_ends_at is None or position.window_ends_at > at:
        raise WindowOpen(until=position.window_ends_at.isoformat() if position.window_ends_at else "")
    if position.open_objections:
        raise ObjectionOpen(count=position.open_objections)


def _after(position: Position, act: Act) -> Position:
    if act is Act.EDIT:
        # what the host approved is no longer what would be sent
        return replace(position, approved=False)
    if act is Act.APPROVE:
        return replace(position, approved=True)
    target = {
        Act.SUBMIT: State.IN_REVIEW,
        Act.RETURN: State.RETURNED,
        Act.CIRCULATE: State.CIRCULATED,
        Act.FINALISE: State.FINAL,
        Act.REOPEN: State.RETURNED,
    }.get(act)
    if target is None:
        return position
    return replace(position, state=target, approved=position.approved and act is Act.CIRCULATE)


@dataclass(frozen=True, slots=True)
class Clocks:
    """The due instants stored when a meeting ends, in UTC."""

    draft_due_at: datetime
    circulate_due_at: datetime


def start_clocks(ended_at: datetime, calendar: WorkingCalendar, policy: Policy, *, working: bool) -> Clocks:
    """When the draft (R59) and the circulation (R58, R68) of a meeting that ended at ``ended_at`` are due."""
    return Clocks(
        window_end(calendar, ended_at, policy.draft_hours, working=working),
        deadline_after(calendar, ended_at, policy.circulate_hours, working=working),
    )


def objection_window(sent_at: datetime, calendar: WorkingCalendar, policy: Policy, *, working: bool) -> datetime:
    """When the time to object to minutes sent at ``sent_at`` is over (R70)."""
    return window_end(calendar, sent_at, policy.objection_hours, working=working)


def concerned(
    changed: Collection[str],
    involved: Mapping[str, frozenset[str]],
    everyone: frozenset[str],
    objectors: frozenset[str],
) -> frozenset[str]:
    """Whom a correction concerns: for an action those in it, for any other line everyone.

    ``involved`` gives the person ids of each action by line id; the objectors are always concerned.
    """
    if any(line not in involved for line in changed):
        return everyone
    touched = frozenset[str]().union(*(involved[line] for line in changed))
    return (touched & everyone) | (objectors & everyone)
