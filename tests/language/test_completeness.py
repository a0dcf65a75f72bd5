# SPDX-License-Identifier: Apache-2.0
"""What minutes leave open is pointed out, and nothing that is settled."""

from datetime import date

from huiyao.domain.minutes import (
    ActionLine,
    Decision,
    Line,
    Minutes,
    NamedLater,
    Problem,
    Solution,
    Support,
    TopicMinutes,
)
from huiyao.language.completeness import Missing, check_minutes

WHOLE = ActionLine("a", 1, "输出需求文档", "市场部", "林小满", due=date(2025, 3, 12), support=())


def openings(minutes, **facts):
    return [(opening.missing, opening.element) for opening in check_minutes(minutes, **facts)]


def with_actions(*actions, **rest):
    return Minutes(title="例会", actions=actions, **rest)


def test_a_whole_action_leaves_nothing_open():
    assert openings(with_actions(WHOLE)) == []


def test_an_action_without_person_date_and_support_is_pointed_out():
    assert openings(with_actions(ActionLine("a", 1, "输出需求文档", "市场部"))) == [
        (Missing.PERSON, "a"),
        (Missing.DUE, "a"),
        (Missing.SUPPORT, "a"),
    ]
    assert openings(with_actions(ActionLine("a", 1, "输出需求文档", due=date(2025, 3, 1), support=()))) == [
        (Missing.OWNER, "a")
    ]


def test_an_owner_named_later_is_an_owner_and_a_done_action_needs_nothing():
    later = ActionLine(
        "a", 1, "甲", "市场部", due=date(2025, 3, 1), support=(), named_later=NamedLater(date(2025, 3, 1), "周可")
    )
    assert openings(with_actions(later, ActionLine("b", 2, "乙", done=True))) == []


def topic(*problems, lines=()):
    return TopicMinutes("t", 1, "议题", problems=problems, lines=lines)


def test_a_problem_without_solution_is_pointed_out_and_a_core_one_more_so():
    problems = (
        Problem("p1", 1, "需求文档不明确"),
        Problem("p2", 2, "资源冲突", solutions=(Solution("s", "延后一个版本"),)),
        Problem("p3", 3, "没有测试环境"),
    )
    minutes = Minutes(title="例会", topics=(topic(*problems),))
    assert openings(minutes, core_problems={"p3"}) == [(Missing.SOLUTION, "p1"), (Missing.CORE_SOLUTION, "p3")]


def test_consensus_that_asks_for_something_needs_an_action():
    decisions = (
        Decision("d1", 1, "需求文档于3月12日前由市场部输出"),
        Decision("d2", 2, "建立产品群，每日同步进度"),
        Decision("d3", 3, "同意发布"),
    )
    assert openings(with_actions(WHOLE, decisions=decisions)) == [(Missing.ACTION, "d2")]


def test_a_request_to_another_department_needs_somebody_who_takes_it():
    lines = (
        Line("l1", "技术部：需要市场部明确核心需求优先级", department="技术部"),
        Line("l2", "销售部：请技术部提供接口清单", department="销售部"),
        Line("l3", "市场部：希望市场部自己整理", department="市场部"),
    )
    taken = ActionLine("a", 1, "提供接口清单", "技术部", "周可", due=date(2025, 3, 1), support=())
    minutes = with_actions(taken, topics=(topic(lines=lines),))
    assert openings(minutes, departments=("市场部", "技术部", "销售部")) == [(Missing.TAKER, "l1")]


def test_support_takes_up_a_request_too():
    lines = (Line("l1", "运营部：请销售部提供客户话术", department="运营部"),)
    action = ActionLine(
        "a", 1, "提供客户话术后协调客户", "运营部", "周可", due=date(2025, 3, 1), support=(Support("话术", "销售部"),)
    )
    assert openings(with_actions(action, topics=(topic(lines=lines),)), departments=("销售部",)) == []
