# SPDX-License-Identifier: Apache-2.0
"""A meeting being led: start, topics, minutes, who is there, roles, acceptances, and the facts told of it."""

from datetime import UTC, datetime, timedelta

import pytest

from huiyao.domain.record import Entry, Kind
from huiyao.domain.refusals import BadValue, NotAllowed, NotFound, WrongStage
from huiyao.domain.stage import Stage
from huiyao.features.meetings.models import Meeting
from huiyao.features.people.models import Person
from huiyao.features.sittings import commands
from huiyao.features.sittings.models import Attendance, Room, TopicTime
from huiyao.features.sittings.reads import find_acceptances, find_attendance, find_spans
from huiyao.features.sittings.reads.entries import node_of
from huiyao.features.sittings.stores.facts import DatabaseFacts
from huiyao.plumbing.models import AuditRow, Event
from tests.builders.sittings import Held, an_invited_meeting

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)


@pytest.fixture
def held() -> Held:
    return an_invited_meeting()


@pytest.fixture
def running(held: Held) -> Held:
    commands.start(held.id, by=held.actor("host"), at=AT)
    return held


def fact(held: Held, name: str) -> object:
    return DatabaseFacts().read(held.id, [name], []).shared[name]


def topic_fact(held: Held, place: int) -> dict[str, object]:
    return fact(held, "topics")[place]  # type: ignore[index]


def test_starting_keeps_the_real_start_and_runs_the_first_topic(running: Held) -> None:
    meeting = Meeting.objects.get()
    assert (meeting.stage, meeting.started_at) == (Stage.IN_SESSION, AT)
    assert [(span.topic_id, span.ended_at) for span in find_spans(running.id)] == [(running.topics[0].pk, None)]
    assert [row.person.name for row in find_attendance(running.id)] == ["沈青"]
    assert Event.objects.get(name="MeetingStarted").data["by"] == running.actor("host").id
    assert Room.objects.get(name=running.id).told == 1


def test_only_the_host_starts_and_only_once(held: Held) -> None:
    for who, refusal in (("seat", NotAllowed), ("recorder", NotAllowed), ("outside", NotFound)):
        with pytest.raises(refusal):
            commands.start(held.id, by=held.actor(who), at=AT)
    commands.start(held.id, by=held.actor("host"), at=AT)
    with pytest.raises(WrongStage):
        commands.start(held.id, by=held.actor("host"), at=AT)
    assert len(find_spans(held.id)) == 1


def test_skipping_a_topic_is_traced_until_it_is_visited(running: Held) -> None:
    topics = [str(topic.pk) for topic in running.topics]
    commands.go_to_topic(running.id, topics[2], by=running.actor("host"), at=AT + timedelta(minutes=4))
    assert topic_fact(running, 1)["skipped"] is True
    assert (topic_fact(running, 0)["spent_seconds"], topic_fact(running, 0)["running_since"]) == (240, None)
    assert AuditRow.objects.get(act="topic.run").facts["skipped"] == ["问题"]
    commands.go_to_topic(running.id, topics[1], by=running.actor("host"), at=AT + timedelta(minutes=5))
    assert topic_fact(running, 1)["skipped"] is False
    assert topic_fact(running, 1)["running_since"] == "2026-11-24T02:10:00.000Z"


def test_more_minutes_come_from_the_topics_still_to_come(running: Held) -> None:
    commands.extend(running.id, str(running.topics[0].pk), 6, by=running.actor("host"), at=AT)
    assert [topic_fact(running, place)["extra_minutes"] for place in range(3)] == [6, -4, -2]


@pytest.mark.parametrize("minutes", [0, 1.5, 500, "5", None])
def test_minutes_that_make_no_sense_change_nothing(running: Held, minutes: object) -> None:
    with pytest.raises(BadValue):
        commands.extend(running.id, str(running.topics[0].pk), minutes, by=running.actor("host"), at=AT)
    assert not TopicTime.objects.exists()


def test_opening_the_room_makes_one_present_unless_said_otherwise(running: Held) -> None:
    meeting = Meeting.objects.get()
    commands.mark_present(meeting, by=running.actor("seat"), at=AT)
    commands.mark_present(meeting, by=running.actor("informed"), at=AT)
    commands.mark_present(meeting, by=running.actor("outside"), at=AT)
    commands.attend(running.id, running.actor("recorder").id, "absent", by=running.actor("host"), at=AT)
    commands.mark_present(meeting, by=running.actor("recorder"), at=AT)
    states = {row.person.name: row.state for row in Attendance.objects.select_related("person")}
    assert states == {"沈青": "present", "杜衡": "present", "罗素": "absent"}


