# SPDX-License-Identifier: Apache-2.0
"""When a room's rows are written: a second after a change, or now if somebody is about to read them.

A failure never touches the log: the rows stay due and are tried again.
"""

import asyncio
import logging
from typing import Final

from huiyao.room import projector
from huiyao.room.hub import Hub
from huiyao.room.ports import LogTrouble
from huiyao.room.schema import RoomKind
from huiyao.room.stream import Stream

logger = logging.getLogger(__name__)
DELAY: Final = 1.0
RETRY: Final = 5.0


class Projecting:
    """The rows of one room that are due."""

    def __init__(self, stream: Stream, kind: RoomKind, hub: Hub) -> None:
        self.dirty: set[str] = set()
        self._stream = stream
        self._kind = kind
        self._hub = hub
        self._turn = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None

    @property
    def due(self) -> bool:
        """Whether rows are still to be written."""
        return bool(self.dirty) or self._turn.locked()

    def mark(self, ids: set[str]) -> None:
        """These nodes changed; private notes are never projected."""
        if self._kind is RoomKind.RECORD:
            self.dirty |= ids

    def soon(self, delay: float = DELAY) -> None:
        """Write what is due after a moment, so that a burst of changes is written once."""
        if self.dirty and self._timer is None:
            self._timer = self._hub.loop.call_later(delay, self._fire)

    async def now(self) -> None:
        """Write what is due; returns when it is written (or could not be)."""
        async with self._turn:
            await self._stream.stored()
            ids, self.dirty = self.dirty, set()
            if not ids or self._stream.lost:
                return
            try:
                entries = projector.project(self._stream.document, ids)
                await self._hub.run(self._hub.log.project, self._stream.name, entries, self._stream.seq)
            except LogTrouble:
                logger.exception("room %s could not project", self._stream.name)
                self.dirty |= ids
                self.soon(RETRY)

    def _fire(self) -> None:
        self._timer = None
        self._hub.spawn(self.now())
