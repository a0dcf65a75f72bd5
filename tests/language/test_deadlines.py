# SPDX-License-Identifier: Apache-2.0
"""Deadlines: the written list of cases, the public suites, spans, and that nothing breaks them."""

import importlib.util
import json
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyao.language.deadlines import Certainty, choose_deadline, find_deadline, find_deadlines

CASES = Path(__file__).parent.parent / "data" / "deadlines_cases.jsonl"
NOW = datetime.fromisoformat("2026-11-25T15:00")


@dataclass(frozen=True)
class ListedDays:
    """Monday to Friday with listed rest days and make-up days."""

    rest: frozenset[str]
    work: frozenset[str]

    def is_working(self, day: date) -> bool:
        named = day.isoformat()
        return named in self.work or (named not in self.rest and day.weekday() < 5)


def written_cases() -> list[dict]:
    return [json.loads(row) for row in CASES.read_text("utf-8").splitlines()]


def read(case: dict) -> str | None:
    options = {}
    if "rest" in case or "work" in case:
        options["working"] = ListedDays(frozenset(case.get("rest", ())), frozenset(case.get("work", ())))
    if "next_meeting" in case:
        options["next_meeting"] = date.fromisoformat(case["next_meeting"])
    if "meeting_end" in case:
        options["meeting_end"] = datetime.fromisoformat(case["meeting_end"])
    found = find_deadline(case["text"], datetime.fromisoformat(case["reference"]), **options)
    if found is None:
        return None
    return "unresolved" if found.end is None else found.end.isoformat()


@pytest.mark.parametrize("case", written_cases(), ids=lambda case: f"{case['reference'][:10]} {case['text']}")
def test_the_written_case_is_read_as_reasoned(case: dict) -> None:
    assert read(case) == case["expected"], case["reason"]


def public_scores(material: Path) -> dict[str, dict]:
    script = material.parent / "bench" / "score_deadlines.py"
    spec = importlib.util.spec_from_file_location("score_deadlines", script)
    assert spec is not None
    assert spec.loader is not None
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    totals: dict[str, dict] = {}
    for row in (material / "deadlines_public.jsonl").read_text("utf-8").splitlines():
        case = json.loads(row)
        verdict = scorer.judge(case, find_deadline(case["text"], datetime.fromisoformat(case["reference"])))
        for group in scorer.groups(case):
            total = totals.setdefault(group, {"n": 0, "right": 0})
            total["n"] += 1
            total["right"] += bool(verdict["deadline"])
    return totals


def test_the_public_suites_are_read_well_above_every_library(material: Path) -> None:
    totals = public_scores(material)
    headline = totals["MAIN minus same-day cases"]
    after = totals["x after/since: no deadline (not in MAIN)"]
    assert headline["right"] >= 0.95 * headline["n"]
    assert after["right"] >= 0.95 * after["n"]


def test_a_span_is_an_offset_in_the_original_text() -> None:
    text = "許衡評估文檔，請於１２月５日前回覆，謝謝"
    found = find_deadline(text, NOW)
    assert found is not None
    assert text[slice(*found.span)] == found.wording == "１２月５日前"
    assert found.end == date(2026, 12, 5)


def test_a_limit_is_told_from_a_day_that_is_only_named() -> None:
    assert [(d.wording, d.marked) for d in find_deadlines("12月3日发布，材料12月1日前上传", NOW)] == [
        ("12月3日", False),
        ("12月1日前", True),
    ]


def test_several_deadlines_stand_in_reading_order_and_the_limit_is_chosen() -> None:
    found = find_deadlines("12月3日发布，材料12月1日前上传", NOW)
    chosen = choose_deadline(found)
    assert chosen is not None
    assert chosen.end == date(2026, 12, 1)


def test_a_limit_runs_from_today_and_a_point_is_one_day() -> None:
    limit, point = find_deadline("周五前", NOW), find_deadline("周五", NOW)
    assert limit is not None
    assert point is not None
    assert (limit.start, limit.end) == (date(2026, 11, 25), date(2026, 11, 27))
    assert (point.start, point.end) == (date(2026, 11, 27), date(2026, 11, 27))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("周五18:00前", time(18)),
        ("周五下午三点半", time(15, 30)),
        ("明早9点前", time(9)),
        ("Friday 5pm", time(17)),
        ("周五前", None),
    ],
)
def test_the_time_said_is_kept(text: str, expected: time | None) -> None:
    found = find_deadline(text, NOW)
    assert found is not None
    assert found.time == expected


