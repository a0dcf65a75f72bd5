# SPDX-License-Identifier: Apache-2.0
"""Turns in a running meeting: who may take, give and wait; what everybody and what only the host is told."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotAllowed, NotFound, Refusal, WrongStage
from huiyao.domain.turns import Step
from huiyao.features.organisation.commands.policy import set_policy
from huiyao.features.sittings import commands
from huiyao.features.sittings.models import Attendance, Hand, Room, Turn
from huiyao.features.sittings.stores.facts import DatabaseFacts
from huiyao.plumbing.models import AuditRow
from tests.builders.sittings import Held, an_invited_meeting

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
GIVING, READING = 13, 11
"""Most queries for giving the floor, everything included, and for reading again what it changed, for all who are in."""


@pytest.fixture
def held() -> Held:
    return an_invited_meeting()


@pytest.fixture
def running(held: Held) -> Held:
    commands.start(held.id, by=held.actor("host"), at=AT)
    return held


def later(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def turns(held: Held) -> dict[str, Any]:
    return DatabaseFacts().read(held.id, ["turns"], []).shared["turns"]  # type: ignore[return-value]


def shares(held: Held, who: str) -> Any:
    person = held.actor(who).id
    return DatabaseFacts().read(held.id, ["shares"], [person]).personal[person]["shares"]


def take(held: Held, who: str, minute: float, *, by: str = "") -> Step:
    return commands.take_floor(held.id, held.actor(who).id, by=held.actor(by or who), at=later(minute))


def test_a_free_floor_is_taken_and_yielded(running: Held) -> None:
    seat = running.actor("seat").id
    assert take(running, "seat", 0) is Step.SPEAKS
    assert turns(running) == {
        "speaker": seat,
        "since": "2026-11-24T02:05:00.000Z",
        "topic": str(running.topics[0].pk),
        "seconds": 180,
        "queue": [],
        "spoken": [seat],
    }
    commands.yield_floor(running.id, by=running.actor("seat"), at=later(2))
    commands.yield_floor(running.id, by=running.actor("host"), at=later(3))
    assert (turns(running)["speaker"], turns(running)["since"], turns(running)["topic"]) == (None, None, None)
    assert Turn.objects.get().ended_at == later(2)


def test_who_comes_while_another_speaks_waits_and_is_called_by_the_host(running: Held) -> None:
    take(running, "recorder", 0)
    assert take(running, "seat", 1) is Step.WAITS
    assert take(running, "seat", 1.5) is Step.STAYS
    waiting = {"person": running.actor("seat").id, "at": "2026-11-24T02:06:00.000Z"}
    assert turns(running)["queue"] == [waiting]
    assert take(running, "seat", 2, by="host") is Step.SPEAKS
    assert (turns(running)["speaker"], turns(running)["queue"]) == (running.actor("seat").id, [])
    assert turns(running)["spoken"] == [running.actor("recorder").id, running.actor("seat").id]


def test_nobody_passes_who_has_waited_longer(running: Held) -> None:
    walked_in = running.actor("outside")
    commands.walk_in(running.id, by=running.actor("host"), at=AT, person_id=walked_in.id)
    commands.raise_hand(running.id, up=True, by=running.actor("seat"), at=later(1))
    assert take(running, "outside", 2) is Step.WAITS
    assert take(running, "seat", 3) is Step.SPEAKS
    assert [hand["person"] for hand in turns(running)["queue"]] == [walked_in.id]


def test_a_hand_goes_up_and_down_once(running: Held) -> None:
    seat, host = running.actor("seat"), running.actor("host")
    for minute in (1, 2):
        commands.raise_hand(running.id, up=True, by=seat, at=later(minute))
    assert Hand.objects.get().raised_at == later(1)
    commands.raise_hand(running.id, up=False, by=host, at=later(3), person_id=seat.id)
    commands.raise_hand(running.id, up=False, by=seat, at=later(3))
    assert not Hand.objects.exists()
    commands.raise_hand(running.id, up=True, by=host, at=later(4), person_id=seat.id)
    assert Hand.objects.get().person_id == running.people["seat"].pk


def test_the_speaker_does_not_wait(running: Held) -> None:
    take(running, "seat", 0)
    commands.raise_hand(running.id, up=True, by=running.actor("seat"), at=later(1))
    assert turns(running)["queue"] == []


def acts(held: Held, by: Actor) -> list[Any]:
    host = held.actor("host").id
    return [
        lambda: commands.take_floor(held.id, host, by=by, at=later(5)),
        lambda: commands.raise_hand(held.id, up=True, by=by, at=later(5), person_id=host),
        lambda: commands.raise_hand(held.id, up=False, by=by, at=later(5), person_id=held.actor("seat").id),
        lambda: commands.yield_floor(held.id, by=by, at=later(5)),
    ]


@pytest.mark.parametrize(("who", "refusal"), [("outside", NotFound), ("informed", NotAllowed), ("other", NotAllowed)])
def test_nobody_gives_the_floor_or_lowers_a_hand_without_the_right(
    running: Held, who: str, refusal: type[Refusal]
) -> None:
    if who == "other":
        commands.walk_in(running.id, by=running.actor("host"), at=AT, person_id=running.actor("outside").id)
        who = "outside"
    take(running, "recorder", 0)
    commands.raise_hand(running.id, up=True, by=running.actor("seat"), at=later(1))
    before, told = turns(running), Room.objects.get(name=running.id).told
    for act in acts(running, running.actor(who)):
        with pytest.raises(refusal):
            act()
    assert (turns(running), Room.objects.get(name=running.id).told) == (before, told)


def test_who_only_reads_neither_speaks_nor_waits_unless_called(running: Held) -> None:
    informed = running.actor("informed")
    with pytest.raises(NotAllowed):
        commands.take_floor(running.id, informed.id, by=informed, at=AT)
    with pytest.raises(NotAllowed):
        commands.raise_hand(running.id, up=True, by=informed, at=AT)
    assert take(running, "informed", 1, by="host") is Step.SPEAKS


@pytest.mark.parametrize("person", ["", "nobody", "01a20000-0000-7000-8000-000000000000"])
def test_the_floor_goes_to_somebody_of_the_meeting(running: Held, person: str) -> None:
    for stranger in (person, running.actor("outside").id):
        with pytest.raises(NotFound):
            commands.take_floor(running.id, stranger, by=running.actor("host"), at=AT)
    assert not Turn.objects.exists()


def test_there_are_no_turns_before_the_start_or_after_the_end(held: Held) -> None:
    with pytest.raises(WrongStage):
        take(held, "host", 0)
    commands.start(held.id, by=held.actor("host"), at=AT)
    take(held, "host", 0)
    commands.raise_hand(held.id, up=True, by=held.actor("seat"), at=AT)
    held.meeting.refresh_from_db()
    held.meeting.stage = "recorded"
    held.meeting.save()
    with pytest.raises(WrongStage):
        commands.yield_floor(held.id, by=held.actor("host"), at=AT)


def test_a_turn_ends_with_its_topic_and_hands_stay_up(running: Held) -> None:
    take(running, "recorder", 0)
    take(running, "seat", 1)
    commands.go_to_topic(running.id, str(running.topics[1].pk), by=running.actor("host"), at=later(2))
    assert turns(running)["speaker"] is None
    assert len(turns(running)["queue"]) == 1
    assert Turn.objects.get().ended_at == later(2)


def test_a_turn_goes_on_when_another_topic_is_left_out_or_moved(running: Held) -> None:
    take(running, "seat", 0)
    topics, host = [str(topic.pk) for topic in running.topics], running.actor("host")
    commands.skip_topic(running.id, topics[1], by=host, at=later(1))
    commands.move_topic(running.id, topics[2], None, by=host, at=later(1))
    assert turns(running)["speaker"] == running.actor("seat").id
    commands.skip_topic(running.id, topics[0], by=host, at=later(2))
    assert turns(running)["speaker"] is None


@pytest.mark.parametrize("state", ["left", "absent"])
def test_who_is_gone_neither_speaks_nor_waits(running: Held, state: str) -> None:
    take(running, "seat", 0)
    take(running, "recorder", 1)
    for who in ("seat", "recorder"):
        commands.attend(running.id, running.actor(who).id, state, by=running.actor("host"), at=later(2))
    assert (turns(running)["speaker"], turns(running)["queue"]) == (None, [])


def test_who_speaks_is_there_unless_something_else_was_said(running: Held) -> None:
    take(running, "seat", 3, by="host")
    assert Attendance.objects.get(person=running.people["seat"]).arrived_at == later(3)
    commands.attend(running.id, running.actor("recorder").id, "left", by=running.actor("host"), at=later(4))
    take(running, "recorder", 5, by="host")
    assert Attendance.objects.get(person=running.people["recorder"]).state == "left"


def test_shares_are_by_department_and_the_hosts_alone(running: Held) -> None:
    take(running, "seat", 0)
    take(running, "host", 2, by="host")
    commands.yield_floor(running.id, by=running.actor("host"), at=later(2.5))
    commands.attend(running.id, running.actor("recorder").id, "present", by=running.actor("host"), at=later(3))
    seat, host, recorder = (str(running.people[who].department_id) for who in ("seat", "host", "recorder"))
    assert shares(running, "host") == {
        "total": 150,
        "departments": [{"department": seat, "seconds": 120}, {"department": host, "seconds": 30}],
        "quiet": [recorder],
    }
    for who in ("recorder", "seat", "informed"):
        assert shares(running, who) is None


def test_who_takes_over_as_host_sees_the_shares_and_who_hands_over_no_longer(running: Held) -> None:
    take(running, "seat", 0)
    commands.change_role(running.id, "host", running.actor("seat").id, by=running.actor("host"), at=later(1))
    assert shares(running, "seat")["departments"] == []
    assert shares(running, "host") is None


def test_no_turn_leaves_a_trace_and_all_are_forgotten(running: Held) -> None:
    before = AuditRow.objects.count()
    take(running, "seat", 0)
    take(running, "recorder", 1)
    take(running, "recorder", 2, by="host")
    commands.yield_floor(running.id, by=running.actor("recorder"), at=later(3))
    assert AuditRow.objects.count() == before
    assert commands.forget_turns(running.id) == 2
    assert commands.forget_turns(running.id) == 0
    assert turns(running)["spoken"] == []
    assert shares(running, "host")["total"] == 0


def test_the_limit_is_the_policys(running: Held) -> None:
    set_policy({"turn_minutes": "5"}, version=0, by=running.actor("host"), at=AT)
    assert turns(running)["seconds"] == 300
    meeting = DatabaseFacts().read(running.id, ["meeting"], []).shared["meeting"]
    assert meeting["turn_minutes"] == 5  # type: ignore[index]


def test_giving_the_floor_costs_few_queries_and_tells_only_what_changed(
    running: Held, django_assert_max_num_queries: Any
) -> None:
    people = [running.actor(who).id for who in ("host", "recorder", "seat", "informed")]
    commands.attend(running.id, people[2], "present", by=running.actor("host"), at=AT)
    host = running.actor("host")
    with django_assert_max_num_queries(GIVING):
        commands.take_floor(running.id, people[2], by=host, at=later(1))
    with django_assert_max_num_queries(READING):
        reading = DatabaseFacts().read(running.id, ["turns", "shares"], people)
    assert set(reading.shared) == {"turns"}
