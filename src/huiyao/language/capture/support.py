# SPDX-License-Identifier: Apache-2.0
"""The support a line asks for: 支持：市场部提供访谈记录, 需技术部配合联调, an explicit 无."""

import re
from dataclasses import dataclass

from huiyao.language.capture.names import Mention
from huiyao.language.capture.reading import SupportFound

_LABEL = re.compile(
    r"(?:^|(?<=[，,。；;、\s]))(?:所需|需要的?|要求)?(?:支持|支援|协助|配合)(?:需求|事项|部门)?\s*(?:[:：]|是(?=\S))\s*"
    r"|(?:^|(?<=[,;.\s]))(?:support(?: needed)?|help needed)\s*:\s*"
)
_NONE = re.compile(r"(?:无|没有|不需要?|无需|暂无|none|no|n/a|nil)(?:支持|额外支持)?[\s。.；;，,]*(?=$|[；;])")
_NONE_ASKED = re.compile(
    r"(?<=[，,。；;、\s])(?:无需|不需要?|不用|没有|暂无|无)(?:任何|其他|其它|额外)?(?:部门)?(?:支持|支援|协助|配合)[\s。.；;，,]*$"
    r"|(?<=[,;.\s])no (?:support|help)(?: needed| required)?[\s.;,]*$"
)
_ASKED = re.compile(r"(?:^|(?<=[，,。；;、\s]))(?:同时|并)?(?:还)?(?:需要?|请|要|请求|希望|由)?\s*$")
_HELPS = re.compile(r"\s*(?:来|要|需要?|负责)?\s*(?P<verb>提供|给予|配合|协助|支持|支援|帮忙|帮助|出)(?!人|的|过|者)")
_HELPS_ENGLISH = re.compile(r"\s+(?:to\s+)?(?P<verb>provides?|supplies|supply|helps?|supports?|assists?)\b")
_SPLIT = re.compile(r"[；;]")
_EDGE = " \t，,。.；;、:："


@dataclass(frozen=True, slots=True)
class SupportSaid:
    """The support of a line; ``start`` is where its words begin (the end of the line when there is none).

    ``found`` is None when nobody said anything and ``()`` when the line says there is none.
    """

    start: int
    end: int
    found: tuple[SupportFound, ...] | None = None


def find_support(folded: str, original: str, mentions: list[Mention], start: int) -> SupportSaid:
    """Support labelled as such, else a last clause that wants none, else one in which somebody is asked to help."""
    label = _LABEL.search(folded, start)
    if label is not None:
        end = _label_end(folded, mentions, label.end())
        if _NONE.match(folded, label.end()):
            return SupportSaid(label.start(), end, ())
        found = _clauses(folded, original, mentions, label.end(), end)
        return SupportSaid(label.start(), end, found or None)
    refused = _NONE_ASKED.search(folded, start)
    if refused is not None:
        return SupportSaid(refused.start(), refused.end(), ())
    for mention in mentions:
        asked = _ASKED.search(folded[start : mention.start])
        helps = _HELPS.match(folded, mention.end) or _HELPS_ENGLISH.match(folded, mention.end)
        begins_line = not folded[start : mention.start].strip(_EDGE)
        if asked and helps and not begins_line:
            end = _clause_end(folded, helps.end())
            found = (_support(folded, original, mention, mention.end, end),)
            return SupportSaid(start + asked.start(), end, found)
    return SupportSaid(len(folded), len(folded))


def _label_end(folded: str, mentions: list[Mention], at: int) -> int:
    """The labelled words go on over a semicolon only when somebody else is asked behind it."""
    for m in _SPLIT.finditer(folded, at):
        head = next((mention for mention in mentions if mention.start >= m.end()), None)
        goes_on = head is not None and not folded[m.end() : head.start].strip() and _HELPS.match(folded, head.end)
        if not goes_on:
            return m.start()
    return len(folded)


def _clause_end(folded: str, at: int) -> int:
    m = re.compile(r"[，,。；;]").search(folded, at)
    return m.start() if m else len(folded)


def _clauses(folded: str, original: str, mentions: list[Mention], start: int, end: int) -> tuple[SupportFound, ...]:
    """One support per named helper; words without a name are one support of nobody."""
    inside = [mention for mention in mentions if start <= mention.start and mention.end <= end]
    heads = [
        m
        for m in inside
        if m.start == start
        or re.search(r"[、，,；;：:]\s*(?:由|请|需|和|及)?\s*$|[和与及]\s*$", folded[start : m.start])
    ]
    if not heads:
        parts = [part for part in _SPLIT.split(original[start:end]) if part.strip(_EDGE)]
        return tuple(SupportFound(part.strip(_EDGE), span=(start, end)) for part in parts)
    stops = [*(head.start for head in heads[1:]), end]
    found = [_support(folded, original, head, head.end, stop) for head, stop in zip(heads, stops, strict=True)]
    for at in range(len(found) - 2, -1, -1):
        if not found[at].what:
            found[at] = SupportFound(found[at + 1].what, found[at].person, found[at].department, found[at].span)
    return tuple(found)


def _support(folded: str, original: str, mention: Mention, at: int, end: int) -> SupportFound:
    m = re.compile(
        r"\s*[:：]?\s*(?:来|要|需要?|负责)?\s*(?:提供|给予|provides?\b|supplies\b|supply\b|to provide\b)?\s*"
    ).match(folded, at)
    begin = min(m.end(), end) if m else at
    what = re.sub(r"(?:[、，,；;]\s*(?:由|请|需|和|及)?|[和与及])\s*$", "", original[begin:end]).strip(_EDGE)
    person = mention.people[0] if len(mention.people) == 1 else None
    if person:
        return SupportFound(what, person.id, person.department_id, (mention.start, end))
    department = mention.departments[0].id if len(mention.departments) == 1 and not mention.people else ""
    return SupportFound(what, "", department, (mention.start, end))
