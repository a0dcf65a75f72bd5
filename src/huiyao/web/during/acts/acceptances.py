# SPDX-License-Identifier: Apache-2.0
"""The owner's answer to an action."""

from huiyao.features.sittings import commands
from huiyao.web.during.acts.call import Call


def accept(call: Call) -> None:
    """Take one's action on."""
    commands.accept(call.meeting_id, call.text("entry"), by=call.by, at=call.at)


def contest(call: Call) -> None:
    """Say why one cannot take it on."""
    commands.contest(call.meeting_id, call.text("entry"), call.text("reason"), by=call.by, at=call.at)
