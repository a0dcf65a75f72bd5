# SPDX-License-Identifier: Apache-2.0
"""What the room relies on of a relay between processes: in memory and over a real Redis."""

import asyncio
import subprocess
from collections.abc import AsyncIterator, Callable

import pytest

from huiyao.plumbing.relay import LocalRelay, RedisRelay
from huiyao.room.memory import Exchange
from huiyao.room.ports import Relay
from tests.servers import RedisServer

Make = Callable[[], Relay]


@pytest.fixture(params=["memory", "redis"])
def make(request: pytest.FixtureRequest) -> Make:
    if request.param == "memory":
        return Exchange().relay
    url = request.getfixturevalue("redis_url")
    return lambda: RedisRelay(url)


class Process:
    """One end, and what it heard."""

    def __init__(self, relay: Relay) -> None:
        self.relay = relay
        self.heard: list[tuple[str, bytes]] = []
        self.news = asyncio.Event()

    def receive(self, room: str, message: bytes) -> None:
        self.heard.append((room, message))
        self.news.set()

    async def until(self, wanted: tuple[str, bytes], repeat: Callable[[], None]) -> None:
        """Wait for a message that is sent again and again: a relay may lose what comes before it listens."""
        async with asyncio.timeout(15):
            while wanted not in self.heard:
                repeat()
                self.news.clear()
                try:
                    await asyncio.wait_for(self.news.wait(), 0.1)
                except TimeoutError:
                    continue


@pytest.fixture
async def pair(make: Make) -> AsyncIterator[tuple[Process, Process]]:
    here, there = Process(make()), Process(make())
    await here.relay.start(here.receive)
    await there.relay.start(there.receive)
    yield here, there
    await here.relay.stop()
    await there.relay.stop()


async def test_what_one_says_the_other_hears_with_its_room(pair: tuple[Process, Process]) -> None:
    here, there = pair
    await there.until(("room-1", b"hello"), lambda: here.relay.publish("room-1", b"hello"))
    message = bytes(range(256)) * 40
    await here.until(("会/notes", message), lambda: there.relay.publish("会/notes", message))


async def test_messages_come_in_the_order_they_were_sent(pair: tuple[Process, Process]) -> None:
    here, there = pair
    await there.until(("room", b"ready"), lambda: here.relay.publish("room", b"ready"))
    sent = [("room", b"%d" % n) for n in range(500)]
    for room, message in sent:
        here.relay.publish(room, message)
    await there.until(("room", b"499"), lambda: None)
    assert [one for one in there.heard if one[1] != b"ready"] == sent


async def test_one_process_needs_no_relay() -> None:
    alone = LocalRelay()
    await alone.start(lambda room, message: pytest.fail("nobody can have said anything"))
    alone.publish("room", b"x")
    await alone.stop()


async def test_a_dead_redis_is_no_trouble_and_a_living_one_is_found_again(
    tmp_path_factory: pytest.TempPathFactory, redis_url: str
) -> None:
    assert redis_url  # Redis is installed
    folder = tmp_path_factory.mktemp("redis")
    with RedisServer(folder) as server:
        here, there = Process(RedisRelay(server.url)), Process(RedisRelay(server.url))
        await here.relay.start(here.receive)
        await there.relay.start(there.receive)
        await there.until(("room", b"before"), lambda: here.relay.publish("room", b"before"))
        assert server.process is not None
        server.process.kill()
        await asyncio.to_thread(server.process.wait)
        for _ in range(20_000):
            here.relay.publish("room", b"into the void")
        server.process = subprocess.Popen(server.command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        await there.until(("room", b"after"), lambda: here.relay.publish("room", b"after"))
        await here.relay.stop()
        await there.relay.stop()
