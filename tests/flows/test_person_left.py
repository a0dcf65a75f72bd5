# SPDX-License-Identifier: Apache-2.0
"""Somebody leaves the company while meetings are on: rooms hear of it, the floor is free, others take over."""

from datetime import UTC, datetime, timedelta

import pytest

from huiyao.features.people.events import PersonLeft
from huiyao.features.people.models import Person
from huiyao.features.sittings import commands
from huiyao.features.sittings.models import Room
from huiyao.features.sittings.reads.floor import find_floor
from huiyao.features.sittings.stores.facts import DatabaseFacts
from huiyao.flows.on_person_left import hand_over_meetings
from tests.builders.sittings import Held, an_invited_meeting

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)


@pytest.fixture
def running() -> Held:
    held = an_invited_meeting()
    commands.start(held.id, by=held.actor("host"), at=AT)
    return held


def leave(held: Held, who: str, successor: str = "") -> None:
    Person.objects.filter(pk=held.people[who].pk).update(is_active=False)
    after = held.actor(successor).id if successor else ""
    hand_over_meetings(PersonLeft(held.actor(who).id, after, by_id="", by_name=""), AT + timedelta(minutes=3))


def test_the_room_is_told_and_the_successor_has_the_role_in_it(running: Held) -> None:
    told = Room.objects.get(name=running.id).told
    leave(running, "recorder", successor="outside")
    assert Room.objects.get(name=running.id).told > told
    reading = DatabaseFacts().read(running.id, None, [running.actor("recorder").id, running.actor("outside").id])
    assert reading.shared["roles"]["recorder"] == running.actor("outside").id  # type: ignore[index]
    assert reading.rights[running.actor("recorder").id] is None
    assert "record" in reading.personal[running.actor("outside").id]["you"]["may"]  # type: ignore[index]


def test_who_left_neither_speaks_nor_waits(running: Held) -> None:
    commands.take_floor(running.id, running.actor("recorder").id, by=running.actor("recorder"), at=AT)
    commands.raise_hand(running.id, up=True, by=running.actor("seat"), at=AT)
    leave(running, "recorder")
    leave(running, "seat")
    assert find_floor(running.id).speaker == ""
    assert find_floor(running.id).queue == ()


def test_a_room_that_has_nothing_to_do_with_it_is_left_alone(running: Held) -> None:
    other = an_invited_meeting()
    commands.open_room(other.meeting)
    leave(running, "seat")
    leave(running, "seat")
    assert Room.objects.get(name=other.id).told == 0
