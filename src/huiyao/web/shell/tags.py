# SPDX-License-Identifier: Apache-2.0
"""Template filters and tags of every page; dates go through ``plumbing.formatting``."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

from huiyao.plumbing import formatting

register = template.Library()
SELECTED = mark_safe(" selected")


def _language() -> str:
    language = get_language() or "zh-hans"
    return language if language in formatting.WEEKDAYS else "zh-hans"


@register.filter
def moment(instant: datetime | None, zone: str = "Asia/Shanghai") -> str:
    """``11月24日 周二 14:00``; nothing for None."""
    return formatting.day_and_time(instant, zone, _language()) if instant else ""


@register.filter
def clocktime(instant: datetime | None, zone: str = "Asia/Shanghai") -> str:
    """``14:00``."""
    return formatting.clock_time(instant, zone) if instant else ""


@register.filter
def day(value: date | None) -> str:
    """A civil date: ``12-04 周五``."""
    return formatting.short_day(value, _language()) if value else ""


@register.filter
def longday(value: date | None) -> str:
    """A civil date: ``11月24日 周二``."""
    return formatting.long_day(value, _language()) if value else ""


@register.filter
def fullday(value: date | None) -> str:
    """A civil date with its year."""
    return formatting.full_day(value, _language()) if value else ""


@register.filter
def dayof(instant: datetime | None, zone: str = "Asia/Shanghai") -> date | None:
    """The civil date of an instant in a zone."""
    return formatting.wall(instant, zone).date() if instant else None


@register.filter
def span(length: timedelta | None) -> str:
    """A length: ``1 小时 12 分``."""
    return formatting.span(length, _language()) if length is not None else ""


@register.filter
def iso(instant: datetime | None) -> str:
    """An instant for machines (``<time datetime>``)."""
    return instant.isoformat().replace("+00:00", "Z") if instant else ""


@register.filter
def get(mapping: dict[object, object], key: object) -> object:
    """``mapping[key]`` in a template; nothing when it is not there."""
    return mapping.get(key, "")


@register.simple_tag
def options(choices: Iterable[tuple[object, object]], chosen: object = "") -> str:
    """The ``<option>`` elements of a list of (value, name), the chosen one selected."""
    rows = ((key, SELECTED if key == chosen else "", name) for key, name in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


@register.simple_tag(takes_context=True)
def nav(context: template.Context, prefix: str) -> str:
    """``on`` when the page belongs to this part of the navigation."""
    path = context["request"].path
    return "on" if (path == prefix if prefix == "/" else path.startswith(prefix)) else ""


@register.simple_tag
def colon() -> str:
    """What stands between a word and what it tells, as the reader's language writes it."""
    return formatting.colon(_language())
