# SPDX-License-Identifier: Apache-2.0
"""The paper on a page: the words every format prints, with the id of each line so that it can be spoken about."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from huiyao.documents.paper import Item, TopicBlock, lay_out
from huiyao.documents.paper import Paper as Worded
from huiyao.documents.states import PaperState
from huiyao.domain.minutes import Minutes, NextPlan, TopicMinutes
from huiyao.domain.paper import FOCUS, WHEN
from huiyao.domain.review import State


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what is printed, its plain words for a form, and what is said about it."""

    id: str
    kind: str
    lead: str
    text: str
    remark: str
    raw: str
    chosen: bool = False
    changed: bool = False
    comments: Sequence[Any] = ()
    hinted: bool = False


@dataclass(frozen=True, slots=True)
class ProblemRows:
    """A problem and its solutions."""

    problem: Row
    solutions: Sequence[Row]


@dataclass(frozen=True, slots=True)
class TopicRows:
    """A topic with its lines and problems; ``id`` is empty for other notes."""

    id: str
    number: str
    title: str
    remark: str
    lines: Sequence[Row]
    problems: Sequence[ProblemRows]


@dataclass(frozen=True, slots=True)
class ActionCells:
    """One row of the action table."""

    row: Row
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole paper for a template."""

    words: Worded
    topics: Sequence[TopicRows]
    decisions: Sequence[Row]
    actions: Sequence[ActionCells]
    plan: Sequence[Row]
    parked: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Marks:
    """What is marked on the paper: the line in hand, changed and hinted lines, open remarks by line."""

    chosen: str = ""
    changed: Collection[str] = ()
    hinted: Collection[str] = ()
    comments: Mapping[str, Sequence[Any]] | None = None

    def row(self, line_id: str, kind: str, item: Item, raw: str) -> Row:
        """The row of one line."""
        return Row(
            line_id,
            kind,
            item.lead,
            item.text,
            item.remark,
            raw,
            chosen=line_id == self.chosen,
            changed=line_id in self.changed,
            comments=(self.comments or {}).get(line_id, ()),
            hinted=line_id in self.hinted,
        )


def sheet_of(minutes: Minutes, state: State, marks: Marks) -> Sheet:
    """The paper; the words are those of its own language, whoever reads it."""
    words = lay_out(minutes, PaperState(state))
    topics = [_topic(topic, block, marks) for topic, block in zip(minutes.topics, words.topics, strict=False)]
    if minutes.notes:
        other = words.topics[-1]
        lines = [marks.row(x.id, x.kind, item, x.text) for x, item in zip(minutes.notes, other.lines, strict=True)]
        topics.append(TopicRows("", "", other.title, "", lines, ()))
    plan = minutes.next_plan or NextPlan()
    return Sheet(
        words=words,
        topics=topics,
        decisions=[
            marks.row(d.id, "decision", item, d.text)
            for d, item in zip(minutes.decisions, words.decisions, strict=True)
        ],
        actions=[
            ActionCells(marks.row(a.id, "action", Item("", a.task), a.task), cells)
            for a, cells in zip(minutes.actions, words.action_rows, strict=True)
        ],
        plan=[
            marks.row(WHEN, "next", Item("", plan.when), plan.when),
            marks.row(FOCUS, "next", Item("", plan.focus), plan.focus),
        ],
        parked=[
            marks.row(x.id, "parked", item, x.text) for x, item in zip(minutes.parked, words.parked_items, strict=True)
        ],
    )


def _topic(topic: TopicMinutes, block: TopicBlock, marks: Marks) -> TopicRows:
    return TopicRows(
        id=topic.id,
        number=block.number,
        title=block.title,
        remark=block.remark,
        lines=[marks.row(x.id, x.kind, item, x.text) for x, item in zip(topic.lines, block.lines, strict=True)],
        problems=[
            ProblemRows(
                marks.row(p.id, "problem", pair.problem, p.text),
                [
                    marks.row(s.id, "solution", item, s.text)
                    for s, item in zip(p.solutions, pair.solutions, strict=True)
                ],
            )
            for p, pair in zip(topic.problems, block.problems, strict=True)
        ],
    )
