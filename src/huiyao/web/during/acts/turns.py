# SPDX-License-Identifier: Apache-2.0
"""Taking, giving and waiting for the floor."""

from huiyao.domain.refusals import BadValue
from huiyao.features.sittings import commands
from huiyao.web.during.acts.call import Call


def floor(call: Call) -> dict[str, str]:
    """Give the floor or take it; answers whether the person speaks, waits, or nothing changed."""
    person = call.text("person") or call.by.id
    return {"step": str(commands.take_floor(call.meeting_id, person, by=call.by, at=call.at))}


def yield_(call: Call) -> None:
    """End the running turn."""
    commands.yield_floor(call.meeting_id, by=call.by, at=call.at)


def hand(call: Call) -> None:
    """Raise or lower a hand."""
    up = call.values.get("up")
    if not isinstance(up, bool):
        raise BadValue(field="up", reason="unknown")
    commands.raise_hand(call.meeting_id, up=up, by=call.by, at=call.at, person_id=call.text("person"))
