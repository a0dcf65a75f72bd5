# SPDX-License-Identifier: Apache-2.0
"""The only place that turns instants and dates into words, in a zone and a language."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = {
    "zh-hans": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
    "zh-hant": ("週一", "週二", "週三", "週四", "週五", "週六", "週日"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def wall(instant: datetime, zone: str) -> datetime:
    """The instant on the wall clock of a zone."""
    return instant.astimezone(ZoneInfo(zone))


def long_day(day: date, language: str) -> str:
    """``11月24日 周二`` or ``Tue 24 Nov``."""
    weekday = WEEKDAYS[language][day.weekday()]
    if language == "en":
        return f"{weekday} {day.day} {MONTHS[day.month - 1]}"
    return f"{day.month}月{day.day}日 {weekday}"


def weekday(day: date, language: str) -> str:
    """``周二`` or ``Tue``."""
    return WEEKDAYS[language][day.weekday()]


def full_day(day: date, language: str) -> str:
    """``2026年11月24日 周二`` or ``Tue 24 Nov 2026``."""
    return f"{long_day(day, language)} {day.year}" if language == "en" else f"{day.year}年{long_day(day, language)}"


def short_day(day: date, language: str) -> str:
    """``12-04 周五``: month and day with the weekday, for tables and chips."""
    return f"{day.month:02}-{day.day:02} {WEEKDAYS[language][day.weekday()]}"


def clock_time(instant: datetime, zone: str) -> str:
    """``14:00``."""
    return wall(instant, zone).strftime("%H:%M")


def day_and_time(instant: datetime, zone: str, language: str) -> str:
    """``11月24日 周二 14:00``."""
    local = wall(instant, zone)
    return f"{long_day(local.date(), language)} {local:%H:%M}"


def from_to(start: datetime, end: datetime, zone: str, language: str) -> str:
    """``2026年11月24日 周二 14:00–15:30``; a second day is written out."""
    first, last = wall(start, zone), wall(end, zone)
    ending = f"{last:%H:%M}" if first.date() == last.date() else f"{full_day(last.date(), language)} {last:%H:%M}"
    return f"{full_day(first.date(), language)} {first:%H:%M}–{ending}"


def span(length: timedelta, language: str) -> str:
    """A length in at most two units: ``1 小时 12 分``, ``3 天``, ``35 min``. Its sign is dropped."""
    minutes = int(abs(length).total_seconds()) // 60
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    units = {
        "zh-hans": (" 天", " 小时", " 分"),
        "zh-hant": (" 天", " 小時", " 分"),
        "en": (" d", " h", " min"),
    }[language]
    parts = [f"{n}{unit}" for n, unit in zip((days, hours, rest), units, strict=True) if n]
    return " ".join(parts[:2]) or f"0{units[2]}"


def listed(words: Iterable[str], language: str) -> str:
    """Names in a row: ``市场部、技术部`` or ``Marketing, Technology``."""
    return (", " if language == "en" else "、").join(words)


def colon(language: str) -> str:
    """What stands between a word and what it tells: ``：`` or ``: ``."""
    return ": " if language == "en" else "："
