# SPDX-License-Identifier: Apache-2.0
"""A client of the room without a browser: a pycrdt document that speaks the wire, in the same process."""

import asyncio
import json
from collections import deque
from collections.abc import Callable
from inspect import isawaitable
from typing import Any

from pycrdt import Doc, Map, Text

from huiyao.room import frames
from huiyao.room.frames import Type, read_bytes, read_varuint
from huiyao.room.member import Member
from huiyao.room.ports import Rights
from huiyao.room.registry import Registry
from huiyao.room.room import Room

TOPIC = "topic-000001"


class RoomClient:
    """A person with a document of their own, joined to one room of one registry."""

    def __init__(self, person: str, *, ours: bool = True) -> None:
        self.person = person
        self.ours = ours
        self.doc: Doc[Any] = Doc()
        self.nodes: Map[Any] = self.doc.get("nodes", type=Map)
        self.facts: dict[str, Any] = {}
        self.fact_log: list[tuple[str, Any]] = []
        self.aware: list[bytes] = []
        self.refused: dict[int, str] = {}
        self.sent = self.acked = self.seq = self.closed = 0
        self.updates_seen = 0
        self.aborted = self.resyncing = False
        self.room: Room | None = None
        self.member: Member | None = None
        self.news = asyncio.Condition()
        self._remote = False
        self._outgoing: deque[bytes] = deque()
        self._waiting: asyncio.Future[None] | None = None
        self._watching = self.doc.observe(self._changed)
        self.reading = asyncio.Event()
        self.reading.set()
        self.filter: Callable[[bytes], list[bytes]] = lambda frame: [frame]

    # the channel: what the room sends

    async def send(self, data: bytes) -> None:
        await self.reading.wait()
        for frame in self.filter(data):
            self.take(frame)
        async with self.news:
            self.news.notify_all()

    async def close(self, code: int) -> None:
        self.closed = code
        async with self.news:
            self.news.notify_all()

    def abort(self) -> None:
        self.aborted = True

    def take(self, data: bytes) -> None:
        kind, at = read_varuint(data, 0)
        if kind == Type.SYNC:
            step, at = read_varuint(data, at)
            body, _ = read_bytes(data, at)
            if step == 0:
                self.resyncing = False
                self.say_numbered(frames.step2(self.doc.get_update(body)))
            else:
                self.updates_seen += 1
                self._remote = True
                self.doc.apply_update(body)
                self._remote = False
        elif kind == Type.AWARENESS:
            self.aware.append(read_bytes(data, at)[0])
        elif kind == Type.ACK:
            self.acked = read_varuint(data, at)[0]
        elif kind == Type.REFUSED:
            number, at = read_varuint(data, at)
            self.refused[number] = read_bytes(data, at)[0].decode()
            self.resyncing = self.refused[number] == "resync"
        elif kind == Type.FACT:
            fact = json.loads(read_bytes(data, at)[0])
            self.facts[fact["fact"]] = fact["value"]
            self.fact_log.append((fact["fact"], fact["value"]))
        elif kind == Type.SEQ:
            self.seq = read_varuint(data, at)[0]

    # what the person does

    async def join(self, registry: Registry, name: str, *, types: bool = True) -> "RoomClient":
        self.sent = self.acked = self.closed = 0
        self.refused = {}
        self.facts = {}
        rights = Rights(self.person, types)
        self.room, self.member = await registry.join(name, self, rights, ours=self.ours)
        self.say(frames.step1(self.doc.get_state()))
        return self

    async def leave(self) -> None:
        if self.room is not None and self.member is not None:
            self.room.leave(self.member)
            await self.member.stop()
        self.room = None

    def say(self, frame: bytes) -> None:
        self._outgoing.append(frame)
        if self._waiting is None or self._waiting.done():
            self._hand_over()

    def _hand_over(self) -> None:
        """Give the room what is to be said, until it asks to be read no further for now."""
        while self._outgoing and self.room is not None and self.member is not None:
            wait = self.room.receive(self.member, self._outgoing.popleft())
            if isawaitable(wait):
                self._waiting = asyncio.ensure_future(wait)
                self._waiting.add_done_callback(lambda _: self._hand_over())
                return
        if self.room is None:
            self._outgoing.clear()

    def say_numbered(self, frame: bytes) -> int:
        self.sent += 1
        self.say(frame)
        return self.sent

    def add(self, id: str, text: str = "", **fields: Any) -> None:
        values = {
            "k": "note",
            "p": TOPIC,
            "o": "a0",
            "s": "",
            "by": self.person,
            "at": "2026-11-24T02:00:00Z",
            **fields,
        }
        self.nodes[id] = Map({**values, "t": Text(text)})

    def type(self, id: str, text: str) -> None:
        shared = self.nodes[id]["t"]
        shared += text

    def text(self, id: str) -> str:
        return str(self.nodes[id]["t"])

    def _changed(self, event: Any) -> None:
        if not self._remote:
            self.say_numbered(frames.update(event.update))

    # waiting

    async def until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(10), self.news:
            await self.news.wait_for(reached)

    async def ready(self) -> "RoomClient":
        await self.until(lambda: self.facts.get("ready") is True)
        return self

    async def saved(self) -> None:
        await self.until(
            lambda: self.closed != 0 or (not self.resyncing and max([self.acked, *self.refused]) >= self.sent)
        )
