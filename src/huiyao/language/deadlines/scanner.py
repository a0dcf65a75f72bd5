# SPDX-License-Identifier: Apache-2.0
"""Text to pieces: one pass from left to right, the first rule that fits wins, what is no date is hidden first."""

import re
from functools import cache

from huiyao.language.deadlines import (
    clock,
    distances,
    english,
    feasts,
    landmarks,
    months,
    numeric,
    weeks,
    years,
)
from huiyao.language.deadlines.holidays import HOLIDAYS
from huiyao.language.deadlines.pieces import Piece, Rule

LIMIT = 20_000
"""Characters read; what lies behind is ignored."""
_NOT_DATES = re.compile(
    r"《[^》\n]{0,60}》"
    r"|https?://\S+|www\.\S+|[\w.+-]{1,64}@[\w-]{1,64}\.[\w.]{1,64}"
    r"|(?<![a-z])v\d+(?:\.\d+)*[a-z]?"
    r"|(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])"
    r"|(?<![\d.])(?!(?:19|20)\d\d\.\d)\d+\.\d+\.\d+(?:\.\d+)*(?![\d.])"
    r"|(?<![\d-])\d{3,4}-\d{3,4}-\d{4}(?!\d)"
    r"|(?<![\d])(?!20\d{6}(?!\d))\d{6,}"
    r"|\d+\.\d+\s?(?:版|%|元|万|亿|倍|米|公里|版本|个百分点)"
    r"|\d+\s?%"
    r"|(?:utc|gmt)\s*[+-]?\s*(?:/\s*gmt\s*[+-]?\s*)?\d{1,2}(?::?\d\d)?"
    r"|(?:version|release|ver\.?|版本|编号|单号|工号|房间|电话|手机|版)[:：\s]{0,2}\d[\d.-]*(?!\d|月|年|日|/)"
)
_TRIGGER = (
    r"(?=[0-9零〇一二三四五六七八九十两百千廿卅俩仨半本这今当同下上次去前明来后大翌年季月周星礼第首"
    r"最末头在未接往随再过近隔昨听即"
    r"早晨晚凌清午中正傍夜深黎全整收打会散限现之农阴春夏秋冬hq"
    + "".join(sorted({name[0] for name in HOLIDAYS}))
    + r"]|(?<![a-z])[a-z])"
)


_FAMILIES = (numeric, clock, years, months, weeks, feasts, landmarks, distances, english)
"""In this order: of two rules that fit at one place the earlier one is tried first."""


def _rules() -> tuple[Rule, ...]:
    return tuple(rule for family in _FAMILIES for rule in family.RULES)


@cache
def _grammar() -> tuple[re.Pattern[str], tuple[tuple[re.Pattern[str], Rule], ...]]:
    rules = _rules()
    names = [re.sub(r"\(\?P<\w+>", "(?:", rule.pattern) for rule in rules]
    whole = "|".join(f"(?P<r{n}>{pattern})" for n, pattern in enumerate(names))
    return re.compile(f"{_TRIGGER}(?:{whole})"), tuple((re.compile(rule.pattern), rule) for rule in rules)


def hide(folded: str) -> str:
    """The text with titles, addresses, versions, amounts and long numbers blanked, of the same length."""
    return _NOT_DATES.sub(lambda m: "\x00" * len(m[0]), folded[:LIMIT])


def scan(hidden: str) -> list[Piece]:
    """Pieces in reading order, not overlapping."""
    search, rules = _grammar()
    found: list[Piece] = []
    at = 0
    while (hit := search.search(hidden, at)) is not None:
        made = _build(hidden, hit, rules)
        if made is None or made.end <= hit.start():
            at = hit.start() + 1
            continue
        found.append(made)
        at = made.end
    return found


def _build(hidden: str, hit: re.Match[str], rules: tuple[tuple[re.Pattern[str], Rule], ...]) -> Piece | None:
    first = int((hit.lastgroup or "r0")[1:])
    for pattern, rule in rules[first:]:
        m = pattern.match(hidden, hit.start())
        if m is None or m.end() == m.start():
            continue
        made = rule.build(m)
        if made is not None:
            return made
    return None
