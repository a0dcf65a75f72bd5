# SPDX-License-Identifier: Apache-2.0
"""Fragments of patterns and small readers that several kinds of Chinese date words share."""

import re

from huiyao.language.deadlines.periods import Grain
from huiyao.language.deadlines.pieces import Kind, Piece, Place

WEEK = "(?:周|星期|礼拜)"


TURN = r"(?P<turn>本|这一个?|这个?|今个?|当|同|下{1,3}一?个?|上{1,3}一?个?|次)"


MIDDLE = r"中(?!国|心|标|文|英|台|间|期|层|央|东|西|南|高|介|止|断|小|试|秋|午|旬|国|外|科|信|秋)"


START = r"初(?!步|稿|版|审|评|期|始|衷|级|试|中|选|创|赛|定|次)"


END = r"[底末终](?!层|座|稿|线|图|盘|端|片|牌|价|审|极|结|止|身|点|版)"


PART = rf"(?:的?\s?(?P<part>[上中下]旬|伊始|{MIDDLE}|{START}|{END}))?"


MONTH_NUMBER = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"


DAY_NUMBER = (
    r"(?:3[01]|[12]\d|0?[1-9]|三十一?|卅一?|[二廿]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?"
    r"|初?[一二三四五六七八九]|初十)"
)


WEEKDAYS = {letter: n for n, letter in enumerate("一二三四五六日")} | {"天": 6} | {str(n + 1): n for n in range(6)}


def turns(text: str | None) -> int:
    """How many periods ahead a prefix points: 下 1, 下下 2, 上 -1, 本 and 这 0."""
    if not text:
        return 0
    if text.startswith("次"):
        return 1
    return text.count("下") - text.count("上")


def got(m: re.Match[str], name: str) -> str | None:
    """A named group, None when the wording has no such group."""
    return m.groupdict().get(name)


def piece(
    m: re.Match[str],
    grain: Grain,
    place: Place,
    *,
    past: bool = False,
    floating: bool = False,
    bare: bool = False,
    assumed: bool = False,
    holiday: bool = False,
) -> Piece:
    """A calendar piece over the whole match."""
    return Piece(
        m.start(), m.end(), Kind.CALENDAR, grain, place,
        past=past, floating=floating, bare=bare, assumed=assumed, holiday=holiday,
    )  # fmt: skip