def test_who_walks_in_is_there_and_may_type(running: Held) -> None:
    known = running.people["outside"]
    commands.walk_in(running.id, by=running.actor("recorder"), at=AT, person_id=str(known.pk))
    stranger = commands.walk_in(running.id, by=running.actor("recorder"), at=AT, name=" 客户 代表 ")
    people = {row["id"]: row for row in fact(running, "people")}  # type: ignore[attr-defined]
    assert (people[str(known.pk)]["seat"], people[str(known.pk)]["attendance"]) == ("walk_in", "present")
    assert people[stranger]["name"] == "客户 代表"
    assert Person.objects.get(pk=stranger).guest
    rights = DatabaseFacts().read(running.id, ["you"], [str(known.pk)])
    assert rights.rights[str(known.pk)].types  # type: ignore[union-attr]


def test_attendance_is_taken_by_host_or_recorder_of_those_concerned(running: Held) -> None:
    seat, outside = running.actor("seat"), running.actor("outside")
    with pytest.raises(NotAllowed):
        commands.attend(running.id, seat.id, "present", by=seat, at=AT)
    with pytest.raises(NotFound):
        commands.attend(running.id, outside.id, "present", by=running.actor("host"), at=AT)
    with pytest.raises(BadValue):
        commands.attend(running.id, seat.id, "asleep", by=running.actor("host"), at=AT)
    assert Attendance.objects.count() == 1


def test_the_recorder_may_change_in_the_middle(running: Held) -> None:
    seat = running.actor("seat")
    commands.change_role(running.id, "recorder", seat.id, by=running.actor("host"), at=AT)
    reading = DatabaseFacts().read(running.id, None, [seat.id, running.actor("recorder").id])
    assert reading.shared["roles"]["recorder"] == seat.id  # type: ignore[index]
    assert "record" in reading.personal[seat.id]["you"]["may"]  # type: ignore[index]
    assert reading.rights[running.actor("recorder").id] is None
    with pytest.raises(NotAllowed):
        commands.change_role(running.id, "host", seat.id, by=seat, at=AT)


def test_only_the_owner_answers_an_action(running: Held) -> None:
    seat = running.actor("seat")
    entry = Entry("action-000001", Kind.ACTION, text="整理", person=seat.id)
    node_of(running.meeting.pk, entry).save()
    with pytest.raises(NotAllowed):
        commands.accept(running.id, entry.id, by=running.actor("host"), at=AT)
    with pytest.raises(NotFound):
        commands.accept(running.id, "nowhere-00001", by=seat, at=AT)
    with pytest.raises(BadValue):
        commands.contest(running.id, entry.id, " ", by=seat, at=AT)
    commands.contest(running.id, entry.id, "没有人手", by=seat, at=AT)
    commands.accept(running.id, entry.id, by=seat, at=AT)
    assert {e: said.state for e, said in find_acceptances(running.id).items()} == {entry.id: "accepted"}


@pytest.mark.parametrize(
    ("who", "may"),
    [
        ("host", {"call", "close", "floor", "host", "name", "read", "record", "shares", "type"}),
        ("recorder", {"floor", "read", "record", "type"}),
        ("seat", {"read", "type", "vote"}),
        ("informed", {"read"}),
    ],
)
def test_each_is_told_what_they_may(running: Held, who: str, may: set[str]) -> None:
    person = running.actor(who).id
    reading = DatabaseFacts().read(running.id, ["you"], [person])
    assert set(reading.personal[person]["you"]["may"]) == may  # type: ignore[index]
    rights = reading.rights[person]
    assert rights is not None
    assert rights.types is ("type" in may)


def test_nobody_else_and_nobody_who_left_is_let_in(running: Held) -> None:
    outside, seat = running.actor("outside").id, running.actor("seat").id
    Person.objects.filter(pk=seat).update(is_active=False)
    assert DatabaseFacts().read(running.id, [], [outside, seat]).rights == {outside: None, seat: None}
