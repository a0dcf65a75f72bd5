# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime

import pytest

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.policy import Policy
from huiyao.domain.refusals import BadValue
from huiyao.domain.retrospective import Met, Reply, Summary, checked_reply, clocks_of, summary_of


@pytest.mark.parametrize(
    ("ended", "working", "due", "closes"),
    [
        ("2026-11-24T07:30", True, "2026-11-24T07:35", "2026-11-25T07:30"),
        ("2026-11-27T07:30", True, "2026-11-27T07:35", "2026-11-30T07:30"),  # Friday: the same time on Monday
        ("2026-11-27T07:30", False, "2026-11-27T07:35", "2026-11-28T07:30"),  # plain hours
    ],
)
def test_it_is_due_in_five_minutes_and_open_until_the_next_day(
    ended: str, working: bool, due: str, closes: str
) -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)

    calendar = WorkingCalendar()
    clocks = clocks_of(at(ended), calendar, Policy(), working=working)
    assert (clocks.due_at, clocks.closes_at) == (at(due), at(closes))


def test_the_first_question_needs_an_answer_the_second_does_not() -> None:
    assert checked_reply("partly", "  提前\r\n发材料\x00 ") == Reply(Met.PARTLY, "提前\n发材料")
    assert checked_reply("yes", "") == Reply(Met.YES)
    for met, improve, field in (("", "x", "met"), ("maybe", "x", "met"), ("yes", "x" * 1001, "improve")):
        with pytest.raises(BadValue) as refused:
            checked_reply(met, improve)
        assert refused.value.facts["field"] == field


def test_the_summary_counts_and_keeps_what_was_said_without_names() -> None:
    replies = (Reply(Met.YES), Reply(Met.NO, "议题太多"), Reply(Met.YES, "材料早两天发"))
    assert summary_of(replies) == Summary(2, 0, 1, ("议题太多", "材料早两天发"))
    assert (summary_of(replies).answered, summary_of(()).answered) == (3, 0)
