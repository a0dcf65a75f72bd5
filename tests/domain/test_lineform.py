# SPDX-License-Identifier: Apache-2.0
"""The plain line form of an action reads back what was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyao.domain.lineform import LABELS, ActionLine, clean_value, read_line, read_lines, write_line

LINE = "任务：完成客户需求分类表；负责人：客服部；截止日期：3月15日；支持：市场部提供历史需求数据"


def test_a_line_in_the_form_gives_its_four_values() -> None:
    assert read_line(LINE) == ActionLine("完成客户需求分类表", "客服部", "3月15日", "市场部提供历史需求数据")


def test_a_line_read_and_written_is_the_same_text() -> None:
    line = read_line(LINE)
    assert line is not None
    assert write_line(line) == LINE


@pytest.mark.parametrize(
    "text",
    [
        "任務：完成客戶需求分類表；負責人：客服部；截止日期：3月15日；支援：無",
        "Task: Sort the requests; Owner: Support desk; Due: 15 March; Support: none",
        "任务：评估文档；负责人：技术部、市场部；截止日期：；支持：无",
        "任务：评估文档；负责人：技术部",
    ],
)
def test_each_language_and_gaps_survive_the_round_trip(text: str) -> None:
    line = read_line(text)
    assert line is not None
    assert write_line(line) == text


def test_numbers_bullets_final_stops_and_ascii_punctuation_are_read() -> None:
    expected = ActionLine("输出文档", "市场部", "3月12日", "无")
    assert read_line("1.任务：输出文档；负责人：市场部；截止日期：3月12日；支持：无。") == expected
    assert read_line("- 任务:输出文档; 负责人:市场部; 截止日期:3月12日; 支持:无") == expected
    assert read_line("（2）任务：输出文档；责任人：市场部；截止时间：3月12日；所需支持：无") == expected


def test_several_numbered_lines_in_one_paragraph_are_separate() -> None:
    text = (
        "1.任务：输出文档；负责人：市场部；截止日期：3月12日；支持：无。"
        "2.任务：评估文档；负责人：技术部；截止日期：3月14日；支持：无。"
    )
    assert [line.task for line in read_lines(text)] == ["输出文档", "评估文档"]


def test_a_semicolon_inside_a_value_stays_in_the_value() -> None:
    line = read_line("任务：核对价格；整理合同；负责人：采购部；截止日期：周五；支持：无")
    assert line is not None
    assert line.task == "核对价格；整理合同"


def test_absent_empty_and_declined_support_differ() -> None:
    absent, empty, declined = (
        read_line(text) for text in ("任务：甲；负责人：乙", "任务：甲；支持：", "任务：甲；支持：无")
    )
    assert absent is not None
    assert empty is not None
    assert declined is not None
    assert (absent.support, empty.support, declined.support) == (None, "", "无")
    assert [line.support_declined for line in (absent, empty, declined)] == [False, False, True]


def test_owners_are_split() -> None:
    assert ActionLine(owner="许衡、技术部，何苗").owners == ("许衡", "技术部", "何苗")


@pytest.mark.parametrize(
    "text", ["", "任务", "任务：只有一个标签", "讨论任务：甲；负责人：乙", "许衡周五前完成", "；；："]
)
def test_other_text_is_no_line(text: str) -> None:
    assert read_line(text) is None


@given(st.lists(st.text(max_size=40), min_size=4, max_size=4), st.sampled_from(sorted(LABELS)))
def test_what_is_written_reads_back(values: list[str], language: str) -> None:
    line = ActionLine(*(clean_value(value) for value in values), language=language)
    assert read_line(write_line(line)) == line


@given(st.text(max_size=200))
def test_a_cleaned_value_is_clean(value: str) -> None:
    assert clean_value(clean_value(value)) == clean_value(value)


@given(st.text(max_size=400))
def test_reading_any_text_never_fails_and_writing_it_settles(text: str) -> None:
    line = read_line(text)
    if line is not None:
        assert read_line(write_line(line)) is not None


@given(
    st.lists(
        st.sampled_from(["任务", "负责人", "：", "；", "。", " ", "支持", "截止日期", "甲", "\n", "1.", "due:"]),
        max_size=20,
    )
)
def test_values_full_of_labels_read_back(parts: list[str]) -> None:
    value = clean_value("".join(parts))
    line = ActionLine(value, "乙", "周五", "无")
    assert read_line(write_line(line)) == line
