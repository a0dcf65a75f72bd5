# SPDX-License-Identifier: Apache-2.0
"""The organisation's working calendar, built from its hours, the statutory holidays and its own days."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

import holidays

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.reminding import CalendarOf
from huiyao.features.calendars.models import CalendarDay
from huiyao.features.organisation.models import Organisation
from huiyao.features.organisation.reads import find_organisation, working_hours, working_weekdays
from huiyao.features.people.reads import own_zones

ZONES_OF_COUNTRY = {
    "CN": ("Asia/Shanghai", "Asia/Urumqi"),
    "HK": ("Asia/Hong_Kong",),
    "MO": ("Asia/Macau",),
    "TW": ("Asia/Taipei",),
    "JP": ("Asia/Tokyo",),
    "KR": ("Asia/Seoul",),
    "SG": ("Asia/Singapore",),
    "MY": ("Asia/Kuala_Lumpur",),
    "TH": ("Asia/Bangkok",),
    "VN": ("Asia/Ho_Chi_Minh",),
    "ID": ("Asia/Jakarta",),
    "PH": ("Asia/Manila",),
    "IN": ("Asia/Kolkata",),
    "AU": ("Australia/Sydney", "Australia/Melbourne"),
    "NZ": ("Pacific/Auckland",),
    "GB": ("Europe/London",),
    "IE": ("Europe/Dublin",),
    "DE": ("Europe/Berlin",),
    "AT": ("Europe/Vienna",),
    "CH": ("Europe/Zurich",),
    "FR": ("Europe/Paris",),
    "NL": ("Europe/Amsterdam",),
    "BE": ("Europe/Brussels",),
    "ES": ("Europe/Madrid",),
    "IT": ("Europe/Rome",),
    "PL": ("Europe/Warsaw",),
    "CZ": ("Europe/Prague",),
    "SE": ("Europe/Stockholm",),
    "US": ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles"),
    "CA": ("America/Toronto", "America/Vancouver"),
    "MX": ("America/Mexico_City",),
    "BR": ("America/Sao_Paulo",),
}
"""Nationwide holidays are known for these; elsewhere only the weekend rests."""
COUNTRY_OF_ZONE = {zone: country for country, zones in ZONES_OF_COUNTRY.items() for zone in zones}
FIRST_YEAR, LAST_YEAR = 2023, 2030


@lru_cache(maxsize=64)
def statutory_days(zone: str) -> dict[date, bool]:
    """Holidays (False) and make-up working days (True) of the zone's country, as far as they are published."""
    country = COUNTRY_OF_ZONE.get(zone)
    if country is None:
        return {}
    calendar = holidays.country_holidays(country, years=range(FIRST_YEAR, LAST_YEAR + 1))
    days = dict.fromkeys(calendar, False)
    days.update(dict.fromkeys(calendar.weekend_workdays, True))
    return days


def working_calendar(organisation: Organisation | None = None) -> WorkingCalendar:
    """The calendar every clock counts in."""
    organisation = organisation or find_organisation()
    zone = organisation.zone if organisation else "Asia/Shanghai"
    days = {**statutory_days(zone), **dict(CalendarDay.objects.values_list("day", "working"))}
    return WorkingCalendar(zone, working_hours(organisation), working_weekdays(organisation), days)


def calendars_of(base: WorkingCalendar, persons: Iterable[object] | None = None) -> CalendarOf:
    """Each person's own calendar: ``base``, or its hours and weekdays in their zone with that country's holidays.

    Days the organisation set itself, make-up days among them, are kept where the organisation is.
    """
    return calendars_for(base, own_zones(persons))


def calendars_for(base: WorkingCalendar, zones: Mapping[str, str]) -> CalendarOf:
    """As ``calendars_of``, where the zones of those who live elsewhere are known by person."""
    elsewhere = {zone: in_zone(zone, base) for zone in set(zones.values())}
    return lambda person: elsewhere[zones[person]] if person in zones else base


def in_zone(zone: str, base: WorkingCalendar) -> WorkingCalendar:
    """The calendar of somebody who lives in ``zone``; ``base`` itself where that is empty or the organisation's own."""
    if not zone or zone == base.zone:
        return base
    return WorkingCalendar(zone, base.hours, base.weekdays, statutory_days(zone))


def decided_days() -> list[CalendarDay]:
    """The days the organisation has set itself, by date."""
    return list(CalendarDay.objects.order_by("day"))
