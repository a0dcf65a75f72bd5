# SPDX-License-Identifier: Apache-2.0
from hypothesis import given
from hypothesis import strategies as st

from huiyao.domain.difference import difference


def test_chinese_differs_character_by_character():
    assert difference("两天内回复", "两个工作日内回复") == (
        ("same", "两"),
        ("gone", "天"),
        ("new", "个工作日"),
        ("same", "内回复"),
    )


def test_words_and_numbers_are_not_torn_apart():
    assert difference("文档 V2 共 312 份", "文档 V2 共 319 份") == (
        ("same", "文档 V2 共 "),
        ("gone", "312"),
        ("new", "319"),
        ("same", " 份"),
    )


def test_the_same_text_is_one_stretch():
    assert difference("一样", "一样") == (("same", "一样"),)
    assert difference("", "") == ()


@given(st.text("甲乙丙 ab1\n", max_size=30), st.text("甲乙丙 ab1\n", max_size=30))
def test_both_texts_can_be_put_together_again(old, new):
    segments = difference(old, new)
    assert "".join(s.text for s in segments if s.change != "new") == old
    assert "".join(s.text for s in segments if s.change != "gone") == new
