# SPDX-License-Identifier: Apache-2.0
"""English date wordings: by Friday, 5 December, end of next month, within three working days."""

import re
from datetime import date, datetime, timedelta

from huiyao.language.deadlines import periods
from huiyao.language.deadlines.distances import shifted
from huiyao.language.deadlines.fragments import got, piece
from huiyao.language.deadlines.holidays import ENGLISH_HOLIDAYS, nth_weekday
from huiyao.language.deadlines.months import date_of_year, day_of_month, in_year
from huiyao.language.deadlines.periods import Grain, Period, part_of
from huiyao.language.deadlines.pieces import Clock, Kind, Piece, Rule, Setting, shift_working
from huiyao.language.deadlines.weeks import on_weekday

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?P<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:,?\s+(?P<y>20\d\d))?"
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONG_DAY = r"(?P<day>monday|tuesday|wednesday|thursday|friday|saturday|sunday|tues|thurs|thur|thu|tue|fri)"
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}
_WORDS |= {"nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2, "a couple of": 2, "half a": 0}
_COUNT = r"(?P<n>\d{1,3}|a couple of|couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_LENGTH = (
    rf"{_COUNT}[\s-]+(?P<work>(?:business|working|work)\s+)?(?P<unit>hour|minute|day|week|month|year|fortnight)s?\b"
)
_UNITS = {"hour": "小时", "minute": "分钟", "day": "天", "week": "周", "fortnight": "周", "month": "月", "year": "年"}
_PARTS = {"end": "底", "late": "下旬", "mid": "中", "middle": "中", "early": "上旬", "beginning": "初", "start": "初"}
_PART = r"(?:(?P<part>end|late|middle|mid|early|beginning|start)(?:\s+of)?[\s-]+(?:the\s+)?)"
_TURNS = {"this": 0, "current": 0, "next": 1, "coming": 0, "last": -1, "previous": -1}
_TURN = r"(?:(?P<turn>this|current|next|coming|last|previous)\s+)"


def _dated(m: re.Match[str]) -> Piece | None:
    month, day = _MONTHS.index(m["month"][:3]) + 1, int(m["d"])
    said = int(m["y"]) if m["y"] else None

    def place(outer: Period | None, s: Setting) -> Period | None:
        return periods.day(date(said, month, day)) if said else date_of_year(outer, s, month, day)

    return piece(m, Grain.DAY, place, floating=True)


def _month(m: re.Match[str]) -> Piece:
    month, part = _MONTHS.index(m["month"][:3]) + 1, _PARTS.get(got(m, "part") or "")
    said = int(m["y"]) if m["y"] else None

    def place(outer: Period | None, s: Setting) -> Period | None:
        return part_of(periods.month(said, month), part) if said else in_year(outer, s, month, part)

    return piece(m, Grain.MONTH, place, floating=True, assumed=bool(part))


def _weekday(m: re.Match[str]) -> Piece:
    number, turn = _WEEKDAYS.index(m["day"][:3]), got(m, "turn")

    def place(outer: Period | None, s: Setting) -> Period | None:
        if not turn:
            return on_weekday(outer, s, number)
        return periods.day(periods.week(s.today, _TURNS[turn]).start + timedelta(days=number))

    return piece(m, Grain.DAY, place, past=_TURNS.get(turn or "", 0) < 0, floating=not turn)


