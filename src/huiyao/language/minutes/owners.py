# SPDX-License-Identifier: Apache-2.0
"""Who an action belongs to: labels, @names, names behind dashes or in brackets, and sentences that assign."""

import re
from dataclasses import dataclass

from huiyao.language.minutes.dues import DUE_LABEL
from huiyao.language.minutes.names import leading_names, looks_like_person, split_names
from huiyao.language.minutes.scripts import compiled

_LABEL = compiled(
    r"(?:责任|负责|主责|经办|跟进|执行|承办|牵头|对接|落实)(?:人|方|主体|单位|部门|团队)"
    r"|(?:[Oo]wner|[Aa]ssignee|[Rr]esponsible|[Aa]ssigned to)(?=\s*[:：])"
)
_LABEL_SEPARATOR = compiled(r"\s*(?:[:：]|[-—–]{1,4})\s*|\s+|(?=[\u4e00-\u9fff])")
_VALUE = compiled(
    rf"(?P<value>.{{1,80}}?)(?=\s*(?:{DUE_LABEL}|完成|预计|期望|支持\s*[:：]|已|待|暂无|[。；;⏰]|[,，、]\s*(?:完成|预计|期望|已|活动|截止|落实|ddl)|$))"
)
_DASH = compiled(r"(?P<dash>[-—–－]{1,6}|一一)\s*")
_AFTER_NAMES = compiled(rf"\s*(?:$|[，,、。;；（(⏰]|{DUE_LABEL}|完成|已|\d)")
_AT = compiled(r"@\s?(?P<name>[A-Za-z][A-Za-z0-9_.\-]*(?:,\s[^\s@，。；]{1,8})?|[\u4e00-\u9fff·]{1,12}|[\w.\-]{2,30})")
_MAIL = compiled(r"[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_CALLED = compiled(r"[A-Za-z][A-Za-z0-9_.\-]{0,30}(?:,?\s[^\s]{1,8})?|[\u4e00-\u9fff·]{2,4}|[\w.\-]{2,16}", re.ASCII)
_AT_END = compiled(r"(?P<names>(?:@[^@：:；;，。、]{1,24}[、,，/&\s]*)+)\s*[。.]?\s*$")
_BRACKET_END = compiled(r"[（(【\[](?P<names>[^（）()【】\[\]]{2,40})[)）】\]]\s*[。;；]?\s*$")
_FRONT = compiled(r"\s*(?:[【\[（(](?P<a>[^】\])）]{2,20})[】\])）]\s*[：:]?|(?P<b>[^：:，。]{2,20})[：:])\s*(?=\S{2})")
VERBS = (
    r"(?:负责|牵头|跟进|输出|整理|督促|汇报|介绍|收集|完成|提供|组织|协调|推动|推进|确认|沟通|主笔|编写|撰写|梳理|补充|更新|修改|提交|发布|反馈|评估|分析|调研|准备|落实|对接|安排|拉通|同步"
    r"|联系|制定|设计|开发|测试|验证|申请|检查|处理|解决|进行|做|去|再|代表|线下|尽快|给出|提出|刷新|统计|发起|创建|跟踪|支持|实现|修复|讨论|double)"
)
_BY = compiled(r"由(?!于|此|来自|本次|.{0,4}(?:组成|主持))")
_ASK = compiled(r"(?<![申邀聘敬])请(?!假|求|问|示|考虑|参|见)")
_LEAD = compiled(r"(?:后续|建议|会后|还是|[，,。；;：:\s]|^)(?=\S)")
_LEADS = compiled(r"\s*(?:牵头|负责(?!的|人)|主笔|线下协调|跟进(?!的))")
_ASKED_TO_LEAD = compiled(r"(?<![申邀聘敬])请(?P<name>(?!大家|各|会后|相关)[\u4e00-\u9fff]{2,3}?)(?:牵头|主笔)")
_VERB = compiled(rf"\s*{VERBS}")
_DONE = compiled(r"(?:介绍了|汇报了|分享了|完成了|进行了|讨论了|提出了|尝试了|邀请了|加入了|回顾了)")


@dataclass(frozen=True, slots=True)
class Owners:
    """Names and the span of the text they were read from, label included. ``how`` names the form."""

    names: tuple[str, ...]
    span: tuple[int, int]
    how: str


def labelled_owners(text: str, people: frozenset[str]) -> Owners | None:
    """``责任人：甲/乙`` and its relatives; several labels in one text are put together.

    The span covers label and names of a single label; with several nothing is cut out, so that no text between goes.
    """
    names: list[str] = []
    spans: list[tuple[int, int]] = []
    for found in _LABEL.finditer(text):
        gap = _LABEL_SEPARATOR.match(text, found.end())
        value = _VALUE.match(text, gap.end()) if gap is not None else None
        if gap is None or value is None:
            continue
        read, size = _value(value["value"], people, exact=gap[0].strip() in (":", "："))
        if read:
            names += read
            spans.append((found.start(), gap.end() + size))
    if not names:
        return None
    return Owners(tuple(dict.fromkeys(names)), spans[0] if len(spans) == 1 else (0, 0), "label")


def _value(value: str, people: frozenset[str], *, exact: bool) -> tuple[tuple[str, ...], int]:
    """The names behind a label and how much of the value they take."""
    stripped = value.strip(" ，,、。-—:：*")
    whole = split_names(stripped, people)
    if whole:
        return whole, len(value)
    pieces = [piece.strip(" @*") for piece in re.split(r"[、,，/&]", stripped) if piece.strip()]
    if exact and pieces and all(len(piece) <= 16 and not re.search(r"[:：]", piece) for piece in pieces):
        return tuple(pieces), len(value)
    return leading_names(value, people)


def dashed_owners(text: str, people: frozenset[str], *, lone_dash: bool = True) -> Owners | None:
    """``… ——甲/乙`` at the end or before a date; one dash counts only where names end the text."""
    for found in reversed(list(_DASH.finditer(text))):
        long = len(found["dash"]) > 1
        if (found.start() < 2 and long is False) or found.end() >= len(text):
            continue
        tail = text[found.end() :]
        listed = re.sub(r"[（(].*$|[。；;，,]\s*$", "", tail)
        whole = split_names(listed, people)
        spaced = text[found.start() - 1].isspace() or not re.match(r"[A-Za-z0-9]", text[found.start() - 1])
        if whole and (long or (lone_dash and spaced)) and _firm(whole, people, long=long):
            span = (found.start(), found.end() + len(listed)) if _nothing_else(listed, whole) else (0, 0)
            return Owners(whole, span, "dash")
        names, end = leading_names(tail, people)
        if names and long and (_AFTER_NAMES.match(tail[end:]) or _known_and_acting(names, tail[end:], people)):
            span = (found.start(), found.end() + end) if _nothing_else(tail[:end], names) else (0, 0)
            return Owners(names, span, "dash")
    return None


def _nothing_else(listed: str, names: tuple[str, ...]) -> bool:
    """The list is made of the names alone; a group in front of a person is no owner and must not be cut out."""
    joints = r"[、,，/&;；\\\s和及与@等*。.]"
    return re.sub(joints, "", listed) == re.sub(joints, "", "".join(names))


def _firm(names: tuple[str, ...], people: frozenset[str], *, long: bool) -> bool:
    return long or all(looks_like_person(name, people) for name in names)


def _known_and_acting(names: tuple[str, ...], rest: str, people: frozenset[str]) -> bool:
    return all(looks_like_person(name, people) for name in names) and re.match(rf"\s*(?:{VERBS}|带)", rest) is not None


def called_owners(text: str, *, anywhere: bool) -> Owners | None:
    """@names: at the end of the text, before an instruction, or (``anywhere``) wherever they stand alone."""
    text = _MAIL.sub(lambda found: " " * len(found[0]), text)
    end = _AT_END.search(text)
    if end and end.start() > 0 and not re.search(r"[：:]\s*$", text[: end.start()]):
        names = tuple(dict.fromkeys(_called(end["names"])))
        if names and all(_CALLED.fullmatch(name) for name in names):
            return Owners(names, end.span(), "called")
    runs = list(re.finditer(r"(?:@\S+?\s+)*@[^\s@：:，。；]+(?=\s)(?:\s+@[^\s@：:，。；]+(?=\s))*", text))
    for run in runs:
        rest = text[run.end() :].lstrip()
        if re.match(rf"(?:{VERBS}|[；;。])", rest) and (anywhere or run.start() > 0) and not _DONE.match(rest):
            return Owners(tuple(dict.fromkeys(_called(run[0]))), run.span(), "called")
    single = [name for name in _AT.findall(text) if _CALLED.fullmatch(name)]
    if anywhere and single:
        return Owners(tuple(dict.fromkeys(single)), (0, 0), "called")
    return None


def _called(text: str) -> list[str]:
    pieces = re.split(r"@", text)
    return [name for piece in pieces if (name := piece.strip(" 、,，/&。.\t~*"))]


def bracketed_owners(text: str, people: frozenset[str]) -> Owners | None:
    """``…（甲）`` at the end; only persons, since brackets hold many other things."""
    found = _BRACKET_END.search(text)
    if not found or found.start() == 0:
        return None
    names = split_names(found["names"], people)
    if names and all(looks_like_person(name, people) for name in names):
        return Owners(names, found.span(), "bracket")
    return None


def leading_owners(text: str, people: frozenset[str]) -> Owners | None:
    """``甲、乙：task`` and ``【甲】task`` at the front; only persons, since labels look the same."""
    found = _FRONT.match(text)
    if not found:
        return None
    names = split_names(found["a"] or found["b"], people)
    if names and all(looks_like_person(name, people) for name in names):
        return Owners(names, found.span(), "front")
    return None


def assigned_owners(text: str, people: frozenset[str], *, groups: bool) -> Owners | None:
    """由甲整理, 请甲牵头, 甲负责…, 甲老师…负责. The names stay part of the task, so the span is empty."""
    for pattern in (_BY, _ASK):
        for found in pattern.finditer(text):
            names = _acting(text[found.end() :], people, groups=groups, asked=pattern is _ASK)
            if names and not _DONE.search(text[found.end() : found.end() + 16]):
                return Owners(names, (0, 0), "assigned")
    asked = _ASKED_TO_LEAD.search(text)
    if asked:
        return Owners((asked["name"],), (0, 0), "assigned")
    for found in _LEAD.finditer(text):
        rest = text[found.end() :]
        names, end = leading_names(rest, people, strict=True, then=_LEADS)
        if names and _LEADS.match(rest[end:]):
            return Owners(names, (0, 0), "assigned")
    teacher = re.search(
        r"[（(]?([A-Za-z][\w.\-]{1,30}|[\u4e00-\u9fff]{2,3})(?:老师|同学|总)(?:辛苦)?(?:负责|牵头|跟进)", text
    )
    return Owners((teacher[1],), (0, 0), "assigned") if teacher else None


def _acting(rest: str, people: frozenset[str], *, groups: bool, asked: bool) -> tuple[str, ...]:
    """Names at the front of what follows 由 or 请, with a verb behind them; a group may stand before a person."""
    for skip in (0, *_behind_group(rest)):
        names, end = leading_names(rest[skip:], people, strict=not groups, then=_VERB)
        if not names:
            continue
        after = rest[skip + end :]
        known = asked and all(name in people for name in names)
        if known or re.match(rf"\s*(?:来|一起|共同|月?会后|负责)?\s*{VERBS}", after):
            return names
    return ()


def _behind_group(rest: str) -> tuple[int, ...]:
    found = re.match(r"[\w\u4e00-\u9fff\-]{1,8}?(?:会|组|部|方|司|中心|团队|SIG|sig)(?=[\u4e00-\u9fff]{2})", rest)
    return (found.end(),) if found else ()


def acting_owner(text: str, people: frozenset[str]) -> Owners | None:
    """The sentence begins with who does it: ``甲和乙确认…``, ``Name输出…``; also ``建议甲去…``."""
    body = text.lstrip("/- ")
    names, end = leading_names(body, people, then=_VERB)
    if names and not body.startswith("@"):
        persons = all(looks_like_person(name, people) for name in names)
        if persons and re.match(rf"\s*{VERBS}", body[end:]) and not _DONE.match(body[end:]):
            return Owners(names, (0, 0), "acting")
    suggested = re.search(r"建议(?P<name>[\u4e00-\u9fff]{2,3}?)去", text)
    if suggested:
        return Owners((suggested["name"],), (0, 0), "acting")
    return None
