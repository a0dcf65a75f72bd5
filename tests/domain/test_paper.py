# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import date

import pytest

from huiyao.domain.actions import Commitment
from huiyao.domain.drafting import MeetingFacts, Names, TopicFacts, draft
from huiyao.domain.paper import (
    FOCUS,
    PLACE,
    WHEN,
    changed_lines,
    line_of,
    with_commitment,
    with_line,
    with_text,
    without_line,
)
from huiyao.domain.record import Entry, Kind
from huiyao.domain.refusals import BadValue, NotFound

NAMES = Names({"d": "市场部"}, {"p": "陈墨"})
ENTRIES = (
    Entry("t", Kind.TOPIC, order="a"),
    Entry("n", Kind.NOTE, "t", "a", "一句"),
    Entry("p1", Kind.PROBLEM, "t", "b", "问题"),
    Entry("s1", Kind.SOLUTION, "p1", "a", "方案"),
    Entry("d1", Kind.DECISION, "t", "c", "甲"),
    Entry("d2", Kind.DECISION, "t", "d", "乙"),
    Entry("a1", Kind.ACTION, "t", "e", "做", department="d", person="p", due=date(2026, 12, 4), support=()),
    Entry("k", Kind.PARKED, "t", "f", "暂存"),
)
PAPER = draft(ENTRIES, MeetingFacts("会", "zh-hans"), (TopicFacts("t", "议题"),), NAMES)


@pytest.mark.parametrize("line", ["n", "p1", "s1", "d1", "k", "a1", WHEN, FOCUS, PLACE])
def test_any_line_can_read_otherwise_and_only_it_changes(line):
    changed = with_text(PAPER, line, " 改过 ")
    assert line_of(changed.minutes, line).text == "改过"
    assert changed_lines(PAPER.minutes, changed.minutes) == (line,)


def test_an_action_and_its_commitment_say_the_same():
    changed = with_text(PAPER, "a1", "写出清单")
    assert changed.commitments[0].task == changed.minutes.actions[0].task == "写出清单"


@pytest.mark.parametrize(("line", "text"), [("n", " "), ("d1", ""), ("a1", "\n"), ("n", "长" * 20_001)])
def test_empty_and_endless_lines_are_refused(line, text):
    with pytest.raises(BadValue):
        with_text(PAPER, line, text)


def test_the_next_plan_may_be_emptied():
    assert line_of(with_text(PAPER, WHEN, "").minutes, WHEN).text == ""


def test_an_unknown_line_is_not_found():
    for change in (
        lambda: with_text(PAPER, "x", "y"),
        lambda: without_line(PAPER, "x"),
        lambda: without_line(PAPER, WHEN),
    ):
        with pytest.raises(NotFound):
            change()


def test_a_line_taken_out_renumbers_those_after_it():
    changed = without_line(PAPER, "d1")
    assert [(d.id, d.number) for d in changed.minutes.decisions] == [("d2", 1)]
    assert changed_lines(PAPER.minutes, changed.minutes) == ("d1",)


def test_an_action_taken_out_leaves_no_commitment():
    changed = without_line(PAPER, "a1")
    assert changed.minutes.actions == changed.commitments == ()


def test_lines_are_added_at_the_end_of_their_list():
    assert with_line(PAPER, "new", "decision", "丙").minutes.decisions[-1].number == 3
    assert with_line(PAPER, "new", "parked", "丙").minutes.parked[-1].id == "new"
    assert with_line(PAPER, "new", "note", "丙", topic="t").minutes.topics[0].lines[-1].text == "丙"
    with pytest.raises(NotFound):
        with_line(PAPER, "new", "note", "丙", topic="nowhere")
    with pytest.raises(BadValue):
        with_line(PAPER, "new", "action", "丙")


FULL = Commitment("a2", 0, "通知", "d", "p", None, date(2026, 12, 8), ())


def test_a_whole_action_is_added_or_put_in_place():
    added = with_commitment(PAPER, FULL, NAMES)
    assert [(a.id, a.number, a.person) for a in added.minutes.actions] == [("a1", 1, "陈墨"), ("a2", 2, "陈墨")]
    moved = with_commitment(added, replace(FULL, due=date(2026, 12, 9)), NAMES)
    assert changed_lines(added.minutes, moved.minutes) == ("a2",)


@pytest.mark.parametrize(
    ("gap", "field"),
    [
        ({"task": " "}, "text"),
        ({"department": ""}, "owner"),
        ({"person": ""}, "owner"),
        ({"due": None}, "due"),
        ({"support": None}, "support"),
    ],
)
def test_an_action_with_a_gap_is_refused(gap, field):
    with pytest.raises(BadValue) as refused:
        with_commitment(PAPER, replace(FULL, **gap), NAMES)
    assert refused.value.facts["field"] == field


def test_an_owner_to_be_named_by_a_head_is_enough():
    later = replace(FULL, person="", named_by=(date(2026, 11, 27), "p"))
    assert with_commitment(PAPER, later, NAMES).minutes.actions[-1].named_later is not None
