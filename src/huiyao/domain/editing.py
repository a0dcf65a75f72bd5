# SPDX-License-Identifier: Apache-2.0
"""Saving one field at a time: when a write is accepted, what a value must look like."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.refusals import BadValue, Conflict
from huiyao.domain.values import clean_line


@dataclass(frozen=True, slots=True)
class FieldWrite:
    """One field as somebody wants it: ``was`` is the value their page showed, ``version`` the row's then.

    Values are texts in the form the page shows, so that what was seen can be compared with what is there.
    """

    field: str
    value: str
    was: str
    version: int


def accept(write: FieldWrite, *, present: str, version: int) -> None:
    """Let the write pass unless somebody else changed this very field since the writer saw it.

    Raises:
        Conflict: the row has moved on and the field is neither what was seen nor what is wanted.
    """
    if write.version == version or present in (write.was, write.value):
        return
    raise Conflict(field=write.field, yours=write.value, theirs=present, version=version)


def whole(field: str, value: str, least: int, most: int) -> int:
    """A whole number within its limits, full-width digits included.

    Raises:
        BadValue: no whole number (``number``), or outside (``range``).
    """
    text = value.strip()
    if not text.isdecimal() or len(text) > 9:
        raise BadValue(field=field, reason="number", least=least, most=most)
    if not least <= int(text) <= most:
        raise BadValue(field=field, reason="range", least=least, most=most)
    return int(text)


def choice(field: str, value: str, allowed: Collection[str]) -> str:
    """One of the allowed words.

    Raises:
        BadValue: another one.
    """
    if value not in allowed:
        raise BadValue(field=field, reason="unknown")
    return value


def instant(field: str, value: str, calendar: WorkingCalendar) -> datetime | None:
    """An instant in UTC from ``YYYY-MM-DDTHH:MM`` on the calendar's wall clock, or with its own offset.

    Empty gives None. Seconds are dropped.

    Raises:
        BadValue: no such date and time.
    """
    if not value.strip():
        return None
    try:
        found = datetime.fromisoformat(value.strip())
        if found.tzinfo is None:
            found = calendar.at(found.date(), found.time())
        return found.astimezone(UTC).replace(second=0, microsecond=0)
    except (ValueError, OverflowError):
        raise BadValue(field=field, reason="moment") from None


def as_wall(moment: datetime | None, calendar: WorkingCalendar) -> str:
    """The instant as a page's ``datetime-local`` field shows it; empty for None."""
    return calendar.local(moment).strftime("%Y-%m-%dT%H:%M") if moment else ""


def web_address(field: str, value: str, most: int = 1000) -> str:
    """An address that a browser may open: http or https with a host, nothing else.

    Raises:
        BadValue: anything else (``url``), or too long.
    """
    clean = clean_line(field, value, most=most)
    try:
        parts = urlsplit(clean)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and " " not in clean
    except ValueError:
        usable = False
    if not usable:
        raise BadValue(field=field, reason="url")
    return clean
