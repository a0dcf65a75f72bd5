# SPDX-License-Identifier: Apache-2.0
"""Minutes while they are being read: topics, actions and notes as they come, and what became of each line."""

from dataclasses import dataclass, field
from datetime import date, datetime

from huiyao.domain.minutes import (
    ActionLine,
    Attendee,
    Decision,
    Line,
    Minutes,
    NextPlan,
    Problem,
    Solution,
    Support,
    TopicMinutes,
)
from huiyao.language.minutes.names import is_group
from huiyao.language.minutes.result import Became, ReadAction

_WEIGHT = tuple(Became)


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
    ids: dict[int, list[str]] = field(default_factory=dict)

    def mark(self, line: int, became: Became, element: str = "") -> None:
        """Says what a line became; the weightier meaning stays."""
        before = self.became.get(line)
        if before is None or _WEIGHT.index(became) > _WEIGHT.index(before) or before is Became.NOTE:
            if not (became is Became.NOTE and before is not None and before not in (Became.BLANK, Became.LAYOUT)):
                self.became[line] = became
        if element and element not in self.ids.setdefault(line, []):
            self.ids[line].append(element)

    def new_id(self, line: int) -> str:
        """An id no other element of the line has: ``L12``, ``L12-2``, …"""
        taken = len(self.ids.get(line, ()))
        return f"L{line}" if not taken else f"L{line}-{taken + 1}"

    def note(self, line: int, text: str, topic: DraftTopic | None = None) -> None:
        """Keeps a line as a note, under its topic where it has one."""
        key = self.new_id(line)
        (topic.lines if topic is not None else self.notes).append(Line(key, text))
        self.mark(line, Became.NOTE, key)

    def finished(self, language: str) -> Minutes:
        """The minutes as the room would hand them over."""
        numbers = iter(range(1, 1_000_000))
        topics = tuple(
            TopicMinutes(
                topic.id,
                index,
                topic.title,
                lead=topic.lead,
                planned_minutes=topic.minutes,
                lines=tuple(topic.lines),
                problems=tuple(
                    Problem(p.id, next(numbers), p.text, solutions=tuple(p.solutions)) for p in topic.problems
                ),
            )
            for index, topic in enumerate(self.topics, 1)
        )
        basics = self.basics
        return Minutes(
            title=self.title,
            language=language,
            starts_at=self.starts_at,
            ends_at=self.ends_at,
            time_text=basics.get("time", ""),
            place=basics.get("place", ""),
            online=basics.get("online", ""),
            objective=basics.get("objective", ""),
            host=basics.get("host", ""),
            recorder=basics.get("recorder", ""),
            attendees=tuple(self.attendees),
            topics=topics,
            decisions=tuple(self.decisions),
            actions=tuple(_line(action, index) for index, action in enumerate(self.actions, 1)),
            next_plan=NextPlan(basics.get("next", ""), "\n".join(self.next_lines))
            if self.next_lines or "next" in basics
            else None,
            notes=tuple(self.notes),
        )

    def read_actions(self) -> tuple[ReadAction, ...]:
        """The actions with their places in the source."""
        return tuple(ReadAction(a.id, a.line, a.task, a.owners, a.due, a.due_text, a.done, a.how) for a in self.actions)


def _line(action: DraftAction, number: int) -> ActionLine:
    """A group among the owners becomes the department, the first person the owner, the rest stand beside."""
    groups = [name for name in action.owners if is_group(name)]
    persons = [name for name in action.owners if name not in groups]
    return ActionLine(
        id=action.id,
        number=number,
        task=action.task,
        department=groups[0] if groups else "",
        person=persons[0] if persons else "",
        others=tuple(persons[1:] + groups[1:]),
        due=action.due,
        due_text="" if action.due is not None else action.due_text,
        support=action.support,
        done=action.done,
    )
