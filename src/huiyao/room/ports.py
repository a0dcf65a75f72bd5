# SPDX-License-Identifier: Apache-2.0
"""What the engine needs from outside: a log on disk, facts of the meeting, sister processes, a way to a
browser.

Everything but ``Channel`` and ``Relay`` blocks and is called from threads, never on the event loop;
``append`` only from the one writer thread.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from huiyao.domain.record import Entry
from huiyao.room.schema import RoomKind


class LogTrouble(Exception):
    """The log could not store or read just now; nothing of the call was stored."""


class RoomState(StrEnum):
    """Whether a room takes changes. CLOSING: frozen while the closing gate looks, it may open again."""

    OPEN = "open"
    CLOSING = "closing"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Head:
    """Where a room stands: last ``seq``, state, and how often its facts were told to have changed."""

    seq: int
    state: RoomState = RoomState.OPEN
    told: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """One stored update; ``person`` is empty for the server's own."""

    seq: int
    data: bytes
    person: str = ""


@dataclass(frozen=True, slots=True)
class Stored:
    """A room as the log has it: a compacted beginning, the rows after it, whose client ids are whose."""

    kind: RoomKind
    head: Head
    rows: Sequence[Row]
    snapshot: bytes = b""
    clients: Mapping[int, str] = field(default_factory=dict)
    projected_seq: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class NewRow:
    """An update to be stored, with the client ids that are this person's from now on."""

    data: bytes
    person: str
    clients: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Batch:
    """Everything one room wants stored in one commit, in order."""

    room: str
    rows: Sequence[NewRow]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a batch: the ``seq`` of its first row, or 0 and the state that refused it (None: no such
    room).
    """

    first: int
    state: RoomState | None = RoomState.OPEN


@dataclass(frozen=True, slots=True)
class Projection:
    """Rows of one room's record as they are at ``seq`` of its log."""

    room: str
    entries: Sequence[Entry]
    seq: int


class UpdateLog(Protocol):
    """The durable log. A ``seq`` is gap-free per room and ordered like the commits."""

    def load(self, room: str) -> Stored | None:
        """The room as stored, None if there is none."""

    def append(self, batches: Sequence[Batch], at: datetime) -> list[Outcome]:
        """Store all batches in one transaction; on disk when it returns. A refused room does not fail the
        others.

        Raises:
            LogTrouble: nothing was stored.
        """

    def rows(self, room: str, after: int) -> list[Row]:
        """Stored updates with a greater ``seq``, in order."""

    def heads(self, rooms: Collection[str]) -> dict[str, Head]:
        """Where these rooms stand."""

    def keep_late(self, room: str, row: NewRow, at: datetime) -> None:
        """Keep an edit that came after closing."""

    def project(self, shown: Sequence[Projection]) -> None:
        """Write these rows, in one transaction; rows of an older place in the log never replace newer ones."""

    def compact(self, room: str) -> None:
        """Write a snapshot of the rows so far, beside them, so that loading is quick."""

    def tend(self) -> None:
        """What the log wants done from time to time, apart from the writer."""

    def close(self) -> None:
        """No more is written."""


@dataclass(frozen=True, slots=True)
class Rights:
    """What a connection may do: its person and whether it may type."""

    person: str
    types: bool


@dataclass(frozen=True, slots=True)
class Reading:
    """Facts read at one moment: parts everybody sees, parts for one person, and everyone's rights (None: go
    away).
    """

    shared: Mapping[str, object]
    personal: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    rights: Mapping[str, Rights | None] = field(default_factory=dict)


class FactSource(Protocol):
    """Reads the parts of a room's state (``notes`` of the wire: facts)."""

    def read(self, room: str, names: Collection[str] | None, persons: Collection[str]) -> Reading:
        """These parts (None: all), with personal parts and rights of these persons."""


class Relay(Protocol):
    """Carries messages between sister processes; a hint, never the truth."""

    async def start(self, receive: Callable[[str, bytes], None]) -> None:
        """Begin to deliver (room, message) of the sisters, on this event loop."""

    def publish(self, room: str, message: bytes) -> None:
        """Send to the sisters; never blocks, never fails."""

    async def stop(self) -> None:
        """End."""


class Channel(Protocol):
    """One connection to a browser."""

    def send(self, data: bytes) -> Awaitable[None]:
        """Send one binary frame; waits while the other side does not read."""

    def close(self, code: int) -> Awaitable[None]:
        """Close with a code."""

    def abort(self) -> None:
        """Give the connection up at once, whatever is unsent."""


Clock = Callable[[], datetime]
