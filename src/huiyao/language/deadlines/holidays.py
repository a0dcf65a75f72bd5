# SPDX-License-Identifier: Apache-2.0
"""Holidays and festivals people name instead of a date: each name with the day it falls on in a year."""

from collections.abc import Callable
from datetime import date, timedelta

from huiyao.language.deadlines.lunar import lunar_date, new_years_eve, qingming, winter_solstice

DayOfYear = Callable[[int], date]


def _fixed(month: int, day: int) -> DayOfYear:
    return lambda year: date(year, month, day)


def _lunar(month: int, day: int) -> DayOfYear:
    return lambda year: lunar_date(year, month, day)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The ``number``-th given weekday (Monday = 0) of a month. Raises ValueError when the month has fewer."""
    first = date(year, month, 1)
    found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))
    if found.month != month:
        raise ValueError(number)
    return found


def _nth(month: int, weekday: int, number: int) -> DayOfYear:
    return lambda year: nth_weekday(year, month, weekday, number)


def _eve(year: int) -> date:
    return new_years_eve(year - 1)


# Each rule with its names, simplified and lower case; a trailing 节 is optional where the name is listed with it.
_RULES: tuple[tuple[DayOfYear, str], ...] = (
    (_fixed(1, 1), "元旦节 元旦 阳历新年"),
    (_fixed(2, 14), "情人节"),
    (_fixed(3, 7), "女生节"),
    (_fixed(3, 8), "三八妇女节 妇女节 女神节 三八节"),
    (_fixed(3, 12), "植树节"),
    (_fixed(3, 15), "消费者权益日 消费者权益保护日 三一五 315晚会"),
    (_fixed(4, 1), "愚人节"),
    (_fixed(4, 22), "世界地球日 地球日"),
    (_fixed(4, 23), "世界读书日 读书日"),
    (_fixed(5, 1), "五一国际劳动节 五一劳动节 国际劳动节 劳动节 五一假期 五一节 五一"),
    (_fixed(5, 4), "五四青年节 青年节 五四"),
    (_fixed(5, 12), "国际护士节 护士节"),
    (_fixed(6, 1), "六一国际儿童节 六一儿童节 国际儿童节 儿童节 六一节 六一"),
    (_fixed(6, 18), "618大促 618购物节 六一八 年中大促"),
    (_fixed(7, 1), "建党节 香港回归纪念日 七一建党节"),
    (_fixed(8, 1), "八一建军节 建军节 八一节"),
    (_fixed(9, 10), "教师节"),
    (_fixed(9, 18), "九一八"),
    (_fixed(10, 1), "十一国庆节 国庆节 国庆假期 十一假期 十一长假 国庆长假 国庆日 国庆"),
    (_fixed(10, 10), "双十节"),
    (_fixed(10, 24), "程序员节"),
    (_fixed(10, 31), "万圣夜 万圣节前夜"),
    (_fixed(11, 1), "万圣节"),
    (_fixed(11, 8), "记者节"),
    (_fixed(11, 11), "光棍节 双十一 双11"),
    (_fixed(12, 12), "双十二 双12"),
    (_fixed(12, 13), "国家公祭日"),
    (_fixed(12, 24), "平安夜"),
    (_fixed(12, 25), "圣诞节 圣诞"),
    (_nth(5, 6, 2), "母亲节"),
    (_nth(6, 6, 3), "父亲节"),
    (_nth(11, 3, 4), "感恩节"),
    (lambda year: nth_weekday(year, 11, 3, 4) + timedelta(days=1), "黑色星期五 黑五"),
    (_lunar(1, 1), "春节假期 春节 农历新年 大年初一 正月初一 过年 新春佳节"),
    (_lunar(1, 15), "元宵节 元宵 正月十五 上元节"),
    (_lunar(2, 2), "龙抬头 二月二"),
    (_lunar(5, 5), "端午节 端午假期 端午 五月初五"),
    (_lunar(7, 7), "七夕情人节 七夕节 七夕 七月初七"),
    (_lunar(7, 15), "中元节"),
    (_lunar(8, 15), "中秋节 中秋假期 中秋 八月十五中秋"),
    (_lunar(9, 9), "重阳节 重阳 九月初九"),
    (_lunar(12, 8), "腊八节 腊八 腊月初八"),
    (_lunar(12, 23), "小年 腊月二十三"),
    (_eve, "除夕夜 除夕 大年夜 年三十"),
    (qingming, "清明节 清明假期 清明"),
    (winter_solstice, "冬至节 冬至"),
)
HOLIDAYS: dict[str, DayOfYear] = {name: rule for rule, names in _RULES for name in names.split()}
"""Name in simplified lower case to the rule of its day; lunar rules raise ValueError outside 1900 to 2100."""
ENGLISH_HOLIDAYS: dict[str, DayOfYear] = {
    "christmas eve": _fixed(12, 24),
    "christmas": _fixed(12, 25),
    "new year's eve": _fixed(12, 31),
    "new year's day": _fixed(1, 1),
    "chinese new year": _lunar(1, 1),
    "spring festival": _lunar(1, 1),
    "lunar new year": _lunar(1, 1),
    "national day": _fixed(10, 1),
    "labour day": _fixed(5, 1),
    "mid-autumn festival": _lunar(8, 15),
    "thanksgiving": _nth(11, 3, 4),
}