def _unit_period(unit: str, ahead: int, s: Setting) -> Period:
    if unit == "week":
        return periods.week(s.today, ahead)
    if unit == "month":
        return periods.month(s.today.year, s.today.month + ahead)
    if unit == "quarter":
        return periods.quarter(s.today.year, (s.today.month + 2) // 3 + ahead)
    return periods.year(s.today.year + ahead)


_GRAINS = {"week": Grain.WEEK, "month": Grain.MONTH, "quarter": Grain.QUARTER, "year": Grain.YEAR}


def _turned(m: re.Match[str]) -> Piece:
    unit, turn, part = m["unit"], got(m, "turn") or "this", _PARTS.get(got(m, "part") or "")
    return piece(
        m, _GRAINS[unit], lambda _o, s: part_of(_unit_period(unit, _TURNS[turn], s), part), past=_TURNS[turn] < 0
    )


def _unit_end(m: re.Match[str]) -> Piece:
    unit = {"m": "month", "w": "week", "q": "quarter", "y": "year"}.get(m["unit"], m["unit"])
    return piece(m, _GRAINS[unit], lambda _o, s: part_of(_unit_period(unit, 0, s), "底"))


_NEAR = {"today": 0, "tonight": 0, "tomorrow": 1, "the day after tomorrow": 2, "day after tomorrow": 2, "yesterday": -1}


def _near(m: re.Match[str]) -> Piece:
    ahead = _NEAR[m[0]]
    return piece(m, Grain.DAY, lambda _o, s: periods.day(s.today + timedelta(days=ahead)), past=ahead < 0)


def _length(m: re.Match[str]) -> Piece | None:
    count = int(m["n"]) if m["n"].isdigit() else _WORDS[m["n"]]
    way, after = got(m, "way"), got(m, "after")
    sign = -1 if after == "ago" else 1
    if not way and not after:
        return Piece(m.start(), m.end(), Kind.DURATION)

    def place(_outer: Period | None, s: Setting) -> Period:
        base: datetime = (s.meeting_end or s.now) if after and "meeting" in after else s.now
        if m["work"]:
            return periods.day(shift_working(base.date(), sign * count, s.working))
        return periods.day(
            shifted(base, _UNITS[m["unit"]], (4 if m["unit"] == "fortnight" else 2) * sign * count).date()
        )

    kind = Kind.AGO if sign < 0 else Kind.WITHIN
    return Piece(m.start(), m.end(), kind, place=place, past=sign < 0)


def _next_meeting(m: re.Match[str]) -> Piece:
    def place(_outer: Period | None, s: Setting) -> Period | None:
        return periods.day(s.next_meeting) if s.next_meeting else None

    return Piece(m.start(), m.end(), Kind.NEXT_MEETING, place=place)


def _holiday(m: re.Match[str]) -> Piece:
    rule = ENGLISH_HOLIDAYS[m[0]]

    def place(_outer: Period | None, s: Setting) -> Period:
        found = rule(s.anchor.year)
        return periods.day(found if found >= s.anchor else rule(s.anchor.year + 1))

    return piece(m, Grain.DAY, place, holiday=True, floating=True)


def _end_of_day(m: re.Match[str]) -> Piece:
    return Piece(m.start(), m.end(), Kind.CLOCK, clock=Clock(None, half="all"))


def _unit_running(m: re.Match[str]) -> Piece:
    unit = m["unit"]
    return piece(m, _GRAINS[unit], lambda _o, s: _unit_period(unit, 0, s))


def _day_number(m: re.Match[str]) -> Piece:
    number = int(m["d"])
    return piece(m, Grain.DAY, lambda o, s: day_of_month(o, s, number), floating=True)


def _day_part(m: re.Match[str]) -> Piece:
    return Piece(m.start(), m.end(), Kind.CLOCK, clock=Clock(None, half="am" if m["p"] == "morning" else "pm"))


def _nth_weekday(m: re.Match[str]) -> Piece:
    """The first Monday of December, the last Friday of next month."""
    order, weekday = _ORDERS.index(m["order"]), _WEEKDAYS.index(m["day"][:3])

    def place(_outer: Period | None, s: Setting) -> Period | None:
        if m["month"]:
            month = in_year(None, s, _MONTHS.index(m["month"][:3]) + 1)
        else:
            month = periods.month(s.today.year, s.today.month + _TURNS.get(m["turn"] or "this", 0))
        if month is None:
            return None
        if order == len(_ORDERS) - 1:
            return periods.day(month.end - timedelta(days=(month.end.weekday() - weekday) % 7))
        return periods.day(nth_weekday(month.start.year, month.start.month, weekday, order + 1))

    return piece(m, Grain.DAY, place)


_ORDERS = ("first", "second", "third", "fourth", "last")
_NAMES = "|".join(sorted(map(re.escape, ENGLISH_HOLIDAYS), key=len, reverse=True))
_NOON = {"noon": 12, "midday": 12, "midnight": 24}
_BEFORE_MONTH = r"(?<=\bin )|(?<=\bby )|(?<=\bbefore )|(?<=\buntil )|(?<=\bof )|(?<=\bmid-)|(?<=\bthrough )|^"

RULES: tuple[Rule, ...] = (
    Rule(r"(?:the\s+)?next\s+(?:[a-z]+\s+){0,2}?(?:meeting|stand-?up|review meeting)\b", _next_meeting),
    Rule(
        rf"\b(?:the\s+)?(?P<order>{'|'.join(_ORDERS)})\s+{_LONG_DAY}\s+(?:of|in)\s+(?:{_MONTH}"
        rf"|(?:the\s+)?{_TURN}?month\b)",
        _nth_weekday,
    ),
    Rule(rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}\b(?!\s*(?:%|people|days|items)){_YEAR}", _dated),
    Rule(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH}{_YEAR}", _dated),
    Rule(rf"\b(?:the\s+)?{_PART}{_MONTH}{_YEAR}", _month),
    Rule(rf"(?:{_BEFORE_MONTH}){_MONTH}{_YEAR}", _month),
    Rule(rf"\b{_TURN}?{_LONG_DAY}\b", _weekday),
    Rule(r"(?:(?<=\bby )|(?<=\bon )|(?<=\bdue )|(?<=\bbefore ))(?P<day>mon|wed|sat|sun)\b", _weekday),
    Rule(r"\bthe day after tomorrow\b|\bday after tomorrow\b|\b(?:today|tonight|tomorrow|yesterday)\b", _near),
    Rule(r"\b(?:eod|cob|end of (?:the |business )?day|close of business)\b", _end_of_day),
    Rule(r"\beo(?P<unit>[wmqy])\b", _unit_end),
    Rule(r"\b(?P<unit>month|year|quarter|week)[\s-]end\b", _unit_end),
    Rule(rf"\b(?:the\s+)?{_PART}{_TURN}?(?P<unit>week|month|quarter|year)\b", _turned),
    Rule(rf"\b(?:the\s+)?{_TURN}(?P<unit>week|month|quarter|year)\b", _turned),
    Rule(
        rf"\b(?:(?P<way>within|in|over|during)\s+(?:the\s+)?(?:next\s+|coming\s+)?)?{_LENGTH}"
        r"(?:\s+(?P<after>from now|from today|later|ago|after (?:the|this) meeting|of the meeting|from the meeting))?",
        _length,
    ),
    Rule(rf"\b{_TURN}(?P<day>mon|wed|sat|sun)\b", _weekday),
    Rule(r"\bwithin\s+(?:the|this)\s+(?P<unit>week|month|quarter|year)\b", _unit_running),
    Rule(r"(?:(?<=\bby )|(?<=\bon )|(?<=\buntil )|(?<=\bbefore ))the\s+(?P<d>\d{1,2})(?:st|nd|rd|th)\b", _day_number),
    Rule(r"(?<=[a-z]\s)(?:in the\s+)?(?P<p>morning|afternoon|evening)\b", _day_part),
    Rule(rf"\b(?:{_NAMES})\b", _holiday),
    Rule(
        r"\b(?P<h>noon|midday|midnight)\b",
        lambda m: Piece(m.start(), m.end(), Kind.CLOCK, clock=Clock(_NOON[m["h"]], half="24")),
    ),
)  # fmt: skip
