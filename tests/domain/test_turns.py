# SPDX-License-Identifier: Apache-2.0
"""Who gets the floor, and how speaking time divides."""

from datetime import UTC, datetime, timedelta

import pytest

from huiyao.domain.turns import Floor, Shares, Spoken, Step, asks, shares, speakers

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("floor", "gives", "step"),
    [
        (Floor(), False, Step.SPEAKS),
        (Floor("bo"), False, Step.WAITS),
        (Floor("bo", ("anna",)), False, Step.STAYS),
        (Floor("anna"), False, Step.STAYS),
        (Floor("anna"), True, Step.STAYS),
        (Floor("", ("bo",)), False, Step.WAITS),
        (Floor("", ("bo", "anna")), False, Step.STAYS),
        (Floor("", ("anna", "bo")), False, Step.SPEAKS),
        (Floor("bo", ("carl",)), True, Step.SPEAKS),
    ],
)
def test_a_free_floor_is_taken_in_the_order_of_waiting_and_given_without_it(
    floor: Floor, gives: bool, step: Step
) -> None:
    assert asks(floor, "anna", gives=gives) is step


def spoken(person: str, department: str, minute: float, seconds: int | None) -> Spoken:
    start = AT + timedelta(minutes=minute)
    return Spoken(person, department, start, None if seconds is None else start + timedelta(seconds=seconds))


def test_time_is_added_up_by_department_and_the_silent_are_named() -> None:
    turns = [
        spoken("anna", "market", 0, 100),
        spoken("bo", "tech", 2, 170),
        spoken("cai", "market", 6, 50),
        spoken("guest", "", 8, 30),
        spoken("dan", "sales", 9, None),
    ]
    assert shares(turns, ["market", "finance", "tech", "finance", "", "sales"]) == Shares(
        350, (("tech", 170), ("market", 150)), ("finance",)
    )


def test_nobody_has_spoken_yet() -> None:
    assert shares([], ["market"]) == Shares(0, (), ("market",))


def test_who_spoke_is_told_once_in_order_of_the_first_turn() -> None:
    turns = [spoken("bo", "", 5, 9), spoken("anna", "", 1, 9), spoken("bo", "", 7, None)]
    assert speakers(turns) == ["anna", "bo"]
