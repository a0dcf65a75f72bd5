# SPDX-License-Identifier: Apache-2.0
"""Founding the organisation and changing its name, zone, working hours and language."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from itertools import pairwise
from uuid import UUID
from zoneinfo import available_timezones

from django.conf import settings
from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.policy import Policy, as_figures
from huiyao.domain.refusals import BadValue, Conflict, NotFound, Refusal
from huiyao.domain.values import clean_email, clean_line
from huiyao.features.organisation.models import Organisation, PolicyVersion
from huiyao.features.organisation.reads import DEFAULT_HOURS, DEFAULT_WEEKDAYS
from huiyao.plumbing import audit

THE_ONE = UUID("00000000-0000-7000-8000-000000000001")
"""Every founding uses the same key, so of two at once the database lets one win."""

FIELDS = ("name", "zone", "language", "hours", "weekdays", "mail_from")
SPANS_MOST = 4


class AlreadyFounded(Refusal):
    """There is an organisation already; its administrator makes further accounts."""

    code = "already_founded"


@transaction.atomic
def found(values: Mapping[str, object], *, by: Actor, at: datetime, demo: bool = False) -> Organisation:
    """Make the organisation with the guide's policy as version 1. What ``values`` leaves out gets its default.

    ``demo`` marks an organisation whose accounts have known passwords.

    Raises:
        AlreadyFounded: there is one.
        BadValue: a value cannot be used.
    """
    if Organisation.objects.exists():
        raise AlreadyFounded
    defaults: dict[str, object] = {
        "zone": "Asia/Shanghai",
        "language": "zh-hans",
        "hours": DEFAULT_HOURS,
        "weekdays": DEFAULT_WEEKDAYS,
        "mail_from": "",
        "name": "",
    }
    clean = {field: cleaned(field, value) for field, value in {**defaults, **values}.items()}
    row, made = Organisation.objects.get_or_create(pk=THE_ONE, defaults={**clean, "created_at": at, "demo": demo})
    if not made:
        raise AlreadyFounded
    PolicyVersion.objects.create(number=1, figures=as_figures(Policy()), at=at, by=by.name)
    audit.record("organisation.founded", by=by, at=at, subject=row.pk, facts={"name": row.name})
    return row


@transaction.atomic
def change_details(values: Mapping[str, object], *, version: int, by: Actor, at: datetime) -> Organisation:
    """Change what is named; running clocks keep the due instants they have.

    Raises:
        NotFound: nothing was founded yet.
        Conflict: somebody else changed it since ``version``.
        BadValue: a value cannot be used.
    """
    row = Organisation.objects.select_for_update().first()
    if row is None:
        raise NotFound
    clean = {field: cleaned(field, value) for field, value in values.items()}
    changes = {field: [getattr(row, field), new] for field, new in clean.items() if getattr(row, field) != new}
    if row.version != version and changes:
        field = next(iter(changes))
        raise Conflict(field=field, yours=changes[field][1], theirs=changes[field][0], version=row.version)
    if changes:
        for field, new in clean.items():
            setattr(row, field, new)
        row.version += 1
        row.save()
        audit.record("organisation.changed", by=by, at=at, subject=row.pk, facts=changes)
    return row


def cleaned(field: str, value: object) -> object:
    """One value, checked.

    Raises:
        BadValue: it cannot be used, or there is no such field (``reason="unknown"``).
    """
    if field not in FIELDS:
        raise BadValue(field=field, reason="unknown")
    if field == "name":
        return clean_line(field, value, most=120)
    if field == "mail_from":
        return clean_email(field, value)
    if field == "hours":
        return clean_hours(value)
    if field == "weekdays":
        return clean_weekdays(value)
    known = available_timezones() if field == "zone" else dict(settings.LANGUAGES)
    text = str(value)
    if text not in known:
        raise BadValue(field=field, reason="unknown")
    return text


def clean_hours(value: object) -> list[list[str]]:
    """The spans of a working day, sorted, not overlapping, each ``["09:00", "12:00"]``.

    Raises:
        BadValue: ``reason`` is ``required``, ``time`` or ``order``.
    """
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        raise BadValue(field="hours", reason="required")
    if any(not isinstance(span, Sequence) or isinstance(span, str) or len(span) != 2 for span in value):
        raise BadValue(field="hours", reason="time")
    spans = [(_time(opens), _time(closes)) for opens, closes in value]
    edges = [edge for span in spans for edge in span]
    if any(late <= early for early, late in pairwise(edges)) or len(spans) > SPANS_MOST:
        raise BadValue(field="hours", reason="order")
    return [[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in spans]


def _time(text: object) -> time:
    try:
        return time.fromisoformat(str(text).strip()).replace(second=0, microsecond=0, tzinfo=None)
    except ValueError:
        raise BadValue(field="hours", reason="time") from None


def clean_weekdays(value: object) -> list[int]:
    """The working weekdays, Monday = 0.

    Raises:
        BadValue: none, or something that is no weekday.
    """
    days = value if isinstance(value, Sequence) and not isinstance(value, str) else []
    numbers = {int(day) for day in days if str(day) in set("0123456")}
    if not numbers or len(numbers) != len({str(day) for day in days}):
        raise BadValue(field="weekdays", reason="required")
    return sorted(numbers)
