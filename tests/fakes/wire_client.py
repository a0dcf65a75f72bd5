# SPDX-License-Identifier: Apache-2.0
"""A client of the room over a real websocket: a pycrdt document that speaks the wire."""

import asyncio
import json
import secrets
from collections.abc import Callable
from typing import Any

from pycrdt import Doc, Map, Text
from websockets.asyncio.client import ClientConnection

from huiyao.room import frames
from huiyao.room.frames import Type, read_bytes, read_varuint


class WireClient:
    """One person's browser, without the browser. ``doc`` may outlive several connections."""

    def __init__(self, ws: ClientConnection, person: str, doc: Doc[Any] | None = None) -> None:
        self.ws = ws
        self.person = person
        self.doc: Doc[Any] = doc or Doc()
        self.nodes: Map[Any] = self.doc.get("nodes", type=Map)
        self.facts: dict[str, Any] = {}
        self.replies: dict[int, dict[str, Any]] = {}
        self.refused: dict[int, str] = {}
        self.sent = self.acked = self.seq = self.asked = 0
        self.news = asyncio.Condition()
        self._outgoing: asyncio.Queue[bytes] = asyncio.Queue()
        self._remote = False
        self._watching = self.doc.observe(self._changed)

    async def start(self) -> None:
        """Say hello and wait until everything is here."""
        self._say(frames.step1(self.doc.get_state()))
        await self.until(lambda: "ready" in self.facts)

    async def read(self) -> None:
        """Take what comes until the connection ends."""
        sending = asyncio.create_task(self._send())
        try:
            async for data in self.ws:
                assert isinstance(data, bytes)
                self._take(data)
                async with self.news:
                    self.news.notify_all()
        finally:
            sending.cancel()
            self.doc.unobserve(self._watching)

    def add(self, parent: str, text: str = "", **fields: Any) -> str:
        node = secrets.token_urlsafe(12)
        values = {
            "k": "note",
            "p": parent,
            "o": "a0",
            "s": "",
            "by": self.person,
            "at": "2026-11-24T02:00:00Z",
            **fields,
        }
        self.nodes[node] = Map({**values, "t": Text(text)})
        return node

    def type(self, node: str, text: str) -> int:
        shared = self.nodes[node]["t"]
        shared += text
        return self.sent

    def set(self, node: str, **fields: Any) -> None:
        with self.doc.transaction():
            for key, value in fields.items():
                self.nodes[node][key] = value

    def text(self, node: str) -> str:
        return str(self.nodes[node]["t"])

    async def ask(self, name: str, **values: Any) -> dict[str, Any]:
        self.asked += 1
        number = self.asked
        self._say(frames.carry(b"\x67", json.dumps({"id": number, "do": name, **values}).encode()))
        await self.until(lambda: number in self.replies)
        return self.replies[number]

    async def until(self, reached: Callable[[], bool]) -> None:
        async with asyncio.timeout(20), self.news:
            await self.news.wait_for(reached)

    async def saved(self) -> None:
        await self.until(lambda: max([self.acked, *self.refused]) >= self.sent)

    def _changed(self, event: Any) -> None:
        if not self._remote:
            self.sent += 1
            self._say(frames.update(event.update))

    def _say(self, frame: bytes) -> None:
        self._outgoing.put_nowait(frame)

    async def _send(self) -> None:
        while True:
            await self.ws.send(await self._outgoing.get())

    def _take(self, data: bytes) -> None:
        kind, at = read_varuint(data, 0)
        if kind == Type.SYNC:
            step, at = read_varuint(data, at)
            body, _ = read_bytes(data, at)
            if step == 0:
                self.sent += 1
                self._say(frames.step2(self.doc.get_update(body)))
            else:
                self._remote = True
                self.doc.apply_update(body)
                self._remote = False
        elif kind == Type.ACK:
            self.acked = read_varuint(data, at)[0]
        elif kind == Type.REFUSED:
            number, at = read_varuint(data, at)
            self.refused[number] = read_bytes(data, at)[0].decode()
        elif kind == Type.SEQ:
            self.seq = read_varuint(data, at)[0]
        elif kind == Type.FACT:
            fact = json.loads(read_bytes(data, at)[0])
            self.facts[fact["fact"]] = fact["value"]
        elif kind == Type.COMMAND:
            reply = json.loads(read_bytes(data, at)[0])
            self.replies[reply["id"]] = reply
