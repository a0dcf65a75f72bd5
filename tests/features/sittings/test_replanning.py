# SPDX-License-Identifier: Apache-2.0
"""Topics left out, taken up in another order or given more minutes while the meeting runs, and the plan after it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from huiyao.domain.refusals import BadValue, NotAllowed, NotFound, WrongStage
from huiyao.features.agenda.models import Topic
from huiyao.features.sittings import commands
from huiyao.features.sittings.models import Room, TopicTime
from huiyao.features.sittings.reads import find_spans
from huiyao.features.sittings.stores.facts import DatabaseFacts
from huiyao.plumbing.models import AuditRow
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


def topics(held: Held) -> list[dict[str, Any]]:
    return DatabaseFacts().read(held.id, ["topics"], []).shared["topics"]  # type: ignore[return-value]


def titles(held: Held) -> str:
    return " ".join(topic["title"] for topic in topics(held))


def ends(held: Held) -> list[str | None]:
    return [end and end[11:16] for end in (topic["planned_end"] for topic in topics(held))]


def later(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def names(held: Held) -> list[str]:
    return [str(topic.pk) for topic in held.topics]


def test_the_plan_runs_from_the_planned_start_then_from_the_real_one(held: Held) -> None:
    assert ends(held) == ["02:05", "02:25", "02:35"]
    commands.start(held.id, by=held.actor("host"), at=AT)
    assert ends(held) == ["02:10", "02:30", "02:40"]


def test_more_minutes_move_the_ends_and_leave_the_last_where_they_can(running: Held) -> None:
    opening, problems, closing = names(running)
    taken = commands.extend(running.id, opening, 6, by=running.actor("host"), at=AT)
    assert taken == {problems: 4, closing: 2}
    assert ends(running) == ["02:16", "02:32", "02:40"]
    assert AuditRow.objects.get(act="topic.extend").facts["from"] == {"问题": 4, "收尾": 2}


def test_nothing_is_taken_from_a_topic_that_is_left_out(running: Held) -> None:
    opening, problems, closing = names(running)
    commands.skip_topic(running.id, problems, by=running.actor("host"), at=AT)
    assert commands.extend(running.id, opening, 20, by=running.actor("host"), at=AT) == {closing: 9}
    assert ends(running) == ["02:30", None, "02:31"]


@pytest.mark.parametrize("minutes", [float("nan"), float("inf"), True, -5, 241, "5", [5]])
def test_minutes_leave_a_topic_at_least_one_and_are_whole(running: Held, minutes: object) -> None:
    with pytest.raises(BadValue):
        commands.extend(running.id, names(running)[0], minutes, by=running.actor("host"), at=AT)
    assert not TopicTime.objects.exists()


def test_fewer_minutes_make_the_meeting_shorter(running: Held) -> None:
    assert commands.extend(running.id, names(running)[0], -4, by=running.actor("host"), at=AT) == {}
    assert ends(running) == ["02:06", "02:26", "02:36"]


def test_a_topic_to_come_is_left_out_with_a_reason_and_had_after_all(running: Held) -> None:
    problems = names(running)[1]
    commands.skip_topic(running.id, problems, by=running.actor("host"), at=later(1), reason="等数据")
    commands.skip_topic(running.id, problems, by=running.actor("host"), at=later(2))
    assert [topic["skipped"] for topic in topics(running)] == [False, True, False]
    assert ends(running) == ["02:10", None, "02:20"]
    assert AuditRow.objects.get(act="topic.skip").facts == {"topic": "问题", "reason": "等数据", "begun": False}
    commands.go_to_topic(running.id, problems, by=running.actor("host"), at=later(3))
    assert [topic["skipped"] for topic in topics(running)] == [False, False, False]


def test_in_place_of_the_running_topic_the_next_that_remains_begins(running: Held) -> None:
    opening, problems, closing = names(running)
    commands.skip_topic(running.id, problems, by=running.actor("host"), at=later(1))
    commands.skip_topic(running.id, opening, by=running.actor("host"), at=later(2))
    assert [str(span.topic_id) for span in find_spans(running.id)] == [opening, closing]
    assert [topic["skipped"] for topic in topics(running)] == [True, True, False]
    commands.skip_topic(running.id, closing, by=running.actor("host"), at=later(3))
    assert [topic["running_since"] for topic in topics(running)] == [None, None, None]
    commands.go_to_topic(running.id, problems, by=running.actor("host"), at=later(4))
    assert topics(running)[1]["running_since"]


def test_a_topic_that_was_had_is_not_left_out(running: Held) -> None:
    opening, problems, _ = names(running)
    commands.go_to_topic(running.id, problems, by=running.actor("host"), at=later(1))
    with pytest.raises(WrongStage):
        commands.skip_topic(running.id, opening, by=running.actor("host"), at=later(2))
    with pytest.raises(BadValue):
        commands.skip_topic(running.id, problems, by=running.actor("host"), at=later(2), reason="长" * 301)
    assert not TopicTime.objects.filter(skipped_at__isnull=False).exists()


def test_a_topic_is_taken_up_earlier_and_the_trace_says_so(running: Held) -> None:
    _, problems, closing = names(running)
    commands.move_topic(running.id, closing, None, by=running.actor("host"), at=AT)
    assert titles(running) == "开场 收尾 问题"
    assert ends(running) == ["02:10", "02:20", "02:40"]
    facts = AuditRow.objects.get(act="topic.move").facts
    assert facts == {"topic": "收尾", "from": 3, "to": 2}
    commands.move_topic(running.id, closing, problems, by=running.actor("host"), at=AT)
    assert titles(running) == "开场 问题 收尾"


def test_moving_nowhere_leaves_no_trace(running: Held) -> None:
    commands.move_topic(running.id, names(running)[1], None, by=running.actor("host"), at=AT)
    assert not AuditRow.objects.filter(act="topic.move").exists()


def test_what_was_left_out_comes_again_where_it_is_moved_to(running: Held) -> None:
    _, problems, closing = names(running)
    commands.go_to_topic(running.id, closing, by=running.actor("host"), at=later(1))
    assert topics(running)[1]["skipped"]
    commands.move_topic(running.id, problems, closing, by=running.actor("host"), at=later(2))
    assert titles(running) == "开场 收尾 问题"
    assert [topic["skipped"] for topic in topics(running)] == [False, False, False]


def test_a_topic_that_was_begun_or_is_not_there_moves_nowhere(running: Held) -> None:
    opening, problems, _ = names(running)
    host = running.actor("host")
    before = [(topic.pk, topic.position) for topic in Topic.objects.filter(meeting=running.meeting)]
    for topic, after, refusal in (
        (opening, problems, WrongStage),
        (problems, problems, BadValue),
        (problems, "nowhere", NotFound),
        ("nowhere", None, NotFound),
    ):
        with pytest.raises(refusal):
            commands.move_topic(running.id, topic, after, by=host, at=AT)
    assert [(topic.pk, topic.position) for topic in Topic.objects.filter(meeting=running.meeting)] == before


@pytest.mark.parametrize("who", ["recorder", "seat", "informed"])
def test_only_the_host_changes_the_plan_and_only_while_it_runs(running: Held, who: str) -> None:
    problems, told = names(running)[1], Room.objects.get(name=running.id).told
    with pytest.raises(NotAllowed):
        commands.skip_topic(running.id, problems, by=running.actor(who), at=AT)
    with pytest.raises(NotAllowed):
        commands.move_topic(running.id, problems, None, by=running.actor(who), at=AT)
    running.meeting.refresh_from_db()
    running.meeting.stage = "recorded"
    running.meeting.save()
    with pytest.raises(WrongStage):
        commands.skip_topic(running.id, problems, by=running.actor("host"), at=AT)
    assert Room.objects.get(name=running.id).told == told
    assert [topic["skipped"] for topic in topics(running)] == [False, False, False]
