# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from huiyao.domain.consensus import Agreement, Call, SeatAsked, SeatVoice
from huiyao.domain.drafting import MeetingFacts, Names, TopicFacts, draft, outcomes_of
from huiyao.domain.minutes import NextPlan, Outcome, SeatRemark
from huiyao.domain.minutes_data import call_of, paper_of, to_data
from huiyao.domain.paper import lines_of
from huiyao.domain.record import Entry, Kind, SupportAsked

FACTS = MeetingFacts("改版会", "zh-hans", next_plan=NextPlan("12月9日", "排期"))
NAMES = Names({"d1": "市场部", "d2": "技术部"}, {"p1": "陈墨", "p2": "许恒"})
TOPICS = (TopicFacts("t1", "进展", "各部门代表", 15, 18), TopicFacts("t2", "问题"))


def drafted(*entries, outcomes=None):
    return draft(
        (Entry("t1", Kind.TOPIC, order="a"), Entry("t2", Kind.TOPIC, order="b"), *entries),
        FACTS,
        TOPICS,
        NAMES,
        outcomes,
    )


def test_topics_come_numbered_in_the_order_of_the_agenda():
    topics = drafted().minutes.topics
    assert [(t.number, t.title, t.planned_minutes, t.actual_minutes) for t in topics] == [
        (1, "进展", 15, 18),
        (2, "问题", None, None),
    ]


def test_a_note_is_one_line_under_its_topic_with_its_department():
    paper = drafted(Entry("n1", Kind.NOTE, "t1", "a", "问卷收回 312 份", department="d1"))
    assert [(x.id, x.department, x.text) for x in paper.minutes.topics[0].lines] == [
        ("n1", "市场部", "问卷收回 312 份")
    ]


def test_solutions_stand_with_their_problem_by_place_or_by_reference():
    paper = drafted(
        Entry("p1", Kind.PROBLEM, "t2", "a", "范围不清"),
        Entry("p2", Kind.PROBLEM, "t2", "b", "人手不够"),
        Entry("s1", Kind.SOLUTION, "p1", "a", "列两栏"),
        Entry("s2", Kind.SOLUTION, "t2", "c", "借两个人", refs=("p2",)),
        Entry("s3", Kind.SOLUTION, "t2", "d", "没有问题的方案"),
    )
    topic = paper.minutes.topics[1]
    assert [(p.number, [s.id for s in p.solutions]) for p in topic.problems] == [(1, ["s1"]), (2, ["s2"])]
    assert [(x.kind, x.id) for x in topic.lines] == [("solution", "s3")]


def test_decisions_and_actions_are_numbered_through_the_meeting():
    paper = drafted(
        Entry("d1", Kind.DECISION, "t1", "a", "甲"),
        Entry("a1", Kind.ACTION, "d1", "a", "做甲"),
        Entry("d2", Kind.DECISION, "t2", "a", "乙"),
        Entry("a2", Kind.ACTION, "t2", "b", "做乙"),
    )
    assert [(d.number, d.id) for d in paper.minutes.decisions] == [(1, "d1"), (2, "d2")]
    assert [(a.number, a.id) for a in paper.minutes.actions] == [(1, "a1"), (2, "a2")]
    assert paper.commitments[0].under == ("d1",)


def test_an_action_prints_names_and_keeps_ids():
    support = SupportAsked("原始数据", "d1", "p1", date(2026, 12, 1))
    entry = Entry(
        "a1", Kind.ACTION, "t1", text="评估", department="d2", person="p2", due=date(2026, 12, 8), support=(support,)
    )
    paper = drafted(entry)
    line = paper.minutes.actions[0]
    assert (line.department, line.person, line.due) == ("技术部", "许恒", date(2026, 12, 8))
    assert line.support is not None
    assert (line.support[0].department, line.support[0].person, line.support[0].what) == ("市场部", "陈墨", "原始数据")
    assert paper.commitments[0].person == "p2"


def test_an_owner_to_be_named_and_support_nobody_spoke_of_stay_so():
    entry = Entry("a1", Kind.ACTION, "t1", text="通知", department="d2", named_by=(date(2026, 11, 27), "p2"))
    line = drafted(entry).minutes.actions[0]
    assert line.named_later is not None
    assert (line.named_later.head, line.named_later.by) == ("许恒", date(2026, 11, 27))
    assert line.support is None
    assert drafted(replace(entry, support=())).minutes.actions[0].support == ()


def test_parked_lines_and_the_next_plan_have_their_own_places():
    paper = drafted(Entry("k1", Kind.PARKED, "t1", "a", "另找时间"))
    assert [x.id for x in paper.minutes.parked] == ["k1"]
    assert paper.minutes.next_plan == NextPlan("12月9日", "排期")


