# SPDX-License-Identifier: Apache-2.0
"""Chinese words for months, their parts, and days of a month."""

import re
from datetime import date

from huiyao.language.deadlines import periods
from huiyao.language.deadlines.feasts import lunar_place
from huiyao.language.deadlines.fragments import DAY_NUMBER, END, MIDDLE, MONTH_NUMBER, START, got, piece, turns
from huiyao.language.deadlines.numbers import read_number
from huiyao.language.deadlines.periods import Grain, Period, part_of
from huiyao.language.deadlines.pieces import Piece, Rule, Setting

_MONTH_PART = rf"(?:的?月?\s?(?P<part>[上中下]旬|上中旬|中下旬|[上下]半月|伊始|{MIDDLE}|{START}|{END}))?"


_ROOM = (
    r"(?:楼|线|机|库|会议|门|店|车|柜|桌|位|厅|馆|院|文|令|公告|产品|问题|方案|议题|需求|项目|厂|仓"
    r"|口|节点|样|批|版|码|服务|馆|员|选手|机|池|炉|柜|站|井|桥|地|房|室|单|标段|展)"
)


_DAY_GUARD = rf"(?:日(?!常|志|本|语|均|程|活|报|子|期|夜|元|产|化|益|光|为限)|号(?!{_ROOM}))"


_UNIT_AFTER = (
    r"(?!\s*(?:[\d.%]|个|天|周|次|家|人|点|:|时|分|月|年|场|项|份|名|万|千|百|元|条|类|种|款|期|批|轮|台|套|多|几))"
)


def in_year(outer: Period | None, s: Setting, number: int, part: str | None = None) -> Period | None:
    """A month of the year: inside ``outer``, else the next one not over."""
    if outer:
        if not 1 <= number <= 12:
            return None
        found = part_of(periods.month(outer.start.year, number), part)
        return found if outer.start <= found.end and found.start <= outer.end else None
    base = periods.month(s.anchor.year, number)
    if part_of(base, part).end < s.anchor and not (part and base.end >= s.anchor):
        base = periods.month(s.anchor.year + 1, number)
    return part_of(base, part)


def _month(m: re.Match[str]) -> Piece | None:
    number, part = read_number(m["n"]), got(m, "part")
    if number is None:
        return None
    return piece(m, Grain.MONTH, lambda o, s: in_year(o, s, number, part), floating=True, assumed=bool(part))


def _relative_month(m: re.Match[str]) -> Piece:
    """本月, 下个月; 去年本月 is the month of that year."""
    ahead, part = turns(got(m, "turn")), m["part"]

    def place(outer: Period | None, s: Setting) -> Period:
        year = outer.start.year if outer and outer.grain is Grain.YEAR else s.today.year
        return part_of(periods.month(year, s.today.month + ahead), part)

    return piece(m, Grain.MONTH, place, past=ahead < 0, assumed=bool(part))


def _bare_month_part(m: re.Match[str]) -> Piece:
    part = m["part"]

    def place(outer: Period | None, s: Setting) -> Period:
        if outer and outer.grain is Grain.MONTH:
            return part_of(outer, part)
        found = part_of(periods.month(s.anchor.year, s.anchor.month), part)
        if found.end >= s.anchor:
            return found
        return part_of(periods.month(s.anchor.year, s.anchor.month + 1), part)

    return piece(m, Grain.THIRD, place, assumed=True)


