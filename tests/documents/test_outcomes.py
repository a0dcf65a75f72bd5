# SPDX-License-Identifier: Apache-2.0
"""The outcome of a consensus call in words."""

from dataclasses import replace

import pytest

from huiyao.documents.glyphs import texts_of
from huiyao.documents.paper import lay_out
from huiyao.documents.paper.wording import outcome_text
from huiyao.documents.states import PaperState
from huiyao.documents.words import words_for
from huiyao.domain.minutes import Line, Outcome
from tests.documents.samples import NIGHT, SIMPLIFIED


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "zh-hans",
            (
                "未达成共识：同意 2，保留 1，反对 1，由林晓于 2026-12-01 前决定；技术部保留：夜间没有人值守；"
                "销售部反对：白天切换会误发货；未表态：财务部、客服部"
            ),
        ),
        (
            "zh-hant",
            (
                "未達成共識：同意 2，保留 1，反對 1，由林晓於 2026-12-01 前決定；技术部保留：夜间没有人值守；"
                "销售部反對：白天切换会误发货；未表態：财务部、客服部"
            ),
        ),
        (
            "en",
            (
                "no consensus: 2 agree, 1 reserve, 1 object, to be decided by 林晓 by 2026-12-01; 技术部 reserves: 夜间没有人值守; "
                "销售部 objects: 白天切换会误发货; silent: 财务部, 客服部"
            ),
        ),
    ],
)
def test_reservations_objections_and_silence_stand_with_the_outcome(language: str, text: str) -> None:
    assert outcome_text(words_for(language), NIGHT) == text


def test_who_decides_without_a_date_is_named_all_the_same() -> None:
    assert outcome_text(words_for("zh-hans"), Outcome("not_reached", decider="林晓")) == "未达成共识，由林晓决定"


def test_a_call_left_open_says_so_and_none_says_nothing() -> None:
    assert outcome_text(words_for("zh-hans"), Outcome("open", 1)).startswith("征求共识未结束")
    assert outcome_text(words_for("zh-hans"), None) == ""


def test_a_solution_by_itself_and_the_owner_of_what_is_parked_are_printed() -> None:
    alone = Line("x", "借两个人", "solution", outcome=Outcome("unanimous", 3))
    parked = Line("y", "展位预算", "parked", "市场部", "陈默")
    paper = lay_out(replace(SIMPLIFIED, notes=(alone,), parked=(parked,)), PaperState.DRAFT)
    assert paper.topics[-1].lines[0].text == "借两个人（一致同意 3/3）"
    assert paper.parked_items[0].text == "展位预算（市场部 陈默）"


def test_what_was_said_against_is_looked_at_for_missing_glyphs() -> None:
    said = "".join(text for _, text in texts_of(SIMPLIFIED))
    assert "白天切换会误发货" in said
    assert "客服部" in said
