# SPDX-License-Identifier: Apache-2.0
"""Each command of the room as one function: plain values in, commands of the features, plain values out.

One file per intention. No rule, no right and no transaction of its own belongs here: features have those.
"""

from huiyao.web.during.acts.acceptances import accept, contest
from huiyao.web.during.acts.attendance import attend, role, walk_in
from huiyao.web.during.acts.call import Call
from huiyao.web.during.acts.calls import ask_seats, call_close, call_drop, park, voice
from huiyao.web.during.acts.capture import convert, read
from huiyao.web.during.acts.closing import check, close, reopen
from huiyao.web.during.acts.following import next_plan, retro
from huiyao.web.during.acts.lateness import amend, dismiss, late_edits
from huiyao.web.during.acts.persons import find_person, names
from huiyao.web.during.acts.running import extend, move_topic, skip, start, topic
from huiyao.web.during.acts.turns import floor, hand, yield_

__all__ = [
    "Call",
    "accept",
    "amend",
    "ask_seats",
    "attend",
    "call_close",
    "call_drop",
    "check",
    "close",
    "contest",
    "convert",
    "dismiss",
    "extend",
    "find_person",
    "floor",
    "hand",
    "late_edits",
    "move_topic",
    "names",
    "next_plan",
    "park",
    "read",
    "reopen",
    "retro",
    "role",
    "skip",
    "start",
    "topic",
    "voice",
    "walk_in",
    "yield_",
]
