# SPDX-License-Identifier: Apache-2.0
"""Deadlines as minutes write them: labelled, behind a clock emoji, in a column, or in the sentence.

The wording is cut out here and dates without words are read here; everything else is left to ``deadlines``.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from huiyao.language.deadlines import find_deadline
from huiyao.language.minutes.scripts import compiled

_ZONE = ZoneInfo("Asia/Shanghai")
DUE_LABEL = (
    r"(?:预计|计划|期望|要求|最迟)?(?:完成|截止|交付|解决|闭环|反馈)(?:时间|日期|期限|时限)|(?:完成|截止)(?=\s*\d{4}\s*年)|截止(?:日期|时间|到|至)?(?=\s*[:：])|(?<![A-Za-z])(?:ddl|DDL)(?![A-Za-z])"
    r"|[Dd]ue(?:\s[Dd]ate)?(?=\s*[:：])|[Dd]eadline|时限|期限|到期(?:日|时间)"
)
_LABELLED = compiled(
    rf"(?:{DUE_LABEL})\s*(?:[:：]|为|是)?\s*(?P<value>[^，。；;\n（(⏰]{{1,80}}?)"
    r"(?=\s*(?:(?:责任|负责|主责|经办|跟进|执行)(?:人|方|单位|部门)|\s*[-—–]{2,}|\s[-—–]\s|[@，。；;\n（(⏰]|$))"
)
CLOCK = compiled(r"[⏰📅🕒⌛]\ufe0f?\s*(?P<value>\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2})?)")
_OPEN = compiled(r"(?:暂无|待|定期|无|长期|持续|与|TBD|tbd|N/?A|未定|不涉及)")
_DAY = r"(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*(?:\d{1,2}\s*[日号]?|底|末|中旬?|初|[上下]旬)"
_MEETING = r"下(?:次|一次|期|一期|个|一)\s*[A-Za-z\u4e00-\u9fff]{0,5}\s*(?:例会|会议|会上|会)"
_IN_SENTENCE = compiled(
    rf"(?P<value>{_DAY}(?:之?前|以前|内|底)?(?=[^日\d])(?!.{{0,2}}(?:会议纪要|纪要))|\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}|\d{{1,2}}\.\d{{1,2}}日?(?=之?前)"
    rf"|{_MEETING}|本周[一二三四五六日天]?|下下?周[一二三四五六日天]?|这周|周[一二三四五六日天](?:之?前|下班前)"
    r"|今天|明天|后天|(?:本|这个?|下个?)月[底末初中]?|\d{1,3}\s*个?(?:工作日|天|日|周|星期|礼拜|月|季度)(?:之?后|之?内|以内)"
    r"|[一二两三四五六]个?(?:工作日|天|周|星期|月)(?:之?后|之?内|以内|左右)|(?:本|下|上)?季度[末底]|年底|年末|月底|月末|Q[1-4](?:之?[前内]|[末底]))"
)
_NUMERIC = (
    (compiled(r"(?P<y>\d{4})\s*[-/.年]\s*(?P<m>\d{1,2})\s*[-/.月]\s*(?P<d>\d{1,2})(?!\d)"), ("y", "m", "d")),
    (compiled(r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{4})(?!\d)"), ("y", "m", "d")),
    (compiled(r"(?P<y>\d{4})\s*年\s*(?P<m>\d{1,2})\s*月(?!\s*\d)"), ("y", "m", "")),
    (compiled(r"(?<!\d)(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})(?!\d)"), ("", "m", "d")),
    (compiled(r"(?<![\d./-])(?P<m>\d{1,2})[/.](?P<d>\d{1,2})(?![\d./-])"), ("", "m", "d")),
    (compiled(r"(?<!\d)(?P<m>\d{1,2})\s*月(?:\s*[底末份])?(?!\s*\d)"), ("", "m", "")),
)
_ENGLISH = compiled(
    r"(?P<mon>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s*(?P<d>\d{1,2})\s*,?\s*(?P<y>\d{4})",
    re.IGNORECASE,
)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline: the day it names, if it can be known, and its wording."""

    day: date | None
    wording: str
    span: tuple[int, int]


def labelled_due(text: str, held_on: date | None) -> Due | None:
    """A deadline behind a label or a clock emoji; the span covers label and value."""
    for pattern in (CLOCK, _LABELLED):
        found = pattern.search(text)
        if found:
            wording = found["value"].strip(" *~")
            day = None if _OPEN.match(wording) else resolve(wording, held_on)
            return Due(day, wording, found.span())
    return None


def sentence_due(text: str, held_on: date | None) -> Due | None:
    """A deadline inside the sentence of an action. The next meeting has a wording but no day."""
    dues = [_sentence(found, held_on) for found in _IN_SENTENCE.finditer(text + " ")]
    return next((due for due in dues if due.day is not None), dues[0] if dues else None)


def _sentence(found: re.Match[str], held_on: date | None) -> Due:
    wording = found["value"].strip()
    day = None if re.match(_MEETING, wording) else resolve(wording, held_on)
    return Due(day, wording, found.span("value"))


def resolve(wording: str, held_on: date | None) -> date | None:
    """The day a wording names. Without the day of the meeting only full dates can be known.

    A day that is a date without a year is the one nearest to the meeting, in the past by two months at most.
    """
    day = numeric_day(wording, held_on)
    if day is not None or held_on is None:
        return day
    found = find_deadline(wording, datetime.combine(held_on, time(9), _ZONE))
    return found.end if found is not None else None


def numeric_day(wording: str, held_on: date | None) -> date | None:
    """A date written in figures: year first, day first with a year, month and day, month alone (its last day)."""
    english = _ENGLISH.search(wording)
    if english:
        return _day(int(english["y"]), _MONTHS.index(english["mon"].lower()) + 1, int(english["d"]))
    for pattern, (year, month, day) in _NUMERIC:
        found = pattern.search(wording)
        if not found or re.match(r"\s*[初中上]", wording[found.end() :]):
            continue
        return _filled(int(found[year]) if year else None, int(found[month]), int(found[day]) if day else None, held_on)
    return None


def _filled(year: int | None, month: int, day: int | None, held_on: date | None) -> date | None:
    if not 1 <= month <= 12:
        return None
    if year is not None:
        return _day(year, month, day)
    if held_on is None:
        return None
    read = _day(held_on.year, month, day)
    if read is not None and (held_on - read).days > 60:
        return _day(held_on.year + 1, month, day)
    return read


def _day(year: int, month: int, day: int | None) -> date | None:
    try:
        return date(year, month, day if day is not None else monthrange(year, month)[1])
    except ValueError:
        return None


def column_day(wording: str, held_on: date | None) -> date | None:
    """A date in a due-date column, where figures may stand alone (7/31, 14-08 as day and month)."""
    short = re.fullmatch(r"\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*", wording)
    if not short:
        return resolve(wording, held_on)
    if held_on is None:
        return None
    first, second = int(short[1]), int(short[2])
    month, day = (second, first) if first > 12 else (first, second)
    return _filled(None, month, day, held_on)
