# SPDX-License-Identifier: Apache-2.0
"""The way in from threads: through the live registry where one runs, by an engine of the moment where none does."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from huiyao.domain.actor import Actor
from huiyao.domain.record import Kind
from huiyao.domain.refusals import NotFound
from huiyao.room import door
from huiyao.room.edits import Add, SetText
from huiyao.room.hub import Hub
from huiyao.room.memory import Exchange, FactTable, MemoryLog
from huiyao.room.ports import LogTrouble
from huiyao.room.refusals import RoomBusy
from huiyao.room.registry import Registry
from tests.fakes.room_client import TOPIC, RoomClient

ANNA = Actor(id="anna", name="Anna")


@pytest.fixture(autouse=True)
def closed_door() -> Iterator[None]:
    yield
    door.open_to(None)
    door.without_server(lambda: pytest.fail("no engine was asked for"))


async def test_a_thread_writes_through_the_live_room_and_everybody_sees_it(registry: Registry) -> None:
    door.open_to(registry)
    bo = await (await RoomClient("bo").join(registry, "room")).ready()
    receipt = await asyncio.to_thread(door.submit, "room", ANNA, [Add(Kind.NOTE, TOPIC, "会😀")])
    await bo.until(lambda: receipt.ids[0] in bo.nodes.keys())
    again = await asyncio.to_thread(door.submit, "room", ANNA, [SetText(receipt.ids[0], "会😀议")])
    await bo.until(lambda: bo.text(receipt.ids[0]) == "会😀议")
    assert again.seq == receipt.seq + 1


async def test_text_is_replaced_around_what_another_types(registry: Registry) -> None:
    door.open_to(registry)
    bo = await (await RoomClient("bo").join(registry, "room")).ready()
    note = (await asyncio.to_thread(door.submit, "room", ANNA, [Add(Kind.NOTE, TOPIC, "一二三😀")])).ids[0]
    await bo.until(lambda: note in bo.nodes.keys())
    held: list[bytes] = []
    bo.filter = lambda frame: held.append(frame) or []  # type: ignore[func-returns-value]
    await asyncio.to_thread(door.submit, "room", ANNA, [SetText(note, "一二三四😀")])
    bo.type(note, "！")  # while the change is still on its way to bo
    bo.filter = lambda frame: [*held, frame]
    await bo.until(lambda: bo.text(note) == "一二三四😀！")


async def test_a_refusal_reaches_the_thread(registry: Registry, log: MemoryLog) -> None:
    door.open_to(registry)
    with pytest.raises(NotFound):
        await asyncio.to_thread(door.submit, "nowhere", ANNA, [])
    seq = log.heads(["room"])["room"].seq

    def fail(batches: object) -> None:
        raise LogTrouble("disk full")

    log.before_append = fail
    with pytest.raises(RoomBusy):
        await asyncio.to_thread(door.submit, "room", ANNA, [Add(Kind.NOTE, TOPIC, "x")])
    assert log.heads(["room"])["room"].seq == seq


def test_without_a_server_it_is_written_all_the_same(log: MemoryLog, facts: FactTable) -> None:
    facts.shared = {"topics": [{"id": TOPIC, "title": "开场"}]}
    door.without_server(lambda: Hub(log, facts, Exchange().relay(), lambda: datetime(2026, 11, 24, tzinfo=UTC)))
    receipt = door.submit("room", ANNA, [Add(Kind.NOTE, TOPIC, "一个人")])
    assert log.entries("room")[receipt.ids[0]].text == "一个人"
    door.tell("room", ["meeting"])


async def test_a_room_told_of_nothing_finds_out_from_the_table(
    registry: Registry, log: MemoryLog, facts: FactTable
) -> None:
    bo = await (await RoomClient("bo").join(registry, "room")).ready()
    hub = Hub(log, facts, Exchange().relay(), lambda: datetime(2026, 11, 24, tzinfo=UTC))
    elsewhere = Registry(hub)
    await elsewhere.start()
    receipt = await elsewhere.submit("room", ANNA, [Add(Kind.NOTE, TOPIC, "从命令行")])
    await elsewhere.stop()
    await bo.until(lambda: receipt.ids[0] in bo.nodes.keys())
