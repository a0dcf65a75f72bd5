# SPDX-License-Identifier: Apache-2.0
"""The gate before pycrdt: reads an update's bytes, bounded, and says what it would touch.

A count never exceeds the bytes that are left, so four bytes cannot ask for gigabytes; roots, content kinds
and depth are limited; every predecessor an update names must be known, since pycrdt parks an update with a
missing one in silence. Layout: Yjs update format version 1, https://github.com/yjs/yjs/blob/main/INTERNALS.md
"""

from collections.abc import Collection, Mapping
from typing import Final

from huiyao.room.frames import Broken

Span = tuple[int, int]
MAX_DEPTH: Final = 8
MAX_CLIENT: Final = 1 << 53
MAX_CLOCK: Final = 1 << 32
_NO_CONTENT: Final = (0, 10)  # garbage-collected, skip
_SKIP: Final = 10


class Contents:
    """What an update brings.

    ``structs``: client id -> (first clock, clock after the last). ``deletes``: client id -> the clock after
    the last deleted one. ``needs``: client id -> the highest clock it refers to outside its own order.
    """

    __slots__ = ("deletes", "needs", "structs")

    def __init__(self) -> None:
        self.structs: dict[int, Span] = {}
        self.deletes: dict[int, int] = {}
        self.needs: dict[int, int] = {}

    def is_known(self, have: Mapping[int, int]) -> bool:
        """Whether every struct is already there (the deletions may still be new)."""
        return all(end <= have.get(client, 0) for client, (_, end) in self.structs.items())

    def lacks(self, have: Mapping[int, int]) -> bool:
        """Whether something this update builds on is missing from ``have``."""
        structs = self.structs
        if any(start > have.get(client, 0) for client, (start, _) in structs.items()):
            return True
        for wanted in (self.needs, self.deletes):
            for client, end in wanted.items():
                if end > have.get(client, 0) and (client not in structs or end > structs[client][1]):
                    return True
        return False


class _Reader:
    __slots__ = ("at", "data", "end")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.end = len(data)

    def byte(self) -> int:
        at = self.at
        if at >= self.end:
            raise Broken("cut short")
        self.at = at + 1
        return self.data[at]

    def number(self) -> int:
        data, at, end = self.data, self.at, self.end
        if at >= end:
            raise Broken("cut short")
        byte = data[at]
        at += 1
        number = byte & 127
        shift = 7
        while byte > 127:
            if at >= end or shift > 56:
                raise Broken("cut short")
            byte = data[at]
            at += 1
            number |= (byte & 127) << shift
            shift += 7
        self.at = at
        return number

    def count(self) -> int:
        """A number of things to come, each at least a byte."""
        number = self.number()
        if number > self.end - self.at:
            raise Broken("count")
        return number

    def client(self) -> int:
        number = self.number()
        if number >= MAX_CLIENT:
            raise Broken("client id")
        return number

    def clock(self) -> int:
        number = self.number()
        if number >= MAX_CLOCK:
            raise Broken("clock")
        return number

    def raw(self) -> bytes:
        length = self.number()
        at = self.at
        end = at + length
        if end > self.end:
            raise Broken("cut short")
        self.at = end
        return self.data[at:end]

    def text(self) -> str:
        try:
            return self.raw().decode()
        except UnicodeDecodeError:
            raise Broken("not UTF-8") from None

    def skip_any(self, depth: int) -> None:
        """Pass over one JSON-like value (lib0 ``any``: tags 116 to 127)."""
        tag = self.byte()
        if tag in (120, 121, 126, 127):  # false, true, null, undefined
            return
        if tag == 125:
            self._skip_signed()
        elif tag in (122, 123, 124):  # bigint, float64, float32
            self._skip(8 if tag != 124 else 4)
        elif tag == 119:
            self.text()
        elif tag == 118:
            self._deeper(depth)
            for _ in range(self.count()):
                self.text()
                self.skip_any(depth + 1)
        elif tag == 117:
            self._deeper(depth)
            for _ in range(self.count()):
                self.skip_any(depth + 1)
        else:
            raise Broken("value")

    def _deeper(self, depth: int) -> None:
        if depth >= MAX_DEPTH:
            raise Broken("too deep")

    def _skip(self, size: int) -> None:
        self.at += size
        if self.at > self.end:
            raise Broken("cut short")

    def _skip_signed(self) -> None:
        for _ in range(10):
            if self.byte() < 128:
                return
        raise Broken("number too long")


def inspect(data: bytes, roots: Collection[str]) -> Contents:
    """Read an update without building anything.

    Raises:
        Broken: it is not an update our schema can need.
    """
    reader = _Reader(data)
    found = Contents()
    for _ in range(reader.count()):
        _read_client(reader, found, roots)
    for _ in range(reader.count()):
        client = reader.client()
        if client in found.deletes:
            raise Broken("client twice")
        last = 0
        for _ in range(reader.count()):
            start, length = reader.clock(), reader.clock()
            if length == 0:
                raise Broken("empty")
            last = max(last, start + length)
        found.deletes[client] = last
    if reader.at != reader.end:
        raise Broken("bytes left over")
    return found


def _read_client(reader: _Reader, found: Contents, roots: Collection[str]) -> None:
    count, client, clock = reader.count(), reader.client(), reader.clock()
    if client in found.structs or count == 0:
        raise Broken("client twice")
    start = clock
    for _ in range(count):
        info = reader.byte()
        content = info & 31
        if content in _NO_CONTENT:
            length = reader.clock()
            if content == _SKIP:
                raise Broken("skip")
        else:
            _read_place(reader, info, client, clock, found.needs, roots)
            length = _read_content(reader, content)
        if length == 0:
            raise Broken("empty")
        clock += length
        if clock >= MAX_CLOCK:
            raise Broken("clock")
    found.structs[client] = (start, clock)


def _read_place(
    reader: _Reader,
    info: int,
    own: int,
    clock: int,
    needs: dict[int, int],
    roots: Collection[str],
) -> None:
    """Where a struct stands: its neighbours, or its parent when it has none."""
    if info & 128:
        _need(reader, own, clock, needs)
    if info & 64:
        _need(reader, own, clock, needs)
    if info & 192:
        return
    parent = reader.number()
    if parent == 1:
        if reader.text() not in roots:
            raise Broken("root")
    elif parent == 0:
        _need(reader, own, clock, needs)
    else:
        raise Broken("parent")
    if info & 32:
        reader.text()


def _need(reader: _Reader, own: int, clock: int, needs: dict[int, int]) -> None:
    client, wanted = reader.client(), reader.clock()
    if client == own:
        if wanted >= clock:
            raise Broken("its own future")
    elif wanted >= needs.get(client, 0):
        needs[client] = wanted + 1


def _read_content(reader: _Reader, content: int) -> int:
    """The length of a struct in clocks (UTF-16 units for text)."""
    if content == 4:
        text = reader.text()
        return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
    if content == 8:
        length = reader.count()
        for _ in range(length):
            reader.skip_any(0)
        return length
    if content == 1:  # deleted
        return reader.clock()
    if content == 7:
        if reader.number() not in (
            1,
            2,
        ):  # a Map (a node) or a Text (its words); nothing else is in the schema
            raise Broken("type")
        return 1
    raise Broken("content")


def read_state_vector(data: bytes) -> dict[int, int]:
    """Client id -> clock.

    Raises:
        Broken: not a state vector.
    """
    reader = _Reader(data)
    found = {reader.client(): reader.clock() for _ in range(reader.count())}
    if reader.at != reader.end:
        raise Broken("bytes left over")
    return found
