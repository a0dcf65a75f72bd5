# SPDX-License-Identifier: Apache-2.0
"""Chinese words for years, half years and quarters."""

import re
from datetime import date

from huiyao.language.deadlines import periods
from huiyao.language.deadlines.fragments import END, MIDDLE, PART, START, TURN, got, piece, turns
from huiyao.language.deadlines.numbers import read_number
from huiyao.language.deadlines.periods import Grain, Period, part_of
from huiyao.language.deadlines.pieces import Piece, Rule, Setting

_YEAR_PART = rf"(?:的?\s?年?(?P<part>伊始|{MIDDLE}|{START}|{END}))?"


def full_year(text: str, now_year: int) -> int:
    """A year written with two digits is the one nearest to ``now_year``; longer ones stand for themselves."""
    if text.startswith("两千"):
        return 2000 + (read_number(text[2:].lstrip("零〇") or "零") or 0)
    value = read_number(text) or 0
    if len(text) > 2:
        return value
    century = now_year - now_year % 100
    return min((century - 100 + value, century + value, century + 100 + value), key=lambda y: (abs(y - now_year), -y))


_YEAR_FOLLOWED = (
    r"\s*(?:的|，|,)?\s*(?:\d{1,2}\s*月|[一二三四五六七八九十]{1,3}\s*月|底|初|末|年中|第|首月|[一二三四]季|[上下]半年"
    r"|q[1-4]|h[12]|以后|之后|以来|起|前[一二两\d]|后[一二两\d]|最后|全年|度)"
)


_SHORT_YEAR = (
    rf"(?:\d{{2}}|[零〇一二三四五六七八九]{{2}})(?=\s*年(?:{_YEAR_FOLLOWED}|$))"
    rf"|(?<![\d一二三四五六七八九十])\d\d(?=年$)"
)


_YEAR_BODY = r"(?P<y>(?<!\d)[12]\d{3}|[一二][零〇一二三四五六七八九]{3}|两千[零〇]?[一二三四五六七八九十]{1,3}|"


def _numbered_year(m: re.Match[str]) -> Piece:
    said, part = m["y"], m["part"]
    return piece(
        m, Grain.YEAR, lambda _o, s: part_of(periods.year(full_year(said, s.today.year)), part), assumed=bool(part)
    )


_YEAR_WORDS = {
    "大前年": -3,
    "前年": -2,
    "去年": -1,
    "上一年": -1,
    "上年": -1,
    "今年": 0,
    "本年": 0,
    "这一年": 0,
    "当年": 0,
}


_YEAR_WORDS |= {"明年": 1, "来年": 1, "下一年": 1, "下年": 1, "翌年": 1, "次年": 1, "后年": 2, "大后年": 3}


def _relative_year(m: re.Match[str]) -> Piece:
    ahead, part = _YEAR_WORDS[m["w"]], m["part"]

    def place(outer: Period | None, s: Setting) -> Period:
        base = outer.start.year if outer and ahead == 1 and m["w"] in ("次年", "翌年") else s.today.year
        return part_of(periods.year(base + ahead), part)

    return piece(m, Grain.YEAR, place, past=ahead < 0, assumed=bool(part))


def _both_years(m: re.Match[str]) -> Piece:
    def place(_outer: Period | None, s: Setting) -> Period:
        year = s.today.year
        return Period(date(year, 1, 1), date(year + 1, 12, 31), Grain.YEAR)

    return piece(m, Grain.YEAR, place)


def _bare_year_part(m: re.Match[str]) -> Piece:
    part = m["part"]

    def place(outer: Period | None, s: Setting) -> Period:
        year = outer.start.year if outer else s.anchor.year
        found = part_of(periods.year(year), part)
        return found if outer or found.end >= s.anchor else part_of(periods.year(year + 1), part)

    return piece(m, Grain.MONTH, place, assumed=True)


