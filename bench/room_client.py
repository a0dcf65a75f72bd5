# SPDX-License-Identifier: Apache-2.0
"""A lean client of the room for load: raw websocket frames, updates written byte by byte, no document."""

import asyncio
import base64
import os
import struct
import time
from collections.abc import Callable

from pycrdt import Doc, Map, Text

from huiyao.room.frames import read_bytes, read_varuint, varuint
from huiyao.room.gate import inspect

ROOTS = frozenset({"nodes", "meta"})
STEP1 = b"\x00\x00\x01\x00"
NOTHING = b"\x00\x01\x02\x00\x00"


class Measures:
    """What all clients of a run saw, in seconds."""

    def __init__(self) -> None:
        self.sent_at: dict[tuple[int, int], float] = {}
        self.propagation: list[float] = []
        self.acknowledged: list[float] = []
        self.lateness: list[float] = []
        self.deliveries = 0
        self.frames = 0
        self.acks = 0


class Client(asyncio.Protocol):
    """One person: joins, types one letter at a time at the end of one entry of their own, notes what arrives."""

    def __init__(self, measures: Measures, path: str, token: str, person: str, topic: str) -> None:
        self.measures, self.path, self.token, self.person, self.topic = measures, path, token, person, topic
        self.loop = asyncio.get_running_loop()
        self.open = self.loop.create_future()
        self.ready = self.loop.create_future()
        self.numbered: dict[int, float] = {}
        self.sent = self.acked = 0
        self.closed = 0
        self.client = self.clock = 0
        self.on_ack: Callable[[], None] = lambda: None
        self._buffer = bytearray()
        self._shaken = False

    # connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = transport
        key = base64.b64encode(os.urandom(16)).decode()
        self.transport.write(
            f"GET {self.path} HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
            f"Sec-WebSocket-Protocol: huiyao.1, huiyao.token.{self.token}\r\n\r\n".encode()
        )

    def connection_lost(self, error: Exception | None) -> None:
        for future in (self.open, self.ready):
            if not future.done():
                future.set_exception(ConnectionError(f"closed {self.closed}"))
                future.exception()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._shaken:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            assert self._buffer.startswith(b"HTTP/1.1 101"), bytes(self._buffer[:80])
            del self._buffer[: end + 4]
            self._shaken = True
            self.open.set_result(None)
        self._frames(time.perf_counter())

    def _frames(self, now: float) -> None:
        buffer, at = self._buffer, 0
        while len(buffer) - at >= 2:
            length, head = buffer[at + 1] & 127, 2
            if length == 126:
                if len(buffer) - at < 4:
                    break
                length, head = struct.unpack_from("!H", buffer, at + 2)[0], 4
            elif length == 127:
                if len(buffer) - at < 10:
                    break
                length, head = struct.unpack_from("!Q", buffer, at + 2)[0], 10
            if len(buffer) - at < head + length:
                break
            opcode = buffer[at] & 15
            body = bytes(buffer[at + head : at + head + length])
            at += head + length
            if opcode == 2:
                self._message(body, now)
            elif opcode == 9:
                self.write(body, 0x8A)
            elif opcode == 8:
                self.closed = struct.unpack("!H", body[:2])[0] if len(body) >= 2 else 1005
                self.transport.close()
        del buffer[:at]

    def write(self, body: bytes, first: int = 0x82) -> None:
        """One frame, masked with zeros as a client may."""
        size = len(body)
        head = bytes((first, 128 | size)) if size < 126 else bytes((first, 128 | 126)) + struct.pack("!H", size)
        self.transport.write(head + b"\0\0\0\0" + body)

    def _message(self, body: bytes, now: float) -> None:
        kind = body[0]
        self.measures.frames += 1
        if kind == 0 and body[1] == 2:
            update, _ = read_bytes(body, 2)
            sent_at, propagation = self.measures.sent_at, self.measures.propagation
            for client, (start, end) in inspect(update, ROOTS).structs.items():
                for clock in range(start, end) if client != self.client else ():
                    begun = sent_at.get((client, clock))
                    if begun is not None:
                        propagation.append(now - begun)
                    self.measures.deliveries += 1
        elif kind == 100:
            number, _ = read_varuint(body, 1)
            for done in range(self.acked + 1, number + 1):
                begun = self.numbered.pop(done, None)
                if begun is not None:
                    self.measures.acknowledged.append(now - begun)
                    self.measures.acks += 1
            self.acked = number
            self.on_ack()
        elif kind == 0 and body[1] == 0:
            self.sent += 1
            self.write(NOTHING)
        elif kind == 102 and b'"ready"' in body[:24]:
            if not self.ready.done():
                self.ready.set_result(None)
        elif kind == 101:
            raise AssertionError(f"refused: {body!r}")

    # typing

    async def join(self) -> None:
        """Come in and wait until the whole room is here."""
        await self.open
        self.write(STEP1)
        await self.ready

    async def begin(self) -> None:
        """Make the entry that is typed in."""
        doc: Doc = Doc()
        updates: list[bytes] = []
        watching = doc.observe(lambda event: updates.append(event.update))
        nodes = doc.get("nodes", type=Map)
        node = f"bench-{doc.client_id:x}"
        values = {"k": "note", "p": self.topic, "o": "a0", "s": "", "by": self.person, "at": "2026-01-01T00:00:00Z"}
        nodes[node] = Map({**values, "t": Text("")})
        text = nodes[node]["t"]
        text += "."
        del watching
        self.client = doc.client_id
        for update in updates:
            self.say(update)
        self.clock = inspect(updates[-1], ROOTS).structs[self.client][1]
        while self.acked < self.sent:
            await asyncio.sleep(0.005)

    def say(self, update: bytes) -> None:
        """Send an update as a numbered frame."""
        self.sent += 1
        self.write(b"\x00\x02" + varuint(len(update)) + update)

    def type(self) -> None:
        """One more letter."""
        client = varuint(self.client)
        update = b"\x01\x01%b%b\x84%b%b\x01a\x00" % (client, varuint(self.clock), client, varuint(self.clock - 1))
        now = time.perf_counter()
        self.measures.sent_at[self.client, self.clock] = now
        self.numbered[self.sent + 1] = now
        self.clock += 1
        self.say(update)
