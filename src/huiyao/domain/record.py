# SPDX-License-Identifier: Apache-2.0
"""The record of a meeting as plain rows: entries under topics, their tree, their numbers, and the closing gate.

A row is what the live document projects to (``contracts``: the document); reports, minutes and the gate read rows only.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from huiyao.domain.refusals import Refusal


class Kind(StrEnum):
    """What an entry is. A topic is the root of its entries."""

    TOPIC = "topic"
    NOTE = "note"
    PROBLEM = "problem"
    SOLUTION = "solution"
    DECISION = "decision"
    ACTION = "action"
    PARKED = "parked"


ENTRY_KINDS = tuple(kind for kind in Kind if kind is not Kind.TOPIC)
MAX_TEXT = 20_000


@dataclass(frozen=True, slots=True)
class SupportAsked:
    """Support as written in the record: ids of department and person, what, and when (a civil date)."""

    what: str
    department: str = ""
    person: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of the record. ``parent`` is empty for a topic; ``order`` sorts siblings together with ``id``.

    ``support`` is None when nobody has said, ``()`` for an explicit "none". ``named_by`` is the pair of the date and
    the head who will name the owner: the legal open owner.
    """

    id: str
    kind: Kind
    parent: str = ""
    order: str = ""
    text: str = ""
    deleted: bool = False
    by: str = ""
    at: str = ""
    department: str = ""
    person: str = ""
    named_by: tuple[date, str] | None = None
    due: date | None = None
    support: tuple[SupportAsked, ...] | None = None
    refs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Branch:
    """An entry with its children in reading order."""

    entry: Entry
    children: tuple["Branch", ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing missing in one entry. ``what`` is task, owner, due or support."""

    entry: str
    what: str
    text: str = field(default="", compare=False)


class RecordIncomplete(Refusal):
    """The record cannot be closed yet (R50-R54). Facts: ``gaps``, a list of ``{"entry", "what", "text"}``."""

    code = "record_incomplete"


def grow(entries: Iterable[Entry]) -> tuple[Branch, ...]:
    """The living entries as trees in reading order.

    Deleted entries leave with their children staying: a child whose parent is gone, missing or part of a cycle is
    shown at the root, so nothing that was typed disappears from sight.
    """
    living = {entry.id: entry for entry in entries if not entry.deleted}
    children: dict[str, list[Entry]] = {}
    for entry in living.values():
        parent = entry.parent if entry.parent in living and not _cyclic(entry, living) else ""
        children.setdefault(parent, []).append(entry)
    for siblings in children.values():
        siblings.sort(key=lambda entry: (entry.order, entry.id))

    def branch(entry: Entry) -> Branch:
        return Branch(entry, tuple(branch(child) for child in children.get(entry.id, ())))

    return tuple(branch(entry) for entry in children.get("", ()))


def _cyclic(entry: Entry, living: dict[str, Entry]) -> bool:
    seen = {entry.id}
    above = living.get(entry.parent)
    while above is not None:
        if above.id in seen:
            return True
        seen.add(above.id)
        above = living.get(above.parent)
    return False


def walk(branches: Iterable[Branch]) -> list[Entry]:
    """Every entry of the trees in reading order."""
    found: list[Entry] = []
    stack = list(branches)[::-1]
    while stack:
        node = stack.pop()
        found.append(node.entry)
        stack.extend(reversed(node.children))
    return found


def numbers(entries: Iterable[Entry]) -> dict[str, int]:
    """Running numbers through the whole meeting, by kind and in reading order (R44, R96, R97)."""
    counted: dict[Kind, int] = {}
    result: dict[str, int] = {}
    for entry in walk(grow(entries)):
        counted[entry.kind] = counted.get(entry.kind, 0) + 1
        result[entry.id] = counted[entry.kind]
    return result


def gaps_of(entry: Entry) -> tuple[Gap, ...]:
    """What an action lacks: task, owner (department and person, or a legal open owner), due date, support (R51-R54)."""
    if entry.kind is not Kind.ACTION or entry.deleted:
        return ()
    named = bool(entry.department and (entry.person or entry.named_by))
    missing = [
        ("task", bool(entry.text.strip())),
        ("owner", named),
        ("due", entry.due is not None),
        ("support", entry.support is not None),
    ]
    return tuple(Gap(entry.id, what, entry.text[:80]) for what, there in missing if not there)


def check_closing(entries: Sequence[Entry]) -> None:
    """The one gate that blocks.

    Raises:
        RecordIncomplete: an action lacks its task, owner, due date or an explicit support.
    """
    gaps = [gap for entry in walk(grow(entries)) for gap in gaps_of(entry)]
    if gaps:
        raise RecordIncomplete(gaps=[{"entry": g.entry, "what": g.what, "text": g.text} for g in gaps])


def dangling(entries: Sequence[Entry]) -> tuple[Gap, ...]:
    """Threads left open, shown but never blocking.

    ``solution``: a problem without one; ``action``: a decision without one; ``request``: a note that needs something
    from a department, taken up by no action below it or referring to it; ``parked``: a subject nobody owns.
    """
    branches = grow(entries)
    living = {entry.id: entry for entry in walk(branches)}
    answered = {ref for entry in living.values() for ref in entry.refs}
    found: list[Gap] = []
    for branch in _all(branches):
        kinds = {entry.kind for entry in walk(branch.children)}
        entry = branch.entry
        if entry.kind is Kind.PROBLEM and Kind.SOLUTION not in kinds and entry.id not in answered:
            found.append(Gap(entry.id, "solution", entry.text[:80]))
        if entry.kind is Kind.DECISION and not _followed(branch, living, answered):
            found.append(Gap(entry.id, "action", entry.text[:80]))
        asks = entry.kind is Kind.NOTE and any(asked.department for asked in entry.support or ())
        if asks and not _taken_up(branch, living):
            found.append(Gap(entry.id, "request", entry.text[:80]))
        if entry.kind is Kind.PARKED and not (entry.person or entry.department):
            found.append(Gap(entry.id, "parked", entry.text[:80]))
    return tuple(found)


def _taken_up(branch: Branch, living: dict[str, Entry]) -> bool:
    """A request is taken up by an action below it or one that refers to it."""
    if any(entry.kind is Kind.ACTION for entry in walk(branch.children)):
        return True
    return any(branch.entry.id in entry.refs for entry in living.values() if entry.kind is Kind.ACTION)


def _followed(branch: Branch, living: dict[str, Entry], answered: set[str]) -> bool:
    """A decision is followed by an action below it, beside it under the same problem, or referring to it."""
    entry = branch.entry
    if entry.id in answered or any(e.kind is Kind.ACTION for e in walk(branch.children)):
        return True
    above = living.get(entry.parent)
    if above is None or above.kind is Kind.TOPIC:
        return False
    return any(e.parent == above.id and e.kind is Kind.ACTION for e in living.values())


def _all(branches: Iterable[Branch]) -> list[Branch]:
    found: list[Branch] = []
    stack = list(branches)
    while stack:
        node = stack.pop(0)
        found.append(node)
        stack = list(node.children) + stack
    return found
