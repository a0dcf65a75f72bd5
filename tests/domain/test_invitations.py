# SPDX-License-Identifier: Apache-2.0
"""When invitations and replies are due (R15), what an invitation needs (R16), when replies are open."""

from datetime import UTC, datetime, timedelta

import pytest

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.invitations import (
    InvitationIncomplete,
    Reply,
    ReplyClosed,
    Sendable,
    check_reply,
    check_sendable,
    invite_due,
    reply_due,
)
from huiyao.domain.policy import Policy
from huiyao.domain.refusals import BadValue

SHANGHAI = WorkingCalendar()
MONDAY_TWO = datetime(2026, 11, 30, 6, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def test_the_invitation_is_due_three_working_days_ahead_at_the_same_time_of_day():
    assert invite_due(MONDAY_TWO, SHANGHAI, Policy()) == datetime(2026, 11, 25, 6, 0, tzinfo=UTC)


def test_the_reply_is_due_one_working_day_ahead():
    assert reply_due(MONDAY_TWO, NOW, SHANGHAI, Policy()) == datetime(2026, 11, 27, 6, 0, tzinfo=UTC)


def test_a_reply_to_a_late_invitation_is_due_at_the_start():
    assert reply_due(MONDAY_TWO, MONDAY_TWO - timedelta(hours=3), SHANGHAI, Policy()) == MONDAY_TWO


def test_an_invitation_says_everything_that_is_missing_at_once():
    with pytest.raises(InvitationIncomplete) as refused:
        check_sendable(Sendable(" ", None, 0, 0), NOW)
    assert refused.value.facts["missing"] == ["title", "time", "agenda", "invitees"]


def test_an_invitation_to_the_past_does_not_go_out():
    with pytest.raises(InvitationIncomplete) as refused:
        check_sendable(Sendable("t", NOW, 80, 3), NOW)
    assert refused.value.facts["missing"] == ["time_past"]


def test_a_complete_invitation_may_go_out():
    check_sendable(Sendable("t", MONDAY_TWO, 80, 1), NOW)


@pytest.mark.parametrize(
    ("stage", "starts_at"),
    [
        ("in_session", MONDAY_TWO),
        ("cancelled", MONDAY_TWO),
        ("preparing", MONDAY_TWO),
        ("invited", NOW),
        ("invited", None),
    ],
)
def test_replies_close_when_the_meeting_begins_or_will_not_be(stage, starts_at):
    with pytest.raises(ReplyClosed):
        check_reply("accepted", stage=stage, starts_at=starts_at, at=NOW)


def test_until_the_start_any_answer_may_be_given():
    assert check_reply("tentative", stage="invited", starts_at=MONDAY_TWO, at=NOW) is Reply.TENTATIVE


@pytest.mark.parametrize("answer", ["", "pending", "yes"])
def test_what_is_no_answer_is_refused(answer):
    with pytest.raises(BadValue):
        check_reply(answer, stage="invited", starts_at=MONDAY_TWO, at=NOW)
