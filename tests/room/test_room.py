# SPDX-License-Identifier: Apache-2.0
"""One room: merging, acknowledging, refusing, freezing, and a disk that fails."""

import asyncio
import threading

from pycrdt import Doc, Map, Text

from huiyao.room import frames
from huiyao.room.frames import Close
from huiyao.room.memory import MemoryLog
from huiyao.room.ports import LogTrouble, Rights, RoomState
from huiyao.room.registry import Registry
from huiyao.room.room import Room
from tests.fakes.room_client import TOPIC, RoomClient

NOTE = "note-00000001"


async def joined(registry: Registry, *people: str) -> list[RoomClient]:
    return [await (await RoomClient(person).join(registry, "room")).ready() for person in people]


async def test_what_one_types_the_other_sees_and_it_is_in_the_log(registry: Registry, log: MemoryLog) -> None:
    anna, bo = await joined(registry, "anna", "bo")
    anna.add(NOTE, "会😀议")
    await anna.saved()
    await bo.until(lambda: NOTE in bo.nodes.keys())
    bo.type(NOTE, "！")
    await bo.saved()
    await anna.until(lambda: anna.text(NOTE) == "会😀议！")
    rows = log.rows("room", 0)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
    assert {row.person for row in rows[1:]} == {"anna", "bo"}


async def test_nothing_is_acknowledged_or_shown_before_it_is_on_disk(registry: Registry, log: MemoryLog) -> None:
    anna, bo = await joined(registry, "anna", "bo")
    await anna.saved()
    disk = threading.Event()
    log.before_append = lambda batches: disk.wait(10) and None
    anna.add(NOTE, "x")
    late = RoomClient("cy")
    await late.join(registry, "room")
    await asyncio.wait_for(late.ready(), 5)
    assert anna.acked < anna.sent
    assert NOTE not in bo.nodes.keys()
    assert NOTE not in late.nodes.keys()
    disk.set()
    await anna.saved()
    for other in (bo, late):
        await other.until(lambda other=other: NOTE in other.nodes.keys())


async def test_a_failing_disk_closes_the_room_with_come_back_later_and_loses_nothing_acknowledged(
    registry: Registry, log: MemoryLog
) -> None:
    (anna,) = await joined(registry, "anna")
    anna.add(NOTE, "kept")
    await anna.saved()

    def fail(batches: object) -> None:
        raise LogTrouble("disk full")

    log.before_append = fail
    anna.type(NOTE, " and not yet")
    await anna.until(lambda: anna.closed != 0)
    assert anna.closed == Close.LATER
    await anna.leave()
    log.before_append = lambda batches: None
    await anna.join(registry, "room")
    await anna.ready()
    await anna.saved()
    room = await registry.room("room")
    assert room.stream.document.text_of(NOTE) == "kept and not yet"


async def test_offline_work_comes_in_as_one_diff_and_twice_is_once(registry: Registry, log: MemoryLog) -> None:
    anna = RoomClient("anna")
    anna.add(NOTE, "typed in a tunnel")
    await anna.join(registry, "room")
    await anna.ready()
    await anna.saved()
    before = len(log.rows("room", 0))
    await anna.leave()
    await anna.join(registry, "room")
    await anna.saved()
    assert len(log.rows("room", 0)) == before


async def test_a_reader_cannot_type_but_joins_and_is_acknowledged(registry: Registry, log: MemoryLog) -> None:
    anna = await (await RoomClient("anna").join(registry, "room", types=False)).ready()
    await anna.saved()
    before = log.rows("room", 0)
    anna.add(NOTE, "x")
    await anna.saved()
    assert anna.refused == {anna.sent: "rights"}
    assert anna.closed == 0
    assert log.rows("room", 0) == before


async def test_an_update_without_its_predecessor_is_sent_back_for_a_new_beginning(
    registry: Registry, log: MemoryLog
) -> None:
    (anna,) = await joined(registry, "anna")
    room, anna.room = anna.room, None
    anna.add(NOTE, "lost on the way")
    anna.room = room
    anna.sent -= 1
    anna.type(NOTE, "!")
    await anna.saved()
    assert "resync" in anna.refused.values()
    assert (await registry.room("room")).stream.document.text_of(NOTE) == "lost on the way!"


