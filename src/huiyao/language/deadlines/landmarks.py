# SPDX-License-Identifier: Apache-2.0
"""Days counted from a landmark: beside today, inside a period (第二周, 最后三天), before or after a meeting."""

import re
from datetime import datetime, time, timedelta

from huiyao.language.deadlines import periods
from huiyao.language.deadlines.distances import AHEAD, DAYS, INSIDE, LENGTH, MONTHS, UNNAMED, length_halves, shifted
from huiyao.language.deadlines.fragments import WEEKDAYS, got, piece
from huiyao.language.deadlines.holidays import nth_weekday
from huiyao.language.deadlines.numbers import NUMERAL, read_number
from huiyao.language.deadlines.periods import Grain, Period
from huiyao.language.deadlines.pieces import Clock, Kind, Piece, Rule, Setting, shift_working


def _two_days(m: re.Match[str]) -> Piece:
    """今明两天, 明后两天."""
    first = int(m["w"] == "明后")

    def place(_outer: Period | None, s: Setting) -> Period:
        return Period(s.today + timedelta(days=first), s.today + timedelta(days=first + 1), Grain.DAY)

    return piece(m, Grain.DAY, place)


def _next_working(m: re.Match[str]) -> Piece:
    return piece(m, Grain.DAY, lambda _o, s: periods.day(shift_working(s.today, 1, s.working)))


def _edge_working(m: re.Match[str]) -> Piece:
    """The first, N-th or last working day of the outer period."""
    last = m["at"].startswith("最后")
    number = 1 if last or m["at"].startswith("首") else read_number(m["at"].strip("第个")) or 1

    def place(outer: Period | None, s: Setting) -> Period | None:
        if outer is None:
            return None
        start = outer.end + timedelta(days=1) if last else outer.start - timedelta(days=1)
        found = shift_working(start, -1 if last else number, s.working)
        return periods.day(found)

    return Piece(m.start(), m.end(), Kind.CALENDAR, Grain.DAY, place, outer_only=True)


_NEAR = {"大前": -3, "前": -2, "昨": -1, "今": 0, "本": 0, "当": 0, "即": 0, "明": 1, "次": 1, "翌": 1, "隔": 1}


_NEAR |= {"第二": 1, "后": 2, "大后": 3, "听": 1, "寻": -1, "琴": -1}


_HALF_OF_DAY = {"早": "am", "晨": "am", "晚": "night", "夜": "night"}


def _near_day(m: re.Match[str]) -> Piece:
    ahead, word = _NEAR[m["w"]], m["w"]

    def place(outer: Period | None, s: Setting) -> Period:
        if word in ("当", "次", "翌", "隔", "第二"):
            base = outer.end if outer else (s.anchor if word != "当" else s.today)
        else:
            base = s.today
        return periods.day(base + timedelta(days=ahead))

    half = _HALF_OF_DAY.get(got(m, "half") or "")
    clock = Clock(None, half=half) if half else None
    bare = ahead >= 0 and not half
    return Piece(m.start(), m.end(), Kind.CALENDAR, Grain.DAY, place, clock=clock, past=ahead < 0, bare=bare)


def _nth_day(m: re.Match[str]) -> Piece | None:
    """第三天: of an outer period, or counted from today as the first."""
    number = 1 if m["n"] == "首" else read_number(m["n"])
    if not number:
        return None

    def place(outer: Period | None, s: Setting) -> Period | None:
        if outer is None and number == 1:
            return None
        base = outer.start if outer else s.today
        return periods.day(base + timedelta(days=number - 1))

    return piece(m, Grain.DAY, place)


def _nth_week(m: re.Match[str]) -> Piece | None:
    """第二周 of a month or year: the weeks that begin in it, on a Monday."""
    number = 1 if m["n"] == "首" else read_number(m["n"])
    if not number or number > 53:
        return None

    def place(outer: Period | None, _s: Setting) -> Period | None:
        if outer is None:
            return None
        monday = outer.start + timedelta(days=-outer.start.weekday() % 7)
        return periods.week(monday, number - 1)

    return Piece(m.start(), m.end(), Kind.CALENDAR, Grain.WEEK, place, outer_only=True)


