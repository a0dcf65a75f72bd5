# SPDX-License-Identifier: Apache-2.0
"""Which pieces of text can be the name of a person or a group, and lists of such names."""

import json
import re
from collections.abc import Iterable
from importlib.resources import files

from huiyao.language.minutes.scripts import compiled, simple

_WORDS: dict[str, str] = json.loads(files(__package__ or "").joinpath("names.json").read_text("utf-8"))
_SURNAMES = frozenset(_WORDS["surnames"])
_DOUBLE = frozenset(_WORDS["double_surnames"].split())
_NOT_NAMES = frozenset(_WORDS["not_names"].split())
GROUP = (
    r"(?:组|团队|部|部门|委员会|单位|中心|公司|SIG|Sig|sig|PTLs?|PMC|负责人|[Cc]ommitters?|[Mm]aintainers?|[Ll]eader"
    r"|项目群|办公室|协会|小组|室|处|科)"
)
_GROUP_NAME = compiled(
    rf"[\w\u4e00-\u9fff\-·]{{0,14}}(?:\s?[\w\u4e00-\u9fff\-]{{1,12}})?\s?{GROUP}|all|ALL|All|每个人|各自|全体成员|全体|所有人|大家|各方",
    re.ASCII,
)
_LATIN = compiled(r"[A-Za-z][A-Za-z0-9_.\-]{1,30}(?:\s[A-Z][a-z]{1,20})?")
_SEPARATORS = compiled(r"\s*[、,，/&;；\\＆]\s*")
_AND = compiled(r"(?:和|及|与|以及)")
_JOINT = compiled(r"\s*(?:[、,，/&\\]|和|与|及)\s*|\s+(?=@)")
_GROUP_FRONT = compiled(
    rf"[\w\u4e00-\u9fff\-]{{1,10}}?(?:(?:工作组|委员会|团队|小组|办公室|SIG|sig|Sig|PMC)|{GROUP}(?![\u4e00-\u9fff]))"
)
_HAN = compiled(r"[\u4e00-\u9fff·]+")


def looks_like_person(text: str, people: frozenset[str] = frozenset()) -> bool:
    """A Chinese name of two to four characters with a surname, a known person, or the given name of one."""
    if text in people:
        return True
    text = simple(text)
    if not 2 <= len(text) <= 4 or not _HAN.fullmatch(text) or text in _NOT_NAMES or text[:2] in _NOT_NAMES:
        return False
    if text[:2] in _DOUBLE:
        return True
    return text[0] in _SURNAMES and len(text) <= 3


def is_group(text: str) -> bool:
    """A working group, department or everybody."""
    return _GROUP_NAME.fullmatch(text) is not None


def is_name(text: str, people: frozenset[str] = frozenset()) -> bool:
    """A person, a group or a Latin account name."""
    text = text.lstrip("@")
    return looks_like_person(text, people) or is_group(text) or _LATIN.fullmatch(text) is not None


def split_names(text: str, people: frozenset[str] = frozenset()) -> tuple[str, ...] | None:
    """The names of a list where every piece is one, else None. ``和`` joins only what are names on both sides."""
    found: list[str] = []
    for piece in _SEPARATORS.split(text.strip(" \t。.、,，;；等*:：")):
        read = _piece(piece.strip(" @（）()[]【】*"), people)
        if read is None:
            return None
        found += read
    return tuple(dict.fromkeys(found))


def _piece(piece: str, people: frozenset[str]) -> list[str] | None:
    if not piece:
        return []
    if is_name(piece, people):
        return [piece]
    words = piece.split()
    if len(words) > 1 and all(is_name(word, people) for word in words):
        persons = [word for word in words if looks_like_person(word, people)]
        # "QA-SIG 邢某": the group only says where the person belongs
        return persons if persons and not is_group(words[-1]) else [piece]
    if len(words) == 2 and looks_like_person(words[1], people):
        return [words[1]]
    halves = _AND.split(piece)
    if len(halves) > 1 and all(is_name(half.strip(), people) for half in halves):
        return [half.strip() for half in halves]
    return None


def leading_names(
    text: str, people: frozenset[str], *, strict: bool = False, then: re.Pattern[str] | None = None
) -> tuple[tuple[str, ...], int]:
    """Names at the very front of a text and where they end. ``strict`` leaves out groups and Latin words.

    ``then`` is what must follow; it decides between a name of three characters and one of two.
    """
    names: list[str] = []
    position = end = 0
    while True:
        size = _one_name(text[position:], people, strict=strict, then=then)
        if not size:
            break
        names.append(text[position : position + size].lstrip("@").strip())
        end = position + size
        joint = _JOINT.match(text, end)
        if not joint:
            person = re.match(r"\s+(?P<name>[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])", text[end:])
            if person and looks_like_person(person["name"], people) and not looks_like_person(names[-1], people):
                names[-1] = person["name"]  # "QA-SIG 邢某": the group only says where the person belongs
                end += person.end()
            break
        position = joint.end()
    return tuple(names), end


def _one_name(text: str, people: frozenset[str], *, strict: bool, then: re.Pattern[str] | None) -> int:
    bare = text.removeprefix("@")
    offset = len(text) - len(bare)
    for size in (4, 3, 2):
        if len(bare) >= size and bare[:size] in people:
            return size + offset
    if not strict:
        if found := _GROUP_FRONT.match(bare):
            return found.end() + offset
        if found := _LATIN.match(bare):
            return found.end() + offset if found.end() > 1 else 0
    sizes = [size for size in (3, 2) if len(bare) >= size and looks_like_person(bare[:size])]
    for size in sizes:
        if then is not None and (then.match(bare[size:]) or _JOINT.match(bare[size:])):
            return size + offset
    return sizes[0] + offset if sizes else 0


def with_given_names(people: Iterable[str]) -> frozenset[str]:
    """Full names and, for names of three characters, the given name people are called by."""
    known = {person.strip() for person in people if person.strip()}
    given = {person[1:] for person in known if len(person) == 3 and looks_like_person(person)}
    return frozenset(known | {name for name in given if name not in _NOT_NAMES})
