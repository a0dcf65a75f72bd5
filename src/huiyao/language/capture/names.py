# SPDX-License-Identifier: Apache-2.0
"""Names of people and departments in a line: full names, aliases, forms of address, pinyin where it is expected."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from huiyao.language.folding import fold_letters
from huiyao.language.pinyin import pinyin_keys

_ADDRESSES = "总工姐哥"
_LONG_ADDRESSES = ("经理", "主任", "老师", "博士", "总监", "部长", "同学")
_SHORT_NAME = 2


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person as a line may name them. ``pinyin`` overrides the keys made from ``name``."""

    id: str
    name: str
    department_id: str = ""
    aliases: tuple[str, ...] = ()
    pinyin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DepartmentName:
    """A department as a line may name it."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text from ``start`` to ``end``. More than one person or department: the reading is contested."""

    start: int
    end: int
    people: tuple[PersonName, ...] = ()
    departments: tuple[DepartmentName, ...] = ()

    @property
    def contested(self) -> bool:
        """Whether the name alone does not tell who is meant."""
        return len(self.people) + len(self.departments) > 1


class Directory:
    """Names looked up by their folded form."""

    def __init__(self, people: Sequence[PersonName], departments: Sequence[DepartmentName]) -> None:
        self._names: dict[str, tuple[list[PersonName], list[DepartmentName]]] = {}
        self._pinyin: dict[str, list[PersonName]] = {}
        self._surnames: dict[str, list[PersonName]] = {}
        self._department_pinyin: dict[str, list[DepartmentName]] = {}
        for person in people:
            self._add_person(person)
        for department in departments:
            for name in (department.name, *department.aliases):
                self._slot(name)[1].append(department)
            for key in pinyin_keys(department.name):
                self._department_pinyin.setdefault(key, []).append(department)
        self._lengths: dict[str, list[int]] = {}
        for folded in self._names:
            self._lengths.setdefault(folded[0], []).append(len(folded))
        for lengths in self._lengths.values():
            lengths[:] = sorted(set(lengths), reverse=True)

    def _slot(self, name: str) -> tuple[list[PersonName], list[DepartmentName]]:
        folded = fold_letters(name.strip())
        return self._names.setdefault(folded, ([], [])) if folded else ([], [])

    def _add_person(self, person: PersonName) -> None:
        for name in (person.name, *person.aliases):
            self._slot(name)[0].append(person)
        for key in person.pinyin or pinyin_keys(person.name):
            self._pinyin.setdefault(key, []).append(person)
        folded = fold_letters(person.name.strip())
        if _SHORT_NAME <= len(folded) <= _SHORT_NAME + 1 and "\u4e00" <= folded[0] <= "\u9fff":
            self._surnames.setdefault(folded[0], []).append(person)

    def mentions(self, folded: str) -> list[Mention]:
        """All names in a text folded by ``fold_letters``, longest first at each place, not overlapping."""
        found: list[Mention] = []
        at = 0
        while at < len(folded):
            mention = self._at(folded, at)
            if mention is None:
                at += 1
            else:
                found.append(mention)
                at = mention.end
        return found

    def _at(self, folded: str, at: int) -> Mention | None:
        for length in self._lengths.get(folded[at], ()):
            people, departments = self._names.get(folded[at : at + length], ([], []))
            if (people or departments) and _stands_alone(folded, at, at + length):
                return Mention(at, at + length, _unique(people), _unique_departments(departments))
        return self._addressed(folded, at) or self._called(folded, at)

    def _addressed(self, folded: str, at: int) -> Mention | None:
        """张总, 李经理; 小王, 老陈."""
        if folded[at] in "小老" and at + 1 < len(folded):
            people = self._surnames.get(folded[at + 1], [])
            behind = folded[at + 2 : at + 3]
            if people and (
                not behind or behind in " ，,。；;:负牵跟于在、和及周本下今明后请将要来去提给把评完整确输补"
            ):
                return Mention(at, at + 2, _unique(people))
        people = self._surnames.get(folded[at], [])
        if not people:
            return None
        for title in (*_LONG_ADDRESSES, *_ADDRESSES):
            if folded.startswith(title, at + 1) and not folded.startswith(("工作", "总结", "总体", "总部"), at + 1):
                return Mention(at, at + 1 + len(title), _unique(people))
        return None

    def _called(self, folded: str, at: int) -> Mention | None:
        """@xuheng, @xh, @scb: pinyin behind the sign."""
        if folded[at] != "@":
            return None
        m = re.compile(r"@\s?([a-z][a-z'.]{0,40})").match(folded, at)
        if m is None:
            return None
        return self.by_pinyin(m[1], at, m.end())

    def by_pinyin(self, word: str, start: int, end: int) -> Mention | None:
        """The people, else departments, with this pinyin key; None when there is none."""
        key = word.replace("'", "").replace(".", "")
        people = self._pinyin.get(key, [])
        if people:
            return Mention(start, end, _unique(people))
        departments = self._department_pinyin.get(key, [])
        return Mention(start, end, departments=_unique_departments(departments)) if departments else None


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """A name in Latin letters is a whole word."""

    def joined(at: int) -> bool:
        """Whether two Latin letters meet before ``at``."""
        pair = folded[at - 1 : at + 1]
        return 0 < at < len(folded) and pair.isascii() and pair.isalnum()

    return not joined(start) and not joined(end)


def _unique(people: Iterable[PersonName]) -> tuple[PersonName, ...]:
    return tuple({person.id: person for person in people}.values())


def _unique_departments(departments: Iterable[DepartmentName]) -> tuple[DepartmentName, ...]:
    return tuple({department.id: department for department in departments}.values())


@lru_cache(maxsize=8)
def directory(people: tuple[PersonName, ...], departments: tuple[DepartmentName, ...]) -> Directory:
    """The index of these names; made once per list, about 10 ms for 500 people."""
    return Directory(people, departments)
