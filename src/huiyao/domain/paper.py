# SPDX-License-Identifier: Apache-2.0
"""Changing the paper line by line: find a line, put other words in it, add one, take one out, compare.

Every function gives a new paper; numbers of decisions and actions follow their order again after each change.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from huiyao.domain.actions import Commitment
from huiyao.domain.drafting import Names, Paper, action_line
from huiyao.domain.minutes import Decision, Line, Minutes, NextPlan, TopicMinutes
from huiyao.domain.record import MAX_TEXT, gaps_of
from huiyao.domain.record import Entry as RecordEntry
from huiyao.domain.record import Kind as EntryKind
from huiyao.domain.refusals import BadValue, NotFound

WHEN, FOCUS, PLACE = "next-when", "next-focus", "place"
"""Lines that are no entry: the next plan's two halves and the place."""
ADDABLE = ("note", "decision", "parked")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line that can be read, commented on, objected to or changed. ``number`` is 0 where it has none."""

    id: str
    kind: str
    number: int
    text: str


def lines_of(minutes: Minutes) -> dict[str, PaperLine]:
    """Every addressable line by id, in reading order."""
    found: list[PaperLine] = []
    for topic in minutes.topics:
        found += [PaperLine(line.id, line.kind, 0, line.text) for line in topic.lines]
        for problem in topic.problems:
            found.append(PaperLine(problem.id, "problem", problem.number, problem.text))
            found += [PaperLine(s.id, "solution", 0, s.text) for s in problem.solutions]
    found += [PaperLine(line.id, line.kind, 0, line.text) for line in minutes.notes]
    found += [PaperLine(d.id, "decision", d.number, d.text) for d in minutes.decisions]
    found += [PaperLine(a.id, "action", a.number, a.task) for a in minutes.actions]
    found += [PaperLine(line.id, "parked", 0, line.text) for line in minutes.parked]
    plan = minutes.next_plan or NextPlan()
    found += [PaperLine(WHEN, "next", 0, plan.when), PaperLine(FOCUS, "next", 0, plan.focus)]
    found.append(PaperLine(PLACE, "place", 0, minutes.place))
    return {line.id: line for line in found}


def line_of(minutes: Minutes, line_id: str) -> PaperLine:
    """The line with this id.

    Raises:
        NotFound: there is none.
    """
    line = lines_of(minutes).get(line_id)
    if line is None:
        raise NotFound(line=line_id)
    return line


def with_text(paper: Paper, line_id: str, text: str) -> Paper:
    """The paper with other words in one line.

    Raises:
        NotFound: no such line.
        BadValue: empty (``reason="required"``; the next plan may be) or too long (``"too_long"``).
    """
    kind = line_of(paper.minutes, line_id).kind
    text = _checked(text, may_be_empty=kind in ("next", "place"))
    if kind == "action":
        commitments = tuple(replace(c, task=text) if c.id == line_id else c for c in paper.commitments)
        actions = tuple(replace(a, task=text) if a.id == line_id else a for a in paper.minutes.actions)
        return Paper(replace(paper.minutes, actions=actions), commitments)
    return replace(paper, minutes=_minutes_with_text(paper.minutes, line_id, text))


def _checked(text: str, *, may_be_empty: bool = False) -> str:
    text = text.replace("\r\n", "\n").strip()
    if not text and not may_be_empty:
        raise BadValue(field="text", reason="required")
    if len(text) > MAX_TEXT:
        raise BadValue(field="text", reason="too_long", most=MAX_TEXT)
    return text


def _minutes_with_text(minutes: Minutes, line_id: str, text: str) -> Minutes:
    if line_id == PLACE:
        return replace(minutes, place=text)
    if line_id in (WHEN, FOCUS):
        plan = minutes.next_plan or NextPlan()
        plan = replace(plan, when=text) if line_id == WHEN else replace(plan, focus=text)
        return replace(minutes, next_plan=plan)

    def put(item: Any) -> Any:
        return replace(item, text=text) if item.id == line_id else item

    return _each_line(minutes, lambda items: tuple(put(item) for item in items))


def _each_line(minutes: Minutes, change: Callable[[Any], Any]) -> Minutes:
    """The minutes with ``change`` applied to every list of lines but the actions."""

    def topic(one: TopicMinutes) -> TopicMinutes:
        problems = change(one.problems)
        return replace(
            one,
            lines=change(one.lines),
            problems=tuple(replace(p, solutions=change(p.solutions)) for p in problems),
        )

    return replace(
        minutes,
        topics=tuple(topic(one) for one in minutes.topics),
        notes=change(minutes.notes),
        decisions=change(minutes.decisions),
        parked=change(minutes.parked),
    )


def with_commitment(paper: Paper, commitment: Commitment, names: Names) -> Paper:
    """The paper with one action put in place of the one with its id, or added at the end.

    Raises:
        BadValue: task, owner, due date or support is missing (``reason="incomplete"``).
    """
    entry = RecordEntry(
        commitment.id,
        EntryKind.ACTION,
        text=_checked(commitment.task),
        department=commitment.department,
        person=commitment.person,
        named_by=commitment.named_by,
        due=commitment.due,
        support=commitment.support,
    )
    if gaps := gaps_of(entry):
        raise BadValue(field=gaps[0].what, reason="incomplete")
    commitment = replace(commitment, task=commitment.task.strip())
    known = any(c.id == commitment.id for c in paper.commitments)
    kept = tuple(commitment if c.id == commitment.id else c for c in paper.commitments)
    commitments = kept if known else (*kept, commitment)
    lines = {a.id: a for a in paper.minutes.actions}
    lines[commitment.id] = action_line(commitment, names)
    actions = tuple(lines[c.id] for c in commitments)
    return renumbered(Paper(replace(paper.minutes, actions=actions), commitments))


def with_line(paper: Paper, line_id: str, kind: str, text: str, *, topic: str = "") -> Paper:
    """The paper with a new note (under a topic), decision or parked line at the end of its list.

    Raises:
        BadValue: the kind cannot be added, or the text is empty or too long.
        NotFound: no such topic.
    """
    text = _checked(text)
    minutes = paper.minutes
    if kind == "decision":
        changed = replace(minutes, decisions=(*minutes.decisions, Decision(line_id, 0, text)))
    elif kind == "parked":
        changed = replace(minutes, parked=(*minutes.parked, Line(line_id, text, "parked")))
    elif kind == "note":
        if not any(t.id == topic for t in minutes.topics):
            raise NotFound(topic=topic)
        changed = replace(
            minutes,
            topics=tuple(
                replace(t, lines=(*t.lines, Line(line_id, text))) if t.id == topic else t for t in minutes.topics
            ),
        )
    else:
        raise BadValue(field="kind", reason="unknown")
    return renumbered(replace(paper, minutes=changed))


def without_line(paper: Paper, line_id: str) -> Paper:
    """The paper without one line; a problem goes with its solutions.

    Raises:
        NotFound: no such line, or one that cannot be taken out.
    """
    if line_of(paper.minutes, line_id).kind in ("next", "place"):
        raise NotFound(line=line_id)
    minutes = _each_line(paper.minutes, lambda items: tuple(item for item in items if item.id != line_id))
    minutes = replace(minutes, actions=tuple(a for a in minutes.actions if a.id != line_id))
    return renumbered(Paper(minutes, tuple(c for c in paper.commitments if c.id != line_id)))


def renumbered(paper: Paper) -> Paper:
    """The paper with decisions and actions numbered in their order (R96, R97)."""
    minutes = paper.minutes
    return Paper(
        replace(
            minutes,
            decisions=tuple(replace(d, number=n) for n, d in enumerate(minutes.decisions, start=1)),
            actions=tuple(replace(a, number=n) for n, a in enumerate(minutes.actions, start=1)),
        ),
        tuple(replace(c, number=n) for n, c in enumerate(paper.commitments, start=1)),
    )


def changed_lines(old: Minutes, new: Minutes) -> tuple[str, ...]:
    """Ids of the lines that differ, in the order of the new version, those taken out last."""
    before, after = _printed(old), _printed(new)
    altered = [i for i, value in after.items() if before.get(i) != value]
    return (*altered, *(i for i in before if i not in after))


def _printed(minutes: Minutes) -> dict[str, object]:
    """What each line prints, without its number: a line that only moved up has not changed."""
    printed: dict[str, object] = {line.id: line.text for line in lines_of(minutes).values()}
    printed.update({action.id: replace(action, number=0) for action in minutes.actions})
    return printed