async def test_a_client_id_of_somebody_else_is_refused(registry: Registry) -> None:
    anna, bo = await joined(registry, "anna", "bo")
    anna.add(NOTE, "a")
    await anna.saved()
    thief: Doc[object] = Doc(client_id=anna.doc.client_id)
    thief.apply_update(anna.doc.get_update())
    before = thief.get_state()
    thief.get("nodes", type=Map)[NOTE]["t"].insert(0, "forged")
    number = bo.say_numbered(frames.update(thief.get_update(before)))
    await bo.until(lambda: bo.closed != 0)
    assert bo.refused[number] == "client"
    assert bo.closed == Close.CLIENT_TAKEN
    assert anna.text(NOTE) == "a"


async def test_forbidden_content_closes_the_connection_and_leaves_no_trace(registry: Registry, log: MemoryLog) -> None:
    forbidden = {
        "unknown key": {"vote": "yes"},
        "foreign by": {"by": "bo"},
        "a topic": {"k": "topic"},
        "a made-up kind": {"k": "poem"},
        "a private entry": {"s": "private"},
        "no date": {"due": "2026-02-30"},
        "a number": {"o": 4},
        "an open support": {"sup": [{"vote": 1}]},
    }
    (bo,) = await joined(registry, "bo")
    before = log.rows("room", 0)
    for fields in forbidden.values():
        anna = await (await RoomClient("anna").join(registry, "room")).ready()
        anna.add(NOTE, "x", **fields)
        await anna.until(lambda anna=anna: anna.closed != 0)
        assert anna.closed == Close.BAD
        assert anna.refused == {anna.sent: "bad"}
    bo.add("note-00000002", "still working")
    await bo.saved()
    assert NOTE not in bo.nodes.keys()
    assert len(log.rows("room", 0)) == len(before) + 1


async def test_what_is_set_once_stays(registry: Registry) -> None:
    (bo,) = await joined(registry, "bo")
    bo.add(NOTE, "x")
    await bo.saved()

    def new_text(nodes: Map) -> None:
        nodes[NOTE]["t"] = Text("other")

    changes = [
        lambda nodes: nodes[NOTE].__setitem__("k", "action"),
        lambda nodes: nodes[NOTE].__setitem__("by", "anna"),
        lambda nodes: nodes[NOTE].pop("p"),
        lambda nodes: nodes.pop(NOTE),
        lambda nodes: nodes.__setitem__(NOTE, Map({})),
        lambda nodes: nodes[TOPIC]["t"].insert(0, "x"),
        lambda nodes: nodes[NOTE]["t"].insert(0, "x" * 20_001),
        new_text,
    ]
    for change in changes:
        anna = await (await RoomClient("anna").join(registry, "room")).ready()
        await anna.until(lambda anna=anna: NOTE in anna.nodes.keys())
        change(anna.nodes)
        await anna.until(lambda anna=anna: anna.closed != 0)
        assert anna.closed == Close.BAD
    room = await registry.room("room")
    await room.stream.ready()
    assert room.stream.document.kind_of(NOTE) == "note"
    assert room.stream.document.text_of(NOTE) == "x"
    assert room.stream.document.text_of(TOPIC) == "开场"


async def test_after_closing_edits_are_kept_apart_and_offered(registry: Registry, log: MemoryLog) -> None:
    anna, bo = await joined(registry, "anna", "bo")
    anna.add(NOTE, "in time")
    await anna.saved()
    await anna.leave()
    anna.type(NOTE, ", late")
    log.set_state("room", RoomState.CLOSED)
    registry.tell("room", ["meeting"])
    await anna.join(registry, "room")
    await anna.ready()
    await anna.saved()
    assert set(anna.refused.values()) == {"frozen"}
    assert anna.closed == 0
    anna.type(NOTE, " and later")
    await anna.saved()
    assert len(log.late("room")) == 2
    assert bo.text(NOTE) == "in time"
    kept = (await registry.room("room")).stream.document.fork()
    kept.load([row.data for row in log.late("room")])
    assert kept.text_of(NOTE) == "in time, late and later"


async def test_writes_in_flight_at_closing_are_either_in_the_record_or_late(registry: Registry, log: MemoryLog) -> None:
    (anna,) = await joined(registry, "anna")
    anna.add(NOTE, "")
    await anna.saved()
    for letter in "abcdefgh":
        anna.type(NOTE, letter)
        if letter == "d":
            log.set_state("room", RoomState.CLOSED)
        await asyncio.sleep(0)
    await anna.saved()
    room = await registry.room("room")
    await room.stream.ready()
    kept = room.stream.document.fork()
    kept.load([row.data for row in log.late("room")])
    assert kept.text_of(NOTE) == "abcdefgh"
    assert room.stream.document.text_of(NOTE) == "abcdefgh"[: len(room.stream.document.text_of(NOTE))]


