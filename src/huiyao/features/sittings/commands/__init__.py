# SPDX-License-Identifier: Apache-2.0
"""Acts in a meeting being held. Each tells the room after its commit.

None that writes to the record (``writing``, ``closing``) may be called inside a transaction: the room's writer has a
connection of its own and would wait for it.
"""

from huiyao.features.sittings.commands.acceptances import accept, contest
from huiyao.features.sittings.commands.attendance import attend, greet, mark_present, walk_in
from huiyao.features.sittings.commands.calls import close_call, drop_call, give_voice, hand_over_decisions, open_call
from huiyao.features.sittings.commands.closing import (
    allow_reopening_until,
    close,
    reopen,
    seal_snapshot,
    thaw_abandoned,
)
from huiyao.features.sittings.commands.deciding import decide
from huiyao.features.sittings.commands.lateness import amend_late, dismiss_late
from huiyao.features.sittings.commands.leaving import leave_rooms
from huiyao.features.sittings.commands.parking import park
from huiyao.features.sittings.commands.rooms import change_role, open_notes, open_room, tell
from huiyao.features.sittings.commands.running import extend, go_to_topic, move_topic, skip_topic, start
from huiyao.features.sittings.commands.turns import forget_turns, raise_hand, take_floor, yield_floor
from huiyao.features.sittings.commands.writing import edit_record

__all__ = [
    "accept",
    "allow_reopening_until",
    "amend_late",
    "attend",
    "change_role",
    "close",
    "close_call",
    "contest",
    "decide",
    "dismiss_late",
    "drop_call",
    "edit_record",
    "extend",
    "forget_turns",
    "give_voice",
    "go_to_topic",
    "greet",
    "hand_over_decisions",
    "leave_rooms",
    "mark_present",
    "move_topic",
    "open_call",
    "open_notes",
    "open_room",
    "park",
    "raise_hand",
    "reopen",
    "seal_snapshot",
    "skip_topic",
    "start",
    "take_floor",
    "tell",
    "thaw_abandoned",
    "walk_in",
    "yield_floor",
]
