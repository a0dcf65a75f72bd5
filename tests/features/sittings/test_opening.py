# SPDX-License-Identifier: Apache-2.0
"""What the opening card is told: who is new, what the recorder leads; and who is there once the meeting starts."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from huiyao.domain.agenda import Lead
from huiyao.domain.attendance import newcomers
from huiyao.domain.stage import Stage
from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings import commands
from huiyao.features.sittings.models import Attendance, Room
from huiyao.features.sittings.reads.newcomers import met_before
from huiyao.features.sittings.stores.facts import DatabaseFacts
from tests.builders.sittings import Held, a_meeting, an_invited_meeting

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)


@pytest.fixture
def held() -> Held:
    return an_invited_meeting()


def part(held: Held, name: str) -> Any:
    return DatabaseFacts().read(held.id, [name], []).shared[name]


def new(held: Held) -> set[str]:
    return {person["name"] for person in part(held, "people") if person["newcomer"]}


def was_at(held: Held, meeting: Meeting, *who: str, state: str = "present") -> None:
    for one in who:
        Attendance.objects.create(meeting=meeting, person=held.people[one], state=state, arrived_at=AT)


def continuing(held: Held, earlier: Meeting | None) -> None:
    Meeting.objects.filter(pk=held.meeting.pk).update(continues=earlier)


@pytest.mark.parametrize(
    ("known", "found"),
    [({"a"}, {"b", "c"}), (set(), set()), ({"a", "b", "c"}, set()), ({"d"}, set()), ({"a", "b", "d"}, {"c"})],
)
def test_nobody_is_new_where_everybody_would_be(known: set[str], found: set[str]) -> None:
    assert newcomers(["a", "b", "c"], known) == found


def test_at_the_first_meeting_of_all_nobody_is_new(held: Held) -> None:
    assert new(held) == set()


def test_without_a_chain_who_was_at_no_meeting_is_new(held: Held) -> None:
    was_at(held, a_meeting(), "host", "recorder")
    was_at(held, a_meeting(), "informed", state="absent")
    was_at(held, held.meeting, "seat")
    assert new(held) == {"杜衡", "叶知"}


def test_in_a_chain_who_was_at_none_of_its_meetings_is_new(held: Held) -> None:
    first = a_meeting()
    chain = first
    for _ in range(9):
        chain = a_meeting(continues=chain)
    continuing(held, chain)
    was_at(held, first, "host", state="left")
    was_at(held, chain, "recorder")
    was_at(held, a_meeting(), "seat", "informed")
    assert new(held) == {"杜衡", "叶知"}


def test_a_chain_that_bites_its_tail_ends(held: Held) -> None:
    one = a_meeting()
    two = a_meeting(continues=one)
    Meeting.objects.filter(pk=one.pk).update(continues=two)
    continuing(held, two)
    was_at(held, one, "host")
    held.meeting.refresh_from_db()
    assert met_before(held.meeting, [person.pk for person in held.people.values()]) == {held.actor("host").id}


def test_the_topics_the_recorder_leads_are_told(held: Held) -> None:
    assert part(held, "meeting")["recorder_leads"] == []
    held.topics[1].lead, held.topics[1].lead_role = held.people["recorder"], ""
    held.topics[1].save()
    assert part(held, "meeting")["recorder_leads"] == ["问题"]
    held.topics[2].lead_role = Lead.FACILITATOR
    held.topics[2].save()
    Meeting.objects.filter(pk=held.meeting.pk).update(recorder=held.people["host"], facilitator=held.people["host"])
    assert part(held, "meeting")["recorder_leads"] == ["开场", "收尾"]
    Meeting.objects.filter(pk=held.meeting.pk).update(recorder=None, host=None)
    assert part(held, "meeting")["recorder_leads"] == []


def test_the_plan_prepared_from_this_meeting_is_told_unless_cancelled(held: Held) -> None:
    assert part(held, "meeting")["next_meeting"] is None
    after = a_meeting(continues=held.meeting)
    assert part(held, "meeting")["next_meeting"] == str(after.pk)
    after.stage = Stage.CANCELLED
    after.save()
    assert part(held, "meeting")["next_meeting"] is None


def test_the_real_start_and_the_planned_one_are_both_kept(held: Held) -> None:
    commands.start(held.id, by=held.actor("host"), at=AT)
    meeting = part(held, "meeting")
    assert (meeting["starts_at"], meeting["started_at"]) == ("2026-11-24T02:00:00.000Z", "2026-11-24T02:05:00.000Z")


def reading(held: Held, names: list[str] | None, *who: str) -> None:
    """What the live room of some process does, with these persons in."""
    facts = DatabaseFacts(greet=lambda meeting, persons: commands.greet(meeting, persons, at=AT + timedelta(minutes=1)))
    facts.read(held.id, names, [str(held.people[one].pk) for one in who])


def test_whoever_is_in_when_the_meeting_starts_is_present(held: Held) -> None:
    commands.open_room(held.meeting)
    reading(held, None, "recorder", "seat")
    assert not Attendance.objects.exists()
    commands.start(held.id, by=held.actor("host"), at=AT)
    reading(held, None, "recorder", "seat", "informed", "outside", "host")
    arrived = {row.person.name: row.arrived_at for row in Attendance.objects.select_related("person")}
    assert arrived == {"沈青": AT, "罗素": AT + timedelta(minutes=1), "杜衡": AT + timedelta(minutes=1)}


def test_who_comes_in_at_that_instant_is_seen_on_joining(held: Held) -> None:
    commands.start(held.id, by=held.actor("host"), at=AT)
    reading(held, ["turns"], "seat")
    assert not Attendance.objects.filter(person=held.people["seat"]).exists()
    reading(held, ["you"], "seat")
    assert Attendance.objects.get(person=held.people["seat"]).state == "present"


def test_what_the_host_said_of_somebody_stands(held: Held, django_assert_max_num_queries: Any) -> None:
    commands.start(held.id, by=held.actor("host"), at=AT)
    for who, state in (("seat", "absent"), ("recorder", "left")):
        commands.attend(held.id, held.actor(who).id, state, by=held.actor("host"), at=AT)
    told = Room.objects.get(name=held.id).told
    held.meeting.refresh_from_db()
    persons = [held.actor(who).id for who in ("seat", "recorder")]
    with django_assert_max_num_queries(1):
        commands.greet(held.meeting, persons, at=AT)
    assert set(Attendance.objects.values_list("state", flat=True)) == {"present", "absent", "left"}
    assert Room.objects.get(name=held.id).told == told


def test_after_the_meeting_nobody_comes(held: Held) -> None:
    commands.start(held.id, by=held.actor("host"), at=AT)
    held.meeting.refresh_from_db()
    Meeting.objects.filter(pk=held.meeting.pk).update(stage=Stage.RECORDED)
    commands.greet(held.meeting, [held.actor("seat").id], at=AT)
    reading(held, None, "seat")
    assert not Attendance.objects.filter(person=held.people["seat"]).exists()
