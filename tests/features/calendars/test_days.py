# SPDX-License-Identifier: Apache-2.0
"""Days the organisation sets itself come before weekday and statute."""

from datetime import date, datetime

import pytest

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue, NotFound
from huiyao.features.calendars.commands.days import DayOfCalendar, clear_day, read_list, set_days
from huiyao.features.calendars.models import CalendarDay
from huiyao.features.calendars.reads import working_calendar
from huiyao.plumbing.models import AuditRow

BY = Actor("", "周岚")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2027-02-05 休 春节", DayOfCalendar(date(2027, 2, 5), False, "春节")),
        ("2027/2/14，班，春节调休", DayOfCalendar(date(2027, 2, 14), True, "春节调休")),
        ("2027.02.05\trest", DayOfCalendar(date(2027, 2, 5), False, "")),
        ("  2027-02-14,Work,make up  ", DayOfCalendar(date(2027, 2, 14), True, "make up")),
    ],
)
def test_a_line_is_read_as_people_write_it(line: str, expected: DayOfCalendar) -> None:
    assert read_list(f"\n{line}\n") == [expected]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "required"),
        ("2027-02-30 休", "day_line"),
        ("2027-02-05 maybe", "day_line"),
        ("tomorrow 休", "day_line"),
        ("1027-02-05 休", "day_line"),
        ("2027-02-05 休\n" * 401, "too_many"),
        ("2027-02-05 休 " + "长" * 81, "too_long"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, reason: str) -> None:
    with pytest.raises(BadValue) as caught:
        read_list(text)
    assert caught.value.facts["reason"] == reason


@pytest.mark.django_db
def test_own_days_come_first_and_can_be_taken_back(at: datetime) -> None:
    day = date(2026, 11, 25)
    assert working_calendar().is_working(day)
    set_days([DayOfCalendar(day, False, "厂庆")], by=BY, at=at)
    assert not working_calendar().is_working(day)
    clear_day(day, by=BY, at=at)
    assert working_calendar().is_working(day)
    assert list(AuditRow.objects.order_by("id").values_list("act", flat=True)) == [
        "calendar.day_set",
        "calendar.day_cleared",
    ]


@pytest.mark.django_db
def test_a_day_nobody_set_cannot_be_taken_back(at: datetime) -> None:
    with pytest.raises(NotFound):
        clear_day(date(2026, 11, 25), by=BY, at=at)
    assert not AuditRow.objects.exists()
    assert not CalendarDay.objects.exists()