def _nth_weekday(m: re.Match[str]) -> Piece | None:
    last = m["n"] == "最后一"
    number, weekday = (1 if last else read_number(m["n"].lstrip("第")) or 0), WEEKDAYS[m["d"]]

    def place(outer: Period | None, _s: Setting) -> Period | None:
        if outer is None or not number:
            return None
        if last:
            return periods.day(outer.end - timedelta(days=(outer.end.weekday() - weekday) % 7))
        first = nth_weekday(outer.start.year, outer.start.month, weekday, 1)
        found = first + timedelta(weeks=number - 1)
        return periods.day(found) if found <= outer.end else None

    return Piece(m.start(), m.end(), Kind.CALENDAR, Grain.DAY, place, outer_only=True)


def _nth_weekend(m: re.Match[str]) -> Piece | None:
    """第一个周末: Saturday and Sunday, counted by its Saturday."""
    last = m["n"] == "最后一"
    number = 1 if last else read_number(m["n"].lstrip("第")) or 0

    def place(outer: Period | None, _s: Setting) -> Period | None:
        if outer is None or not number:
            return None
        first = outer.start + timedelta(days=(5 - outer.start.weekday()) % 7, weeks=number - 1)
        saturday = outer.end - timedelta(days=(outer.end.weekday() - 5) % 7) if last else first
        return Period(saturday, saturday + timedelta(days=1), Grain.WEEK) if saturday <= outer.end else None

    return Piece(m.start(), m.end(), Kind.CALENDAR, Grain.WEEK, place, outer_only=True)


def _nth_month(m: re.Match[str]) -> Piece | None:
    number = 1 if m["n"] == "首" else read_number(m["n"])
    if not number or number > 12:
        return None

    def place(outer: Period | None, _s: Setting) -> Period | None:
        found = periods.month(outer.start.year, outer.start.month + number - 1) if outer else None
        return found if found and outer and found.end <= outer.end else None

    return Piece(m.start(), m.end(), Kind.CALENDAR, Grain.MONTH, place, outer_only=True)


def _grain_of(unit: str) -> Grain:
    return {"天": Grain.DAY, "日": Grain.DAY, "周": Grain.WEEK, "月": Grain.MONTH, "季度": Grain.QUARTER}[unit]


def _edge(outer: Period, unit: str, number: int, *, first: bool) -> Period:
    if unit in ("月", "季度"):
        months = number * MONTHS[unit]
        end, start = periods.month(outer.end.year, outer.end.month - months + 1).start, outer.start
        if first:
            return Period(start, periods.month(start.year, start.month + months - 1).end, Grain.MONTH)
        return Period(end, outer.end, Grain.MONTH)
    days = timedelta(days=number * DAYS[unit] - 1)
    span = (outer.start, outer.start + days) if first else (outer.end - days, outer.end)
    return Period(*span, Grain.WEEK if unit == "周" else Grain.DAY)


def _edges(m: re.Match[str]) -> Piece | None:
    """The first or last N days, weeks, months or quarters of the outer period."""
    number, unit, first = read_number(m["n"]), m["unit"], m["side"] in ("前", "头")
    if not number or number > 400:
        return None

    def place(outer: Period | None, _s: Setting) -> Period | None:
        return _edge(outer, unit, number, first=first) if outer else None

    return Piece(m.start(), m.end(), Kind.CALENDAR, _grain_of(unit), place, outer_only=True)


def _meeting_base(s: Setting) -> datetime:
    return s.meeting_end or s.now


def _after_meeting(m: re.Match[str]) -> Piece | None:
    """会后 with what follows it; alone it is no deadline."""
    rest = m["rest"]
    working = re.match(rf"(?P<n>{NUMERAL})个?工作[日天]", rest)
    length = re.match(LENGTH, rest)
    number = read_number(working["n"]) if working else None
    halves = length_halves(length) if length else None
    unit = length["unit"] if length else ""
    nth = re.match(rf"(?:第(?P<n>{NUMERAL})[天日]|(?P<w>当[天日晚]|次日|翌日|隔天))", rest)
    days = (read_number(nth["n"]) or 1) - 1 if nth and nth["n"] else int(bool(nth and nth[0][0] != "当"))

    def place(_outer: Period | None, s: Setting) -> Period | None:
        base = _meeting_base(s)
        if number:
            return periods.day(shift_working(base.date(), number, s.working))
        if nth:
            return periods.day(base.date() + timedelta(days=days))
        return periods.day(shifted(base, unit, halves).date()) if halves else None

    return Piece(m.start(), m.end(), Kind.WITHIN if halves or number or nth else Kind.OPEN, place=place)


