# SPDX-License-Identifier: Apache-2.0
"""The lunar calendar agrees with dates everybody can look up."""

from datetime import date

import pytest

from huiyao.language.deadlines.lunar import lunar_date, new_years_eve, qingming, winter_solstice


@pytest.mark.parametrize(
    ("lunar", "expected"),
    [
        ((2024, 1, 1), date(2024, 2, 10)),
        ((2026, 1, 1), date(2026, 2, 17)),
        ((2026, 8, 15), date(2026, 9, 25)),
        ((2027, 5, 5), date(2027, 6, 9)),
        ((2023, 8, 15), date(2023, 9, 29)),
        ((2025, 9, 9), date(2025, 10, 29)),
    ],
)
def test_a_lunar_day_falls_on_its_gregorian_date(lunar: tuple[int, int, int], expected: date) -> None:
    assert lunar_date(*lunar) == expected


def test_the_eve_is_the_day_before_the_next_year() -> None:
    assert new_years_eve(2025) == date(2026, 2, 16)


def test_solar_terms() -> None:
    assert (qingming(2026), winter_solstice(2026)) == (date(2026, 4, 5), date(2026, 12, 22))


@pytest.mark.parametrize("wrong", [(1899, 1, 1), (2101, 1, 1), (2026, 13, 1), (2026, 1, 31)])
def test_a_day_that_does_not_exist_is_refused(wrong: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match=r"^\d+$"):
        lunar_date(*wrong)
