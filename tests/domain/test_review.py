# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime, timedelta

import pytest

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.policy import Policy
from huiyao.domain.refusals import BadValue, Refusal, WrongStage
from huiyao.domain.review import (
    FITTING,
    Act,
    NotApproved,
    ObjectionOpen,
    Position,
    State,
    WindowClosed,
    WindowOpen,
    concerned,
    decide,
    objection_window,
    start_clocks,
)

AT = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_the_way_from_draft_to_final():
    position = Position(State.DRAFT)
    for act in (Act.SUBMIT, Act.APPROVE, Act.CIRCULATE):
        position = decide(position, act, at=AT)
    assert position.state is State.CIRCULATED
    closed = Position(State.CIRCULATED, approved=True, window_ends_at=AT)
    assert decide(closed, Act.FINALISE, at=AT).state is State.FINAL


def test_returning_takes_the_approval_back():
    returned = decide(Position(State.IN_REVIEW, approved=True), Act.RETURN, at=AT, reason="补日期")
    assert returned == Position(State.RETURNED)


def test_an_edit_takes_the_approval_back():
    assert not decide(Position(State.IN_REVIEW, approved=True), Act.EDIT, at=AT).approved


def test_a_remark_leaves_the_approval():
    assert decide(Position(State.IN_REVIEW, approved=True), Act.COMMENT, at=AT, reason="好").approved


def test_sending_needs_approval():
    with pytest.raises(NotApproved):
        decide(Position(State.IN_REVIEW), Act.CIRCULATE, at=AT)


@pytest.mark.parametrize("act", [Act.RETURN, Act.DECLINE_OBJECTION, Act.REOPEN, Act.COMMENT])
@pytest.mark.parametrize(("reason", "word"), [("", "required"), ("  \n", "required"), ("长" * 2001, "too_long")])
def test_some_acts_need_a_reason_of_a_fair_length(act, reason, word):
    state = next(iter(FITTING[act]))
    with pytest.raises(BadValue) as refused:
        decide(Position(state), act, at=AT, reason=reason)
    assert refused.value.facts["reason"] == word


@pytest.mark.parametrize("act", list(Act))
@pytest.mark.parametrize("state", list(State))
def test_an_act_out_of_place_is_refused_with_state_and_deed(act, state):
    position = Position(state, approved=True, window_ends_at=AT + HOUR if act is Act.ANSWER else AT)
    if state in FITTING[act]:
        decide(position, act, at=AT, reason="有原因")
    else:
        with pytest.raises(WrongStage) as refused:
            decide(position, act, at=AT, reason="有原因")
        assert refused.value.facts == {"state": str(state), "deed": str(act)}


@pytest.mark.parametrize(("after", "refusal"), [(-1, None), (0, WindowClosed), (1, WindowClosed)])
def test_answers_are_taken_until_the_window_ends(after, refusal):
    position = Position(State.CIRCULATED, window_ends_at=AT)
    at = AT + timedelta(seconds=after)
    if refusal is None:
        assert decide(position, Act.ANSWER, at=at) == position
    else:
        with pytest.raises(refusal):
            decide(position, Act.ANSWER, at=at)


@pytest.mark.parametrize(
    ("position", "refusal"),
    [
        (Position(State.CIRCULATED, window_ends_at=AT + HOUR), WindowOpen),
        (Position(State.CIRCULATED), WindowOpen),
        (Position(State.CIRCULATED, window_ends_at=AT, open_objections=2), ObjectionOpen),
    ],
)
def test_minutes_do_not_become_final_early(position, refusal):
    with pytest.raises(refusal) as refused:
        decide(position, Act.FINALISE, at=AT)
    assert isinstance(refused.value, Refusal)


def test_clocks_count_working_time():
    calendar = WorkingCalendar()
    clocks = start_clocks(datetime(2026, 11, 27, 9, 0, tzinfo=UTC), calendar, Policy(), working=True)
    # Friday 17:00 in Shanghai: one hour on Friday, one on Monday; the same time on the next working day
    assert clocks.draft_due_at == datetime(2026, 11, 30, 2, 0, tzinfo=UTC)
    assert clocks.circulate_due_at == datetime(2026, 11, 30, 9, 0, tzinfo=UTC)


def test_minutes_sent_at_night_do_not_close_their_window_at_midnight():
    sent = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # 22:00 in Shanghai
    assert objection_window(sent, WorkingCalendar(), Policy(), working=True) == datetime(2026, 11, 25, 3, 0, tzinfo=UTC)
    assert objection_window(sent, WorkingCalendar(), Policy(), working=False) == sent + 2 * HOUR


INVOLVED = {"a1": frozenset({"owner", "helper"}), "a2": frozenset({"other"})}
EVERYONE = frozenset({"owner", "helper", "other", "third", "objector"})


def test_a_changed_action_concerns_those_in_it_and_the_objector():
    found = concerned(["a1"], INVOLVED, EVERYONE, frozenset({"objector"}))
    assert found == {"owner", "helper", "objector"}


def test_a_changed_decision_concerns_everyone():
    assert concerned(["a1", "d1"], INVOLVED, EVERYONE, frozenset({"objector"})) == EVERYONE


def test_nobody_from_outside_is_asked():
    assert concerned(["a1"], INVOLVED, frozenset({"owner"}), frozenset({"gone"})) == {"owner"}
