# SPDX-License-Identifier: Apache-2.0
"""Chinese lunisolar dates from 1900 to 2100, and the solar terms Qingming and winter solstice.

``_YEARS`` holds one number a lunar year: bits 16 (leap month is long), 15 to 4 (months 1 to 12, long is 30 days),
3 to 0 (which month is repeated, 0 none). Facts of the calendar as the Purple Mountain Observatory
publishes it.
"""

from datetime import date, timedelta

_FIRST_YEAR = 1900
_FIRST_DAY = date(1900, 1, 31)
_YEARS = (
    0x04BD8, 0x04AE0, 0x0A570, 0x054D5, 0x0D260, 0x0D950, 0x16554, 0x056A0, 0x09AD0, 0x055D2,
    0x04AE0, 0x0A5B6, 0x0A4D0, 0x0D250, 0x1D255, 0x0B540, 0x0D6A0, 0x0ADA2, 0x095B0, 0x14977,
    0x04970, 0x0A4B0, 0x0B4B5, 0x06A50, 0x06D40, 0x1AB54, 0x02B60, 0x09570, 0x052F2, 0x04970,
    0x06566, 0x0D4A0, 0x0EA50, 0x06E95, 0x05AD0, 0x02B60, 0x186E3, 0x092E0, 0x1C8D7, 0x0C950,
    0x0D4A0, 0x1D8A6, 0x0B550, 0x056A0, 0x1A5B4, 0x025D0, 0x092D0, 0x0D2B2, 0x0A950, 0x0B557,
    0x06CA0, 0x0B550, 0x15355, 0x04DA0, 0x0A5B0, 0x14573, 0x052B0, 0x0A9A8, 0x0E950, 0x06AA0,
    0x0AEA6, 0x0AB50, 0x04B60, 0x0AAE4, 0x0A570, 0x05260, 0x0F263, 0x0D950, 0x05B57, 0x056A0,
    0x096D0, 0x04DD5, 0x04AD0, 0x0A4D0, 0x0D4D4, 0x0D250, 0x0D558, 0x0B540, 0x0B6A0, 0x195A6,
    0x095B0, 0x049B0, 0x0A974, 0x0A4B0, 0x0B27A, 0x06A50, 0x06D40, 0x0AF46, 0x0AB60, 0x09570,
    0x04AF5, 0x04970, 0x064B0, 0x074A3, 0x0EA50, 0x06B58, 0x05AC0, 0x0AB60, 0x096D5, 0x092E0,
    0x0C960, 0x0D954, 0x0D4A0, 0x0DA50, 0x07552, 0x056A0, 0x0ABB7, 0x025D0, 0x092D0, 0x0CAB5,
    0x0A950, 0x0B4A0, 0x0BAA4, 0x0AD50, 0x055D9, 0x04BA0, 0x0A5B0, 0x15176, 0x052B0, 0x0A930,
    0x07954, 0x06AA0, 0x0AD50, 0x05B52, 0x04B60, 0x0A6E6, 0x0A4E0, 0x0D260, 0x0EA65, 0x0D530,
    0x05AA0, 0x076A3, 0x096D0, 0x04AFB, 0x04AD0, 0x0A4D0, 0x1D0B6, 0x0D250, 0x0D520, 0x0DD45,
    0x0B5A0, 0x056D0, 0x055B2, 0x049B0, 0x0A577, 0x0A4B0, 0x0AA50, 0x1B255, 0x06D20, 0x0ADA0,
    0x14B63, 0x09370, 0x049F8, 0x04970, 0x064B0, 0x168A6, 0x0EA50, 0x06B20, 0x1A6C4, 0x0AAE0,
    0x092E0, 0x0D2E3, 0x0C960, 0x0D557, 0x0D4A0, 0x0DA50, 0x05D55, 0x056A0, 0x0A6D0, 0x055D4,
    0x052D0, 0x0A9B8, 0x0A950, 0x0B4A0, 0x0B6A6, 0x0AD50, 0x055A0, 0x0ABA4, 0x0A5B0, 0x052B0,
    0x0B273, 0x06930, 0x07337, 0x06AA0, 0x0AD50, 0x14B55, 0x04B60, 0x0A570, 0x054E4, 0x0D160,
    0x0E968, 0x0D520, 0x0DAA0, 0x16AA6, 0x056D0, 0x04AE0, 0x0A9D4, 0x0A2D0, 0x0D150, 0x0F252,
    0x0D520,
)  # fmt: skip


def _lengths(code: int) -> list[tuple[int, bool, int]]:
    """(month, is the repeated one, days) in order."""
    repeated = code & 0xF
    rows: list[tuple[int, bool, int]] = []
    for number in range(1, 13):
        rows.append((number, False, 30 if code & (0x10000 >> number) else 29))
        if number == repeated:
            rows.append((number, True, 30 if code & 0x10000 else 29))
    return rows


def _new_years() -> tuple[date, ...]:
    days, found = _FIRST_DAY, []
    for code in _YEARS:
        found.append(days)
        days += timedelta(days=sum(length for _, _, length in _lengths(code)))
    return (*found, days)


_NEW_YEARS = _new_years()


def lunar_date(year: int, month: int, day: int) -> date:
    """Gregorian date of a day of a lunar year (the ordinary month, not the repeated one).

    Raises ValueError outside 1900 to 2100 or for a day the month does not have.
    """
    if not 0 <= year - _FIRST_YEAR < len(_YEARS):
        raise ValueError(year)
    current = _NEW_YEARS[year - _FIRST_YEAR]
    for number, repeated, length in _lengths(_YEARS[year - _FIRST_YEAR]):
        if number == month and not repeated:
            if not 1 <= day <= length:
                raise ValueError(day)
            return current + timedelta(days=day - 1)
        current += timedelta(days=length)
    raise ValueError(month)


def new_years_eve(year: int) -> date:
    """Last day of a lunar year (除夕). Raises ValueError outside 1900 to 2100."""
    if not 0 <= year - _FIRST_YEAR < len(_YEARS):
        raise ValueError(year)
    return _NEW_YEARS[year - _FIRST_YEAR + 1] - timedelta(days=1)


def _term(year: int, month: int, constants: tuple[float, float]) -> date:
    """A solar term by the usual century formula, good for 1900 to 2099."""
    if not 1900 <= year < 2100:
        raise ValueError(year)
    short = year % 100
    leaps = (short - 1) // 4 if month < 3 else short // 4
    return date(year, month, int(short * 0.2422 + constants[year >= 2000]) - leaps)


def qingming(year: int) -> date:
    """清明. Raises ValueError outside 1900 to 2099."""
    return _term(year, 4, (5.59, 4.81))


def winter_solstice(year: int) -> date:
    """冬至. Raises ValueError outside 1900 to 2099."""
    return _term(year, 12, (22.60, 21.94))
