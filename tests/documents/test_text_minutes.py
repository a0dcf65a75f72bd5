# SPDX-License-Identifier: Apache-2.0
"""Minutes as Markdown and as text for a chat."""

import pytest
from markdown_it import MarkdownIt

from huiyao.documents.paper import lay_out
from huiyao.documents.states import PaperState
from huiyao.documents.text_minutes import minutes_markdown, minutes_text
from huiyao.domain.lineform import read_lines
from tests.documents.reading import flat, texts_of_paper
from tests.documents.samples import ALL, HOSTILE, ODD, SIMPLIFIED


def html_of(markdown: str) -> str:
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))


def words_in(markdown: str) -> str:
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(markdown)
    inline = [child for token in tokens for child in token.children or []]
    return flat("".join(child.content for child in inline))


@pytest.mark.parametrize("language", ALL)
def test_markdown_says_everything(language: str) -> None:
    text = words_in(minutes_markdown(ALL[language], PaperState.FINAL))
    assert not [
        each
        for each in texts_of_paper(lay_out(ALL[language], PaperState.FINAL))
        if flat(each) not in text + "启衡科技QihengTechnology"
    ]


def test_markdown_of_others_is_never_live() -> None:
    html = html_of(minutes_markdown(HOSTILE, PaperState.FINAL))
    assert "<b>" not in html
    assert "<a " not in html
    assert "<em>" not in html
    assert html.count("<h1>") == 1
    assert "javascript" in html


def test_markdown_has_the_actions_as_a_table() -> None:
    html = html_of(minutes_markdown(SIMPLIFIED, PaperState.FINAL))
    assert html.count("<table>") == 2
    assert html.count("<tr>") == 10 + 5


@pytest.mark.parametrize("kind", ODD)
def test_odd_minutes_make_text(kind: str) -> None:
    assert minutes_text(ODD[kind], PaperState.DRAFT).endswith("\n")
    assert html_of(minutes_markdown(ODD[kind], PaperState.DRAFT))


@pytest.mark.parametrize("language", ALL)
def test_an_action_is_one_line_that_reads_back(language: str) -> None:
    read = read_lines(minutes_text(ALL[language], PaperState.CIRCULATED))
    actions = ALL[language].actions
    assert [line.task for line in read] == [action.task for action in actions]
    assert [line.due for line in read if line.due] == [
        a.due.isoformat() if a.due else a.due_text for a in actions if a.due or a.due_text
    ]
    assert [line.support_declined for line in read] == [action.support == () for action in actions]


def test_the_line_is_exactly_that_of_the_guide() -> None:
    lines = minutes_text(SIMPLIFIED, PaperState.CIRCULATED).splitlines()
    assert "1. 任务：冻结旧库位编号；负责人：仓储部 孙立；截止日期：2026-12-04；支持：无" in lines
    assert "4. 任务：核对费用；负责人：；截止日期：；支持：" in lines


def test_the_text_begins_with_what_it_is_and_its_state() -> None:
    assert minutes_text(SIMPLIFIED, PaperState.CIRCULATED).startswith("跨部门协作会议纪要（征求异议，第 2 版）\n")
