# SPDX-License-Identifier: Apache-2.0
"""Minutes while they are being read: topics, actions and notes as they come, and what became of each line."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from huiyao.domain.minutes import Attendee, Decision, Line, Presence, Solution, Support
from huiyao.language.minutes.result import Became, ReadAction, rank
from huiyao.language.minutes.scripts import compiled

_LEAD = compiled(
    r"[\s，,]*(?:汇报人|引导人|提案人|申报人|主讲人|负责人)\s*[：:\-—]*\s*([^：:]{2,30})$"
    r"|\s*[-—–]{1,4}\s*([^-—–：:（(]{2,30})$|\s*@(\S{2,16})$|[（(]([^（）()\d]{2,20})[)）]\s*$"
)
_MINUTES = compiled(r"(\d{1,3})\s*(?:分钟|mins?\b)")


@dataclass(slots=True)
class DraftProblem:
    """A problem and the solutions that followed it."""

    id: str
    text: str
    solutions: list[Solution] = field(default_factory=list)


@dataclass(slots=True)
class DraftTopic:
    """An agenda item with its lines."""

    id: str
    title: str
    lead: str = ""
    minutes: int | None = None
    lines: list[Line] = field(default_factory=list)
    problems: list[DraftProblem] = field(default_factory=list)


@dataclass(slots=True)
class DraftAction:
    """An action; owners and due may still come from a later line."""

    id: str
    line: int
    task: str
    owners: tuple[str, ...] = ()
    due: date | None = None
    due_text: str = ""
    done: bool = False
    how: str = "section"
    support: tuple[Support, ...] | None = None
    group: int = 0


@dataclass(slots=True)
class Draft:
    """Everything read so far."""

    title: str = ""
    held_on: date | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    basics: dict[str, str] = field(default_factory=dict)
    attendees: list[Attendee] = field(default_factory=list)
    topics: list[DraftTopic] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    actions: list[DraftAction] = field(default_factory=list)
    next_lines: list[str] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    became: dict[int, Became] = field(default_factory=dict)
    ids: dict[int, dict[str, None]] = field(default_factory=dict)
    _titled: dict[str, DraftTopic] = field(default_factory=dict)
    _tasks: dict[tuple[str, tuple[str, ...]], DraftAction] = field(default_factory=dict)

    def mark(self, line: int, became: Became, element: str = "") -> None:
        """Says what a line became; the weightier meaning stays."""
        before = self.became.get(line)
        if before is None or rank(became) > rank(before):
            self.became[line] = became
        if element:
            self.ids.setdefault(line, {})[element] = None

    def new_id(self, line: int) -> str:
        """An id no other element of the line has: ``L12``, ``L12-2`` and so on."""
        taken = len(self.ids.get(line, ()))
        return f"L{line}" if not taken else f"L{line}-{taken + 1}"

    def note(self, line: int, text: str, topic: DraftTopic | None = None) -> None:
        """Keeps a line as a note, under its topic where it has one."""
        key = self.new_id(line)
        (topic.lines if topic is not None else self.notes).append(Line(key, text))
        self.mark(line, Became.NOTE, key)

    def attend(
        self, line: int, text: str, people: Iterable[tuple[str, str]], presence: Presence = Presence.PRESENT
    ) -> None:
        """People of an attendee list; what the line says beyond names and departments stays as a note."""
        people = tuple(people)
        self.attendees += [Attendee(name, department, presence) for name, department in people]
        self.mark(line, Became.ATTENDEE, "attendees")
        known = "".join(name + department for name, department in people)
        if any(piece not in known for piece in re.findall(r"[A-Za-z0-9\u4e00-\u9fff]+", text)):
            self.note(line, text)

    def start_topic(self, line: int, text: str) -> DraftTopic:
        """A new topic; presenter and planned minutes are read from the title, which stays whole."""
        key = self.new_id(line)
        lead = _LEAD.search(text)
        name = next((piece for piece in lead.groups() if piece), "") if lead else ""
        minutes = _MINUTES.search(text)
        topic = DraftTopic(key, text.strip(), name.strip(), int(minutes[1]) if minutes else None)
        self.topics.append(topic)
        for known in _titles(topic):
            self._titled.setdefault(known, topic)
        self.mark(line, Became.TOPIC, key)
        return topic

    def same_topic(self, title: str) -> DraftTopic | None:
        """A topic announced in the agenda under the same title."""
        return self._titled.get(_letters(title))

    def add(self, action: DraftAction) -> DraftAction:
        """Takes in an action; the same task of the same owners named again is the one already there."""
        known = self._tasks.setdefault((_letters(action.task), action.owners), action)
        if known is not action:
            self.mark(action.line, Became.ACTION, known.id)
            return known
        action.id = self.new_id(action.line)
        self.actions.append(action)
        self.mark(action.line, Became.ACTION, action.id)
        return action

    def decide(self, line: int, text: str) -> None:
        """A consensus item."""
        key = self.new_id(line)
        self.decisions.append(Decision(key, len(self.decisions) + 1, text))
        self.mark(line, Became.DECISION, key)

    def problem(self, line: int, text: str, topic: DraftTopic | None) -> DraftTopic:
        """A problem under its topic; one without a topic opens a nameless one, which is returned."""
        if topic is None:
            topic = DraftTopic(f"T{line}", "")
            self.topics.append(topic)
        key = self.new_id(line)
        topic.problems.append(DraftProblem(key, text))
        self.mark(line, Became.PROBLEM, key)
        return topic

    def solution(self, line: int, text: str, topic: DraftTopic) -> None:
        """A solution of the topic's last problem."""
        key = self.new_id(line)
        topic.problems[-1].solutions.append(Solution(key, text))
        self.mark(line, Became.SOLUTION, key)

    def read_actions(self) -> tuple[ReadAction, ...]:
        """The actions with their places in the source."""
        return tuple(ReadAction(a.id, a.line, a.task, a.owners, a.due, a.due_text, a.done, a.how) for a in self.actions)


def _titles(topic: DraftTopic) -> set[str]:
    """The title with and without what stands in brackets or behind dashes at its end."""
    bare = _LEAD.sub("", topic.title)
    return {_letters(topic.title), _letters(bare)} - {""}


def _letters(text: str) -> str:
    return re.sub(r"\W", "", text)