def _within_year(m: re.Match[str]) -> Piece:
    return piece(m, Grain.YEAR, lambda o, s: o or periods.year(s.today.year))


def _half_year(m: re.Match[str]) -> Piece:
    number = 1 if m["h"] in ("上半年", "h1") else 2
    part = m["part"]

    def place(outer: Period | None, s: Setting) -> Period:
        year = outer.start.year if outer else s.today.year
        return part_of(periods.half(year, number), part)

    return piece(m, Grain.HALF, place)


def _quarter(m: re.Match[str]) -> Piece:
    said, turn, part = got(m, "n") or got(m, "bare"), got(m, "turn"), m["part"]
    said_year = got(m, "y")

    def place(outer: Period | None, s: Setting) -> Period:
        now = (s.today.month + 2) // 3
        if not said:
            return part_of(periods.quarter(s.today.year, now + turns(turn)), part)
        number = read_number(said) or 1
        if outer or said_year:
            return part_of(periods.quarter(outer.start.year if outer else int(said_year or 0), number), part)
        found = part_of(periods.quarter(s.anchor.year, number), part)
        return found if found.end >= s.anchor else part_of(periods.quarter(s.anchor.year + 1, number), part)

    return piece(m, Grain.QUARTER, place, past=turns(turn) < 0, floating=bool(said))


def _season(m: re.Match[str]) -> Piece:
    """Three months each, spring from March; the next one not over."""
    first = 3 * "春夏秋冬".index(m["season"]) + 3

    def place(outer: Period | None, s: Setting) -> Period:
        year = outer.start.year if outer else s.anchor.year
        found = Period(periods.month(year, first).start, periods.month(year, first + 2).end, Grain.QUARTER)
        if outer or found.end >= s.anchor:
            return found
        return Period(periods.month(year + 1, first).start, periods.month(year + 1, first + 2).end, Grain.QUARTER)

    return piece(m, Grain.QUARTER, place, assumed=True)


RULES: tuple[Rule, ...] = (
    Rule(r"(?P<season>[春夏秋冬])(?:天|季)(?!招|赛|款|新|发布|服|版|校|运)", _season),
    Rule(r"今明两年", _both_years),
    Rule(
        rf"{_YEAR_BODY}{_SHORT_YEAR})\s*年(?!级|代|龄|轻|货|薪|纪|来|内|多)(?:度|伊?(?=伊始))?{_YEAR_PART}",
        _numbered_year,
    ),
    Rule(
        rf"(?<![以今往之午])(?P<w>大前年|大后年|上一年|下一年|这一年|前年|去年|上年|今年|本年|当年|明年"
        rf"|来年|下年|翌年|次年|后年)度?{_YEAR_PART}",
        _relative_year,
    ),
    Rule(rf"(?P<h>[上下]半年|h[12](?![0-9a-z])){PART}", _half_year),
    Rule(rf"{TURN}季度?(?!节){PART}", _quarter),
    Rule(rf"(?<![\d一二三四])(?:第(?P<n>[一二三四1-4])个?|(?P<bare>[一二三四1-4]))季度?(?!节){PART}", _quarter),
    Rule(rf"(?<![a-z])q(?P<n>[1-4])(?![0-9a-z&])季?度?{PART}(?:\s(?:of\s)?(?P<y>20\d\d)(?!年))?", _quarter),
    Rule(rf"季度?(?P<part>{MIDDLE}|{START}|{END})", _quarter),
    Rule(
        rf"(?<![\d大一二三四五六七八九十每去今明后前本当近过半新学青少中老成两多往百千余周])年(?=[底末终"
        rf"初中])(?P<part>{MIDDLE}(?!大)|{START}|{END}(?!奖|考|总结))",
        _bare_year_part,
    ),
    Rule(r"(?<![\d一二三四五六七八九十每去今明后前本当近过半两多几百千余])年(?=内(?!部|容))", _within_year),
)  # fmt: skip
