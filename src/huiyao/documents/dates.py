# SPDX-License-Identifier: Apache-2.0
"""Dates and times as a document prints them (R87), in the zone the instant carries, in any locale."""

from datetime import date, datetime

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def day_text(language: str, day: date) -> str:
    """``2026年11月27日`` or ``27 November 2026``."""
    if language == "en":
        return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def instant_text(language: str, instant: datetime) -> str:
    """``2026年11月27日 14:00`` or ``27 November 2026, 14:00``."""
    gap = ", " if language == "en" else " "
    return f"{day_text(language, instant)}{gap}{instant:%H:%M}"


def span_text(language: str, starts_at: datetime | None, ends_at: datetime | None) -> str:
    """``2026年11月27日 14:00–15:30``; a second day is named where it differs; empty without a start."""
    if starts_at is None:
        return ""
    start = instant_text(language, starts_at)
    if ends_at is None:
        return start
    if ends_at.date() == starts_at.date():
        return f"{start}–{ends_at:%H:%M}"
    return f"{start} – {instant_text(language, ends_at)}"