def test_deleted_and_blank_entries_are_left_out_but_a_blank_one_keeps_its_children():
    paper = drafted(
        Entry("n1", Kind.NOTE, "t1", "a", "删了", deleted=True),
        Entry("n2", Kind.NOTE, "t1", "b", "  "),
        Entry("n3", Kind.NOTE, "t1", "c", ""),
        Entry("n4", Kind.NOTE, "n3", "a", "还在"),
    )
    assert [x.id for x in paper.minutes.topics[0].lines] == ["n4"]


def test_entries_without_a_topic_become_other_notes():
    paper = drafted(Entry("n1", Kind.NOTE, "gone", "a", "散落"), Entry("p1", Kind.PROBLEM, "", "b", "问题散落"))
    assert {x.id for x in paper.minutes.notes} == {"n1", "p1"}


def test_a_topic_that_is_not_on_the_agenda_is_appended():
    paper = drafted(Entry("t9", Kind.TOPIC, order="c", text="临时议题"), Entry("n1", Kind.NOTE, "t9", "a", "说了"))
    assert [(t.number, t.title) for t in paper.minutes.topics][-1] == (3, "临时议题")


def test_outcomes_of_consensus_calls_are_printed_with_their_line():
    outcome = Outcome("unanimous", agree=6)
    paper = drafted(Entry("d1", Kind.DECISION, "t1", "a", "甲"), outcomes={"d1": outcome})
    assert paper.minutes.decisions[0].outcome == outcome


ids = st.sampled_from([f"e{n}" for n in range(12)])
entries = st.lists(
    st.builds(
        Entry,
        id=ids,
        kind=st.sampled_from([k for k in Kind if k is not Kind.TOPIC]),
        parent=st.one_of(ids, st.sampled_from(["t1", "t2", "", "nowhere"])),
        order=st.text("abc", max_size=2),
        text=st.text(min_size=1, max_size=6).filter(str.strip),
        refs=st.lists(ids, max_size=2).map(tuple),
    ),
    unique_by=lambda entry: entry.id,
    max_size=12,
)


@given(entries)
@settings(max_examples=150, deadline=None)
def test_nothing_that_was_typed_is_lost_whatever_the_tree(found):
    paper = drafted(*found)
    printed = lines_of(paper.minutes)
    assert {entry.id for entry in found} <= set(printed)
    assert all(printed[entry.id].text == entry.text for entry in found)


@given(entries)
@settings(max_examples=60, deadline=None)
def test_a_paper_survives_being_stored(found):
    paper = drafted(*found)
    assert paper_of(to_data(paper)) == paper


def test_a_decision_takes_the_outcome_of_its_own_call_or_of_the_solution_it_came_from():
    entries = (
        Entry("p1", Kind.PROBLEM, "t2", "a", "范围不清"),
        Entry("s1", Kind.SOLUTION, "p1", "a", "列两栏"),
        Entry("d1", Kind.DECISION, "s1", "a", "按两栏写"),
        Entry("d2", Kind.DECISION, "t2", "b", "两天内回复", refs=("s1",)),
        Entry("d3", Kind.DECISION, "s1", "b", "周五前写完"),
        Entry("d4", Kind.DECISION, "t2", "c", "没有征求过"),
        Entry("s2", Kind.SOLUTION, "t2", "d", "借两个人"),
    )
    own, above, alone = Outcome("majority", 2, 1), Outcome("unanimous", 3), Outcome("open", 1)
    minutes = drafted(*entries, outcomes={"s1": above, "d3": own, "s2": alone}).minutes
    assert [d.outcome for d in minutes.decisions] == [above, own, above, None]
    assert minutes.topics[1].problems[0].solutions[0].outcome == above
    assert [(x.id, x.outcome) for x in minutes.topics[1].lines] == [("s2", alone)]


def test_a_call_is_printed_with_reasons_silence_and_who_decides():
    call = Call(
        "s1",
        outcome="not_reached",
        decider="p1",
        decide_by=date(2026, 12, 1),
        asked=(SeatAsked("d1", present=True), SeatAsked("d2", present=True), SeatAsked("d9")),
        voices=(
            SeatVoice("d1", "p1", Agreement.AGREE),
            SeatVoice("d2", "p2", Agreement.OBJECT, "排期太紧"),
        ),
    )
    assert outcomes_of([call, Call("s2"), Call("s3", voices=call.voices[:1])], NAMES) == {
        "s1": Outcome(
            *("not_reached", 1, 0, 1, "陈墨", date(2026, 12, 1)),
            objections=(SeatRemark("技术部", "排期太紧"),),
            silent=("",),
        ),
        "s3": Outcome("open", 1),
    }
    assert call_of(to_data(call)) == call


def test_what_is_parked_keeps_its_owner():
    (line,) = drafted(Entry("k1", Kind.PARKED, "t2", "a", "展位预算", department="d1", person="p1")).minutes.parked
    assert (line.department, line.person) == ("市场部", "陈墨")
