# SPDX-License-Identifier: Apache-2.0
"""Turns and the plan over a real websocket: everybody sees them, nobody gives what is not theirs to give."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import connect

from huiyao.room.frames import SUBPROTOCOL, TOKEN_PREFIX
from tests.fakes.wire_client import WireClient
from tests.live import ROOT, LiveServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("turns-server"), HUIYAO_WORKER="outside") as running:
        yield running


def made(server: LiveServer, *more: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.fakes.rooms", "1", "4", *more]
    done = subprocess.run(command, env=server.environment, capture_output=True, text=True, check=True, cwd=ROOT)
    found: dict[str, Any] = json.loads(done.stdout)[0]
    return found


@asynccontextmanager
async def joined(server: LiveServer, room: dict[str, Any], who: int) -> AsyncIterator[WireClient]:
    person = room["people"][who]
    protocols = [SUBPROTOCOL, TOKEN_PREFIX + person["token"]]
    address = f"ws://127.0.0.1:{server.port}/ws/room/{room['meeting']}"
    async with connect(address, subprotocols=protocols, compression=None) as ws:
        client = WireClient(ws, person["id"])
        reading = asyncio.create_task(client.read())
        await client.start()
        try:
            yield client
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def test_a_turn_goes_round_and_only_the_host_sees_the_shares(server: LiveServer) -> None:
    room = made(server)
    ids = [person["id"] for person in room["people"]]
    async with joined(server, room, 0) as host, joined(server, room, 1) as one, joined(server, room, 2) as two:
        assert (await one.ask("floor", person=ids[1]))["value"] == {"step": "speaks"}
        await host.until(lambda: host.facts["turns"]["speaker"] == ids[1])
        assert (await two.ask("floor"))["value"] == {"step": "waits"}
        await host.until(lambda: [hand["person"] for hand in host.facts["turns"]["queue"]] == [ids[2]])
        assert (await two.ask("floor", person=ids[3]))["code"] == "not_allowed"
        assert (await two.ask("yield"))["code"] == "not_allowed"
        assert (await two.ask("hand", up=False, person=ids[1]))["code"] == "not_allowed"
        assert (await two.ask("hand", up="yes"))["code"] == "bad_value"
        assert (await host.ask("floor", person=ids[2]))["ok"]
        await one.until(lambda: one.facts["turns"]["speaker"] == ids[2])
        assert one.facts["turns"]["spoken"] == [ids[1], ids[2]]
        await host.until(lambda: bool(host.facts["shares"]["departments"]))
        assert (one.facts["shares"], two.facts["shares"]) == (None, None)
        assert {"floor", "shares"} <= set(host.facts["you"]["may"])
        assert {"floor", "shares"}.isdisjoint(one.facts["you"]["may"])


async def test_giving_the_floor_does_not_send_the_people_again(server: LiveServer) -> None:
    room = made(server)
    ids = [person["id"] for person in room["people"]]
    async with joined(server, room, 0) as host, joined(server, room, 1):
        await host.until(lambda: sum(p["attendance"] == "present" for p in host.facts["people"]) == 2)
        before = host.facts["people"]
        for speaker in (ids[1], ids[0], ids[1]):
            assert (await host.ask("floor", person=speaker))["value"] == {"step": "speaks"}
            await host.until(lambda speaker=speaker: host.facts["turns"]["speaker"] == speaker)  # type: ignore[misc]
        assert host.facts["people"] is before, "the same object: no frame replaced it"


async def test_who_comes_late_sees_the_turn_and_a_host_coming_back_the_shares(server: LiveServer) -> None:
    room = made(server)
    async with joined(server, room, 1) as one:
        await one.ask("floor")
        await one.ask("yield")
        await one.ask("floor")
        await one.until(lambda: one.facts["turns"]["speaker"] == one.person)
        async with joined(server, room, 0) as host:
            assert host.facts["turns"] == one.facts["turns"]
            assert [share["department"] for share in host.facts["shares"]["departments"]]


async def test_the_plan_changes_for_everybody(server: LiveServer) -> None:
    room = made(server)
    async with joined(server, room, 0) as host, joined(server, room, 1) as one:
        assert (await one.ask("extend", topic=room["topic"], minutes=5))["code"] == "not_allowed"
        assert (await one.ask("skip", topic=room["topic"]))["code"] == "not_allowed"
        assert (await one.ask("move_topic", topic=room["topic"], after=None))["code"] == "not_allowed"
        before = one.facts["topics"][0]["planned_end"]
        assert (await host.ask("extend", topic=room["topic"], minutes=5))["value"] == {"from": {}}
        await one.until(lambda: one.facts["topics"][0]["planned_end"] > before)
        assert (await host.ask("skip", topic=room["topic"], reason="改日再议"))["ok"]
        await one.until(lambda: one.facts["topics"][0]["skipped"])


async def test_a_meeting_started_by_a_program_counts_everybody_who_is_in(server: LiveServer) -> None:
    room = made(server, "invited")
    token = room["people"][0]["token"]
    async with joined(server, room, 1) as one, joined(server, room, 2):
        address = f"http://127.0.0.1:{server.port}/api/v1/meetings/{room['meeting']}"
        async with httpx.AsyncClient(headers={"Authorization": f"Bearer {token}"}) as program:
            assert (await program.post(f"{address}/start")).status_code == 200
            there = {room["people"][n]["id"] for n in (0, 1, 2)}
            await one.until(lambda: {p["id"] for p in one.facts["people"] if p["attendance"] == "present"} == there)
            floor = (await program.put(f"{address}/floor", json={"person": one.person})).json()
            assert floor == {"step": "speaks"}
            await one.until(lambda: one.facts["turns"]["speaker"] == one.person)
            told = (await program.get(f"{address}/floor")).json()
            assert (told["speaker"], told["queue"], set(told)) == (
                one.person, [], {"speaker", "since", "seconds", "queue"},
            )  # fmt: skip
            assert [topic["id"] for topic in (await program.get(f"{address}/clock")).json()] == [room["topic"]]
            extended = await program.post(f"{address}/clock/{room['topic']}/extend", json={"minutes": 3})
            assert extended.json() == {"taken": {}}
            assert (await program.delete(f"{address}/floor")).status_code == 200
            await one.until(lambda: one.facts["turns"]["speaker"] is None)


async def test_who_is_in_at_a_sister_process_is_present_too(server: LiveServer) -> None:
    room = made(server, "invited")
    with LiveServer(server.folder, HUIYAO_WORKER="outside") as sister:
        async with joined(server, room, 0) as host, joined(sister, room, 1) as one:
            assert (await host.ask("start"))["ok"]
            await one.until(lambda: one.facts["meeting"]["stage"] == "in_session")
            there = {room["people"][n]["id"] for n in (0, 1)}
            for client in (host, one):
                await client.until(
                    lambda client=client: (  # type: ignore[misc]
                        {p["id"] for p in client.facts["people"] if p["attendance"] == "present"} == there
                    )
                )


async def test_everybody_who_joins_at_the_instant_of_the_start_is_present(server: LiveServer) -> None:
    room = made(server, "invited")
    async with joined(server, room, 0) as host:
        starting = asyncio.create_task(host.ask("start"))
        async with joined(server, room, 1) as one, joined(server, room, 2), joined(server, room, 3):
            assert (await starting)["ok"]
            await one.until(lambda: {p["attendance"] for p in one.facts["people"]} == {"present"})
