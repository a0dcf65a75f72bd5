# SPDX-License-Identifier: Apache-2.0
"""An unmodified Yjs with an unmodified y-websocket, from npm, in one room with our own client."""

import asyncio
import json
import shutil
from typing import Any

import pytest
from pycrdt import Map, Text

from tests.live import ROOT, LiveServer
from tests.web.during.test_socket import joined, room, server

__all__ = ["room", "server"]
FRONTEND = ROOT / "frontend"
PERSON = ROOT / "tests" / "web" / "during" / "yjs_person.mjs"


@pytest.fixture
def node() -> str:
    found = shutil.which("node")
    if found is None or not (FRONTEND / "node_modules" / "y-websocket").is_dir():
        pytest.skip("Node and frontend/node_modules are not installed (apt-get install nodejs; npm ci in frontend)")
    return found


async def test_yjs_joins_types_undoes_and_leaves_cleanly(node: str, server: LiveServer, room: dict[str, Any]) -> None:
    async with joined(server, room, 0) as ours:
        person = room["people"][1]
        arguments = [
            str(FRONTEND),
            f"ws://127.0.0.1:{server.port}",
            room["meeting"],
            person["token"],
            person["id"],
            room["topic"],
        ]
        running = await asyncio.create_subprocess_exec(
            node, str(PERSON), *arguments, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
        )
        await ours.until(lambda: "yjs-entry-0001" in ours.nodes.keys() and ours.text("yjs-entry-0001") == "会😀议记录")
        await ours.until(lambda: len(ours.facts["online"]) == 2)
        values = {"k": "note", "p": room["topic"], "o": "a1", "s": "", "by": ours.person, "at": ""}
        ours.nodes["answer-000001"] = Map({**values, "t": Text("看到了😀")})
        ours.type("answer-000001", "。")
        await ours.saved()
        out, err = await asyncio.wait_for(running.communicate(), 20)
        assert running.returncode == 0
        assert err == b""
        held = json.loads(out)
        assert held["own"] == "会😀议记录"
        assert held["json"] == ours.nodes.to_py()
        assert held["json"]["answer-000001"]["t"] == "看到了😀。"
        await ours.until(lambda: len(ours.facts["online"]) == 1)
