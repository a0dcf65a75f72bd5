# SPDX-License-Identifier: Apache-2.0
"""Names are found by their pinyin."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyao.language.pinyin import MAX_KEYS, full_keys, initial_keys, pinyin_keys, syllables


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("许衡", "xuheng", "xh"),
        ("許衡", "xuheng", "xh"),
        ("单雄信", "shanxiongxin", "sxx"),
        ("单雄信", "danxiongxin", "dxx"),
        ("曾巩", "zenggong", "zg"),
        ("仇远", "qiuyuan", "qy"),
        ("万俟雅", "moqiya", "mqy"),
        ("欧阳询", "ouyangxun", "oyx"),
        ("市场部", "shichangbu", "scb"),
        ("重庆分部", "chongqingfenbu", "cqfb"),
        ("Anna Li", "annali", "al"),
    ],
)
def test_a_name_is_found_by_full_spelling_and_initials(name: str, full: str, initials: str) -> None:
    assert full in full_keys(name)
    assert initials in initial_keys(name)
    assert {full, initials} <= set(pinyin_keys(name))


def test_the_commonest_reading_of_a_surname_comes_first() -> None:
    assert full_keys("解元")[0] == "xieyuan"


def test_an_umlaut_is_found_with_v_and_with_u() -> None:
    assert {"lvmeng", "lumeng"} <= set(full_keys("吕蒙"))


def test_a_character_alone_has_its_readings_and_a_letter_has_none() -> None:
    assert set(syllables("行")) >= {"xing", "hang"}
    assert syllables("x") == ()


def test_an_empty_name_has_no_keys() -> None:
    assert pinyin_keys(" ·") == ()


@given(st.text(max_size=60))
def test_any_text_gives_a_bounded_number_of_keys(name: str) -> None:
    assert len(full_keys(name)) <= MAX_KEYS
    assert len(initial_keys(name)) <= MAX_KEYS
