# SPDX-License-Identifier: Apache-2.0
"""Whatever the wire drops, doubles, reorders or delays: in the end everybody has what the log has."""

import asyncio
import random
from collections.abc import Iterator

import pytest

from huiyao.room.document import Document
from huiyao.room.memory import Exchange, MemoryLog
from huiyao.room.registry import Registry
from tests.fakes.room_client import TOPIC, RoomClient
from tests.room.conftest import Serve

NOTES = [f"note-{n:08}" for n in range(4)]


class Weather:
    """What happens to frames between room and client."""

    def __init__(self, chance: random.Random) -> None:
        self.chance, self.calm, self.held = chance, False, []

    def __call__(self, frame: bytes) -> list[bytes]:
        if self.calm:
            return [frame]
        turn = self.chance.random()
        if turn < 0.1:
            return []
        if turn < 0.2:
            return [frame, frame]
        if turn < 0.4:
            self.held.append(frame)
            return []
        released, self.held = self.held, []
        self.chance.shuffle(released)
        return [frame, *released]


class StormyClient(RoomClient):
    """A client on a bad line in both directions."""

    def __init__(self, person: str, chance: random.Random) -> None:
        super().__init__(person)
        self.filter = Weather(chance)
        self.uplink = Weather(chance)

    def say(self, frame: bytes) -> None:
        for passed in self.uplink(frame):
            super().say(passed)

    def calm(self) -> None:
        self.filter.calm = self.uplink.calm = True


def act(client: StormyClient, chance: random.Random) -> None:
    """Something a person does."""
    here = [note for note in NOTES if note in client.nodes.keys()]
    if not here:
        return
    note = chance.choice(here)
    shared = client.nodes[note]["t"]
    turn = chance.random()
    if turn < 0.6:
        shared.insert(0, chance.choice(["会", "😀", "abc", "。"]))
    elif turn < 0.75 and len(str(shared)) > 2:
        del shared[: len(str(shared)[0].encode())]
    elif turn < 0.9:
        client.nodes[note]["p"] = chance.choice([TOPIC, ""])
    else:
        client.nodes[note]["s"] = chance.choice(["", "deleted"])


def text_of_log(log: MemoryLog) -> dict[str, str]:
    document = Document()
    document.load([row.data for row in log.rows("room", 0)])
    return {note: document.text_of(note) for note in NOTES}


@pytest.fixture(params=[1, 2, 3])
def chance(request: pytest.FixtureRequest) -> Iterator[random.Random]:
    yield random.Random(request.param)


async def settle(clients: list[StormyClient], registries: list[Registry], log: MemoryLog) -> None:
    for client in clients:
        client.calm()
        await client.leave()
    for rank, client in enumerate(clients):
        await client.join(registries[rank % len(registries)], "room")
        await client.ready()
        await client.saved()
    for client in clients:
        await client.until(lambda client=client: {n: client.text(n) for n in NOTES} == text_of_log(log))


async def test_everybody_ends_with_what_the_log_has(registry: Registry, log: MemoryLog, chance: random.Random) -> None:
    await storm([registry], log, chance)


async def test_so_do_people_at_two_processes_whose_relay_loses_half(
    serve: Serve, log: MemoryLog, chance: random.Random
) -> None:
    exchange = Exchange()
    registries = [await serve(exchange), await serve(exchange)]
    await storm(registries, log, chance, exchange)


async def storm(
    registries: list[Registry], log: MemoryLog, chance: random.Random, exchange: Exchange | None = None
) -> None:
    maker = await (await RoomClient("maker").join(registries[0], "room")).ready()
    for note in NOTES:
        maker.add(note)
    await maker.saved()
    await maker.leave()
    clients = [StormyClient(f"person-{n}", chance) for n in range(5)]
    for turn in range(400):
        client = chance.choice(clients)
        if client.room is None or client.closed or (client.member and client.member.gone):
            await client.leave()
            await client.join(chance.choice(registries), "room")
        elif chance.random() < 0.03:
            await client.leave()
        else:
            act(client, chance)
        if exchange is not None:
            exchange.deaf = chance.random() < 0.5
        if turn % 3 == 0:
            await asyncio.sleep(0)
    await settle(clients, registries, log)
    texts = [{note: client.text(note) for note in NOTES} for client in clients]
    assert all(text == texts[0] for text in texts)
    assert any(texts[0].values())
    for registry in registries:
        room = await registry.room("room")
        await room.stream.catch_up()
        assert {note: room.stream.document.text_of(note) for note in NOTES} == texts[0]
    rows = log.rows("room", 0)
    assert [row.seq for row in rows] == list(range(1, len(rows) + 1))