def next_date(month: int, day: int, s: Setting) -> date | None:
    """The next such day on or after the anchor; 29 February waits for a leap year."""
    for year in range(s.anchor.year, s.anchor.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= s.anchor:
            return found
    return None


def date_of_year(outer: Period | None, s: Setting, month: int, day: int) -> Period | None:
    """A month and day inside the outer year, else the next one."""
    if not outer:
        found = next_date(month, day, s)
        return periods.day(found) if found else None
    found = date(outer.start.year, month, day)
    return periods.day(found) if outer.start <= found <= outer.end else None


def _is_lunar(m: re.Match[str], month: str, day: str) -> bool:
    """Lunar when the day is written 初N, or for 八月十五 without 日 after a year that is not written in digits."""
    if day.startswith("初") or got(m, "lunar"):
        return True
    if got(m, "suffix") or (read_number(month), read_number(day)) != (8, 15) or not day.startswith("十"):
        return False
    return re.search(r"[\d零〇一二三四五六七八九]年\s*的?$", m.string[: m.start()]) is None


def _month_day(m: re.Match[str]) -> Piece | None:
    month, day = read_number(m["m"]), read_number(m["d"].lstrip("初"))
    if month is None or day is None:
        return None
    if _is_lunar(m, m["m"], m["d"]):
        return piece(m, Grain.DAY, lunar_place(month, day), floating=True, assumed=True)
    return piece(m, Grain.DAY, lambda o, s: date_of_year(o, s, month, day), floating=True)


def day_of_month(outer: Period | None, s: Setting, number: int) -> Period | None:
    """A day of the outer month, else the next day with that number on or after the anchor."""
    if outer:
        return periods.day(outer.start.replace(day=number)) if outer.grain is Grain.MONTH else None
    for ahead in range(13):
        base = periods.month(s.anchor.year, s.anchor.month + ahead)
        if number <= base.end.day and base.start.replace(day=number) >= s.anchor:
            return periods.day(base.start.replace(day=number))
    return None


def _day_number(m: re.Match[str]) -> Piece | None:
    number = read_number(m["d"].lstrip("初"))
    if not number or number > 31:
        return None
    return piece(m, Grain.DAY, lambda o, s: day_of_month(o, s, number), floating=True, bare=True)


RULES: tuple[Rule, ...] = (
    Rule(
        rf"(?:(?P<lunar>农历|阴历)|(?<![一二三四五六七八九十百\d第]))"
        rf"(?P<m>{MONTH_NUMBER})\s*月\s*(?:份\s*)?(?P<d>{DAY_NUMBER})\s*(?:(?P<suffix>{_DAY_GUARD})|{_UNIT_AFTER})",
        _month_day,
    ),
    Rule(
        rf"(?<![一二三四五六七八九十百\d第.])(?P<n>{MONTH_NUMBER})\s*月(?:份|度)?(?!报|票|饼|光|薪|活|均"
        rf"|租|亮|球){_MONTH_PART}",
        _month,
    ),
    Rule(rf"(?<![\d.])(?P<n>{MONTH_NUMBER})(?=\s?(?:[-—–~至到])+\s?{MONTH_NUMBER}\s*月)", _month),
    Rule(
        rf"(?P<turn>本|这个?|当|今个?|下{{1,3}}一?个?|上{{1,3}}一?个?|次|来)月(?!报|票|饼|薪|活|租|度"
        rf"|会){_MONTH_PART}",
        _relative_month,
    ),
    Rule(
        rf"(?<![\d一二三四五六七八九十个两几本这当下上次每])月(?:(?=[上中下]旬)|(?=[底末初])"
        rf"|(?=中))(?P<part>[上中下]旬|上中旬|中下旬|{MIDDLE}|{START}|{END})",
        _bare_month_part,
    ),
    Rule(r"(?<!每)(?P<part>[上中下]旬|上中旬|中下旬|[上下]半月)", _bare_month_part),
    Rule(
        rf"(?<![\d第编.#a-z一二三四五六七八九十百两:/])(?P<d>{DAY_NUMBER})\s*{_DAY_GUARD}(?!内|以内|之内"
        rf"|后|之后|以后)",
        _day_number,
    ),
    Rule(rf"(?<![\d第编.#a-z一二三四五六七八九十百两:/-])(?P<d>{DAY_NUMBER})\s*号(?=之?[后内]|以[后内])", _day_number),
    Rule(rf"(?<![\d.第:/])(?P<d>{DAY_NUMBER})(?=\s?[-—–~至到、]\s?{DAY_NUMBER}\s*[日号](?!内|后))", _day_number),
)  # fmt: skip