def _next_meeting(m: re.Match[str]) -> Piece:
    length = re.fullmatch(LENGTH, m["back"]) if m["back"] else None
    halves = length_halves(length) if length else None

    def place(_outer: Period | None, s: Setting) -> Period | None:
        if s.next_meeting is None:
            return None
        if length and halves:
            return periods.day(shifted(datetime.combine(s.next_meeting, time()), length["unit"], -halves).date())
        return periods.day(s.next_meeting)

    return Piece(m.start(), m.end(), Kind.NEXT_MEETING, place=place)


_REST = (
    rf"(?:第{NUMERAL}[天日]|当[天日晚]|次日|翌日|隔天"
    rf"|{NUMERAL}\s*个?\s*工作[日天]{INSIDE}?|{UNNAMED}{INSIDE}?)"
)


_MEETING_NAME = r"(?:[\u4e00-\u9fff]{0,8}?(?:会议|例会|会(?!员|计|谈|话|场|馆|面|费|签|议))|开会|碰头)"

RULES: tuple[Rule, ...] = (
    Rule(
        rf"(?<![机社协理董事员开宴聚])(?:会议?(?:结束|召开)?(?:之|以)?后|散会(?:之|以)?后|会毕|会议结束)"
        rf"(?:的|，|,)?\s*(?P<rest>{_REST}|)",
        _after_meeting,
    ),
    Rule(
        rf"下(?:一)?个?(?:次|届|轮)的?{_MEETING_NAME}(?:召开|开始"
        rf"|举行)?(?:{AHEAD}\s*(?P<back>{UNNAMED}))?(?!的?(?:主持|安排|时间|议题|议程|地点|日期|室|主题"
        rf"|通知))",
        _next_meeting,
    ),
    Rule(r"(?:下一?个?|次一?个?)(?:工作[日天]|交易日)", _next_working),
    Rule(rf"(?P<at>第{NUMERAL}个?|首个|最后一个?)工作[日天]", _edge_working),
    Rule(rf"(?P<n>第{NUMERAL}|最后一)个?(?:周|星期|礼拜)(?P<d>[一二三四五六日天])", _nth_weekday),
    Rule(rf"(?P<n>第{NUMERAL}|最后一)个?周末", _nth_weekend),
    Rule(r"(?P<w>今明|明后)两?[天日]", _two_days),
    Rule(rf"(?<=[年月度周的])(?P<side>前|头|后|最后|末)\s*(?P<n>{NUMERAL})\s*个?\s*(?P<unit>天|日|周|月|季度)", _edges),
    Rule(r"最后\s*(?P<n>一)\s*(?P<unit>天|周)(?P<side>)", _edges),
    Rule(r"(?P<w>大前|大后|昨|今|(?<!光)明|(?<![今以往之])后|(?<![之以])前)(?:天|日(?!期|程|志|常|本))", _near_day),
    Rule(r"(?P<w>昨|今|明|(?<![今以往之])后)儿个?", _near_day),
    Rule(r"(?P<w>本|当|即|次|翌|隔)(?:天|日(?!期|程|志|常|本|均))", _near_day),
    Rule(r"(?P<w>第二)[天日]", _near_day),
    Rule(r"(?P<w>大后|昨|今|明|当|(?<![今以往之])后(?!期))(?P<half>早|晨|晚|夜)", _near_day),
    Rule(rf"第(?P<n>{NUMERAL})(?:天|日)", _nth_day),
    Rule(r"(?P<n>首)[天日]", _nth_day),
    Rule(rf"第(?P<n>{NUMERAL})个?(?:周|星期|礼拜)(?![一二三四五六日天])", _nth_week),
    Rule(r"(?P<n>首)周", _nth_week),
    Rule(rf"第(?P<n>{NUMERAL})个?月", _nth_month),
    Rule(r"(?P<n>首)个?月", _nth_month),
)  # fmt: skip
