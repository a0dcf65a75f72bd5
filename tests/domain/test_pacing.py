# SPDX-License-Identifier: Apache-2.0
"""The plan reckoned anew: minutes from later topics, ends, what comes next, moving."""

from datetime import UTC, datetime, timedelta

import pytest

from huiyao.domain.pacing import Pace, following, moved, planned_ends, taken_from_later

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def minutes(topics: list[Pace], begins: datetime = AT) -> dict[str, float]:
    return {name: (end - AT).total_seconds() / 60 for name, end in planned_ends(topics, begins).items()}


@pytest.mark.parametrize(
    ("later", "wanted", "given"),
    [
        ([20, 10], 6, [4, 2]),
        ([20, 10], 100, [19, 9]),
        ([1, 1], 5, [0, 0]),
        ([], 5, []),
        ([10], -5, [0]),
        ([5, 5, 5], 1, [0, 0, 1]),
    ],
)
def test_each_gives_in_proportion_and_keeps_a_minute(later: list[int], wanted: int, given: list[int]) -> None:
    assert taken_from_later(later, wanted) == given


def test_before_the_start_the_plan_runs_from_its_beginning() -> None:
    assert minutes([Pace("a", 5), Pace("b", 20), Pace("c", 10)]) == {"a": 5, "b": 25, "c": 35}


def test_the_running_topic_ends_with_its_minutes_and_the_rest_follows() -> None:
    since = AT + timedelta(minutes=8)
    topics = [
        Pace("a", 5, spent=timedelta(minutes=8), begun=True),
        Pace("b", 22, spent=timedelta(minutes=2), running_since=since, begun=True),
        Pace("c", 10),
    ]
    assert minutes(topics) == {"b": 28, "c": 38}


def test_a_topic_past_its_time_when_it_runs_again_ends_at_once() -> None:
    topics = [Pace("a", 5, spent=timedelta(minutes=9), running_since=AT, begun=True), Pace("b", 10)]
    assert minutes(topics) == {"a": 0, "b": 10}


def test_what_was_left_out_makes_the_others_earlier() -> None:
    topics = [Pace("a", 5, running_since=AT, begun=True), Pace("b", 20, skipped=True), Pace("c", 10)]
    assert minutes(topics) == {"a": 5, "c": 15}


def test_where_nothing_runs_the_rest_begins_after_the_last() -> None:
    topics = [Pace("a", 5, begun=True), Pace("c", 10)]
    assert minutes(topics, AT + timedelta(minutes=7)) == {"c": 17}


def test_the_next_is_the_first_that_remains_behind_the_running_one() -> None:
    passed, run, left_out, rest = (
        Pace("a", 1),
        Pace("b", 1, running_since=AT, begun=True),
        Pace("c", 1, skipped=True),
        Pace("d", 1),
    )
    assert following([passed, run, left_out, rest]) == "d"
    assert following([passed, run, left_out]) == "a"
    assert following([run, left_out]) is None
    assert following([passed, rest]) == "a"


@pytest.mark.parametrize(
    ("begun", "topic", "after", "order"),
    [
        ({"a"}, "d", None, "adbc"),
        ({"a"}, "b", "d", "acdb"),
        ({"a"}, "c", "a", "acbd"),
        ({"a", "c"}, "d", "a", "abcd"),
        ({"a", "c"}, "b", None, "acbd"),
        (set(), "d", None, "dabc"),
        ({"a"}, "b", None, "abcd"),
    ],
)
def test_a_topic_moves_among_those_still_to_come(begun: set[str], topic: str, after: str | None, order: str) -> None:
    assert moved("abcd", begun, topic, after) == list(order)
