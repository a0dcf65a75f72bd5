# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest

from huiyao.domain.actions import (
    ALLOWED,
    GUIDE,
    LIVE,
    ActionAct,
    ActionState,
    Commitment,
    GuideState,
    Party,
    check_party,
    check_postponement,
    decide,
    is_late,
)
from huiyao.domain.record import SupportAsked
from huiyao.domain.refusals import BadValue, NotAllowed, WrongStage

DAY = date(2026, 12, 4)


@pytest.mark.parametrize(
    ("state", "word"),
    [
        (ActionState.OPEN, GuideState.IN_PROGRESS),
        (ActionState.IN_PROGRESS, GuideState.IN_PROGRESS),
        (ActionState.DONE, GuideState.DONE),
        (ActionState.POSTPONED, GuideState.POSTPONED),
        (ActionState.CANCELLED, GuideState.DONE),
    ],
)
def test_each_state_has_one_of_the_guides_three_words(state, word):
    assert GUIDE[state] is word


@pytest.mark.parametrize("act", list(ActionAct))
@pytest.mark.parametrize("party", list(Party))
def test_the_table_of_parties_is_kept(act, party):
    if party in ALLOWED[act]:
        check_party({party}, act)
    else:
        with pytest.raises(NotAllowed) as refused:
            check_party({party}, act)
        assert refused.value.facts == {"deed": str(act)}


def test_nobody_may_do_anything():
    for act in ActionAct:
        with pytest.raises(NotAllowed):
            check_party((), act)


@pytest.mark.parametrize("act", [a for a in ActionAct if a is not ActionAct.REOPEN])
@pytest.mark.parametrize("state", [ActionState.DONE, ActionState.CANCELLED])
def test_a_closed_action_can_only_be_opened_again(state, act):
    with pytest.raises(WrongStage):
        decide(state, act)
    assert decide(state, ActionAct.REOPEN) is ActionState.IN_PROGRESS


@pytest.mark.parametrize("state", sorted(LIVE))
def test_a_live_action_cannot_be_opened_again(state):
    with pytest.raises(WrongStage):
        decide(state, ActionAct.REOPEN)


@pytest.mark.parametrize(
    ("state", "act", "after"),
    [
        (ActionState.OPEN, ActionAct.PROGRESS, ActionState.IN_PROGRESS),
        (ActionState.POSTPONED, ActionAct.PROGRESS, ActionState.POSTPONED),
        (ActionState.OPEN, ActionAct.FINISH, ActionState.DONE),
        (ActionState.IN_PROGRESS, ActionAct.POSTPONE, ActionState.POSTPONED),
        (ActionState.OPEN, ActionAct.ACCEPT, ActionState.OPEN),
        (ActionState.OPEN, ActionAct.CANCEL, ActionState.CANCELLED),
    ],
)
def test_acts_lead_to_their_states(state, act, after):
    assert decide(state, act) is after


def test_a_postponement_needs_a_reason_and_a_later_day():
    check_postponement(DAY, date(2026, 12, 5), "等数据")
    check_postponement(None, DAY, "等数据")
    for new, reason in ((date(2026, 12, 5), " "), (DAY, "等数据"), (date(2026, 12, 3), "等数据")):
        with pytest.raises(BadValue):
            check_postponement(DAY, new, reason)


def test_late_is_after_the_day_not_on_it():
    assert not is_late(ActionState.OPEN, DAY, DAY)
    assert is_late(ActionState.OPEN, DAY, date(2026, 12, 5))
    assert not is_late(ActionState.DONE, DAY, date(2026, 12, 5))
    assert not is_late(ActionState.OPEN, None, DAY)


def test_a_commitment_asks_owner_head_and_supporters():
    commitment = Commitment(
        "a", 1, "x", named_by=(DAY, "head"), support=(SupportAsked("y", person="helper"), SupportAsked("z"))
    )
    assert commitment.people == {"head", "helper"}
