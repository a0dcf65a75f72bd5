# SPDX-License-Identifier: Apache-2.0
"""The log side of a room: the document as stored plus what is on its way to disk, and its place in the log.

The document runs ahead of the disk by the writes in flight. If they are refused or lost, it is made anew from
the log; if the log fails, the room is given up and its connections come back later.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Final, Protocol

from huiyao.room import gate, schema
from huiyao.room.document import Document
from huiyao.room.hub import Hub
from huiyao.room.ports import Head, LogTrouble, Outcome, RoomState, Row, Stored
from huiyao.room.writer import Write

logger = logging.getLogger(__name__)
ALL_ROOTS: Final = frozenset({schema.NODES, schema.META})
LOAD_STEP: Final = 500
"""Stored updates merged in one go before the event loop gets a turn."""
CLOSING_PAUSE: Final = 0.15
"""Seconds between looks at a room that is frozen while the closing gate decides."""


class Listener(Protocol):
    """The room, told what became of its document."""

    def stored(self, writes: Sequence[Write], first: int) -> None:
        """These writes are on disk, from this ``seq`` on."""

    def arrived(self, updates: Sequence[bytes], touched: Iterable[str]) -> None:
        """Rows of sister processes were merged."""

    def frozen(self, writes: Sequence[Write]) -> None:
        """These writes came after closing."""

    def state_changed(self) -> None:
        """The room was closed or opened again."""

    def rebuilt(self) -> None:
        """The document was made anew."""

    def dropped(self) -> None:
        """The room cannot go on; whoever is in it comes back later."""


async def build(stored: Stored) -> Document:
    """The document of a stored room, made step by step so that the event loop gets its turns."""
    document = Document(stored.kind)
    if stored.snapshot:
        document.load([stored.snapshot])
    updates = [row.data for row in stored.rows]
    for start in range(0, len(updates), LOAD_STEP):
        document.load(updates[start : start + LOAD_STEP])
        await asyncio.sleep(0)
    return document


class Stream:
    """Where one room stands between memory and disk."""

    def __init__(self, name: str, stored: Stored, document: Document, hub: Hub, listener: Listener) -> None:
        self.name = name
        self.document = document
        self.seq = stored.head.seq
        self.state = stored.head.state
        self.told = stored.head.told
        self.size = stored.size
        self.clients = dict(stored.clients)
        self.rebuilding = False
        self.lost = False
        self._hub = hub
        self._listener = listener
        self._ticket = 0
        self._done = 0
        self._waiting: deque[tuple[int, Callable[[], None]]] = deque()
        self._ready: list[Callable[[], None]] = []
        self._held: list[Write] = []
        self._moved = asyncio.Event()
        self._catching: asyncio.Task[None] | None = None
        self._again = False
        if self.state is RoomState.CLOSING:
            hub.spawn(self._watch_closing())

    @property
    def in_flight(self) -> int:
        """Writes not yet on disk."""
        return self._ticket - self._done

    def queue(self, write: Write) -> None:
        """Send a write, already merged, on its way to disk."""
        self._ticket += 1
        self.size += len(write.row.data)
        if self.state is RoomState.CLOSING:
            self._held.append(write)
        else:
            self._hub.writer.put(self, write)

    def when_stored(self, act: Callable[[], None]) -> None:
        """Do something once everything queued so far is on disk; at once if it is."""
        if self.in_flight:
            self._waiting.append((self._ticket, act))
        else:
            act()

    def when_ready(self, act: Callable[[], None]) -> None:
        """Do something with the document: now, or as soon as it has been made anew."""
        if self.rebuilding:
            self._ready.append(act)
        else:
            act()

    async def stored(self) -> None:
        """Wait until everything queued so far is on disk (or the room is given up)."""
        if self.in_flight and not self.lost:
            reached = self._hub.loop.create_future()
            self._waiting.append((self._ticket, lambda: _reach(reached)))
            await reached

    async def ready(self) -> None:
        """Wait until the document is there (or the room is given up)."""
        while self.rebuilding and not self.lost:
            reached = self._hub.loop.create_future()
            self._ready.append(partial(_reach, reached))
            await reached

    def committed(self, writes: list[Write], outcome: Outcome | None) -> None:
        """The writer's answer (``writer.Owner``)."""
        if self.lost:
            return
        if outcome is None or outcome.state is None:
            self.give_up()
        elif outcome.first:
            self._advance(outcome.first, outcome.first + len(writes) - 1)
            self._listener.stored(writes, outcome.first)
            self._finished(len(writes))
        elif outcome.state is RoomState.CLOSING:
            self._hold(writes)
        else:
            self._freeze(writes)

    def give_up(self) -> None:
        """The document no longer stands for the log: nobody may use it further."""
        if not self.lost:
            self.lost = True
            self._held.clear()
            self._listener.dropped()
            self._finished(self.in_flight)
            self._run_ready()

    def take_rows(self, rows: Sequence[Row]) -> None:
        """Rows of a sister process, as told by the relay; a gap is read from the table."""
        if self.lost or self.rebuilding or not rows:
            return
        if rows[0].seq > self.seq + 1:
            self.catch_up()
            return
        self._merge_rows([row for row in rows if row.seq > self.seq])

    def catch_up(self) -> "asyncio.Task[None]":
        """Read from the table what the relay did not bring."""
        if self._catching is not None and not self._catching.done():
            self._again = True
        else:
            self._catching = self._hub.loop.create_task(self._read_on())
        return self._catching

    def saw(self, head: Head) -> None:
        """The table's word on where the room stands."""
        if head.seq > self.seq and not self.in_flight:
            self.catch_up()
        if head.state is not self.state and not (head.state is RoomState.CLOSING and self.in_flight):
            self._set_state(head.state)

    def rebuild(self) -> None:
        """Make the document anew from the log, without what was merged but must not be."""
        if not self.rebuilding:
            self.rebuilding = True
            self._hub.spawn(self._rebuild())

    def _finished(self, count: int) -> None:
        self._done += count
        self._moved.set()
        while self._waiting and self._waiting[0][0] <= self._done:
            self._waiting.popleft()[1]()

    def _advance(self, first: int, last: int) -> None:
        if first <= self.seq + 1:
            self.seq = max(self.seq, last)
        else:
            self.catch_up()

    async def _read_on(self) -> None:
        try:
            while not self.lost:
                self._again = False
                rows = await self._hub.run(self._hub.log.rows, self.name, self.seq)
                if not self.rebuilding:
                    self._merge_rows([row for row in rows if row.seq > self.seq])
                if not self._again:
                    return
        except LogTrouble:
            logger.exception("room %s could not read on", self.name)

    def _merge_rows(self, rows: Sequence[Row]) -> None:
        fresh: list[bytes] = []
        touched: set[str] = set()
        for row in rows:
            contents = gate.inspect(row.data, ALL_ROOTS)
            for client in contents.structs:
                self.clients.setdefault(client, row.person)
            change = self.document.merge(row.data, contents)
            if change.update is not None:
                fresh.append(row.data)
                touched |= change.ids()
                self.size += len(row.data)
                self.document.topics.update(id for id in change.nodes if self.document.kind_of(id) == "topic")
            self.seq = max(self.seq, row.seq)
        if fresh:
            self._listener.arrived(fresh, touched)

    def _hold(self, writes: list[Write]) -> None:
        """Frozen while the closing gate decides: keep the writes until it has."""
        watching = bool(self._held) or self.state is RoomState.CLOSING
        self._held.extend(writes)
        self._moved.set()
        self.state = RoomState.CLOSING
        if not watching:
            self._hub.spawn(self._watch_closing())

    async def _watch_closing(self) -> None:
        while self.state is RoomState.CLOSING and not self.lost:
            await asyncio.sleep(CLOSING_PAUSE)
            heads = await self._hub.run(self._hub.log.heads, [self.name])
            head = heads.get(self.name)
            if head is None:
                self.give_up()
            elif head.state is not RoomState.CLOSING:
                self._set_state(head.state)

    def _set_state(self, state: RoomState) -> None:
        before, self.state = self.state, state
        held, self._held = self._held, []
        if state is RoomState.CLOSED and held:
            self._freeze(held)
        elif state is RoomState.CLOSING:
            self._held = held
            self._hub.spawn(self._watch_closing())
        else:
            for write in held:
                self._hub.writer.put(self, write)
        if before is not state:
            self._listener.state_changed()

    def _freeze(self, writes: list[Write]) -> None:
        changed, self.state = self.state is not RoomState.CLOSED, RoomState.CLOSED
        self._listener.frozen(writes)
        self._finished(len(writes))
        self.rebuild()
        if changed:
            self._listener.state_changed()

    async def _rebuild(self) -> None:
        while self.in_flight > len(self._held) and not self.lost:
            self._moved.clear()
            await self._moved.wait()
        try:
            stored = await self._hub.run(self._hub.log.load, self.name)
        except LogTrouble:
            stored = None
        if stored is None or self.lost:
            self.give_up()
            return
        document = await build(stored)
        for write in self._held:
            document.merge(write.row.data, gate.inspect(write.row.data, ALL_ROOTS))
        self.document = document
        self.seq = stored.head.seq
        self.clients = dict(stored.clients)
        self.rebuilding = False
        self._listener.rebuilt()
        self._run_ready()

    def _run_ready(self) -> None:
        ready, self._ready = self._ready, []
        for act in ready:
            act()


def _reach(reached: "asyncio.Future[None]") -> None:
    if not reached.done():
        reached.set_result(None)
