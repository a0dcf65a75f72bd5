# SPDX-License-Identifier: Apache-2.0
"""The room over a real websocket of the real server."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from huiyao.room.frames import SUBPROTOCOL, TOKEN_PREFIX
from tests.fakes.wire_client import WireClient
from tests.live import ROOT, LiveServer


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    with LiveServer(tmp_path_factory.mktemp("room-server"), HUIYAO_WORKER="outside") as running:
        yield running


@pytest.fixture
def room(server: LiveServer) -> dict[str, Any]:
    command = [sys.executable, "-m", "tests.fakes.rooms", "1", "4"]
    done = subprocess.run(command, env=server.environment, capture_output=True, text=True, check=True, cwd=ROOT)
    return json.loads(done.stdout)[0]


def address(server: LiveServer, room: dict[str, Any], path: str = "room") -> str:
    return f"ws://127.0.0.1:{server.port}/ws/{path}/{room['meeting']}"


@asynccontextmanager
async def joined(server: LiveServer, room: dict[str, Any], who: int, path: str = "room") -> AsyncIterator[WireClient]:
    person = room["people"][who]
    protocols = [SUBPROTOCOL, TOKEN_PREFIX + person["token"]]
    async with connect(address(server, room, path), subprotocols=protocols, compression=None) as ws:
        client = WireClient(ws, person["id"])
        reading = asyncio.create_task(client.read())
        await client.start()
        try:
            yield client
        finally:
            reading.cancel()
            await asyncio.gather(reading, return_exceptions=True)


async def code_of(ws: ClientConnection) -> int:
    try:
        while True:
            await asyncio.wait_for(ws.recv(), 5)
    except ConnectionClosed as closed:
        return closed.rcvd.code if closed.rcvd else 0


async def test_two_people_type_and_each_sees_the_other(server: LiveServer, room: dict[str, Any]) -> None:
    async with joined(server, room, 0) as anna, joined(server, room, 1) as bo:
        note = anna.add(room["topic"], "会😀议")
        await anna.saved()
        await bo.until(lambda: note in bo.nodes.keys())
        bo.type(note, "！")
        await bo.saved()
        await anna.until(lambda: anna.text(note) == "会😀议！")


async def test_who_has_nothing_asks_for_the_whole_document_in_the_address(
    server: LiveServer, room: dict[str, Any]
) -> None:
    async with joined(server, room, 0) as anna:
        note = anna.add(room["topic"], "已经写下的")
        await anna.saved()
    person = room["people"][1]
    protocols = [SUBPROTOCOL, TOKEN_PREFIX + person["token"]]
    async with connect(f"{address(server, room)}?whole=1", subprotocols=protocols, compression=None) as ws:
        silent = WireClient(ws, person["id"])
        reading = asyncio.create_task(silent.read())
        await silent.until(lambda: note in silent.nodes.keys())  # it never asked with a frame of its own
        reading.cancel()
        await asyncio.gather(reading, return_exceptions=True)
        assert silent.text(note) == "已经写下的"


async def test_the_state_of_the_room_comes_as_facts(server: LiveServer, room: dict[str, Any]) -> None:
    async with joined(server, room, 0) as anna:
        facts = anna.facts
        assert facts["you"]["person"] == room["people"][0]["id"]
        assert {"type", "host", "close"} <= set(facts["you"]["may"])
        assert facts["meeting"]["stage"] == "in_session"
        assert facts["topics"][0]["id"] == room["topic"]
        assert facts["topics"][0]["running_since"]
        assert len(facts["people"]) == 4
        assert room["topic"] in anna.nodes.keys()
        await anna.until(lambda: anna.facts.get("online") == [room["people"][0]["id"]])


async def test_a_command_answers_and_everybody_is_told(server: LiveServer, room: dict[str, Any]) -> None:
    async with joined(server, room, 0) as host, joined(server, room, 1) as other:
        absent = room["people"][2]["id"]
        assert await host.ask("attend", person=absent, state="absent") == {"id": 1, "ok": True, "value": None}
        await other.until(lambda: next(p for p in other.facts["people"] if p["id"] == absent)["attendance"] == "absent")
        refused = await other.ask("attend", person=absent, state="present")
        assert (refused["ok"], refused["code"]) == (False, "not_allowed")
        assert refused["text"]
        assert (await other.ask("dance"))["code"] == "unknown_command"


async def test_names_are_told_by_id_and_nothing_else_is(server: LiveServer, room: dict[str, Any]) -> None:
    async with joined(server, room, 1) as other:
        known = room["people"][2]["id"]
        told = await other.ask("names", ids=[known, "not-an-id", 7, "01a20000-0000-7000-8000-000000000000"])
        assert list(told["value"]) == [known]
        assert set(told["value"][known]) == {"name", "department"}
        assert (await other.ask("names", ids="all"))["code"] == "bad_value"


async def test_closing_waits_for_the_gate_then_freezes_and_can_be_taken_back(
    server: LiveServer, room: dict[str, Any]
) -> None:
    async with joined(server, room, 0) as host, joined(server, room, 1) as other:
        action = host.add(room["topic"], "整理清单", k="action", dep="", own=room["people"][1]["id"])
        await host.saved()
        refused = await host.ask("close", next_when="", next_focus="")
        assert refused["code"] == "record_incomplete"
        assert {gap["what"] for gap in refused["facts"]["gaps"]} == {"owner", "due", "support"}
        department = next(p for p in host.facts["people"] if p["id"] == room["people"][1]["id"])["department"]
        host.set(action, dep=department, due="2026-12-01", sup="none")
        await host.saved()
        assert (await other.ask("accept", entry=action))["ok"]
        await host.until(lambda: host.facts["acceptances"].get(action, {}).get("state") == "accepted")
        assert (await host.ask("close", next_when="下周二", next_focus="跟进"))["ok"]
        await other.until(lambda: other.facts["meeting"]["stage"] == "recorded")
        late = other.type(action, "，晚了")
        await other.saved()
        assert other.refused == {late: "frozen"}
        offers = (await host.ask("late_edits"))["value"]
        assert [entry["text"] for entry in offers[0]["entries"]] == ["整理清单，晚了"]
        assert (await host.ask("reopen", reason="漏了一项"))["ok"]
        await host.until(lambda: host.facts["meeting"]["stage"] == "in_session")
        host.add(room["topic"], "补记")
        await host.saved()
        assert host.refused == {}


async def test_a_kind_changes_by_command_only(server: LiveServer, room: dict[str, Any]) -> None:
    async with joined(server, room, 0) as host:
        note = host.add(room["topic"], "由谁来做")
        await host.saved()
        assert (await host.ask("convert", entry=note, kind="action"))["ok"]
        await host.until(lambda: host.nodes[note]["k"] == "action")
        assert (await host.ask("convert", entry=note, kind="topic"))["code"] == "bad_value"


@pytest.mark.parametrize("path", ["/ws/room/nowhere", "/ws/room/01a20414-7ae7-7087-bb24-bd6d3cc24312", "/ws/other"])
async def test_no_such_room_is_a_permanent_refusal(server: LiveServer, room: dict[str, Any], path: str) -> None:
    token = TOKEN_PREFIX + room["people"][0]["token"]
    async with connect(f"ws://127.0.0.1:{server.port}{path}", subprotocols=[SUBPROTOCOL, token]) as ws:
        assert await code_of(ws) == 4404


async def test_who_is_not_signed_in_or_comes_from_a_foreign_page_stays_out(
    server: LiveServer, room: dict[str, Any]
) -> None:
    where = address(server, room)
    own, foreign = f"http://127.0.0.1:{server.port}", "https://elsewhere.example"
    for origin, cookie, code in ((own, "", 4401), (own, "huiyao_session=made-up", 4401), (foreign, "", 4403)):
        async with connect(where, origin=origin, additional_headers={"Cookie": cookie}) as ws:
            assert await code_of(ws) == code
    async with connect(where, subprotocols=[SUBPROTOCOL, TOKEN_PREFIX + "made-up"]) as ws:
        assert await code_of(ws) == 4401


async def test_private_notes_are_the_recorders_alone(server: LiveServer, room: dict[str, Any]) -> None:
    async with joined(server, room, 3, path="notes") as recorder:
        note = recorder.add("", "只给自己看", s="private")
        await recorder.saved()
        assert recorder.refused == {}
        assert note in recorder.nodes.keys()
    token = TOKEN_PREFIX + room["people"][0]["token"]
    async with connect(address(server, room, "notes"), subprotocols=[SUBPROTOCOL, token]) as ws:
        assert await code_of(ws) == 4403


async def test_a_text_frame_is_refused(server: LiveServer, room: dict[str, Any]) -> None:
    token = TOKEN_PREFIX + room["people"][0]["token"]
    async with connect(address(server, room), subprotocols=[SUBPROTOCOL, token]) as ws:
        await ws.send("hello")
        assert await code_of(ws) == 4400


async def test_a_stopping_server_says_come_back(tmp_path: Path) -> None:
    with LiveServer(tmp_path, HUIYAO_WORKER="outside") as server:
        command = [sys.executable, "-m", "tests.fakes.rooms", "1", "2"]
        made = subprocess.run(command, env=server.environment, capture_output=True, text=True, check=True, cwd=ROOT)
        room = json.loads(made.stdout)[0]
        token = TOKEN_PREFIX + room["people"][0]["token"]
        async with connect(address(server, room), subprotocols=[SUBPROTOCOL, token]) as ws:
            await ws.recv()
            assert server.process is not None
            server.process.terminate()
            assert await code_of(ws) == 1012


async def test_who_has_the_room_open_at_the_start_is_present(server: LiveServer) -> None:
    command = [sys.executable, "-m", "tests.fakes.rooms", "1", "3", "invited"]
    done = subprocess.run(command, env=server.environment, capture_output=True, text=True, check=True, cwd=ROOT)
    room = json.loads(done.stdout)[0]
    async with joined(server, room, 0) as host, joined(server, room, 1) as early:
        assert "type" not in early.facts["you"]["may"]
        assert (await host.ask("start"))["ok"]
        await early.until(lambda: "type" in early.facts["you"]["may"])
        wanted = {
            room["people"][0]["id"]: "present",
            room["people"][1]["id"]: "present",
            room["people"][2]["id"]: "expected",
        }
        await early.until(lambda: {p["id"]: p["attendance"] for p in early.facts["people"]} == wanted)
