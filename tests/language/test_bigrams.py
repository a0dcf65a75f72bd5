# SPDX-License-Identifier: Apache-2.0
"""Search terms of a text."""

from hypothesis import given
from hypothesis import strategies as st

from huiyao.language.bigrams import index_terms, query_terms


def test_han_is_cut_into_characters_and_pairs_and_words_stay_whole() -> None:
    assert index_terms("需求文檔V2") == ["需", "求", "文", "档", "需求", "求文", "文档", "v2"]


def test_a_query_asks_for_the_fewest_terms() -> None:
    assert query_terms("需求文档") == ["需求", "求文", "文档"]
    assert query_terms("单 API") == ["单", "api"]
    assert query_terms("，。") == []


@given(st.text(alphabet="需求文檔档評估abC1 ，。", max_size=40))
def test_a_text_is_found_by_each_of_its_own_words(text: str) -> None:
    assert set(query_terms(text)) <= set(index_terms(text))
