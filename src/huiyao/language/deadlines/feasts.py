# SPDX-License-Identifier: Apache-2.0
"""Holidays and days of the lunar calendar in a text."""

import re

from huiyao.language.deadlines import periods
from huiyao.language.deadlines.fragments import piece
from huiyao.language.deadlines.holidays import HOLIDAYS, DayOfYear
from huiyao.language.deadlines.lunar import lunar_date, new_years_eve
from huiyao.language.deadlines.numbers import read_number
from huiyao.language.deadlines.periods import Grain, Period
from huiyao.language.deadlines.pieces import Piece, Place, Rule, Setting

_HOLIDAY_NAMES = "|".join(sorted(map(re.escape, HOLIDAYS), key=len, reverse=True))


def lunar_place(month: int, day: int) -> Place:
    """A lunar day in the lunar year of the outer period's number, else the next one from the anchor on."""

    def place(outer: Period | None, s: Setting) -> Period:
        if outer:
            return periods.day(lunar_date(outer.start.year, month, day))
        found = lunar_date(s.anchor.year - 1, month, day)
        for year in (s.anchor.year, s.anchor.year + 1):
            found = found if found >= s.anchor else lunar_date(year, month, day)
        return periods.day(found)

    return place


def _lunar_new_year(m: re.Match[str]) -> Piece:
    """年前: the year people mean is the one that begins with the Spring Festival."""
    found = lunar_place(1, 1)
    return piece(m, Grain.DAY, lambda _o, s: found(None, s), holiday=True, assumed=True)


def _lunar_day(m: re.Match[str], month: int) -> Piece | None:
    number = read_number(m["d"].lstrip("初"))
    return piece(m, Grain.DAY, lunar_place(month, number), floating=True) if number else None


def _holiday(m: re.Match[str]) -> Piece:
    return _feast(m, HOLIDAYS[m[0]])


def _feast(m: re.Match[str], rule: DayOfYear) -> Piece:
    """The feast of the outer year, else the next one."""

    def place(outer: Period | None, s: Setting) -> Period:
        if outer:
            return periods.day(rule(outer.start.year))
        found = rule(s.anchor.year)
        return periods.day(found if found >= s.anchor else rule(s.anchor.year + 1))

    return piece(m, Grain.DAY, place, holiday=True, floating=True)


def _lunar_eve(m: re.Match[str]) -> Piece:
    """大年三十 after a numbered year is the last day of that lunar year."""

    def place(outer: Period | None, s: Setting) -> Period:
        if outer:
            return periods.day(new_years_eve(outer.start.year))
        found = new_years_eve(s.anchor.year - 1)
        return periods.day(found if found >= s.anchor else new_years_eve(s.anchor.year))

    return piece(m, Grain.DAY, place, holiday=True)


def _national_day(m: re.Match[str]) -> Piece:
    """十一 where it cannot be a number."""
    return _feast(m, HOLIDAYS["国庆"])


RULES: tuple[Rule, ...] = (
    Rule(r"(?<=年)十一(?![月号日点个年天周]|[\d一二三四五六七八九])", _national_day),
    Rule(r"(?<![一二三四五六七八九\d第百])十一(?=前|之前|以前|后|期间|假|放假)", _national_day),
    Rule(r"(?:大年三十|大年30)", _lunar_eve),
    Rule(
        r"(?<![\d一二三四五六七八九十每去今明后前本当近过半新两多几数百千往历同这某哪])(?P<lunar>年)(?=前"
        r"(?![一二两三四五六七八九十\d]))",
        _lunar_new_year,
    ),
    Rule(r"(?:农历)?(?:正月|大年)(?P<d>初?[一二三四五六七八九十]{1,3})", lambda m: _lunar_day(m, 1)),
    Rule(r"(?:农历)?腊月(?P<d>初?[一二三四五六七八九十]{1,3})", lambda m: _lunar_day(m, 12)),
    Rule(rf"(?:{_HOLIDAY_NAMES})", _holiday),
)  # fmt: skip
