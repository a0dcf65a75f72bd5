# SPDX-License-Identifier: Apache-2.0
"""When rows are written: about a second after a change, all rooms together, or now if somebody is about to read.

One transaction for all rooms, since each takes the database from the room's writer. A failure never touches the
log: the rows stay due and are tried again.
"""

import asyncio
import logging
from typing import Final

from huiyao.room import projector
from huiyao.room.hub import Hub
from huiyao.room.ports import LogTrouble, Projection
from huiyao.room.schema import RoomKind
from huiyao.room.stream import Stream

logger = logging.getLogger(__name__)
DELAY: Final = 1.0
RETRY: Final = 5.0
BATCH: Final = 200
"""Rows written in one transaction."""


class Due:
    """The rows of one room that are due; private notes are never projected."""

    def __init__(self, stream: Stream, kind: RoomKind, rounds: "Rounds") -> None:
        self.ids: set[str] = set()
        self.stream = stream
        self._kind = kind
        self._rounds = rounds

    def mark(self, ids: set[str]) -> None:
        """These nodes changed."""
        if self._kind is RoomKind.RECORD:
            self.ids |= ids

    def soon(self) -> None:
        """Their changes are on disk: write the rows in the next round."""
        if self.ids:
            self._rounds.add(self)

    async def now(self) -> None:
        """Write what is due; returns when it is written (or could not be)."""
        await self.stream.stored()
        if self.ids:
            await self._rounds.write([self])

    def take(self) -> tuple[set[str], Projection]:
        """What is due as rows; nothing is due afterwards."""
        ids, self.ids = self.ids, set()
        return ids, Projection(self.stream.name, projector.project(self.stream.document, ids), self.stream.seq)


class Rounds:
    """Writes the due rows of all rooms of a process, one transaction at a time."""

    def __init__(self, hub: Hub) -> None:
        self._hub = hub
        self._due: set[Due] = set()
        self._turn = asyncio.Lock()
        self._timer: asyncio.TimerHandle | None = None

    def add(self, due: Due, delay: float = DELAY) -> None:
        """Write this room's rows in the next round."""
        self._due.add(due)
        if self._timer is None:
            self._timer = self._hub.loop.call_later(delay, self._fire)

    def holds(self, due: Due) -> bool:
        """Whether rows of this room are still to be written."""
        return due in self._due or self._turn.locked()

    async def write(self, rooms: "list[Due]") -> None:
        """Write the rows of these rooms."""
        async with self._turn:
            waiting = [due for due in rooms if due.ids and not due.stream.lost and not due.stream.rebuilding]
            while waiting:
                part: list[tuple[Due, set[str], Projection]] = []
                while waiting and sum(len(shown.entries) for _, _, shown in part) < BATCH:
                    due = waiting.pop()
                    part.append((due, *due.take()))
                await self._store(part)

    async def _store(self, part: "list[tuple[Due, set[str], Projection]]") -> None:
        try:
            await self._hub.run(self._hub.log.project, [shown for _, _, shown in part])
        except LogTrouble:
            logger.exception("%d rooms could not be projected", len(part))
            for due, ids, _ in part:
                due.ids |= ids
                self.add(due, RETRY)

    def _fire(self) -> None:
        self._timer = None
        rooms, self._due = list(self._due), set()
        self._hub.spawn(self._round(rooms))

    async def _round(self, rooms: "list[Due]") -> None:
        await self.write(rooms)
        for due in rooms:
            due.soon()
