# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import date

from huiyao.domain.amending import amended
from huiyao.domain.drafting import MeetingFacts, Names, TopicFacts, draft
from huiyao.domain.paper import lines_of, with_text
from huiyao.domain.record import Entry, Kind

NOTE = Entry("n", Kind.NOTE, "t", "a", "一句")
PAPER = draft((Entry("t", Kind.TOPIC), NOTE), MeetingFacts("会", "zh-hans"), (TopicFacts("t", "议题"),), Names())
TOPICS = {"n": "t", "new": "t"}


def texts(paper):
    return {i: line.text for i, line in lines_of(paper.minutes).items() if line.text}


def after(*changes, paper=PAPER):
    return texts(amended(paper, changes, TOPICS, Names()))


def test_a_line_nobody_touched_takes_the_late_words():
    assert after((NOTE, replace(NOTE, text="改过"))) == {"n": "改过"}


def test_a_line_that_reads_otherwise_stays_and_the_late_words_stand_below():
    paper = with_text(PAPER, "n", "记录人改过")
    assert after(
        (
            NOTE,
            replace(NOTE, text="迟到的"),
        ),
        paper=paper,
    ) == {"n": "记录人改过", "late-n": "迟到的"}


def test_new_lines_find_their_place_by_kind():
    found = amended(
        PAPER,
        [
            (None, Entry("new", Kind.NOTE, "t", "b", "补记")),
            (None, Entry("d", Kind.DECISION, "t", "c", "定了")),
            (None, Entry("k", Kind.PARKED, "t", "d", "放着")),
        ],
        TOPICS,
        Names(),
    ).minutes
    assert found.topics[0].lines[-1].text == "补记"
    assert found.decisions[0].number == 1
    assert found.parked[0].text == "放着"


def test_a_whole_action_becomes_one_and_a_gap_makes_it_a_note():
    whole = Entry("a", Kind.ACTION, "t", text="做", department="d", person="p", due=date(2026, 12, 4), support=())
    assert amended(PAPER, [(None, whole)], TOPICS, Names()).commitments[0].id == "a"
    gap = amended(PAPER, [(None, replace(whole, due=None))], TOPICS, Names())
    assert gap.commitments == ()
    assert "做" in texts(gap).values()


def test_the_same_changes_twice_are_once_and_a_deletion_takes_nothing_out():
    change = (NOTE, replace(NOTE, text="改过"))
    once = amended(PAPER, [change], TOPICS, Names())
    assert amended(once, [change], TOPICS, Names()) == once
    assert after((NOTE, replace(NOTE, deleted=True))) == {"n": "一句"}
