# SPDX-License-Identifier: Apache-2.0
"""Chinese distances from now: 三天内, 两周后, 5个工作日内, 下三周."""

import re
from datetime import date, datetime, time, timedelta

from huiyao.language.deadlines import periods
from huiyao.language.deadlines.fragments import got, piece
from huiyao.language.deadlines.numbers import NUMERAL, read_number
from huiyao.language.deadlines.periods import Grain, Period
from huiyao.language.deadlines.pieces import Kind, Piece, Rule, Setting, shift_working

INSIDE = r"(?:之内|以内|内(?!部|容|存|测|网|审|外|控|核|需|置|嵌|参|训|涵)|里(?!程))"


BEHIND = r"(?:之后|以后|过后|后(?=端到端)|后(?!端|台|续|勤|期|果|来(?!的)|备|缀|视|门|盾|置|面|方))"


AHEAD = r"(?:之前|以前|前(?=端到端)|前(?!端|台|后|期|往|来|沿|瞻|置|夕|景|线|鉴|面(?!试|谈|签|向)))"


_UNIT = r"(?P<unit>小时|钟头|钟|分钟|刻钟|秒钟?|天|日|周(?!年|岁)|星期|礼拜|(?<=[个两俩仨半])月|季度|年(?!级))"


_COUNTED = r"(?:\d{1,3}|[一二三四五六七八九两十百千廿卅俩仨]{1,6})"


LENGTH = (
    rf"(?:(?P<half>半)\s*个?\s*|(?P<n>\d{{1,3}}\.5|{_COUNTED})\s*(?P<vague>多|余|几)?\s*个?\s*(?P<mid>半)?\s*个?\s*)"
    rf"{_UNIT}(?:钟(?!头))?(?P<tail>半)?(?:的?时间)?"
)


_VERB = re.compile(r"[\u4e00-\u9fff）)](?<![今以往之最随此然日号天周月年季末底初旬])$")


_EVENT = re.compile(
    r"(?:[\u4e00-\u9fff）)](?<![今以往之最随此然前日号天周月年季末底初旬一二三四五六])(?:之|以)?后"
    r"|之日起|之时起|日起计?|起算?)[，,的\s]{0,2}$"
)


DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}


MONTHS = {"月": 1, "季度": 3, "年": 12}


_MINUTES = {"小时": 60, "钟头": 60, "钟": 60, "分钟": 1, "刻钟": 15, "秒": 0, "秒钟": 0}


_ABOUT = re.compile("[一二两三四五六七八九]{2}")


def length_halves(m: re.Match[str]) -> int | None:
    """The count in halves of the unit, so that 一年半 is three; None for what is no number."""
    if m["half"]:
        return 1
    if m["n"].endswith(".5"):
        return 2 * int(m["n"][:-2]) + 1
    number = read_number(m["n"][-1] if _ABOUT.fullmatch(m["n"]) else m["n"])
    if number is None:
        return None
    return 2 * number + (1 if m["mid"] or m["tail"] else 0)


def shifted(base: datetime, unit: str, halves: int) -> datetime:
    """``base`` moved by so many halves of a unit; months keep the day where they can, half a month is 15 days."""
    if unit in _MINUTES:
        return base + timedelta(minutes=_MINUTES[unit] * halves / 2)
    if unit in DAYS:
        hours = 24 * DAYS[unit] * halves // 2 if halves > 0 else -(24 * DAYS[unit] * -halves // 2)
        return base + timedelta(hours=hours)
    months, rest = divmod(MONTHS[unit] * abs(halves), 2)
    sign = 1 if halves > 0 else -1
    moved = periods.add_months(base.date(), sign * months) + timedelta(days=sign * 15 * rest)
    return datetime.combine(moved, base.time())


def _coarse(unit: str, halves: int, on: date) -> Period:
    """N年后 names a year, a number of quarters or half years a month; everything else a day."""
    if unit == "年" and halves % 2 == 0:
        return periods.year(on.year)
    if unit == "季度" or (unit == "年" and halves % 2):
        return periods.month(on.year, on.month)
    return periods.day(on)


def _distance(m: re.Match[str], kind: Kind, sign: int = 1) -> Piece | None:
    halves, unit = length_halves(m), m["unit"]
    if halves is None:
        return None
    until_now = m[0].endswith("来") or m[0].startswith(("近", "最近", "过去"))

    def place(outer: Period | None, s: Setting) -> Period:
        base = s.now if outer is None else datetime.combine(outer.end, time())
        found = shifted(base, unit, sign * halves).date()
        if until_now:
            return Period(found, s.today, Grain.DAY)
        return _coarse(unit, halves, found) if kind is Kind.POINT and outer is None else periods.day(found)

    open_ended = bool(m["vague"]) or "以后" in m[0] or ("之后" in m[0] and (unit in MONTHS or halves % 2 == 1))
    return Piece(m.start(), m.end(), kind, place=place, exact=not open_ended, past=sign < 0, assumed=bool(m["vague"]))


