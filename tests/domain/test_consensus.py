# SPDX-License-Identifier: Apache-2.0
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyao.domain.consensus import (
    Agreement,
    Call,
    Outcome,
    SeatAsked,
    SeatVoice,
    check_next,
    checked_voice,
    open_threads,
    outcome_of,
    standing_calls,
)
from huiyao.domain.record import Entry, Kind
from huiyao.domain.refusals import BadValue

LETTERS = {"a": Agreement.AGREE, "r": Agreement.RESERVE, "o": Agreement.OBJECT}
TODAY = date(2026, 11, 24)


def called(seats: str, said: str) -> Outcome:
    """One letter per seat: R required and there, r required and absent, O optional and there, o optional and absent.

    ``said``: a, r, o, or - for silent, seat by seat.
    """
    asked = [SeatAsked(str(n), required=s in "Rr", present=s in "RO") for n, s in enumerate(seats)]
    voices = [SeatVoice(str(n), "p", LETTERS[s], "因为") for n, s in enumerate(said) if s != "-"]
    return outcome_of(asked, voices)


@pytest.mark.parametrize(
    ("seats", "said", "outcome"),
    [
        ("RRR", "aaa", "unanimous"),
        ("RRRr", "aaa-", "unanimous"),  # nobody is there for the fourth: silent, not agreed
        ("RRO", "aa-", "unanimous"),  # an optional seat may keep silent
        ("RRR", "aa-", "majority"),  # a required one that is there has not spoken
        ("RRR", "aar", "majority"),
        ("RRR", "aao", "majority"),
        ("RRRR", "aaoo", "not_reached"),  # half is not more than half
        ("RRRR", "aa--", "not_reached"),  # silence agrees to nothing
        ("OOO", "a--", "not_reached"),
        ("R", "a", "unanimous"),
        ("R", "o", "not_reached"),
        ("RR", "rr", "not_reached"),
        ("rr", "--", "not_reached"),
        ("RRr", "aaa", "unanimous"),  # who speaks is there
        ("RRr", "aao", "majority"),
        ("", "", "not_reached"),
    ],
)
def test_what_the_voices_come_to(seats: str, said: str, outcome: str) -> None:
    assert called(seats, said) == outcome


@given(st.lists(st.tuples(st.sampled_from("RrOo"), st.sampled_from("aro-")), max_size=9))
def test_one_more_objection_never_helps_and_a_voice_of_no_seat_changes_nothing(rows: list[tuple[str, str]]) -> None:
    rank = [Outcome.NOT_REACHED, Outcome.MAJORITY, Outcome.UNANIMOUS].index
    seats, said = "".join(s for s, _ in rows), "".join(a for _, a in rows)
    before = called(seats, said)
    assert rank(called(seats + "R", said + "o")) <= rank(before)
    asked = [SeatAsked(str(n), required=s in "Rr", present=s in "RO") for n, s in enumerate(seats)]
    voices = [SeatVoice(str(n), "p", LETTERS[s]) for n, s in enumerate(said) if s != "-"]
    assert outcome_of(asked, [*voices, SeatVoice("stranger", "q", Agreement.OBJECT, "不行")]) == before


def test_agreeing_needs_no_reason_reserving_and_objecting_do() -> None:
    assert checked_voice("agree", "") == (Agreement.AGREE, "")
    assert checked_voice("object", " 客户\n不接受 ") == (Agreement.OBJECT, "客户 不接受")
    for answer, reason in (("reserve", "  "), ("object", ""), ("object", "x" * 501), ("maybe", "x"), ("", "")):
        with pytest.raises(BadValue):
            checked_voice(answer, reason)


def test_consensus_not_reached_names_who_decides_and_not_in_the_past() -> None:
    check_next(Outcome.MAJORITY, "", None, TODAY)
    check_next(Outcome.NOT_REACHED, "p1", TODAY, TODAY)
    check_next(Outcome.NOT_REACHED, "p1", None, TODAY)
    for decider, day, field in (("", TODAY, "decider"), ("p1", date(2026, 11, 23), "decide_by")):
        with pytest.raises(BadValue) as refused:
            check_next(Outcome.NOT_REACHED, decider, day, TODAY)
        assert refused.value.facts["field"] == field


def test_open_calls_and_undecided_ones_are_dangling_unless_their_entry_is_gone() -> None:
    entries = [
        Entry("s1", Kind.SOLUTION, text="先做提醒"),
        Entry("s2", Kind.SOLUTION, text="改排期"),
        Entry("s3", Kind.SOLUTION, text="删了的", deleted=True),
        Entry("n1", Kind.NOTE, text="改成记要的"),
        Entry("s4", Kind.SOLUTION, text="有人定"),
    ]
    calls = [
        Call("s1"),
        Call("s2", outcome="not_reached"),
        Call("s3"),
        Call("n1"),
        Call("s4", outcome="not_reached", decider="p1"),
    ]
    assert [(gap.entry, gap.what, gap.text) for gap in open_threads(calls, entries)] == [
        ("s1", "call", "先做提醒"),
        ("s2", "decider", "改排期"),
    ]
    assert [call.entry for call in standing_calls(calls, entries)] == ["s1", "s2", "s4"]


def test_silent_are_all_who_were_asked_and_said_nothing() -> None:
    asked = (SeatAsked("d1"), SeatAsked("d2", present=True), SeatAsked("d3", required=False))
    call = Call("s1", asked=asked, voices=(SeatVoice("d2", "p", Agreement.AGREE),))
    assert call.silent == ("d1", "d3")