NO_DEADLINES = [
    "便宜一点。",
    "光明日报",
    "市场部前面提到的方案",
    "2021年至今",
    "双周五例会",
    "隔周周三",
    "下次会议主持人：何苗",
    "结论见12.5%",
]


@pytest.mark.parametrize("text", NO_DEADLINES)
def test_a_wording_that_only_looks_like_a_date_is_left_alone(text: str) -> None:
    assert find_deadlines(text, NOW) == []


FOUND_LATER = [
    ("下周三15点之前", "2026-12-02"),
    ("周五三点前", "2026-11-27"),
    ("两三天内", "2026-11-28"),
    ("12月最后一个周五", "2026-12-25"),
    ("12月的第一个周末", "2026-12-06"),
    ("明后两天", "2026-11-27"),
    ("12月中下旬", "2026-12-31"),
    ("自今日起三日内", "2026-11-28"),
    ("限三天", "2026-11-28"),
    ("下次会议12月15日，请准备", "2026-12-15"),
    ("国庆后一周内", "2027-10-08"),
    ("年前完成", "2027-02-05"),
    ("周内完成", "2026-11-29"),
    ("the first Monday of December", "2026-12-07"),
    ("within a fortnight", "2026-12-09"),
]


@pytest.mark.parametrize(("text", "expected"), FOUND_LATER, ids=[row[0] for row in FOUND_LATER])
def test_wordings_met_later_are_read_too(text: str, expected: str) -> None:
    found = find_deadline(text, NOW)
    assert found is not None
    assert found.end == date.fromisoformat(expected)


@pytest.mark.parametrize("text", ["下次例会前", "上线后三天内", "合同签订之日起30日内", "收到材料后3个工作日内"])
def test_what_nobody_can_know_is_named_and_not_guessed(text: str) -> None:
    found = find_deadline(text, NOW)
    assert found is not None
    assert (found.start, found.end, found.certainty) == (None, None, Certainty.UNRESOLVED)


def test_a_rough_wording_is_marked_as_assumed() -> None:
    rough, plain = find_deadline("12月初", NOW), find_deadline("12月5日", NOW)
    assert rough is not None
    assert plain is not None
    assert (rough.certainty, plain.certainty) == (Certainty.ASSUMED, Certainty.CERTAIN)


def test_a_date_without_time_is_a_reference_too() -> None:
    found = find_deadline("三天内", date(2026, 11, 25))
    assert found is not None
    assert found.end == date(2026, 11, 28)


PIECES = (
    "零一二三四五六七八九十百千年月日号天周星期礼拜季度底初末中上下本这前后内之以到至-~:：点时分半个工作会次例今明昨"
    "0123456789./ 、，（）《》每从自起截止qhbynextfridecmay春节国庆"
)


@settings(max_examples=400, deadline=None)
@given(
    st.one_of(
        st.text(max_size=80),
        st.text(alphabet=PIECES, max_size=40),
        st.binary(max_size=80).map(lambda b: b.decode("latin-1")),
    ),
    st.datetimes(),
)
def test_any_text_at_any_time_is_read_without_failing(text: str, now: datetime) -> None:
    for found in find_deadlines(text, now):
        start, end = found.span
        assert 0 <= start < end <= len(text)
        assert found.wording == text[start:end]
        assert (found.end is None) == (found.certainty is Certainty.UNRESOLVED)
        assert found.start is None or found.end is None or found.start <= found.end


@pytest.mark.parametrize(
    "unit", ["下", "一", "周五、", "月底到", "下次", "3天", "12月5日前", "😀", "next ", "(", "《", "1.1", "会后"]
)
def test_a_very_long_line_is_read_to_its_limit(unit: str) -> None:
    text = (unit * 20_000)[:20_000]
    assert all(found.span[1] <= 20_000 for found in find_deadlines(text + "12月5日前", NOW))
