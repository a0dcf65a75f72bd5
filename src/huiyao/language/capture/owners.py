# SPDX-License-Identifier: Apache-2.0
"""Which of the names in a line own the task, by where they stand."""

import re
from dataclasses import dataclass

from huiyao.language.capture.kinds import ACTION_VERBS
from huiyao.language.capture.names import Mention
from huiyao.language.capture.reading import OwnerFound, Span

_LABEL = re.compile(r"(?:负责人|责任人|责任方|负责|承办|经办人?|owner|assignee|担当)\s*(?:是|为)?\s*[:：]?\s*$")
_LABELLED = re.compile(r"[:：是为]\s*$")
_GIVEN = re.compile(r"(?:^|[\s，,。；;、（(])?(?:(?:交|改|转)?由|交给|转给|请|麻烦|安排|让|委托|指定|需由)\s*$")
_ACTS = re.compile(
    rf"\s*(?:来|去|同学|老师)?\s*(?:负责|牵头|跟进|主导|主责|承担|{ACTION_VERBS}|将|应|需要?|于|在|会"
    rf"|要|统一|同步|本周|下周|下个?月|[：:]|今|明|后天|\d|by\b|will\b|to\b|should\b)"
)
_STRONG = re.compile(r"\s*(?:来|去)?(?:负责(?:人)?|牵头|主责|跟进|主导|承担)")
_TAIL = re.compile(r"[\s。.；;，,）)\]】]*$")
_LEAD = re.compile(r"(?:——|--|—|–|-|→|[（(\[【]|@|[，,；;。]|\s{1,4})\s*$")
_JOIN = re.compile(r"\s*(?:[、，,/&+]|和|与|及|以及|跟|and)\s*@?\s*|\s*@\s*|\s+@?\s*")
_OF = re.compile(r"\s*(?:的|·|-|/|:|：)?\s*")
_NOTE = re.compile(r"\s*[（(]\s*")


