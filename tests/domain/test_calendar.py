# SPDX-License-Identifier: Apache-2.0
from datetime import date, timedelta

import pytest

from huiyao.domain.calendar import WorkingCalendar

FIRST = date(2026, 9, 21)
DAYS = {
    date(2026, 10, 1): False,
    date(2026, 10, 2): False,
    date(2026, 10, 3): False,
    date(2026, 10, 10): True,
    date(2026, 9, 20): True,
}


@pytest.mark.parametrize("length", range(-3, 40))
def test_working_days_are_counted_as_one_would_on_a_wall_calendar(length):
    calendar = WorkingCalendar(days=DAYS)
    one_by_one = [FIRST + timedelta(days=n) for n in range(1, length + 1)]
    expected = sum(calendar.is_working(day) for day in one_by_one)
    assert calendar.working_days_between(FIRST, FIRST + timedelta(days=length)) == expected


def test_a_day_of_rest_and_a_made_up_day_count_as_such():
    calendar = WorkingCalendar(days=DAYS)
    assert calendar.working_days_between(date(2026, 9, 30), date(2026, 10, 5)) == 1
    assert calendar.working_days_between(date(2026, 10, 9), date(2026, 10, 11)) == 1
