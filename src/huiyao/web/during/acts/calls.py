# SPDX-License-Identifier: Apache-2.0
"""Consensus calls and what is parked."""

from huiyao.features.sittings import commands
from huiyao.web.during.acts.call import Call


def ask_seats(call: Call) -> dict[str, str]:
    """Ask the seats; answers the call's id."""
    asked = commands.open_call(call.meeting_id, call.text("entry"), by=call.by, at=call.at)
    return {"call": str(asked.pk)}


def voice(call: Call) -> None:
    """Agree, reserve or object for one's seat."""
    commands.give_voice(
        call.meeting_id,
        call.text("entry"),
        call.text("answer"),
        call.text("reason"),
        by=call.by,
        at=call.at,
        department=call.text("department"),
    )


def call_close(call: Call) -> dict[str, str]:
    """Close the call; answers what it came to."""
    outcome = commands.close_call(
        call.meeting_id,
        call.text("entry"),
        by=call.by,
        at=call.at,
        decider_id=call.text("decider"),
        decide_by=call.text("decide_by"),
    )
    return {"outcome": str(outcome)}


def call_drop(call: Call) -> None:
    """Take the call back."""
    commands.drop_call(call.meeting_id, call.text("entry"), by=call.by, at=call.at)


def park(call: Call) -> None:
    """Set a subject aside with its owner."""
    commands.park(
        call.meeting_id,
        call.text("entry"),
        by=call.by,
        at=call.at,
        person_id=call.text("person"),
        department_id=call.text("department"),
    )