@dataclass(frozen=True, slots=True)
class Owned:
    """The owners and the parts of the line that only say so (to be left out of the task)."""

    owners: tuple[OwnerFound, ...]
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Names that stand together: 许衡、何苗 or 技术部许衡."""

    mentions: tuple[Mention, ...]
    start: int
    end: int


def groups(mentions: list[Mention], folded: str) -> list[Group]:
    """Neighbouring names joined by 、 and the like."""
    found: list[list[Mention]] = []
    for mention in mentions:
        if found:
            between = folded[found[-1][-1].end : mention.start]
            if len(between) <= 4 and (
                not between or _JOIN.fullmatch(between) or _NOTE.fullmatch(between) or _OF.fullmatch(between)
            ):
                found[-1].append(mention)
                continue
        found.append([mention])
    return [Group(tuple(group), group[0].start, group[-1].end) for group in found]


def _rank(group: Group, folded: str, start: int) -> int:
    """How clearly the names stand where an owner stands; 0 means they do not."""
    before, behind = folded[: group.start], folded[group.end :]
    sign = folded[group.start] == "@" or before.endswith("@")
    acts = _ACTS.match(behind) is not None
    labelled = _LABEL.search(before) is not None and (
        _LABELLED.search(before) is not None or sign or not behind.strip()
    )
    asked = _GIVEN.search(before) is not None
    leads = not folded[start : group.start].strip(" ，,:：")
    closes = _TAIL.fullmatch(behind) is not None and _LEAD.search(before) is not None
    ranks = (
        (6, labelled),
        (5, sign or (asked and (acts or not before.rstrip().endswith(("请", "让"))))),
        (4, _STRONG.match(behind) is not None or (leads and acts)),
        (3, asked or closes),
        (2, leads),
        (1, acts and before.rstrip().endswith(("，", ",", "；", ";", "。"))),
    )
    return next((rank for rank, holds in ranks if holds), 0)


def find_owners(found: list[Group], folded: str, original: str, start: int) -> Owned:
    """The owners of a line whose words begin at ``start``: the clearest group, the first of equals."""
    ranked = [(rank, group) for group in found if (rank := _rank(group, folded, start))]
    if not ranked:
        return Owned((), ())
    best = max(rank for rank, _ in ranked)
    chosen = [group for rank, group in ranked if rank == best]
    kept = chosen if best == 5 and all("@" in folded[max(0, g.start - 1) : g.start + 1] for g in chosen) else chosen[:1]
    owners = tuple(owner for group in kept for owner in _owners_of(group, folded, original))
    return Owned(owners, tuple(_left_out(group, folded) for group in kept))


def _owners_of(group: Group, folded: str, original: str) -> list[OwnerFound]:
    owners: list[OwnerFound] = []
    waiting: Mention | None = None
    for mention in group.mentions:
        if mention.departments and not mention.people:
            if owners and owners[-1].person and _NOTE.fullmatch(folded[owners[-1].span[1] : mention.start]):
                owners[-1] = _in_department(owners[-1], mention)
                continue
            if waiting:
                owners.append(_department(waiting, original))
            waiting = mention
            continue
        if waiting and _OF.fullmatch(folded[waiting.end : mention.start]):
            owners.append(_person(mention, original, waiting))
        else:
            if waiting:
                owners.append(_department(waiting, original))
            owners.append(_person(mention, original, None))
        waiting = None
    if waiting:
        owners.append(_department(waiting, original))
    return owners


def _in_department(owner: OwnerFound, mention: Mention) -> OwnerFound:
    span = (owner.span[0], mention.end)
    return OwnerFound(owner.person, mention.departments[0].id, span, owner.wording)


def _department(mention: Mention, original: str) -> OwnerFound:
    span = (mention.start, mention.end)
    wording = original[slice(*span)].lstrip("@ ")
    if len(mention.departments) > 1:
        choices = tuple(("", department.id) for department in mention.departments)
        return OwnerFound("", "", span, wording, choices)
    return OwnerFound("", mention.departments[0].id, span, wording)


def _person(mention: Mention, original: str, department: Mention | None) -> OwnerFound:
    """The person meant; a department in front settles between people of one name."""
    start = department.start if department else mention.start
    span = (start, mention.end)
    wording = original[slice(*span)].lstrip("@ ")
    said = {found.id for found in department.departments} if department else set()
    people = [person for person in mention.people if person.department_id in said] or list(mention.people)
    choices = [(person.id, person.department_id) for person in people]
    choices += [("", found.id) for found in mention.departments]
    if len(choices) > 1:
        return OwnerFound("", "", span, wording, tuple(choices))
    stated = department.departments[0].id if department and len(department.departments) == 1 else choices[0][1]
    return OwnerFound(choices[0][0], stated, span, wording)


def _left_out(group: Group, folded: str) -> Span:
    """The names with the words that only make them owners: 由…负责, 负责人：, @, （…）."""
    start, end = group.start, group.end
    before = folded[:start]
    if (
        (m := _LABEL.search(before))
        or (m := re.search(r"(?:(?:交|改|转)?由|交给|转给|请|麻烦|安排|让|委托|指定|需由)\s*$", before))
        or (m := re.search(r"(?:——|--|—|–|-|→|@)\s*$", before))
    ):
        start = m.start()
    if (
        (
            (m := re.compile(r"\s*(?:来|去)?(?:负责(?!人)|牵头负责|主责)").match(folded, end))
            and not _TAIL.fullmatch(folded[m.end() :])
        )
        or (m := re.compile(r"\s*(?:负责|牵头|跟进)(?=[\s，,。；;]*$)").match(folded, end))
    ) or (m := re.compile(r"\s*[：:]|\s+(?:to|will|should|shall|must)\s+").match(folded, end)):
        end = m.end()
    opened = re.search(r"[（(\[【]\s*$", folded[:start])
    closed = re.compile(r"\s*[)）\]】]").match(folded, end)
    if opened and closed:
        return opened.start(), closed.end()
    return start, end
