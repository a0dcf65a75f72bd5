# SPDX-License-Identifier: Apache-2.0
"""A department nobody of which was at the meeting confirms what concerns it (I7): its actions and support, and the
decisions that name it.
"""

from collections.abc import Collection
from dataclasses import dataclass

from huiyao.domain.actions import Commitment
from huiyao.domain.drafting import Paper


@dataclass(frozen=True, slots=True)
class AbsentDepartment:
    """A seat nobody filled. ``people`` are the ids of its representatives and members; ``asked`` who answers for it."""

    id: str
    name: str
    people: frozenset[str]
    asked: tuple[str, ...]


def lines_concerning(paper: Paper, absent: AbsentDepartment, departments: Collection[str]) -> tuple[str, ...]:
    """The lines an absent department is asked about, decisions first; ``departments`` are the names of all.

    A longer name that holds this one ("信息技术部" for "技术部") does not name it.
    """
    longer = sorted((n for n in departments if absent.name in n and n != absent.name), key=len, reverse=True)
    found = [d.id for d in paper.minutes.decisions if _names(d.text, absent.name, longer)]
    found += [c.id for c in paper.commitments if _concerns(c, absent)]
    return tuple(found)


def _names(text: str, name: str, longer: Collection[str]) -> bool:
    for other in longer:
        text = text.replace(other, "")
    return bool(name) and name.casefold() in text.casefold()


def _concerns(commitment: Commitment, absent: AbsentDepartment) -> bool:
    departments = {commitment.department, *(s.department for s in commitment.support or ())}
    return absent.id in departments or bool(commitment.people & absent.people)
