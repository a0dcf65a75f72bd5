# SPDX-License-Identifier: Apache-2.0
"""What the pages after a meeting call things, in the reader's language."""

from django.utils.translation import gettext, pgettext

from huiyao.domain.actions import ActionAct, ActionState
from huiyao.domain.review import AnswerState, ObjectionState, State


def states() -> dict[str, str]:
    """States of minutes."""
    return {
        State.DRAFT: gettext("Draft"),
        State.IN_REVIEW: gettext("In review"),
        State.RETURNED: gettext("Returned"),
        State.CIRCULATED: gettext("Sent"),
        State.FINAL: gettext("Final"),
    }


def answers() -> dict[str, tuple[str, str]]:
    """What a recipient said, with the tone of its chip."""
    return {
        AnswerState.NONE: (gettext("No answer yet"), ""),
        AnswerState.CONFIRMED: (gettext("Confirmed"), "ok"),
        AnswerState.OBJECTED: (gettext("Objects"), "late"),
        AnswerState.SILENT: (gettext("No objection (silent)"), ""),
    }


def objections() -> dict[str, tuple[str, str]]:
    """What became of an objection, with the tone of its chip."""
    return {
        ObjectionState.OPEN: (pgettext("objection", "Open"), "late"),
        ObjectionState.ACCEPTED: (pgettext("objection", "Accepted"), "ok"),
        ObjectionState.DECLINED: (pgettext("objection", "Declined"), ""),
    }


def kinds() -> dict[str, str]:
    """Kinds of lines."""
    return {
        "note": gettext("Note"),
        "problem": gettext("Problem"),
        "solution": gettext("Solution"),
        "decision": gettext("Decision"),
        "action": gettext("Action"),
        "parked": gettext("Parked"),
        "next": gettext("Next step"),
        "place": gettext("Place"),
    }


def action_states() -> dict[str, tuple[str, str]]:
    """States of actions, with the tone of their chips."""
    return {
        ActionState.OPEN: (gettext("Not started"), ""),
        ActionState.IN_PROGRESS: (gettext("In progress"), "now"),
        ActionState.DONE: (gettext("Done"), "ok"),
        ActionState.POSTPONED: (gettext("Postponed"), "soon"),
        ActionState.CANCELLED: (gettext("Cancelled"), ""),
    }


def causes() -> tuple[str, ...]:
    """Why actions slip, to choose from."""
    return (gettext("Waiting for support"), gettext("Scope changed"), gettext("No capacity"), gettext("Outside cause"))


def action_acts() -> dict[str, str]:
    """What happened to an action, in the past tense of its history."""
    return {
        ActionAct.ACCEPT: gettext("accepted"),
        ActionAct.CONTEST: gettext("contested"),
        ActionAct.START: gettext("began"),
        ActionAct.PROGRESS: gettext("reported progress"),
        ActionAct.FINISH: gettext("finished"),
        ActionAct.POSTPONE: gettext("postponed"),
        ActionAct.CANCEL: gettext("cancelled"),
        ActionAct.REOPEN: gettext("opened again"),
        ActionAct.NAME_OWNER: gettext("named the owner"),
        ActionAct.GIVE_SUPPORT: gettext("gave support"),
        ActionAct.NAME_SUPPORTER: gettext("named who gives support"),
        "correct": gettext("changed by a correction of the minutes"),
        "drop": gettext("taken out by a correction of the minutes"),
    }
