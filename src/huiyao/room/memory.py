# SPDX-License-Identifier: Apache-2.0
"""The ports in memory: for tests, and as the plainest reading of what each port promises."""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from huiyao.domain.record import Entry
from huiyao.room.document import Document
from huiyao.room.ports import Batch, Head, NewRow, Outcome, Projection, Reading, Rights, RoomState, Row, Stored
from huiyao.room.schema import RoomKind


@dataclass
class _Room:
    kind: RoomKind = RoomKind.RECORD
    head: Head = field(default_factory=lambda: Head(0))
    rows: list[Row] = field(default_factory=list)
    clients: dict[int, str] = field(default_factory=dict)
    snapshot: tuple[int, bytes] = (0, b"")
    late: list[NewRow] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)
    projected_seq: int = 0


class MemoryLog:
    """An update log that lives as long as the process. ``before_append`` lets a test delay or break the disk."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rooms: dict[str, _Room] = {}
        self.before_append: Callable[[Sequence[Batch]], None] = lambda _: None

    def make_room(self, room: str, kind: RoomKind = RoomKind.RECORD) -> None:
        """A room with nothing in it."""
        with self._lock:
            self._rooms.setdefault(room, _Room(kind))

    def set_state(self, room: str, state: RoomState) -> None:
        """Freeze, close or open a room, as the sittings feature does in its tables."""
        with self._lock:
            found = self._rooms[room]
            found.head = replace(found.head, state=state)

    def load(self, room: str) -> Stored | None:
        """See ``ports.UpdateLog``."""
        with self._lock:
            found = self._rooms.get(room)
            if found is None:
                return None
            seq, snapshot = found.snapshot
            rows = [row for row in found.rows if row.seq > seq]
            size = sum(len(row.data) for row in found.rows)
            clients = dict(found.clients)
            return Stored(found.kind, found.head, rows, snapshot, clients, found.projected_seq, size)

    def append(self, batches: Sequence[Batch], at: datetime) -> list[Outcome]:
        """See ``ports.UpdateLog``."""
        self.before_append(batches)
        with self._lock:
            return [self._append(batch) for batch in batches]

    def _append(self, batch: Batch) -> Outcome:
        found = self._rooms.get(batch.room)
        if found is None:
            return Outcome(0, None)
        if found.head.state is not RoomState.OPEN:
            return Outcome(0, found.head.state)
        first = found.head.seq + 1
        for seq, row in enumerate(batch.rows, first):
            found.rows.append(Row(seq, row.data, row.person))
            for client in row.clients:
                found.clients.setdefault(client, row.person)
        found.head = replace(found.head, seq=first + len(batch.rows) - 1)
        return Outcome(first)

    def rows(self, room: str, after: int) -> list[Row]:
        """See ``ports.UpdateLog``."""
        with self._lock:
            return [row for row in self._rooms[room].rows if row.seq > after]

    def heads(self, rooms: Collection[str]) -> dict[str, Head]:
        """See ``ports.UpdateLog``."""
        with self._lock:
            return {room: self._rooms[room].head for room in rooms if room in self._rooms}

    def keep_late(self, room: str, row: NewRow, at: datetime) -> None:
        """See ``ports.UpdateLog``."""
        with self._lock:
            self._rooms[room].late.append(row)

    def late(self, room: str) -> list[NewRow]:
        """What came after closing."""
        with self._lock:
            return list(self._rooms[room].late)

    def project(self, shown: Sequence[Projection]) -> None:
        """See ``ports.UpdateLog``."""
        with self._lock:
            for one in shown:
                found = self._rooms[one.room]
                if one.seq >= found.projected_seq:
                    found.entries.update((entry.id, entry) for entry in one.entries)
                    found.projected_seq = one.seq

    def entries(self, room: str) -> dict[str, Entry]:
        """The projected rows by id."""
        with self._lock:
            return dict(self._rooms[room].entries)

    def compact(self, room: str) -> None:
        """See ``ports.UpdateLog``."""
        with self._lock:
            found = self._rooms[room]
            document = Document(found.kind)
            document.load([row.data for row in found.rows])
            found.snapshot = (found.head.seq, document.since(b"\x00"))

    def tend(self) -> None:
        """See ``ports.UpdateLog``."""

    def close(self) -> None:
        """See ``ports.UpdateLog``."""


class FactTable:
    """Facts from a dict that a test changes. Everybody named in ``rights`` may join."""

    def __init__(self) -> None:
        self.shared: dict[str, object] = {}
        self.personal: dict[str, dict[str, object]] = {}
        self.rights: dict[str, Rights | None] = {}

    def read(self, room: str, names: Collection[str] | None, persons: Collection[str]) -> Reading:
        """See ``ports.FactSource``."""
        shared = {name: value for name, value in self.shared.items() if names is None or name in names}
        personal: Mapping[str, Mapping[str, object]] = {p: dict(self.personal.get(p, {})) for p in persons}
        rights = {person: self.rights[person] for person in persons if person in self.rights}
        return Reading(shared, personal, rights)


class Exchange:
    """Joins several registries of one process like a relay would; ``deaf`` loses every message."""

    def __init__(self) -> None:
        self.deaf = False
        self.listeners: list[Callable[[str, bytes], None]] = []

    def relay(self) -> "MemoryRelay":
        """One process's end."""
        return MemoryRelay(self)


class MemoryRelay:
    """See ``ports.Relay``."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._receive: Callable[[str, bytes], None] | None = None

    async def start(self, receive: Callable[[str, bytes], None]) -> None:
        """See ``ports.Relay``."""
        self._receive = receive
        self._exchange.listeners.append(receive)

    def publish(self, room: str, message: bytes) -> None:
        """See ``ports.Relay``."""
        if not self._exchange.deaf:
            for listener in self._exchange.listeners:
                if listener != self._receive:
                    listener(room, message)

    async def stop(self) -> None:
        """See ``ports.Relay``."""
        if self._receive is not None:
            self._exchange.listeners.remove(self._receive)
