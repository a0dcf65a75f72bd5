# SPDX-License-Identifier: Apache-2.0
"""What the room relies on of its log, in memory and on the database this run uses (SQLite, then PostgreSQL)."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
from django.db import connection, connections
from pycrdt import Doc, Map, Text

from huiyao.domain.record import Entry, Kind
from huiyao.features.sittings.models import LateEdit, Room
from huiyao.features.sittings.reads import find_entries
from huiyao.features.sittings.stores import open_log
from huiyao.room.document import Document
from huiyao.room.memory import MemoryLog
from huiyao.room.ports import Batch, LogTrouble, NewRow, Outcome, Projection, RoomState, UpdateLog
from huiyao.room.schema import RoomKind
from tests.builders.sittings import a_meeting

AT = datetime(2026, 11, 24, 2, 0, 0, 123456, tzinfo=UTC)


class Bench:
    """A log with rooms, and the two things only its owner can do: make a room, change its state."""

    def __init__(self, log: UpdateLog, make: Callable[[], str], set_state: Callable[[str, RoomState], None]) -> None:
        self.log, self.make, self.set_state = log, make, set_state

    def append(self, room: str, *datas: bytes, person: str = "p1", clients: tuple[int, ...] = ()) -> Outcome:
        rows = [NewRow(data, person, clients) for data in datas]
        return self.log.append([Batch(room, rows)], AT)[0]


@pytest.fixture(params=["memory", pytest.param("database", marks=pytest.mark.django_db(transaction=True))])
def bench(request: pytest.FixtureRequest) -> Iterator[Bench]:
    if request.param == "memory":
        yield _in_memory()
    else:
        yield from _in_database()


def _in_memory() -> Bench:
    log = MemoryLog()
    names = (f"room-{number}" for number in range(100))

    def make() -> str:
        name = next(names)
        log.make_room(name)
        return name

    return Bench(log, make, log.set_state)


def _in_database() -> Iterator[Bench]:
    log = open_log()

    def make() -> str:
        meeting = a_meeting()
        return Room.objects.create(meeting=meeting, kind=RoomKind.RECORD, name=str(meeting.pk)).name

    def set_state(name: str, state: RoomState) -> None:
        Room.objects.filter(name=name).update(state=state)

    yield Bench(log, make, set_state)
    log.close()


def test_a_room_that_is_not_there_is_none(bench: Bench) -> None:
    assert bench.log.load("nowhere") is None
    assert bench.append("nowhere", b"x") == Outcome(0, None)


def test_what_is_stored_is_read_back_in_order_with_its_person(bench: Bench) -> None:
    room = bench.make()
    assert bench.append(room, b"one", b"t\x00o", person="anna") == Outcome(1)
    assert bench.append(room, b"three", person="bo") == Outcome(3)
    stored = bench.log.load(room)
    assert stored is not None
    assert [(row.seq, row.data, row.person) for row in stored.rows] == [
        (1, b"one", "anna"),
        (2, b"t\x00o", "anna"),
        (3, b"three", "bo"),
    ]
    assert stored.head.seq == 3
    assert stored.size == 11
    assert bench.log.rows(room, 2) == list(stored.rows[2:])
    assert bench.log.heads([room])[room] == stored.head


def test_a_client_id_stays_with_the_person_who_used_it_first(bench: Bench) -> None:
    room = bench.make()
    big = (1 << 53) - 1
    bench.append(room, b"x", person="anna", clients=(7, big))
    bench.append(room, b"y", person="bo", clients=(7, 8))
    stored = bench.log.load(room)
    assert stored is not None
    assert stored.clients == {7: "anna", big: "anna", 8: "bo"}


def test_a_closed_room_refuses_and_does_not_fail_the_others(bench: Bench) -> None:
    rooms = [bench.make() for _ in range(4)]
    bench.set_state(rooms[1], RoomState.CLOSED)
    bench.set_state(rooms[2], RoomState.CLOSING)
    outcomes = bench.log.append([Batch(room, [NewRow(b"x", "p")]) for room in [*rooms, "nowhere"]], AT)
    assert outcomes == [
        Outcome(1),
        Outcome(0, RoomState.CLOSED),
        Outcome(0, RoomState.CLOSING),
        Outcome(1),
        Outcome(0, None),
    ]
    assert [len(bench.log.rows(room, 0)) for room in rooms] == [1, 0, 0, 1]


def test_several_writers_leave_no_gap_and_no_double(bench: Bench) -> None:
    rooms = sorted(bench.make() for _ in range(3))
    logs = [bench.log] if isinstance(bench.log, MemoryLog) else [open_log() for _ in range(3)]
    firsts: list[tuple[str, int]] = []

    def write(log: UpdateLog, name: str) -> None:
        for turn in range(15):
            batches = [Batch(room, [NewRow(f"{name} {turn} {n}".encode(), name) for n in range(3)]) for room in rooms]
            for batch, outcome in zip(batches, log.append(batches, AT), strict=True):
                firsts.append((batch.room, outcome.first))
        if log is not bench.log:
            log.close()  # type: ignore[attr-defined]

    threads = [threading.Thread(target=write, args=(log, f"w{n}")) for n, log in enumerate(logs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for room in rooms:
        rows = bench.log.rows(room, 0)
        assert [row.seq for row in rows] == list(range(1, 45 * len(logs) + 1))
        assert len({row.data for row in rows}) == len(rows)
    assert len(set(firsts)) == len(firsts)


def test_more_rows_than_one_statement_takes_are_stored(bench: Bench) -> None:
    rooms = [bench.make() for _ in range(3)]
    batches = [Batch(room, [NewRow(bytes([n % 251]) * 3, "p") for n in range(700)]) for room in rooms]
    assert [outcome.first for outcome in bench.log.append(batches, AT)] == [1, 1, 1]
    assert [len(bench.log.rows(room, 0)) for room in rooms] == [700, 700, 700]


def test_a_late_edit_is_kept_beside_the_log(bench: Bench) -> None:
    room = bench.make()
    bench.append(room, b"in time")
    bench.set_state(room, RoomState.CLOSED)
    bench.log.keep_late(room, NewRow(b"late", "anna"), AT)
    assert [row.data for row in bench.log.rows(room, 0)] == [b"in time"]
    if not isinstance(bench.log, MemoryLog):
        assert [(bytes(row.data), row.person, row.at) for row in LateEdit.objects.all()] == [(b"late", "anna", AT)]


def test_projected_rows_replace_older_ones_and_never_newer(bench: Bench) -> None:
    room = bench.make()
    bench.append(room, b"1", b"2", b"3")
    old = [Entry("n1", Kind.NOTE, text="old"), Entry("n2", Kind.NOTE, text="b")]
    bench.log.project([Projection(room, old, 2), Projection(bench.make(), [Entry("n1", Kind.NOTE)], 0)])
    bench.log.project([Projection(room, [Entry("n1", Kind.ACTION, text="new", due=AT.date(), support=())], 3)])
    bench.log.project([Projection(room, [Entry("n2", Kind.NOTE, text="too old")], 1)])
    stored = bench.log.load(room)
    assert stored is not None
    assert stored.projected_seq == 3
    if not isinstance(bench.log, MemoryLog):
        found = {entry.id: entry for entry in find_entries(room)}
        assert found["n1"] == Entry("n1", Kind.ACTION, text="new", due=AT.date(), support=())
        assert found["n2"].text == "b"


def test_a_compacted_room_loads_to_the_same_document(bench: Bench) -> None:
    room = bench.make()
    doc: Doc = Doc()
    nodes = doc.get("nodes", type=Map)
    updates: list[bytes] = []
    watching = doc.observe(lambda event: updates.append(event.update))
    nodes["note-00000001"] = Map({"k": "note", "p": "", "o": "a0", "t": Text("会😀议")})
    for letter in "abc":
        nodes["note-00000001"]["t"].insert(0, letter)
    assert watching is not None
    bench.append(room, *updates)
    bench.log.compact(room)
    bench.append(room, b"\x00\x00")
    stored = bench.log.load(room)
    assert stored is not None
    assert len(stored.rows) == 1
    document = Document()
    document.load([stored.snapshot])
    assert document.text_of("note-00000001") == "cba会😀议"
    assert len(bench.log.rows(room, 0)) == 5


@pytest.mark.django_db(transaction=True)
def test_a_database_that_stays_locked_is_told_and_stores_nothing() -> None:
    bench = next(_in_database())
    room = bench.make()
    bench.append(room, b"before")
    appender = bench.log._appender  # type: ignore[attr-defined]
    if connection.vendor == "sqlite":
        appender._connection.execute("PRAGMA busy_timeout=100")
    else:
        appender._raw.execute("SET lock_timeout='100ms'")
        appender._raw.commit()
    other = connections["default"].copy()
    other.connect()
    with other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE" if connection.vendor == "sqlite" else "BEGIN")
        cursor.execute(f"UPDATE {Room._meta.db_table} SET told = told + 1")
        with pytest.raises(LogTrouble):
            bench.append(room, b"during")
        cursor.execute("ROLLBACK")
    other.close()
    assert bench.append(room, b"after") == Outcome(2)
    assert [row.data for row in bench.log.rows(room, 0)] == [b"before", b"after"]
    bench.log.close()  # type: ignore[attr-defined]
