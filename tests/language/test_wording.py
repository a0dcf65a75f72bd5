# SPDX-License-Identifier: Apache-2.0
"""Hints on wording: what is found, what is left alone, and that the list stays usable."""

from collections import Counter
from pathlib import Path

import pytest

from huiyao.language.wording import BadWordList, Category, check_wording, load_entries, own_entries

DATA = Path(__file__).resolve().parents[1] / "data"


def rows(name):
    lines = (DATA / name).read_text("utf-8").splitlines()[1:]
    return [line.split("\t") for line in lines]


def found(text):
    return [(hint.category, hint.wording) for hint in check_wording(text)]


def test_nine_of_ten_planted_sentences_are_found():
    planted = rows("wording_planted.tsv")
    assert len(planted) >= 150
    hit = [
        sentence for category, sentence in planted if category in {hint.category for hint in check_wording(sentence)}
    ]
    assert len(hit) >= 0.9 * len(planted)


@pytest.mark.material
def test_real_minutes_have_no_alarm_nobody_has_judged(material):
    """Every alarm on the real minutes is in the reviewed sample; at most one a file was judged false."""
    verdicts = [row for row in rows("wording_alarms.tsv") if row[0].startswith("minutes/")]
    assert len(rows("wording_alarms.tsv")) == 100
    known = Counter((name, int(line), category) for name, line, category, _ in verdicts)
    alarms: Counter[tuple[str, int, str]] = Counter()
    for path in sorted((material / "minutes").iterdir()):
        if path.suffix in (".md", ".txt") and path.stem != "SOURCES":
            for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
                for hint in check_wording(line):
                    alarms[f"minutes/{path.name}", number, hint.category] += 1
    assert alarms - known == Counter()
    false = Counter(name for name, _, _, verdict in verdicts if verdict == "false")
    assert max(false.values()) <= 1


def test_a_hint_says_why_and_what_to_write_instead():
    (hint,) = check_wording("接口问题会尽快处理。")
    assert hint.category is Category.VAGUE_TIME
    assert (hint.span, hint.wording) == ((5, 7), "尽快")
    assert all((hint.reason, hint.suggestion, hint.reason_en, hint.suggestion_en))


@pytest.mark.parametrize(
    "text",
    [
        "请在3月12日前尽快提交清单。",
        "大量退货共320件。",
        "客户原话：“我觉得太慢”。",
        "评审《优秀项目管理办法》。",
        "详见 https://example.invalid/asap",
        "每一部分都要检查。",
        "评选优秀项目。",
        "输出需求文档V2.0。",
        "",
    ],
)
def test_what_is_settled_or_quoted_is_left_alone(text):
    assert found(text) == []


def test_traditional_and_full_width_text_is_found_in_place():
    assert found("我覺得可以") == [(Category.OPINION, "我覺得")]
    assert found("we do it ＡＳＡＰ") == [(Category.VAGUE_TIME, "ＡＳＡＰ")]


def test_latin_wordings_are_whole_words():
    assert found("the soonest release of maybes") == []


def test_the_longer_wording_counts():
    assert found("原则同意") == [(Category.VAGUE_PROMISE, "原则同意")]
    assert len(found("从来没有按时")) == 1


def test_the_list_has_200_to_300_entries_in_every_category_without_repetition():
    entries = own_entries()
    assert 200 <= len(entries) <= 300
    assert {entry.category for entry in entries} == set(Category)
    wordings = [wording for entry in entries for wording in entry.wordings]
    assert len(wordings) == len(set(wordings))


def test_an_administrator_may_bring_a_list():
    entries = load_entries("# remark\nblame\t某某\t原因\t建议\treason\tsuggestion\n")
    assert [hint.wording for hint in check_wording("都是某某", entries)] == ["某某"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("blame\t甲\t原因\n", "columns"),
        ("rude\t甲\ta\tb\tc\td\n", "category"),
        (f"blame\t{'长' * 41}\ta\tb\tc\td\n", "wording"),
        ("blame\t甲||乙\ta\tb\tc\td\n", "wording"),
        ("", "empty"),
    ],
)
def test_a_broken_list_is_refused(text, reason):
    with pytest.raises(BadWordList) as caught:
        load_entries(text)
    assert caught.value.facts["reason"] == reason
