# SPDX-License-Identifier: Apache-2.0
"""Starting the meeting and leading it through its topics."""

from huiyao.features.sittings import commands
from huiyao.web.during.acts.call import Call


def start(call: Call) -> None:
    """Begin the meeting; who has the room open is noted as present when the facts are read again."""
    commands.start(call.meeting_id, by=call.by, at=call.at)


def topic(call: Call) -> None:
    """Go to a topic."""
    commands.go_to_topic(call.meeting_id, call.text("topic"), by=call.by, at=call.at)


def extend(call: Call) -> dict[str, dict[str, int]]:
    """Give a topic more minutes; answers what each later topic gives."""
    minutes = call.values.get("minutes")
    return {"from": commands.extend(call.meeting_id, call.text("topic"), minutes, by=call.by, at=call.at)}


def skip(call: Call) -> None:
    """Leave a topic out."""
    commands.skip_topic(call.meeting_id, call.text("topic"), by=call.by, at=call.at, reason=call.text("reason"))


def move_topic(call: Call) -> None:
    """Take a topic up earlier or later."""
    after = call.text("after") or None
    commands.move_topic(call.meeting_id, call.text("topic"), after, by=call.by, at=call.at)
