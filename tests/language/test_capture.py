# SPDX-License-Identifier: Apache-2.0
"""A typed line is read as an entry with kind, task, owners, due day and support."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyao.domain.record import Kind
from huiyao.language.capture import Capture, DepartmentName, PersonName, read_capture

NOW = datetime.fromisoformat("2026-11-25T15:00")
DEPARTMENTS = (
    DepartmentName("market", "市场部", ("市场",)),
    DepartmentName("tech", "技术部", ("研发",)),
    DepartmentName("sales", "销售部"),
    DepartmentName("care", "客服部"),
    DepartmentName("ops", "运营部"),
)
PEOPLE = (
    PersonName("xu", "许衡", "tech"),
    PersonName("he", "何苗", "care"),
    PersonName("chen", "陈默", "market"),
    PersonName("zhao", "赵宁", "sales"),
    PersonName("li-m", "李伟", "market"),
    PersonName("li-t", "李伟", "tech"),
    PersonName("zhou", "周一鸣", "ops"),
    PersonName("anna", "Anna Li", "sales", ("Anna",)),
    PersonName("shan", "单小双", "ops"),
)


def read(text: str, kind: Kind | None = None) -> Capture:
    return read_capture(text, PEOPLE, DEPARTMENTS, NOW, kind=kind)


def owners(found: Capture) -> list[tuple[str, str]]:
    return [(owner.person, owner.department) for owner in found.owners]


def test_a_whole_action_is_understood_in_one_line() -> None:
    text = "许衡评估 V2.0 并回复结论，下周三前，支持：市场部提供访谈原始记录"
    found = read(text)
    assert (found.kind, found.text) == (Kind.ACTION, "评估 V2.0 并回复结论")
    assert owners(found) == [("xu", "tech")]
    assert found.due is not None
    assert (found.due.end, text[slice(*found.due.span)]) == (date(2026, 12, 2), "下周三前")
    assert found.support is not None
    assert [(s.department, s.what) for s in found.support] == [("market", "访谈原始记录")]
    assert text[slice(*found.owners[0].span)] == "许衡"
    assert text[slice(*found.support[0].span)] == "市场部提供访谈原始记录"


OWNED = [
    ("许衡评估文档", ("xu", "tech"), "评估文档"),
    ("市场部于12月12日前输出需求文档V2.0，标注核心功能", ("", "market"), "输出需求文档V2.0，标注核心功能"),
    ("由运营部协调客户沟通，12月16日前", ("", "ops"), "协调客户沟通"),
    ("由许衡负责输出测试报告，周五前", ("xu", "tech"), "输出测试报告"),
    ("请何苗周五前整理投诉清单", ("he", "care"), "整理投诉清单"),
    ("输出测试报告 @许衡 周五前", ("xu", "tech"), "输出测试报告"),
    ("输出测试报告 @xuheng 周五前", ("xu", "tech"), "输出测试报告"),
    ("评估排期 @xh 下周三", ("xu", "tech"), "评估排期"),
    ("更新排班 @shanxiaoshuang 周五前", ("shan", "ops"), "更新排班"),
    ("整理访谈记录，周五前——陈默", ("chen", "market"), "整理访谈记录"),
    ("整理访谈记录（陈默，周五前）", ("chen", "market"), "整理访谈记录"),
    ("整理访谈记录，陈默，周五前", ("chen", "market"), "整理访谈记录"),
    ("整理访谈记录 负责人：陈默 截止：周五", ("chen", "market"), "整理访谈记录"),
    ("许衡：评估文档，下周三前", ("xu", "tech"), "评估文档"),
    ("技术部许衡下周三前完成评估", ("xu", "tech"), "完成评估"),
    ("技术部李伟周五前提交报价", ("li-t", "tech"), "提交报价"),
    ("会后两天内何苗发出纪要", ("he", "care"), "发出纪要"),
    ("周一鸣下周二前补齐合同", ("zhou", "ops"), "补齐合同"),
    ("陈经理周五前确认预算", ("chen", "market"), "确认预算"),
    ("小许周五前提交方案", ("xu", "tech"), "提交方案"),
    ("許衡評估文檔，下週三前", ("xu", "tech"), "評估文檔"),
    ("1. 许衡 评估文档 11-30", ("xu", "tech"), "评估文档"),
    ("Anna to send the quote by Friday", ("anna", "sales"), "send the quote"),
]


@pytest.mark.parametrize(("text", "owner", "task"), OWNED, ids=[row[0] for row in OWNED])
def test_the_owner_is_found_where_people_write_it(text: str, owner: tuple[str, str], task: str) -> None:
    found = read(text)
    assert (found.kind, owners(found), found.text) == (Kind.ACTION, [owner], task)


def test_several_owners_are_kept_in_order() -> None:
    assert owners(read("许衡、何苗周五前给出联合方案")) == [("xu", "tech"), ("he", "care")]
    assert owners(read("准备演示环境 @何苗 @赵宁 12/1")) == [("he", "care"), ("zhao", "sales")]


def test_a_name_two_people_have_is_offered_and_not_guessed() -> None:
    found = read("李伟周五前提交报价")
    assert owners(found) == [("", "")]
    assert found.owners[0].choices == (("li-m", "market"), ("li-t", "tech"))
    assert [a.owner for a in found.alternatives if a.field == "owner"] == [("li-m", "market"), ("li-t", "tech")]


KINDS = [
    ("问题：需求文档口径不清", Kind.PROBLEM, True, "需求文档口径不清"),
    ("问题1：12月5日的发布会没有场地", Kind.PROBLEM, True, "12月5日的发布会没有场地"),
    ("方案A：文档区分核心与可选功能", Kind.SOLUTION, True, "文档区分核心与可选功能"),
    ("共识：V2.0由市场部牵头输出", Kind.DECISION, True, "V2.0由市场部牵头输出"),
    ("暂存：明年展会预算", Kind.PARKED, True, "明年展会预算"),
    ("待办：整理纪要", Kind.ACTION, True, "整理纪要"),
    ("TODO 整理纪要", Kind.ACTION, True, "整理纪要"),
    ("記要：客戶已確認", Kind.NOTE, True, "客戶已確認"),
    ("一致同意本次迭代优先开发订单状态更新", Kind.DECISION, False, "一致同意本次迭代优先开发订单状态更新"),
    ("明年展会预算下次再议", Kind.PARKED, False, "明年展会预算下次再议"),
    ("销售侧紧急需求与迭代计划冲突", Kind.PROBLEM, False, "销售侧紧急需求与迭代计划冲突"),
    ("建议文档区分核心与可选功能", Kind.SOLUTION, False, "建议文档区分核心与可选功能"),
    ("下周三前完成联调", Kind.ACTION, False, "完成联调"),
    ("市场部已完成42家客户访谈", Kind.NOTE, False, "市场部已完成42家客户访谈"),
    ("今天天气不错", Kind.NOTE, False, "今天天气不错"),
]


@pytest.mark.parametrize(("text", "kind", "said", "words"), KINDS, ids=[row[0] for row in KINDS])
def test_the_kind_is_the_one_said_or_the_one_the_words_suggest(text: str, kind: Kind, said: bool, words: str) -> None:
    found = read(text)
    assert (found.kind, found.kind_said, found.text) == (kind, said, words)


def test_another_likely_kind_is_offered() -> None:
    kinds = [a.kind for a in read("许衡周五前评估文档").alternatives if a.field == "kind"]
    assert Kind.NOTE in kinds


def test_a_chosen_kind_is_kept() -> None:
    assert read("建议文档区分核心与可选功能", Kind.ACTION).kind is Kind.ACTION
    assert read("许衡周五前评估文档", Kind.NOTE).text == "许衡周五前评估文档"


SUPPORT = [
    ("许衡评估文档，支持：无", ()),
    ("许衡评估文档，12月4日前，无需支持", ()),
    ("许衡评估文档，不需要其他部门配合。", ()),
    ("许衡評估文件，不用支援", ()),
    ("许衡评估文档，支持：市场部提供名单、销售部提供话术", (("market", "名单"), ("sales", "话术"))),
    ("单小双本周内更新排班，请技术部协助导出数据", (("tech", "协助导出数据"),)),
    ("技术部许衡下周三前完成评估，需市场部提供数据", (("market", "数据"),)),
    ("许衡评估文档，支持：外部顾问一天", (("", "外部顾问一天"),)),
    ("Anna sends the quote by Friday, support: 技术部 provides logs", (("tech", "logs"),)),
]


@pytest.mark.parametrize(("text", "expected"), SUPPORT, ids=[row[0] for row in SUPPORT])
def test_support_names_who_and_what(text: str, expected: tuple[tuple[str, str], ...]) -> None:
    found = read(text)
    assert found.support is not None
    assert tuple((support.department, support.what) for support in found.support) == expected


def test_support_nobody_mentioned_is_not_an_answer() -> None:
    assert read("许衡周五前评估文档").support is None


def test_the_line_form_is_read_exactly() -> None:
    text = "任务：协调客户沟通；负责人：运营部；截止日期：12月16日；支持：销售部提供客户沟通话术"
    found = read(text)
    assert (found.kind, found.text, owners(found)) == (Kind.ACTION, "协调客户沟通", [("", "ops")])
    assert found.due is not None
    assert (found.due.end, text[slice(*found.due.span)]) == (date(2026, 12, 16), "12月16日")
    assert found.support is not None
    assert [(s.department, s.what) for s in found.support] == [("sales", "客户沟通话术")]


def test_a_day_that_belongs_to_the_task_stays_in_it() -> None:
    found = read("许衡评估下周三上线的版本，周五前")
    assert found.text == "评估下周三上线的版本"
    assert found.due is not None
    assert found.due.end == date(2026, 11, 27)
    assert [a.due.wording for a in found.alternatives if a.due] == ["下周三"]


def test_an_unknown_next_meeting_stays_unresolved_and_a_known_one_is_used() -> None:
    text = "赵宁跟进客户沟通，下次例会前"
    open_due = read(text).due
    known = read_capture(text, PEOPLE, DEPARTMENTS, NOW, next_meeting=date(2026, 12, 2)).due
    assert open_due is not None
    assert known is not None
    assert (open_due.end, known.end) == (None, date(2026, 12, 2))


ALPHABET = "许衡李伟市场部技术部@xuheng周五前下周三：:；;，,、。（）() 由请负责支持任务问题截止无需提供评估1-/.月日V"


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(max_size=80), st.text(alphabet=ALPHABET, max_size=50)))
def test_any_line_is_read_with_spans_inside_it(text: str) -> None:
    found = read(text)
    spans = [found.kind_span, found.text_span, *(o.span for o in found.owners), *(a.span for a in found.alternatives)]
    spans += [s.span for s in found.support or ()]
    spans += [found.due.span] if found.due else []
    assert all(0 <= start <= end <= len(text) for start, end in spans)
    assert found == read(text)


def test_a_very_long_line_is_kept_whole_as_a_note() -> None:
    text = "许衡周五前评估" * 2000
    assert (read(text).kind, read(text).text) == (Kind.NOTE, text)
