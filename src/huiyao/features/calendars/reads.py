# SPDX-License-Identifier: Apache-2.0
"""The organisation's working calendar, built from its hours, the statutory holidays and its own days."""

from datetime import date
from functools import lru_cache

import holidays

from huiyao.domain.calendar import WorkingCalendar
from huiyao.features.calendars.models import CalendarDay
from huiyao.features.organisation.models import Organisation
from huiyao.features.organisation.reads import find_organisation, working_hours, working_weekdays

COUNTRY_OF_ZONE = {
    "Asia/Shanghai": "CN",
    "Asia/Urumqi": "CN",
    "Asia/Hong_Kong": "HK",
    "Asia/Macau": "MO",
    "Asia/Taipei": "TW",
}
FIRST_YEAR, LAST_YEAR = 2023, 2030


@lru_cache(maxsize=8)
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


def decided_days() -> list[CalendarDay]:
    """The days the organisation has set itself, by date."""
    return list(CalendarDay.objects.order_by("day"))
