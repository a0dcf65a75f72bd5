# SPDX-License-Identifier: Apache-2.0
"""Commands of the room's wire: each is carried out in a thread under the caller's rights, and answered by its id.

``{"id": n, "do": NAME, ...}`` -> ``{"id": n, "ok": true, "value": ...}`` or ``{"id": n, "ok": false, "code", "facts",
"text"}`` with words in the reader's language.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.utils import translation

from huiyao.domain.refusals import Refusal
from huiyao.plumbing import clock
from huiyao.room import frames
from huiyao.room.member import Member
from huiyao.room.room import Room
from huiyao.room.schema import RoomKind
from huiyao.web.during import acts, live
from huiyao.web.during.entrance import Entry
from huiyao.web.shell.refusals import words_of
from huiyao.web.shell.trouble import Broken, trouble_in

logger = logging.getLogger(__name__)
MOST_UNDER_WAY: Final = 8
Act = Callable[[acts.Call], object]

ACTS: Final[dict[str, Act]] = {
    "start": acts.start,
    "topic": acts.topic,
    "extend": acts.extend,
    "skip": acts.skip,
    "move_topic": acts.move_topic,
    "floor": acts.floor,
    "yield": acts.yield_,
    "hand": acts.hand,
    "attend": acts.attend,
    "walk_in": acts.walk_in,
    "role": acts.role,
    "accept": acts.accept,
    "contest": acts.contest,
    "call": acts.ask_seats,
    "voice": acts.voice,
    "call_close": acts.call_close,
    "call_drop": acts.call_drop,
    "park": acts.park,
    "read": acts.read,
    "find_person": acts.find_person,
    "names": acts.names,
    "convert": acts.convert,
    "check": acts.check,
    "close": acts.close,
    "reopen": acts.reopen,
    "next_plan": acts.next_plan,
    "retro": acts.retro,
    "late_edits": acts.late_edits,
    "amend": acts.amend,
    "dismiss": acts.dismiss,
}
ON_THE_RECORD: Final = frozenset({"accept", "contest", "check", "close", "late_edits"})
"""Acts that look at the projected record, which is brought up to date first."""


class UnknownCommand(Refusal):
    """No command has this name. Facts: ``do``."""

    code = "unknown_command"


@dataclass(frozen=True, slots=True)
class _Answer:
    value: object = None
    refusal: Refusal | None = None
    text: str = ""


class Calls:
    """The commands of one connection, a few of them under way at once."""

    def __init__(self, entry: Entry, room: Room, member: Member) -> None:
        self._entry = entry
        self._room = room
        self._member = member
        self._places = asyncio.Semaphore(MOST_UNDER_WAY)
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self, message: Mapping[str, Any]) -> None:
        """Start a command; waits while too many are under way, so that no more is read."""
        await self._places.acquire()
        task = asyncio.get_running_loop().create_task(self._answer(message))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _answer(self, message: Mapping[str, Any]) -> None:
        number, name = message.get("id"), str(message.get("do", ""))
        try:
            if name in ON_THE_RECORD and self._entry.kind is RoomKind.RECORD:
                await self._room.projecting.now()
            call = acts.Call(self._entry.actor, self._entry.meeting_id, clock.now(), dict(message))
            act = ACTS.get(name) if self._entry.kind is RoomKind.RECORD else None
            answer = await live.in_thread(_carry_out, act, name, call)
        finally:
            self._places.release()
        if answer.refusal is None:
            reply: dict[str, object] = {"id": number, "ok": True, "value": answer.value}
        else:
            facts = dict(answer.refusal.facts)
            reply = {"id": number, "ok": False, "code": answer.refusal.code, "facts": facts, "text": answer.text}
        self._member.post_ours(frames.reply(reply))


def _carry_out(act: Act | None, name: str, call: acts.Call) -> _Answer:
    """Run in a thread: one act, its refusal put into the caller's language."""
    try:
        if act is None:
            raise UnknownCommand(do=name[:40])
        return _Answer(act(call))
    except Refusal as refusal:
        with translation.override(call.by.language):
            return _Answer(refusal=refusal, text=words_of(refusal))
    except Exception as error:  # trouble of the machine or a bug must not leave the caller without an answer
        logger.exception("the command %s failed", name)
        failed = trouble_in(error) or Broken()
        with translation.override(call.by.language):
            return _Answer(refusal=failed, text=words_of(failed))
