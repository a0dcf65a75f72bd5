# SPDX-License-Identifier: Apache-2.0
"""The websocket of the room: frames in both directions. A plain ASGI application beside the pages.

Sign-in is the session cookie with a check of the Origin header (browsers send cookies with websockets from any
page), or a personal token among the subprotocols; never in the address. A refusal is a close code of 4400-4499,
after accepting, since y-websocket cannot see the status of a refused handshake and would come again for ever.
"""

import asyncio
import logging

from django.db import Error

from huiyao.domain.refusals import NotFound
from huiyao.room.frames import SUBPROTOCOL, TOKEN_PREFIX, Close, step1
from huiyao.room.member import Member
from huiyao.room.refusals import RoomBusy
from huiyao.room.room import Room
from huiyao.web.during import live
from huiyao.web.during.calls import Calls
from huiyao.web.during.entrance import Entry, Refused, let_in
from huiyao.web.shell.front import Receive, Scope, Send

logger = logging.getLogger(__name__)
WHOLE = step1(b"\x00")
"""The question of a client that has nothing; with ``?whole=1`` in the address it counts as asked."""


class Socket:
    """``room.ports.Channel`` on an ASGI connection."""

    def __init__(self, send: Send, task: "asyncio.Task[object] | None") -> None:
        self._send = send
        self._task = task
        self.aborted = False

    async def send(self, data: bytes) -> None:
        """Send one binary frame; waits while the other side does not read."""
        await self._send({"type": "websocket.send", "bytes": data})

    async def close(self, code: int) -> None:
        """Close with a code."""
        await self._send({"type": "websocket.close", "code": code})

    def abort(self) -> None:
        """End the connection's own task, whatever is unsent."""
        self.aborted = True
        if self._task is not None:
            self._task.cancel()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve one connection from handshake to end."""
    await receive()  # websocket.connect
    offered = list(scope.get("subprotocols") or [])
    ours = SUBPROTOCOL in offered
    await send({"type": "websocket.accept", "subprotocol": _chosen(offered)})
    try:
        entry = await live.in_thread(let_in, scope["path"], dict(scope["headers"]), offered)
    except Refused as refusal:
        await send({"type": "websocket.close", "code": refusal.code})
        return
    except Error:
        logger.exception("nobody can be let in: the database fails")
        await send({"type": "websocket.close", "code": Close.LATER})
        return
    await _serve(entry, receive, send, ours=ours, whole=b"whole=1" in scope.get("query_string", b"").split(b"&"))


def _chosen(offered: list[str]) -> str | None:
    """Which of the offered subprotocols is agreed on: clients give up when they offered some and none is."""
    plain = [word for word in offered if not word.startswith(TOKEN_PREFIX)]
    return SUBPROTOCOL if SUBPROTOCOL in offered else next(iter([*plain, *offered]), None)


async def _serve(entry: Entry, receive: Receive, send: Send, *, ours: bool, whole: bool) -> None:
    socket = Socket(send, asyncio.current_task())
    try:
        room, member = await live.Live.registry.join(entry.room, socket, entry.rights, ours=ours)
    except (NotFound, RoomBusy) as refusal:
        code = Close.NO_ROOM if isinstance(refusal, NotFound) else Close.LATER
        await send({"type": "websocket.close", "code": code})
        return
    calls = Calls(entry, room, member)
    if whole:
        room.receive(member, WHOLE)
    try:
        await _read(receive, room, member, calls)
    except asyncio.CancelledError:
        if not socket.aborted:
            raise
        logger.warning("room %s: cut off a reader that was too slow", entry.room)
    finally:
        room.leave(member)
        await member.stop()


async def _read(receive: Receive, room: Room, member: Member, calls: Calls) -> None:
    while True:
        message = await receive()
        if message["type"] != "websocket.receive":
            return
        data = message.get("bytes")
        if data is None:
            member.close(Close.BAD)
            continue
        told = room.receive(member, data)
        if isinstance(told, dict):
            await calls.begin(told)
        elif told is not None:
            await told
        wait = member.delay()
        if wait:
            await asyncio.sleep(wait)
