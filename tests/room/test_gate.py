# SPDX-License-Identifier: Apache-2.0
"""The gate: bounded reading, nothing outside the schema, nothing without its predecessors; and 60,000 mutations."""

import random

import pytest
from pycrdt import Array, Doc, Map, Text, XmlFragment

from huiyao.room import frames
from huiyao.room.document import Document
from huiyao.room.frames import Broken
from huiyao.room.gate import inspect, read_state_vector
from huiyao.room.memory import MemoryLog
from huiyao.room.registry import Registry
from tests.fakes.room_client import TOPIC, RoomClient

ROOTS = frozenset({"nodes"})


def updates_of(write) -> list[bytes]:
    doc: Doc = Doc()
    found: list[bytes] = []
    watching = doc.observe(lambda event: found.append(event.update))
    write(doc, doc.get("nodes", type=Map))
    assert watching is not None
    return found


@pytest.mark.parametrize(
    "bomb", [b"\xff\xff\xff\x7f", b"\x01\xff\xff\xff\x7f\x01\x00", b"\x01\x01\x01\x00\x08\x01\x05nodes\xff\xff\xff\x7f"]
)
def test_a_count_never_exceeds_the_bytes_that_are_left(bomb: bytes) -> None:
    with pytest.raises(Broken):
        inspect(bomb, ROOTS)


def test_only_our_roots_and_kinds_of_content_pass() -> None:
    def other_root(doc, nodes):
        doc["secrets"] = Map({"a": 1})

    def array(doc, nodes):
        nodes["a"] = Array([1])

    def xml(doc, nodes):
        doc["nodes2"] = XmlFragment()
        doc["nodes2"].children.append("x")

    def formatted(doc, nodes):
        nodes["a"] = Text("abc")
        nodes["a"].format(0, 2, {"bold": True})

    def embed(doc, nodes):
        nodes["a"] = Text("abc")
        nodes["a"].insert_embed(0, {"image": "x"})

    def subdocument(doc, nodes):
        nodes["a"] = Doc()

    for write in (other_root, array, xml, formatted, embed, subdocument):
        with pytest.raises(Broken):
            for update in updates_of(write):
                inspect(update, ROOTS)


def test_deep_values_are_refused() -> None:
    deep: object = "x"
    for _ in range(20):
        deep = [deep]
    with pytest.raises(Broken):
        inspect(updates_of(lambda doc, nodes: nodes.__setitem__("a", deep))[0], ROOTS)


def test_what_is_missing_shows() -> None:
    def write(doc, nodes):
        nodes["a"] = Map({"t": Text("")})
        nodes["a"]["t"].insert(0, "x")
        nodes["a"]["t"].clear()

    first, second, third = (inspect(update, ROOTS) for update in updates_of(write))
    assert not first.lacks({})
    assert second.lacks({})
    assert third.lacks({})
    have = {client: end for client, (_, end) in first.structs.items()}
    assert not second.lacks(have)
    assert third.lacks(have)
    assert first.is_known(have)
    assert not second.is_known(have)


def test_a_text_counts_in_utf_16_units() -> None:
    update = updates_of(lambda doc, nodes: nodes.__setitem__("a", Text("会😀")))[0]
    ((_, end),) = inspect(update, ROOTS).structs.values()
    assert end == 1 + 3


def test_a_state_vector_is_read_bounded() -> None:
    doc: Doc = Doc()
    doc.get("nodes", type=Map)["a"] = 1
    assert read_state_vector(doc.get_state()) == {doc.client_id: 1}
    with pytest.raises(Broken):
        read_state_vector(b"\xff\xff\xff\x7f")


@pytest.mark.parametrize("number", [0, 1, 127, 128, 300, 1 << 32, (1 << 53) - 1])
def test_a_varuint_is_read_as_written(number: int) -> None:
    assert frames.read_varuint(b"x" + frames.varuint(number), 1)[0] == number


def seeds() -> list[bytes]:
    """Frames as an honest client sends them."""

    def write(doc, nodes):
        for rank in range(6):
            values = {"k": "note", "p": TOPIC, "o": f"a{rank}", "s": "", "by": "anna", "at": ""}
            nodes[f"note-{rank:08}"] = Map({**values, "t": Text("会😀议" * 3)})
            nodes[f"note-{rank:08}"]["t"].insert(0, "abc")
            nodes[f"note-{rank:08}"]["due"] = "2026-12-01"
            nodes[f"note-{rank:08}"]["sup"] = [{"dep": "d", "what": "w"}]

    sent = [frames.update(update) for update in updates_of(write)]
    return [
        *sent,
        frames.step1(b"\x00"),
        frames.step2(b"\x00\x00"),
        b"\x01\x01\x00",
        frames.carry(b"\x67", b'{"id":1,"do":"x"}'),
    ]


def mutated(frame: bytes, chance: random.Random) -> bytes:
    data = bytearray(frame)
    for _ in range(chance.randint(1, 4)):
        place = chance.randrange(len(data))
        turn = chance.randrange(4)
        if turn == 0:
            data[place] = chance.randrange(256)
        elif turn == 1:
            del data[place : place + chance.randint(1, 3)]
        elif turn == 2:
            data[place:place] = chance.randbytes(chance.randint(1, 4))
        else:
            data[place] ^= 1 << chance.randrange(8)
        if not data:
            return b"\x00"
    return bytes(data)


async def test_sixty_thousand_mutated_frames_harm_nothing(registry: Registry, log: MemoryLog) -> None:
    chance = random.Random(20261124)
    honest = seeds()
    bystander = await (await RoomClient("bo").join(registry, "room")).ready()
    attackers: list[RoomClient] = []
    attacker: RoomClient | None = None
    for rank in range(60_000):
        if attacker is None or attacker.member is None or attacker.member.gone:
            if attacker is not None:
                await attacker.leave()
            attacker = RoomClient("anna")
            attackers.append(attacker)
            await attacker.join(registry, "room")
        attacker.say(mutated(honest[rank % len(honest)], chance))
        if rank % 500 == 0:
            await (await registry.room("room")).stream.ready()
    bystander.add("note-by-bo-01", "still here")
    await bystander.saved()
    room = await registry.room("room")
    await room.stream.ready()
    await room.stream.stored()
    assert room.stream.document.text_of("note-by-bo-01") == "still here"
    assert room.stream.document.text_of(TOPIC) == "开场"
    rebuilt = Document()
    rebuilt.load([row.data for row in log.rows("room", 0)])
    assert rebuilt.have == room.stream.document.have
    assert read_state_vector(room.stream.document.state()) == rebuilt.have
    assert rebuilt.nodes.to_py() == room.stream.document.nodes.to_py()
