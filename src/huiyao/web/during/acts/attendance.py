# SPDX-License-Identifier: Apache-2.0
"""Who is there, and in which role."""

from huiyao.features.sittings import commands
from huiyao.web.during.acts.call import Call


def attend(call: Call) -> None:
    """Say whether somebody is there."""
    commands.attend(call.meeting_id, call.text("person"), call.text("state"), by=call.by, at=call.at)


def walk_in(call: Call) -> dict[str, str]:
    """Somebody not invited is there; answers who."""
    person = commands.walk_in(
        call.meeting_id,
        by=call.by,
        at=call.at,
        person_id=call.text("person"),
        name=call.text("name"),
        department_id=call.text("department"),
    )
    return {"person": person}


def role(call: Call) -> None:
    """Hand a role over."""
    commands.change_role(call.meeting_id, call.text("role"), call.text("person"), by=call.by, at=call.at)
