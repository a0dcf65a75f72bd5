# SPDX-License-Identifier: Apache-2.0
"""Folding makes written forms equal and keeps the way back to the original."""

from hypothesis import given
from hypothesis import strategies as st

from huiyao.language.folding import fold_key, fold_letters, fold_text


def test_traditional_full_width_and_capitals_fold_away() -> None:
    assert fold_letters("請於１２月５日前後週五交給ＱＡ，鐘點") == "请于12月5日前后周五交给qa,钟点"


def test_a_key_is_the_same_for_all_written_forms() -> None:
    assert fold_key(" 市場部  Ａ組 ") == fold_key("市场部 a组")


def test_a_span_of_the_folded_text_points_into_the_original() -> None:
    original = "㈱會議ﬁn"
    folded = fold_text(original)
    assert folded.text == "(株)会议fin"
    assert original[slice(*folded.span(3, 5))] == "會議"
    assert original[slice(*folded.span(5, 6))] == "ﬁ"


@given(st.text(max_size=200))
def test_folding_letters_keeps_the_length(text: str) -> None:
    assert len(fold_letters(text)) == len(text)


@given(st.text(max_size=200))
def test_folding_letters_twice_changes_nothing(text: str) -> None:
    assert fold_letters(fold_letters(text)) == fold_letters(text)


@given(st.text(max_size=100))
def test_the_offset_map_is_whole_and_ordered(text: str) -> None:
    folded = fold_text(text)
    assert len(folded.starts) == len(folded.text) + 1
    assert list(folded.starts) == sorted(folded.starts)
    assert folded.span(0, len(folded.text))[1] == len(text)