def _within(m: re.Match[str]) -> Piece | None:
    """A span from now on; behind an event without a date (上线后三天内) nobody knows from when."""
    return _distance(m, Kind.EVENT if _follows_event(m) else Kind.WITHIN)


def _follows_event(m: re.Match[str]) -> bool:
    before = m.string[max(0, m.start() - 8) : m.start()]
    if m[0][0] == "后":
        return _VERB.search(before) is not None
    return _EVENT.search(before) is not None


def _behind(m: re.Match[str]) -> Piece | None:
    return _distance(m, Kind.POINT)


def _once_more(m: re.Match[str]) -> Piece | None:
    """再过三天 names a day; with hours or minutes it only says "not yet"."""
    if m["unit"] in _MINUTES:
        return Piece(m.start(), m.end(), Kind.OPEN)
    return _distance(m, Kind.WITHIN)


def _ago(m: re.Match[str]) -> Piece | None:
    return _distance(m, Kind.AGO, -1)


def _duration(m: re.Match[str]) -> Piece | None:
    return _distance(m, Kind.DURATION)


def _whole_weeks(m: re.Match[str]) -> Piece | None:
    """下三周: the three calendar weeks after this one (the same with months)."""
    number = read_number(m["n"])
    if not number or number > 500:
        return None

    def place(_outer: Period | None, s: Setting) -> Period:
        if m["unit"] == "月":
            last = periods.month(s.today.year, s.today.month + number)
            return Period(periods.month(s.today.year, s.today.month + 1).start, last.end, Grain.MONTH)
        return Period(periods.week(s.today, 1).start, periods.week(s.today, number).end, Grain.WEEK)

    return piece(m, Grain.WEEK, place)


def _working(m: re.Match[str]) -> Piece | None:
    number = read_number(m["n"])
    if not number or number > 400:
        return None
    kind = {"内": Kind.WITHIN, "后": Kind.POINT, "前": Kind.AGO}.get((got(m, "way") or " ")[-1], Kind.DURATION)
    kind = Kind.EVENT if _follows_event(m) else kind
    sign = -1 if kind is Kind.AGO else 1

    def place(outer: Period | None, s: Setting) -> Period:
        base = s.today if outer is None else outer.end
        return periods.day(shift_working(base, sign * number, s.working))

    open_ended = (got(m, "way") or "") in ("之后", "以后")
    return Piece(m.start(), m.end(), kind, place=place, exact=not open_ended, past=sign < 0)


UNNAMED = re.sub(r"\(\?P<\w+>", "(?:", LENGTH)


_COMING = r"(?:在?未来的?|今后的?|接下来的?|往后的?|随后的?|(?<![之以])后|之后的?|再等|(?<![通超经])过)"


_COUNT = rf"(?<![\d.第月]){LENGTH}"

RULES: tuple[Rule, ...] = (
    Rule(
        rf"(?<![\d.])(?P<n>{NUMERAL})\s*个?\s*(?:工作[日天]|交易日)(?P<way>之内|以内|内|之后|以后|后|之前|以前|前)?",
        _working,
    ),
    Rule(r"下(?P<n>[两二三四五六七八九十]|\d{1,2})个\s*(?P<unit>周|星期|礼拜|月)", _whole_weeks),
    Rule(r"下(?P<n>[两二三四五六七八九十]|\d{1,2})(?P<unit>周|星期|礼拜)(?![一二三四五六日天])", _whole_weeks),
    Rule(rf"再过\s*{LENGTH}", _once_more),
    Rule(rf"下(?={NUMERAL}\s*个?\s*(?:小时|分钟|刻钟|钟头))\s*{LENGTH}", _within),
    Rule(rf"{_COMING}\s*{LENGTH}(?:{INSIDE}|后)?", _within),
    Rule(rf"(?:过去的?|最近的?|近|(?<!以)前|上(?!个|一))\s*{LENGTH}(?:{INSIDE}|来|以来)?", _ago),
    Rule(rf"{_COUNT}(?:{INSIDE}|为限)", _within),
    Rule(rf"限期?(?:在|于)?\s*{LENGTH}{INSIDE}?", _within),
    Rule(rf"{_COUNT}{BEHIND}", _behind),
    Rule(rf"(?!(?!两){NUMERAL}日){_COUNT}(?:{AHEAD}|以来)", _ago),
    Rule(rf"(?!(?!两){NUMERAL}日){_COUNT}(?!级)", _duration),
)  # fmt: skip
