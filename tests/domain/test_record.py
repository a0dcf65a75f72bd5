# SPDX-License-Identifier: Apache-2.0
from huiyao.domain.record import Entry, Kind, SupportAsked, dangling


def threads(*entries: Entry) -> list[tuple[str, str]]:
    return [(gap.entry, gap.what) for gap in dangling(entries)]


NEEDS = (SupportAsked("样机两台", "tech"),)


def test_a_problem_without_solution_and_a_decision_without_action_are_dangling() -> None:
    problem, decision = Entry("p", Kind.PROBLEM, text="缺人"), Entry("d", Kind.DECISION, text="先调班")
    assert threads(problem, decision) == [("d", "action"), ("p", "solution")]
    assert threads(problem, decision, Entry("s", Kind.SOLUTION, "p"), Entry("a", Kind.ACTION, "d")) == []


def test_a_request_to_a_department_is_dangling_until_an_action_takes_it_up() -> None:
    note = Entry("n", Kind.NOTE, text="需要技术部样机两台", support=NEEDS)
    assert threads(note) == [("n", "request")]
    assert threads(note, Entry("a", Kind.ACTION, "n", text="借样机")) == []
    assert threads(note, Entry("a", Kind.ACTION, text="借样机", refs=("n",))) == []
    assert threads(note, Entry("x", Kind.SOLUTION, text="再说", refs=("n",))) == [("n", "request")]


def test_a_note_that_asks_no_department_for_anything_is_not_dangling() -> None:
    assert threads(Entry("n", Kind.NOTE, text="进展顺利", support=())) == []
    assert threads(Entry("n", Kind.NOTE, text="要人手", support=(SupportAsked("人手"),))) == []
    assert threads(Entry("n", Kind.NOTE, text="删了的", support=NEEDS, deleted=True)) == []