async def test_what_is_typed_while_the_closing_gate_looks_waits_and_then_goes_on(
    registry: Registry, log: MemoryLog
) -> None:
    anna, bo = await joined(registry, "anna", "bo")
    anna.add(NOTE, "a")
    await anna.saved()
    log.set_state("room", RoomState.CLOSING)
    anna.type(NOTE, "b")
    await asyncio.sleep(0)
    assert anna.acked < anna.sent
    log.set_state("room", RoomState.OPEN)
    await anna.saved()
    assert anna.refused == {}
    await bo.until(lambda: bo.text(NOTE) == "ab")


async def test_a_slow_reader_is_cut_off_and_delays_nobody(registry: Registry) -> None:
    anna, bo, slow = await joined(registry, "anna", "bo", "slow")
    await slow.saved()
    slow.reading.clear()
    anna.add(NOTE, "")
    for _ in range(200):
        anna.type(NOTE, "x" * 80)
        await anna.saved()
    await bo.until(lambda: len(bo.text(NOTE)) == 16_000)
    assert not slow.aborted
    assert slow.member is not None
    for _ in range(40):
        slow.member.post(frames.update(b"\0" * 60_000))
    assert slow.aborted
    assert slow.member.gone


async def test_an_unmodified_provider_never_sees_our_frames(registry: Registry) -> None:
    (anna,) = await joined(registry, "anna")
    plain = RoomClient("plain", ours=False)
    kinds: list[int] = []
    plain.filter = lambda frame: kinds.append(frame[0]) or [frame]  # type: ignore[func-returns-value]
    await plain.join(registry, "room")
    anna.add(NOTE, "x")
    await plain.until(lambda: NOTE in plain.nodes.keys())
    plain.type(NOTE, "y")
    await anna.until(lambda: anna.text(NOTE) == "xy")
    assert set(kinds) <= {0, 1}


async def test_awareness_is_stamped_with_the_person_and_cleared_when_they_go(registry: Registry) -> None:
    from huiyao.room.awareness import Said, decode, encode

    anna, bo = await joined(registry, "anna", "bo")
    anna.say(frames.awareness(encode([Said(7, 1, {"person": "bo", "at": NOTE})])))
    await bo.until(lambda: len(bo.aware) == 1)
    assert decode(bo.aware[0]) == [Said(7, 1, {"person": "anna", "at": NOTE})]
    bo.say(frames.awareness(encode([Said(7, 9, {"at": "forged"})])))
    await anna.leave()
    await bo.until(lambda: len(bo.aware) == 2)
    assert decode(bo.aware[1]) == [Said(7, 2, None)]


async def test_an_oversized_frame_closes_the_connection(registry: Registry) -> None:
    (anna,) = await joined(registry, "anna")
    anna.say(b"\0\2" + b"\0" * frames.MAX_FRAME)
    await anna.until(lambda: anna.closed != 0)
    assert anna.closed == Close.TOO_LARGE


async def test_a_large_diff_is_taken_in_order(registry: Registry) -> None:
    anna = RoomClient("anna")
    for rank in range(600):
        anna.add(f"note-{rank:08}", "a line typed without a network " * 2)
    room_calls: list[object] = []
    await anna.join(registry, "room")
    await anna.ready()
    await anna.saved()
    room = await registry.room("room")
    assert isinstance(room, Room)
    assert len(room.stream.document.nodes) == 601
    assert room_calls == []


async def test_lost_rights_close_the_connection(registry: Registry, facts: object) -> None:
    anna, bo = await joined(registry, "anna", "bo")
    table = registry.hub.facts
    table.rights = {"anna": None, "bo": Rights("bo", types=False)}  # type: ignore[attr-defined]
    registry.tell("room", ["roles"])
    await anna.until(lambda: anna.closed != 0)
    assert anna.closed == Close.NO_ACCESS
    bo.add(NOTE, "x")
    await bo.saved()
    assert bo.refused == {bo.sent: "rights"}


async def test_an_empty_room_is_put_away_and_comes_back_the_same(serve: object, log: MemoryLog) -> None:
    registry: Registry = await serve(evict_after=0.0)  # type: ignore[operator]
    anna = await (await RoomClient("anna").join(registry, "room")).ready()
    anna.add(NOTE, "x" * 10)
    for _ in range(600):
        anna.type(NOTE, "y")
    await anna.saved()
    state = (await registry.room("room")).stream.document.state()
    await anna.leave()
    async with asyncio.timeout(10):
        while registry.rooms:
            await asyncio.sleep(0.05)
    assert log.entries("room")[NOTE].text.endswith("y")
    room = await registry.room("room")
    assert room.stream.document.state() == state
