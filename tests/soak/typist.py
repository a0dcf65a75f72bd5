# SPDX-License-Identifier: Apache-2.0
"""A person who types marked words into one shared note, whatever happens to the servers, and remembers what was
acknowledged and what was seen of others.
"""

import asyncio
import random
import re
from typing import Any

from pycrdt import Doc, Map, Text
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidHandshake, WebSocketException

from huiyao.room import frames
from huiyao.room.frames import SUBPROTOCOL, TOKEN_PREFIX, Type, read_bytes, read_varuint

WORD = re.compile(r"\[\d+\.\d+\]")
NOTES = [f"note-shared-{n:04}" for n in range(400)]
PER_NOTE = 200
"""Words of one typist in one note before going on to the next: a text has a limit."""


class Typist:
    """``keeps``: whether the document outlives a lost connection, as it does in a browser with storage."""

    def __init__(
        self, rank: int, person: dict[str, str], room: dict[str, Any], ports: list[int], *, keeps: bool
    ) -> None:
        self.rank, self.person, self.room, self.ports, self.keeps = rank, person, room, ports, keeps
        self.typed: list[str] = []
        self.acknowledged: set[str] = set()
        self.seen: set[str] = set()
        self.resting = asyncio.Event()
        self.typing = True
        self.connections = 0
        self.refused: list[str] = []
        self._new_document()

    def _new_document(self) -> None:
        self.doc: Doc[Any] = Doc()
        self.nodes: Map[Any] = self.doc.get("nodes", type=Map)
        self._watching = (self.doc.observe(self._changed), self.nodes.observe_deep(self._nodes_changed))
        self._remote = True
        self._open = False

    async def live(self, until: asyncio.Event) -> None:
        """Type until told to stop; come back after every loss."""
        while not until.is_set():
            self._outgoing: asyncio.Queue[bytes] = asyncio.Queue()
            self._sent = 0
            self._words: dict[int, int] = {}
            try:
                await self._connection(until)
            except (OSError, WebSocketException, InvalidHandshake, TimeoutError):
                pass
            self._open = False
            if not self.keeps:
                self._new_document()
            await asyncio.sleep(random.uniform(0.05, 0.3))

    async def _connection(self, until: asyncio.Event) -> None:
        port = random.choice(self.ports)
        protocols = [SUBPROTOCOL, TOKEN_PREFIX + self.person["token"]]
        address = f"ws://127.0.0.1:{port}/ws/room/{self.room['meeting']}"
        async with connect(address, subprotocols=protocols, compression=None, open_timeout=5, max_size=None) as ws:
            self.connections += 1
            self._open = True
            self._say(frames.step1(self.doc.get_state()))
            others = [asyncio.create_task(work) for work in (self._send(ws), self._type(until))]
            try:
                async for data in ws:
                    self._take(data)
                    if self.resting.is_set() and until.is_set():
                        return
            finally:
                for other in others:
                    other.cancel()
                await asyncio.gather(*others, return_exceptions=True)

    async def _type(self, until: asyncio.Event) -> None:
        while not until.is_set():
            await asyncio.sleep(random.uniform(0.005, 0.04))
            note = NOTES[len(self.typed) // PER_NOTE]
            if self.typing and note in self.nodes.keys():
                word = f"[{self.rank}.{len(self.typed)}]"
                self.typed.append(word)
                self._remote = False
                text = self.nodes[note]["t"]
                text += word
                self._remote = True
            elif self.typing and self.rank == 0 and self._synced:
                self._make_note(note)

    def _make_note(self, note: str) -> None:
        self._remote = False
        values = {"k": "note", "p": self.room["topic"], "o": "a0", "s": "", "by": self.person["id"], "at": ""}
        self.nodes[note] = Map({**values, "t": Text("")})
        self._remote = True

    @property
    def _synced(self) -> bool:
        return self.room["topic"] in self.nodes.keys()

    @property
    def at_rest(self) -> bool:
        """Whether everything this document holds is acknowledged."""
        return self._open and not self.typing and not self._words and self._sent > 0

    def text(self) -> str:
        return "".join(str(self.nodes[note]["t"]) for note in NOTES if note in self.nodes.keys())

    def _changed(self, event: Any) -> None:
        if not self._remote and self._open:
            self._number(frames.update(event.update), len(self.typed))

    def _number(self, frame: bytes, words: int) -> None:
        self._sent += 1
        self._words[self._sent] = words
        self._say(frame)

    def _say(self, frame: bytes) -> None:
        self._outgoing.put_nowait(frame)

    async def _send(self, ws: Any) -> None:
        while True:
            await ws.send(await self._outgoing.get())

    def _nodes_changed(self, events: list[Any]) -> None:
        if self._remote:
            for event in events:
                if len(event.path) == 2:
                    for part in event.delta:
                        self.seen.update(WORD.findall(part.get("insert", "") or ""))

    def _take(self, data: bytes) -> None:
        kind, at = read_varuint(data, 0)
        if kind == Type.SYNC:
            step, at = read_varuint(data, at)
            body, _ = read_bytes(data, at)
            if step == 0:
                self._number(frames.step2(self.doc.get_update(body)), len(self.typed) if self.keeps else 0)
            else:
                self.doc.apply_update(body)
        elif kind == Type.ACK:
            number = read_varuint(data, at)[0]
            for done in [n for n in self._words if n <= number]:
                reached = self._words.pop(done)
                if self.keeps:
                    self.acknowledged.update(self.typed[:reached])
                elif reached:
                    self.acknowledged.add(self.typed[reached - 1])
        elif kind == Type.REFUSED:
            number, at = read_varuint(data, at)
            self._words.pop(number, None)
            self.refused.append(read_bytes(data, at)[0].decode())
