# SPDX-License-Identifier: Apache-2.0
"""What the plain page of the record shows: topics with their clock and entries, in words, from rows and facts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from huiyao.domain.record import Branch, Entry, Kind, grow, numbers
from huiyao.features.meetings.reads import MeetingRow
from huiyao.features.people.reads import find_persons
from huiyao.features.sittings.reads import find_entries
from huiyao.features.sittings.reads.facts import read_parts
from huiyao.plumbing.ids import is_uuid

KIND_WORDS: dict[Kind, str] = {
    Kind.TOPIC: gettext_noop("Topic"),
    Kind.NOTE: gettext_noop("Note"),
    Kind.PROBLEM: gettext_noop("Problem"),
    Kind.SOLUTION: gettext_noop("Solution"),
    Kind.DECISION: gettext_noop("Decision"),
    Kind.ACTION: gettext_noop("Action"),
    Kind.PARKED: gettext_noop("Parked"),
}
NUMBERED = frozenset({Kind.PROBLEM, Kind.SOLUTION, Kind.DECISION, Kind.ACTION})
ROLE_WORDS = (
    ("host", gettext_noop("Host")),
    ("facilitator", gettext_noop("Facilitator")),
    ("recorder", gettext_noop("Recorder")),
)
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One entry in words. ``owner`` and ``due`` of an action, ``missing`` what it lacks of them; ``depth`` from 0."""

    id: str
    kind: str
    label: str
    text: str
    depth: int
    owner: str = ""
    due: date | None = None
    open_owner: bool = False
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A topic with its entries; minutes spent and planned, ``state`` todo, running, done or skipped."""

    id: str
    title: str
    state: str
    spent: int
    planned: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole record. ``roles`` are pairs of word and name; ``people`` pairs of id and name to choose owners from."""

    sections: tuple[Section, ...]
    roles: tuple[tuple[str, str], ...]
    people: tuple[tuple[str, str], ...]
    current: str


class _Names:
    """Names of persons and departments by id."""

    def __init__(self, parts: Mapping[str, Any], entries: Sequence[Entry]) -> None:
        self.departments = {one["id"]: one["name"] for one in parts["departments"]}
        self.persons = {one["id"]: one["name"] for one in parts["people"]}
        deciders = [call["decider"] or "" for call in parts["calls"].values()]
        named = {entry.person for entry in entries} | {entry.named_by[1] for entry in entries if entry.named_by}
        unknown = [one for one in {*named, *deciders} if is_uuid(one) and one not in self.persons]
        self.persons |= {pk: person.name for pk, person in find_persons(unknown).items()}


def sheet_of(meeting: MeetingRow, at: datetime) -> Sheet:
    """The record of a meeting as it stands in the rows."""
    _meeting, parts = read_parts(str(meeting.pk), {"roles", "people", "departments", "topics", "calls"})
    entries = find_entries(meeting.pk)
    names, count = _Names(parts, entries), numbers(entries)
    branches = grow(entries)
    facts = {topic["id"]: topic for topic in parts["topics"]}
    planted = {branch.entry.id: branch for branch in branches if branch.entry.kind is Kind.TOPIC}
    lines = {
        pk: tuple(_lines(planted[pk].children, 0, names, count, parts["calls"])) if pk in planted else ()
        for pk in facts
    }
    sections = [_section(topic, lines[pk], at) for pk, topic in facts.items()]
    loose = [branch for branch in branches if branch.entry.id not in facts]
    if loose:
        rest = tuple(_lines(loose, 0, names, count, parts["calls"]))
        sections.append(Section("", _("Without a topic"), "done", 0, 0, rest))
    running = next((section.id for section in sections if section.state == "running"), "")
    return Sheet(
        tuple(sections),
        tuple((_(word), names.persons.get(parts["roles"].get(role) or "", "")) for role, word in ROLE_WORDS),
        tuple((one["id"], _with_department(one, names)) for one in parts["people"]),
        running or next(iter(facts), ""),
    )


def _with_department(person: Mapping[str, Any], names: _Names) -> str:
    return " · ".join(part for part in (person["name"], names.departments.get(person["department"], "")) if part)


def _section(topic: Mapping[str, Any], lines: tuple[Line, ...], at: datetime) -> Section:
    running = topic["running_since"]
    seconds = topic["spent_seconds"]
    if running:
        seconds += max(0, int((at - datetime.fromisoformat(running)).total_seconds()))
    state = "skipped" if topic["skipped"] else "running" if running else "done" if topic["ended_at"] else "todo"
    planned = topic["minutes"] + topic["extra_minutes"]
    return Section(topic["id"], topic["title"], state, seconds // 60, planned, lines)


def _lines(
    branches: Sequence[Branch], depth: int, names: _Names, count: Mapping[str, int], calls: Mapping[str, Any]
) -> list[Line]:
    found: list[Line] = []
    for branch in branches:
        found.append(_line(branch.entry, depth, names, count, calls))
        found += _lines(branch.children, min(depth + 1, DEEPEST), names, count, calls)
    return found


def _line(entry: Entry, depth: int, names: _Names, count: Mapping[str, int], calls: Mapping[str, Any]) -> Line:
    label = _(KIND_WORDS[entry.kind])
    if entry.kind in NUMBERED:
        number = count[entry.id]
        label += f" {chr(64 + number)}" if entry.kind is Kind.SOLUTION and number <= 26 else f" {number}"
    department = names.departments.get(entry.department, "")
    person = names.persons.get(entry.person or (entry.named_by[1] if entry.named_by else ""), "")
    action = entry.kind is Kind.ACTION
    return Line(
        id=entry.id,
        kind=str(entry.kind),
        label=label,
        text=entry.text,
        depth=depth,
        owner=" · ".join(part for part in (department, person) if part) if action else "",
        due=entry.due if action else None,
        open_owner=action and not (entry.department and (entry.person or entry.named_by)),
        outcome=_outcome(calls.get(entry.id), names),
    )


def _outcome(call: Mapping[str, Any] | None, names: _Names) -> str:
    """What a consensus call came to, and who decides where it came to nothing."""
    if call is None:
        return ""
    if call["state"] == "open":
        return _("Consensus is being asked")
    words = {
        "unanimous": gettext_noop("Unanimous"),
        "majority": gettext_noop("Majority"),
        "not_reached": gettext_noop("Not reached"),
    }
    told = _(words[call["outcome"]]) if call["outcome"] in words else ""
    decider = names.persons.get(call["decider"] or "", "")
    who = _("%(name)s decides") % {"name": decider} if decider else ""
    return " · ".join(part for part in (told, who, call["decide_by"]) if part)
