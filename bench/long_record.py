# SPDX-License-Identifier: Apache-2.0
"""The record of a long meeting, written as people write: a few letters at a time, by several, with corrections.

``python -m bench.long_record PEOPLE`` makes the meeting in the database of the environment and prints it as JSON;
``write`` then types its record into a running server through the wire.
"""

import asyncio
import json
import random
import sys
from datetime import UTC, datetime, timedelta
from typing import Any

import django
from django.core.management import call_command
from websockets.asyncio.client import connect

from huiyao.room.frames import SUBPROTOCOL, TOKEN_PREFIX
from tests.fakes.wire_client import WireClient

TOPICS = ("上次的行动", "各部门进展", "现场试运行的问题", "备件与包装", "培训安排", "收尾")
WORDS = (  # noqa: SIM905 read more easily than forty literals
    "现场 部门 下周 试用 接口 样机 交期 备件 包装 说明 版本 数据 客户 反馈 确认 计划 采购 培训 安装 记录 "
    "提前 两天 需要 支持 周五 之前 由 负责 与 核对 清单 更新 页面 价格 库存 运输 检查 签字 仍 没有 结果"
).split()
KINDS = ("note", "note", "problem", "solution", "decision", "action", "note", "problem", "note", "action")


def main(people: str) -> None:
    """Print {"meeting", "topics", "people": [{"id", "token", "cookie"}]}; everybody may type."""
    django.setup(set_prefix=False)
    call_command("migrate", verbosity=0, interactive=False)
    from huiyao.domain.agenda import TopicKind
    from huiyao.features.agenda.models import Topic
    from huiyao.features.people.models import Person
    from huiyao.features.people.reads import actor_of
    from huiyao.features.sittings.commands import start
    from tests.builders.sittings import a_running_meeting

    at = datetime.now(UTC)
    room: dict[str, Any] = a_running_meeting(int(people), at, started=False)
    topics = [room["topic"]]
    for position, title in enumerate(TOPICS[1:], 1):
        made = Topic.objects.create(
            meeting_id=room["meeting"], title=title, kind=TopicKind.PROGRESS, minutes=15, position=position
        )
        topics.append(str(made.pk))
    rows = [Person.objects.get(pk=one["id"]) for one in room["people"]]
    start(room["meeting"], by=actor_of(rows[0]), at=at)
    told = [{**one, "cookie": _cookie(row)} for one, row in zip(room["people"], rows, strict=True)]
    departments = [str(row.department_id) for row in rows]
    print(json.dumps({**room, "topics": topics, "people": told, "departments": departments}))


def _cookie(person: Any) -> str:
    """The session of somebody who has just signed in."""
    from importlib import import_module

    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


async def write(port: int, room: dict[str, Any], entries: int, characters: int) -> None:
    """Everybody types a share of the entries, then corrects some of somebody else's."""
    chance = random.Random(7)
    shares = [range(rank, entries, len(room["people"])) for rank in range(len(room["people"]))]
    await asyncio.gather(
        *(
            _type(port, room, rank, share, characters / entries, random.Random(chance.random()))
            for rank, share in enumerate(shares)
        )
    )


async def _type(port: int, room: dict[str, Any], rank: int, share: range, length: float, chance: random.Random) -> None:
    person = room["people"][rank]
    address = f"ws://127.0.0.1:{port}/ws/room/{room['meeting']}"
    async with connect(
        address, subprotocols=[SUBPROTOCOL, TOKEN_PREFIX + person["token"]], compression=None, max_size=None
    ) as ws:
        client = WireClient(ws, person["id"])
        reading = asyncio.create_task(client.read())
        await client.start()
        above: dict[str, str] = {}
        for number in share:
            await _entry(client, room, number, length, above, chance)
        await client.saved()
        for node in chance.sample(sorted(client.nodes.keys()), 6):
            if client.nodes[node]["k"] != "topic":
                with client.doc.transaction():
                    del client.nodes[node]["t"][0:3]
                client.nodes[node]["t"].insert(0, "更正")
        await client.saved()
        reading.cancel()


async def _entry(
    client: WireClient, room: dict[str, Any], number: int, length: float, above: dict[str, str], chance: random.Random
) -> None:
    kind = KINDS[number % len(KINDS)]
    topic = room["topics"][number * len(room["topics"]) // 300 % len(room["topics"])]
    hangs = kind in ("solution", "decision", "action") and above.get("topic") == topic
    parent = above.get("problem", topic) if hangs else topic
    at = (datetime.now(UTC) + timedelta(seconds=number)).isoformat(timespec="seconds").replace("+00:00", "Z")
    node = client.add(parent, k=kind, o=f"a{number:04}V.{client.person[-4:]}", at=at)
    if kind == "problem":
        above.update(problem=node, topic=topic)
    wanted = max(4, round(chance.gauss(length, length / 3)))
    text = "".join(chance.choices(WORDS, k=wanted))[:wanted]
    while text:
        step = chance.randint(2, 6)
        client.type(node, text[:step])
        text = text[step:]
        await asyncio.sleep(0)
    if kind == "action":
        due = (datetime.now(UTC) + timedelta(days=10)).date().isoformat()
        owner = chance.randrange(len(room["people"]))
        client.set(node, dep=room["departments"][owner], own=room["people"][owner]["id"], due=due, sup="none")
    await client.saved()


if __name__ == "__main__":
    main(*sys.argv[1:])
