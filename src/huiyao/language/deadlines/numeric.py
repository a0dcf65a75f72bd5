# SPDX-License-Identifier: Apache-2.0
"""Dates in digits: 2026-12-05, 20261205, 12/5, 12.5前, 2026.12; year, month, day unless the year stands last."""

import re
from datetime import date

from huiyao.language.deadlines import periods
from huiyao.language.deadlines.fragments import piece
from huiyao.language.deadlines.months import date_of_year
from huiyao.language.deadlines.periods import Grain
from huiyao.language.deadlines.pieces import Piece, Rule
from huiyao.language.deadlines.years import full_year

_YEAR = r"(?P<y>(?:1\d|20)\d\d)"
_M = r"(?P<m>1[0-2]|0?[1-9])"
_D = r"(?P<d>3[01]|[12]\d|0?[1-9])"
_DUE = r"(?=\s*(?:前(?!端|台|后|沿)|之前|以前|截止|号|日|上午|下午|晚|为止|[(（]?周))"
_ENDS = r"(?=\s*(?:$|[，,。；;、)）]|完成|提交|上线|前|之前|截止))"
_COUNTER = r"(?!\s*(?:天|日|个|人|周|%|年|月|分|小时|万|元|家|次|条|项|份|名|台|套|以上|以下|左右的))"


def _full(m: re.Match[str]) -> Piece | None:
    try:
        found = date(int(m["y"]), int(m["m"]), int(m["d"]))
    except ValueError:
        return None
    return piece(m, Grain.DAY, lambda _o, _s: periods.day(found))


def _short_year(m: re.Match[str]) -> Piece | None:
    month, day = int(m["m"]), int(m["d"])
    return piece(m, Grain.DAY, lambda _o, s: periods.day(date(full_year(m["y"], s.today.year), month, day)))


def _year_last(m: re.Match[str]) -> Piece | None:
    first, second = int(m["m"]), int(m["d"])
    month, day = (second, first) if first > 12 else (first, second)
    try:
        found = date(int(m["y"]), month, day)
    except ValueError:
        return None
    return piece(m, Grain.DAY, lambda _o, _s: periods.day(found), assumed=True)


def _month(m: re.Match[str]) -> Piece:
    year, month = int(m["y"]), int(m["m"])
    return piece(m, Grain.MONTH, lambda _o, _s: periods.month(year, month))


def _month_day(m: re.Match[str]) -> Piece:
    month, day = int(m["m"]), int(m["d"])
    return piece(m, Grain.DAY, lambda o, s: date_of_year(o, s, month, day), floating=True)


def _year(m: re.Match[str]) -> Piece:
    year = int(m["y"])
    return piece(m, Grain.YEAR, lambda _o, _s: periods.year(year))


def _two_digit_year(m: re.Match[str]) -> Piece:
    said = m["y"]
    return piece(m, Grain.YEAR, lambda _o, s: periods.year(full_year(said, s.today.year)))


RULES: tuple[Rule, ...] = (
    Rule(rf"(?<![\d.a-z]){_YEAR}\s?[-/.]\s?{_M}\s?[-/.]\s?{_D}(?!\d|\.\d|-(?!20\d\d)\d)(?:[日号])?(?=t\d|\D|$)", _full),
    Rule(rf"(?<![\d.a-z-]){_YEAR} (?P<m>1[0-2]|0[1-9]) (?P<d>3[01]|[12]\d|0[1-9])(?!\d)", _full),
    Rule(rf"(?<![\da-z]){_YEAR}(?P<m>1[0-2]|0[1-9])(?P<d>3[01]|[12]\d|0[1-9])(?![\da-z])", _full),
    Rule(rf"(?<![\da-z.-])(?P<y>[2-9]\d)-{_M}-{_D}(?![\da-z-])", _short_year),
    Rule(r"(?<![\d.a-z/-])(?P<m>\d{1,2})[-/](?P<d>\d{1,2})[-/](?P<y>20\d\d)(?!\d)", _year_last),
    Rule(r"(?<![\d.a-z])(?P<y>(?:19|20)\d\d)[-./](?P<m>1[0-2]|0[1-9])(?![\d.]|-\d\d(?!\d))", _month),
    Rule(r"(?<![\d.a-z-])(?P<y>20\d\d)(?=\s?(?:q[1-4]|h[12])(?![0-9a-z]))", _year),
    Rule(r"(?<![\d.a-z-])(?P<y>[2-9]\d)(?=q[1-4](?![0-9a-z]))", _two_digit_year),
    Rule(r"^(?P<y>(?:19|20)\d\d)$", _year),
    Rule(rf"(?<![\d./a-z第-]){_M}/{_D}(?![\d/%]|\s*的(?!日))[日号]?{_COUNTER}", _month_day),
    Rule(rf"^{_M}-{_D}$", _month_day),
    Rule(rf"(?<![\d./:a-z-])(?P<m>1[0-2]|0[1-9])-(?P<d>3[01]|[12]\d|0[1-9])(?![\d-]){_COUNTER}", _month_day),
    Rule(rf"(?<![\d.a-z第/:-]){_M}\.{_D}(?![\d.%]){_DUE}[日号]?", _month_day),
    Rule(
        rf"(?<![\d.a-z第/:-]){_M}\.{_D}(?=\s?[-—–~至到]\s?(?:1[0-2]|0?[1-9])\.(?:3[01]|[12]\d"
        rf"|0?[1-9])(?![\d.%])\s*(?:$|[，,。；;、)）前之完提上]))",
        _month_day,
    ),
    Rule(rf"(?<=\d[-—–~至到]){_M}\.{_D}(?![\d.%]){_ENDS}", _month_day),
)  # fmt: skip
