# SPDX-License-Identifier: Apache-2.0
"""What an action is after adoption: its states and who may set which (R51-R54, R71-R77)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from huiyao.domain.record import SupportAsked
from huiyao.domain.refusals import BadValue, NotAllowed, WrongStage


class ActionState(StrEnum):
    """Where an action is."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"


class GuideState(StrEnum):
    """The three states of the guide (R73), used in Excel and reports."""

    IN_PROGRESS = "in_progress"
    DONE = "done"
    POSTPONED = "postponed"


GUIDE: Mapping[ActionState, GuideState] = {
    ActionState.OPEN: GuideState.IN_PROGRESS,
    ActionState.IN_PROGRESS: GuideState.IN_PROGRESS,
    ActionState.DONE: GuideState.DONE,
    ActionState.POSTPONED: GuideState.POSTPONED,
    # closed: the table has no fourth word, the last progress says why
    ActionState.CANCELLED: GuideState.DONE,
}
LIVE = frozenset({ActionState.OPEN, ActionState.IN_PROGRESS, ActionState.POSTPONED})


class Party(StrEnum):
    """What a person is to an action."""

    OWNER = "owner"
    SUPPORTER = "supporter"
    EDITOR = "editor"  # host or coordinator of its meeting
    HEAD = "head"  # of the department that owns it
    SUPPORT_HEAD = "support_head"  # of a department that gives support nobody is named for
    READER = "reader"  # may see the actions of its meeting


class ActionAct(StrEnum):
    """What can be done to an action."""

    ACCEPT = "accept"
    CONTEST = "contest"
    START = "start"
    PROGRESS = "progress"
    FINISH = "finish"
    POSTPONE = "postpone"
    CANCEL = "cancel"
    REOPEN = "reopen"
    NAME_OWNER = "name_owner"
    GIVE_SUPPORT = "give_support"
    NAME_SUPPORTER = "name_supporter"


ALLOWED: Mapping[ActionAct, frozenset[Party]] = {
    ActionAct.ACCEPT: frozenset({Party.OWNER}),
    ActionAct.CONTEST: frozenset({Party.OWNER}),
    ActionAct.START: frozenset({Party.OWNER, Party.EDITOR}),
    ActionAct.PROGRESS: frozenset({Party.OWNER, Party.EDITOR}),
    ActionAct.FINISH: frozenset({Party.OWNER, Party.EDITOR}),
    ActionAct.POSTPONE: frozenset({Party.OWNER, Party.EDITOR}),
    ActionAct.CANCEL: frozenset({Party.EDITOR}),
    ActionAct.REOPEN: frozenset({Party.OWNER, Party.EDITOR}),
    ActionAct.NAME_OWNER: frozenset({Party.HEAD, Party.EDITOR}),
    ActionAct.GIVE_SUPPORT: frozenset({Party.SUPPORTER, Party.SUPPORT_HEAD, Party.EDITOR}),
    ActionAct.NAME_SUPPORTER: frozenset({Party.SUPPORT_HEAD, Party.EDITOR}),
}
TARGET: Mapping[ActionAct, ActionState] = {
    ActionAct.START: ActionState.IN_PROGRESS,
    ActionAct.FINISH: ActionState.DONE,
    ActionAct.POSTPONE: ActionState.POSTPONED,
    ActionAct.CANCEL: ActionState.CANCELLED,
    ActionAct.REOPEN: ActionState.IN_PROGRESS,
}


@dataclass(frozen=True, slots=True)
class Commitment:
    """One action as minuted, with ids: what adoption makes a row of. ``id`` is the entry's.

    ``support`` is None while nobody has said, ``()`` for an explicit "none". ``named_by`` is the date and the
    id of the head who will name the owner. ``under`` are the entries it came from, the nearest last.
    """

    id: str
    number: int
    task: str
    department: str = ""
    person: str = ""
    named_by: tuple[date, str] | None = None
    due: date | None = None
    support: tuple[SupportAsked, ...] | None = None
    under: tuple[str, ...] = ()

    @property
    def people(self) -> frozenset[str]:
        """Everybody this action asks something of, by person id."""
        head = self.named_by[1] if self.named_by else ""
        asked = {self.person, head, *(s.person for s in self.support or ())}
        return frozenset(asked - {""})


@dataclass(frozen=True, slots=True)
class Acceptance:
    """What the owner said in the room, keyed by entry id until adoption: accepted, or contested with a reason."""

    accepted: bool
    at: datetime
    reason: str = ""


def check_party(parties: Collection[Party], act: ActionAct) -> None:
    """Refuse unless one of the parties may do the act.

    Raises:
        NotAllowed: none may.
    """
    if ALLOWED[act].isdisjoint(parties):
        raise NotAllowed(deed=str(act))


def decide(state: ActionState, act: ActionAct) -> ActionState:
    """The state after ``act``.

    Raises:
        WrongStage: the act does not fit the state.
    """
    closed = state not in LIVE
    if closed is not (act is ActionAct.REOPEN):
        raise WrongStage(state=str(state), deed=str(act))
    if act is ActionAct.PROGRESS and state is ActionState.OPEN:
        return ActionState.IN_PROGRESS
    return TARGET.get(act, state)


def check_postponement(due: date | None, new_due: date, reason: str) -> None:
    """A postponement names a later date and a reason (R75).

    Raises:
        BadValue: the reason is missing, or the new date is not later than the old one.
    """
    if not reason.strip():
        raise BadValue(field="reason", reason="required")
    if due is not None and new_due <= due:
        raise BadValue(field="due", reason="not_later", than=due.isoformat())


def is_late(state: ActionState, due: date | None, today: date) -> bool:
    """Whether a live action's due date has passed; dates are those of the organisation's zone."""
    return state in LIVE and due is not None and due < today
