# SPDX-License-Identifier: Apache-2.0
"""One connection in a room: its rights, its numbering, and an outbox with a cap, so that nobody waits for a
slow reader.
"""

import asyncio
import time
from collections import deque
from typing import Final

from huiyao.room import frames
from huiyao.room.frames import Close
from huiyao.room.ports import Channel, Rights

OUTBOX_CAP: Final = 2 * 1024 * 1024
RATE: Final = 300.0
"""Frames a second one connection may send for long; beyond it, it is read more slowly, nothing is dropped."""
BURST: Final = 600.0


class Member:
    """A joined connection. ``ours``: it announced our subprotocol and gets frames from 100."""

    __slots__ = (
        "_acked",
        "_allowance",
        "_closing",
        "_outbox",
        "_pump",
        "_size",
        "_stamp",
        "_told",
        "_undecided",
        "_wake",
        "channel",
        "clients",
        "gone",
        "number",
        "ours",
        "rights",
        "unstored",
        "you",
    )

    def __init__(self, channel: Channel, rights: Rights, *, ours: bool = True) -> None:
        self.channel = channel
        self.rights = rights
        self.ours = ours
        self.number = 0
        self.unstored = 0
        self.gone = False
        self.clients: set[int] = set()
        self.you: dict[str, bytes] = {}
        self._acked = 0
        self._told = 0
        self._undecided: set[int] = set()
        self._outbox: deque[bytes] = deque()
        self._size = 0
        self._wake: asyncio.Future[None] | None = None
        self._pump: asyncio.Task[None] | None = None
        self._closing = 0
        self._allowance = BURST
        self._stamp = time.monotonic()

    def start(self) -> None:
        """Begin to send what is posted."""
        self._pump = asyncio.get_running_loop().create_task(self._run())

    def post(self, frame: bytes) -> None:
        """Put a frame in the outbox; a reader too slow for the cap is cut off (1013)."""
        if self.gone:
            return
        self._outbox.append(frame)
        self._size += len(frame)
        if self._size > OUTBOX_CAP:
            self.cut()
        elif self._wake is not None:
            self._wake.set_result(None)
            self._wake = None

    def post_ours(self, frame: bytes) -> None:
        """Post a frame of our own types; other clients never see one."""
        if self.ours:
            self.post(frame)

    def close(self, code: int) -> None:
        """Send what is posted, then close."""
        if not self.gone:
            self.gone = True
            self._closing = code
            if self._wake is not None:
                self._wake.set_result(None)
                self._wake = None

    def cut(self) -> None:
        """Give up on the connection now."""
        self.gone = True
        self._outbox.clear()
        if self._pump is not None:
            self._pump.cancel()
        self.channel.abort()

    async def stop(self) -> None:
        """End the pump; called once, when the connection is over."""
        self.gone = True
        if self._pump is not None:
            self._pump.cancel()
            await asyncio.gather(self._pump, return_exceptions=True)

    def delay(self) -> float:
        """Seconds to wait before reading the next frame, 0 within the allowance."""
        now = time.monotonic()
        self._allowance = min(BURST, self._allowance + (now - self._stamp) * RATE) - 1.0
        self._stamp = now
        return 0.0 if self._allowance >= 0 else -self._allowance / RATE

    def acknowledge(self, number: int) -> None:
        """Every frame up to ``number`` is on disk or refused; held back while an earlier one is undecided."""
        self._acked = max(self._acked, number)
        reached = min(self._acked, min(self._undecided) - 1) if self._undecided else self._acked
        if reached > self._told:
            self._told = reached
            self.post_ours(frames.ack(reached))

    def undecided(self, number: int) -> None:
        """What becomes of this frame shows later; no acknowledgement may run past it."""
        self._undecided.add(number)

    def decided(self, number: int) -> None:
        """The frame goes its usual way again."""
        self._undecided.discard(number)

    def refuse(self, number: int, reason: str, code: Close | None = None) -> None:
        """Refuse one numbered frame, and the connection with it if a code is given."""
        self.post_ours(frames.refused(number, reason))
        if number in self._undecided:
            self._undecided.discard(number)
            self.acknowledge(self._acked)
        if code is not None:
            self.close(code)

    async def _run(self) -> None:
        outbox, send = self._outbox, self.channel.send
        while True:
            while outbox:
                frame = outbox.popleft()
                self._size -= len(frame)
                await send(frame)
            if self._closing:
                await self.channel.close(self._closing)
                return
            self._wake = asyncio.get_running_loop().create_future()
            await self._wake
