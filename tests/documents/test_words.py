# SPDX-License-Identifier: Apache-2.0
"""The words and dates of documents."""

from dataclasses import replace
from datetime import timedelta

import pytest

from huiyao.documents.dates import span_text
from huiyao.documents.paper.wording import topic_remark
from huiyao.documents.states import PaperState
from huiyao.documents.words import words_for
from huiyao.domain.minutes import TopicMinutes
from tests.documents.samples import END, START


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("zh-hans", "zh-hans"),
        ("zh_Hant", "zh-hant"),
        ("zh-TW", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("zh", "zh-hans"),
        ("en-GB", "en"),
    ],
)
def test_a_language_is_known_by_its_usual_names(tag: str, language: str) -> None:
    assert words_for(tag).language == language


@pytest.mark.parametrize("tag", ["", "fr", "english", "zh-x"])
def test_an_unknown_language_is_refused(tag: str) -> None:
    with pytest.raises(ValueError, match="no document words"):
        words_for(tag)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_no_label_is_empty_and_each_state_has_a_seal(language: str) -> None:
    words = words_for(language)
    assert all(getattr(words, name) for name in words.__slots__)
    assert set(words.seals) == set(words.states) == set(PaperState)


def test_traditional_labels_are_not_the_simplified_ones() -> None:
    words, simplified = words_for("zh-hant"), words_for("zh-hans")
    different = {name for name in words.__slots__ if getattr(words, name) != getattr(simplified, name)}
    assert {"heading", "name", "time", "recorder", "support", "next_plan", "problem"} <= different


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh-hans", "2026年11月24日 14:00–15:30"), ("en", "24 November 2026, 14:00–15:30")],
)
def test_a_span_is_printed_as_the_language_does(language: str, text: str) -> None:
    assert span_text(language, START, END) == text


def test_a_span_over_midnight_names_both_days() -> None:
    assert span_text("zh-hans", START, END + timedelta(hours=10)) == "2026年11月24日 14:00 – 2026年11月25日 01:30"


def test_an_open_or_absent_span() -> None:
    assert span_text("en", START, None) == "24 November 2026, 14:00"
    assert span_text("zh-hant", None, END) == ""


@pytest.mark.parametrize(
    ("language", "remark"),
    [("zh-hans", "（20 分钟，已跳过）"), ("zh-hant", "（20 分鐘，已跳過）"), ("en", " (20 min, skipped)")],
)
def test_a_topic_that_was_left_out_says_so(language: str, remark: str) -> None:
    topic = TopicMinutes("t", 1, "问题", planned_minutes=20, skipped=True)
    assert topic_remark(words_for(language), topic) == remark
    assert topic_remark(words_for(language), replace(topic, skipped=False)) != remark
