# SPDX-License-Identifier: Apache-2.0
"""Facts: replaying what was sent over any old state gives what a fresh reading gives."""

import random

from huiyao.room.memory import FactTable
from huiyao.room.registry import Registry
from tests.fakes.room_client import RoomClient

NAMES = ["meeting", "people", "topics_shown", "roles"]


def state(client: RoomClient) -> dict[str, object]:
    return {name: value for name, value in client.facts.items() if name not in ("now", "ready")}


async def test_replay_equals_a_fresh_reading(registry: Registry, facts: FactTable) -> None:
    chance = random.Random(7)
    facts.shared = dict.fromkeys(NAMES, 0)
    facts.personal = {"anna": {"you": 0}}
    anna = await (await RoomClient("anna").join(registry, "room")).ready()
    for turn in range(1, 200):
        name = chance.choice([*NAMES, "you"])
        if name == "you":
            facts.personal["anna"] = {"you": turn}
        else:
            facts.shared[name] = turn if chance.random() < 0.8 else facts.shared[name]
        registry.tell("room", chance.choice([[name], [], [name, "roles"]]))
        if chance.random() < 0.2:
            await anna.until(lambda: anna.facts["meeting"] == facts.shared["meeting"])
    fresh = await (await RoomClient("anna").join(registry, "room")).ready()
    wanted = {**facts.shared, **facts.personal["anna"], "online": ["anna"]}
    await anna.until(lambda: state(anna) == wanted)
    await fresh.until(lambda: state(fresh) == wanted)
    replayed: dict[str, object] = {"meeting": "something old"}
    for name, value in anna.fact_log:
        replayed[name] = value
    assert {name: replayed[name] for name in wanted} == wanted


async def test_equal_parts_are_not_sent_twice(registry: Registry, facts: FactTable) -> None:
    facts.shared = {"meeting": 1, "people": 1}
    anna = await (await RoomClient("anna").join(registry, "room")).ready()
    before = len(anna.fact_log)
    for _ in range(5):
        registry.tell("room", ["meeting"])
    facts.shared["people"] = 2
    registry.tell("room", ["people"])
    await anna.until(lambda: anna.facts["people"] == 2)
    assert [name for name, _ in anna.fact_log[before:] if name not in ("online", "now")] == ["people"]


async def test_a_personal_part_reaches_nobody_else(registry: Registry, facts: FactTable) -> None:
    facts.personal = {"host": {"shares": {"d1": 40}}}
    host = await (await RoomClient("host").join(registry, "room")).ready()
    other = await (await RoomClient("other").join(registry, "room")).ready()
    assert host.facts["shares"] == {"d1": 40}
    assert "shares" not in other.facts


async def test_who_is_there_is_told_once_for_all_who_come_at_once(registry: Registry) -> None:
    first = await (await RoomClient("p0").join(registry, "room")).ready()
    people = [await RoomClient(f"p{n}").join(registry, "room") for n in range(1, 30)]
    await first.until(lambda: len(first.facts.get("online", ())) == 30)
    assert len([name for name, _ in first.fact_log if name == "online"]) <= 3
    for person in people:
        await person.leave()
    await first.until(lambda: first.facts["online"] == ["p0"])
