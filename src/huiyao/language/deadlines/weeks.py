# SPDX-License-Identifier: Apache-2.0
"""Chinese words for weeks, weekdays and weekends."""

import re
from datetime import timedelta

from huiyao.language.deadlines import periods
from huiyao.language.deadlines.fragments import PART, TURN, WEEK, WEEKDAYS, got, piece, turns
from huiyao.language.deadlines.periods import Grain, Period, part_of
from huiyao.language.deadlines.pieces import Piece, Rule, Setting


def _week(m: re.Match[str]) -> Piece:
    ahead, part = turns(got(m, "turn")), m["part"]
    return piece(
        m, Grain.WEEK, lambda _o, s: part_of(periods.week(s.today, ahead), part), past=ahead < 0, assumed=bool(part)
    )


def on_weekday(outer: Period | None, s: Setting, number: int) -> Period | None:
    """A weekday of the outer week, else the next one on or after the anchor."""
    if outer and outer.grain is Grain.WEEK:
        return periods.day(outer.start + timedelta(days=number))
    return None if outer else periods.day(s.anchor + timedelta(days=(number - s.anchor.weekday()) % 7))


def _weekday(m: re.Match[str]) -> Piece:
    number, turn = WEEKDAYS[m["d"]], got(m, "turn")
    if not turn:
        return piece(m, Grain.DAY, lambda o, s: on_weekday(o, s, number), floating=True, bare=True)
    ahead = turns(turn)
    return piece(
        m, Grain.DAY, lambda _o, s: periods.day(periods.week(s.today, ahead).start + timedelta(days=number)),
        past=ahead < 0,
    )  # fmt: skip


def _weekend(m: re.Match[str]) -> Piece:
    ahead = turns(got(m, "turn"))

    def place(outer: Period | None, s: Setting) -> Period:
        base = outer if outer and outer.grain is Grain.WEEK else periods.week(s.today, ahead)
        return Period(base.end - timedelta(days=1), base.end, Grain.WEEK)

    return piece(m, Grain.WEEK, place, past=ahead < 0)


def _running(m: re.Match[str]) -> Piece:
    """周内, 月内, 季内: the running week, month, quarter."""
    unit = m["unit"]

    def place(_outer: Period | None, s: Setting) -> Period:
        if unit == "周":
            return periods.week(s.today)
        if unit == "月":
            return periods.month(s.today.year, s.today.month)
        return periods.quarter(s.today.year, (s.today.month + 2) // 3)

    return piece(m, Grain.WEEK, place)


def _half_week(m: re.Match[str]) -> Piece:
    ahead, first = turns(got(m, "turn")), m["h"] == "上半周"

    def place(_outer: Period | None, s: Setting) -> Period:
        monday = periods.week(s.today, ahead).start
        span = (0, 2) if first else (3, 6)
        return Period(monday + timedelta(days=span[0]), monday + timedelta(days=span[1]), Grain.WEEK)

    return piece(m, Grain.WEEK, place, past=ahead < 0)


RULES: tuple[Rule, ...] = (
    Rule(r"(?<![一二三四五六七八九十\d两几半每上下本这一])(?P<unit>周|月|季度?)(?=内(?!部|容|存|测))", _running),
    Rule(rf"{TURN}?{WEEK}六[、和]?(?:周|星期|礼拜)?[日天](?!志|程|报)", _weekend),
    Rule(rf"{TURN}?{WEEK}末", _weekend),
    Rule(rf"{TURN}?的?(?P<h>[上下]半周)", _half_week),
    Rule(rf"{TURN}?的?{WEEK}(?:\s*(?P<d>[一二三四五六日天](?!年)|[1-6](?![\d个.天年:点月])))(?!鸣|志)", _weekday),
    Rule(rf"{TURN}(?:个)?{WEEK}(?!期|报|会|年|边|知|转|刊){PART}", _week),
    Rule(rf"{TURN}(?:个)?{WEEK}(?=[报会例]){PART}", _week),
)  # fmt: skip
