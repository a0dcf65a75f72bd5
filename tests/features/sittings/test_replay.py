# SPDX-License-Identifier: Apache-2.0
"""Whatever is done to a meeting, the parts that were told are enough: put over an old state they give a fresh reading."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from huiyao.domain.refusals import Refusal
from huiyao.features.sittings import commands
from huiyao.features.sittings.stores.facts import DatabaseFacts
from huiyao.room import door
from tests.builders.sittings import Held, an_invited_meeting

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
WHO = ("host", "recorder", "seat", "informed", "outside")


@dataclass
class Listening:
    """Stands where the live rooms of this process would, and notes which parts it is told of."""

    told: list[tuple[str, ...]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.hub = SimpleNamespace(loop=SimpleNamespace(call_soon_threadsafe=lambda act, *values: act(*values)))

    def tell(self, room: str, names: tuple[str, ...]) -> None:
        """Note what is to be read again."""
        self.told.append(names)


@pytest.fixture
def listening() -> Iterator[Listening]:
    found = Listening()
    door.open_to(found)  # type: ignore[arg-type]
    yield found
    door.open_to(None)


def read(held: Held, names: tuple[str, ...] | None) -> dict[Any, Any]:
    """The parts a browser of each person would keep."""
    persons = [str(held.people[who].pk) for who in WHO]
    reading = DatabaseFacts().read(held.id, names, persons)
    own = {(person, name): value for person, parts in reading.personal.items() for name, value in parts.items()}
    return {**reading.shared, **own}


def acts(held: Held, chance: random.Random, at: datetime) -> list[Callable[[], object]]:
    by, other = (held.actor(chance.choice(WHO)) for _ in range(2))
    topic, behind = (str(chance.choice(held.topics).pk) for _ in range(2))
    return [
        lambda: commands.take_floor(held.id, other.id, by=by, at=at),
        lambda: commands.take_floor(held.id, by.id, by=by, at=at),
        lambda: commands.yield_floor(held.id, by=by, at=at),
        lambda: commands.raise_hand(held.id, up=chance.random() < 0.7, by=by, at=at),
        lambda: commands.go_to_topic(held.id, topic, by=by, at=at),
        lambda: commands.skip_topic(held.id, topic, by=by, at=at),
        lambda: commands.move_topic(held.id, topic, chance.choice([None, behind]), by=by, at=at),
        lambda: commands.extend(held.id, topic, chance.choice([-5, 5, 10]), by=by, at=at),
        lambda: commands.attend(held.id, other.id, chance.choice(["present", "left", "absent"]), by=by, at=at),
        lambda: commands.walk_in(held.id, by=by, at=at, person_id=other.id),
        lambda: commands.change_role(held.id, chance.choice(["host", "recorder"]), other.id, by=by, at=at),
        lambda: commands.greet(held.meeting, [other.id], at=at),
        lambda: commands.forget_turns(held.id) if chance.random() < 0.1 else None,
    ]


@pytest.mark.parametrize("seed", range(6))
def test_the_parts_told_make_an_old_state_a_fresh_one(
    listening: Listening, seed: int, django_capture_on_commit_callbacks: Any
) -> None:
    chance, held, done = random.Random(seed), an_invited_meeting(), 0
    state = read(held, None)
    with django_capture_on_commit_callbacks(execute=True):
        commands.start(held.id, by=held.actor("host"), at=AT)
    for step in range(70):
        act = chance.choice(acts(held, chance, AT + timedelta(seconds=17 * step)))
        with django_capture_on_commit_callbacks(execute=True):
            try:
                act()
                done += 1
            except Refusal:
                pass
        for names in listening.told:
            state |= read(held, names or None)
        listening.told.clear()
        assert state == read(held, None), step
    assert done > 15
