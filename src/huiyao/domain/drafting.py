# SPDX-License-Identifier: Apache-2.0
"""From the closed record to draft minutes: every living entry finds its place (R60-R65, R86-R98)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from huiyao.domain.actions import Commitment
from huiyao.domain.consensus import Agreement, Call
from huiyao.domain.minutes import (
    ActionLine,
    Attendee,
    Decision,
    Line,
    Minutes,
    NamedLater,
    NextPlan,
    Outcome,
    Problem,
    SeatRemark,
    Solution,
    Support,
    TopicMinutes,
)
from huiyao.domain.record import Branch, Entry, Kind, SupportAsked, grow, numbers


@dataclass(frozen=True, slots=True)
class Names:
    """Departments and persons by id, as they are printed."""

    departments: Mapping[str, str] = field(default_factory=dict)
    persons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TopicFacts:
    """An agenda item as planned and as it went, in minutes; ``lead`` is ready to print."""

    id: str
    title: str
    lead: str = ""
    planned_minutes: int | None = None
    actual_minutes: int | None = None
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """The basic information of the minutes (R86-R91), ready to print; instants in the meeting's zone."""

    title: str
    language: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    place: str = ""
    online: str = ""
    objective: str = ""
    organisation: str = ""
    host: str = ""
    recorder: str = ""
    attendees: tuple[Attendee, ...] = ()
    next_plan: NextPlan | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """Minutes with the commitments they print: what one version holds."""

    minutes: Minutes
    commitments: tuple[Commitment, ...] = ()


@dataclass(slots=True)
class _Sheet:
    """What is gathered while the record is read."""

    numbers: Mapping[str, int]
    names: Names
    outcomes: Mapping[str, Outcome]
    problems: dict[str, Problem] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    commitments: list[Commitment] = field(default_factory=list)
    parked: list[Line] = field(default_factory=list)


def draft(
    entries: Sequence[Entry],
    facts: MeetingFacts,
    topics: Sequence[TopicFacts],
    names: Names,
    outcomes: Mapping[str, Outcome] | None = None,
) -> Paper:
    """The first version of the minutes. No entry with text is left out; those of no topic become notes."""
    entries = _worth_printing(entries)
    branches = grow(entries)
    sheet = _Sheet(numbers(entries), names, outcomes or {})
    by_id = {branch.entry.id: branch for branch in branches if branch.entry.kind is Kind.TOPIC}
    known = {topic.id for topic in topics}
    added = [TopicFacts(i, branch.entry.text) for i, branch in by_id.items() if i not in known]
    printed = [
        _topic(number, topic, by_id.get(topic.id), sheet) for number, topic in enumerate([*topics, *added], start=1)
    ]
    loose = [branch for branch in branches if branch.entry.kind is not Kind.TOPIC]
    notes, problems = _gather(loose, sheet)
    for problem in problems:
        notes.append(Line(problem.id, problem.text, "problem", problem.department))
        notes += [Line(s.id, s.text, "solution", outcome=s.outcome) for s in problem.solutions]
    minutes = Minutes(
        title=facts.title,
        language=facts.language,
        starts_at=facts.starts_at,
        ends_at=facts.ends_at,
        place=facts.place,
        online=facts.online,
        objective=facts.objective,
        organisation=facts.organisation,
        host=facts.host,
        recorder=facts.recorder,
        attendees=facts.attendees,
        topics=tuple(printed),
        decisions=tuple(sheet.decisions),
        actions=tuple(action_line(c, names) for c in sheet.commitments),
        next_plan=facts.next_plan,
        parked=tuple(sheet.parked),
        notes=tuple(notes),
    )
    return Paper(minutes, tuple(sheet.commitments))


def _worth_printing(entries: Iterable[Entry]) -> list[Entry]:
    """The living entries but for blank ones that nothing hangs from."""
    living = [entry for entry in entries if not entry.deleted]
    parents = {entry.parent for entry in living}
    return [
        entry
        for entry in living
        if entry.text.strip() or entry.id in parents or entry.kind in (Kind.TOPIC, Kind.ACTION)
    ]


def _topic(number: int, topic: TopicFacts, branch: Branch | None, sheet: _Sheet) -> TopicMinutes:
    lines, problems = _gather(branch.children if branch else (), sheet)
    return TopicMinutes(
        id=topic.id,
        number=number,
        title=topic.title,
        lead=topic.lead,
        planned_minutes=topic.planned_minutes,
        actual_minutes=topic.actual_minutes,
        lines=tuple(lines),
        problems=tuple(problems),
        skipped=topic.skipped,
    )


def _gather(branches: Sequence[Branch], sheet: _Sheet) -> tuple[list[Line], list[Problem]]:
    """The lines and problems under one topic; decisions, actions and parked ones go to their own lists."""
    lines: list[Line] = []
    order: list[str] = []
    waiting: list[tuple[Branch, str, tuple[str, ...]]] = [(branch, "", ()) for branch in reversed(branches)]
    solutions: dict[str, list[Solution]] = {}
    while waiting:
        node, problem, under = waiting.pop()
        entry = node.entry
        if entry.kind is Kind.PROBLEM:
            problem = entry.id
            order.append(entry.id)
            sheet.problems[entry.id] = Problem(
                entry.id,
                sheet.numbers[entry.id],
                entry.text,
                sheet.names.departments.get(entry.department, ""),
            )
        elif entry.kind is Kind.SOLUTION and (target := problem or _referred(entry, order)):
            solution = Solution(entry.id, entry.text, sheet.outcomes.get(entry.id))
            solutions.setdefault(target, []).append(solution)
        else:
            _place(entry, under, sheet, lines)
        below = (*under, entry.id)
        waiting.extend((child, problem, below) for child in reversed(node.children))
    problems = [_solved(sheet.problems[i], solutions.get(i, [])) for i in order]
    return lines, problems


def _referred(entry: Entry, order: Sequence[str]) -> str:
    return next((ref for ref in entry.refs if ref in order), "")


def _solved(problem: Problem, solutions: Sequence[Solution]) -> Problem:
    return Problem(problem.id, problem.number, problem.text, problem.department, tuple(solutions))


def _place(entry: Entry, under: tuple[str, ...], sheet: _Sheet, lines: list[Line]) -> None:
    if entry.kind is Kind.DECISION:
        outcome = _outcome_for(entry, under, sheet)
        sheet.decisions.append(Decision(entry.id, sheet.numbers[entry.id], entry.text, outcome))
    elif entry.kind is Kind.ACTION:
        sheet.commitments.append(commitment_of(entry, sheet.numbers[entry.id], under))
    elif entry.text.strip():
        department = sheet.names.departments.get(entry.department, "")
        person = sheet.names.persons.get(entry.person, "") if entry.kind is Kind.PARKED else ""
        line = Line(entry.id, entry.text, str(entry.kind), department, person, sheet.outcomes.get(entry.id))
        (sheet.parked if entry.kind is Kind.PARKED else lines).append(line)


def _outcome_for(decision: Entry, under: tuple[str, ...], sheet: _Sheet) -> Outcome | None:
    """The decision's own call, else that of the nearest entry above it or of one it refers to."""
    asked = (decision.id, *reversed(under), *decision.refs)
    return next((sheet.outcomes[entry] for entry in asked if entry in sheet.outcomes), None)


def outcomes_of(calls: Iterable[Call], names: Names) -> dict[str, Outcome]:
    """Consensus calls as they are printed, by entry; a call nobody answered that was left open is none."""
    return {call.entry: outcome_line(call, names) for call in calls if call.outcome or call.voices}


def outcome_line(call: Call, names: Names) -> Outcome:
    """One call as it is printed: counts, who reserved or objected and why, who was silent, who decides next."""

    def said(answer: Agreement) -> tuple[SeatRemark, ...]:
        return tuple(
            SeatRemark(names.departments.get(voice.department, ""), voice.reason)
            for voice in call.voices
            if voice.answer is answer
        )

    return Outcome(
        result=call.outcome or "open",
        agree=len(said(Agreement.AGREE)),
        reserve=len(said(Agreement.RESERVE)),
        object=len(said(Agreement.OBJECT)),
        decider=names.persons.get(call.decider, ""),
        decide_by=call.decide_by,
        reservations=said(Agreement.RESERVE),
        objections=said(Agreement.OBJECT),
        silent=tuple(names.departments.get(department, "") for department in call.silent),
    )


def commitment_of(entry: Entry, number: int, under: tuple[str, ...] = ()) -> Commitment:
    """An action of the record as a commitment."""
    return Commitment(
        id=entry.id,
        number=number,
        task=entry.text,
        department=entry.department,
        person=entry.person,
        named_by=entry.named_by,
        due=entry.due,
        support=entry.support,
        under=(*entry.refs, *under),
    )


def action_line(commitment: Commitment, names: Names) -> ActionLine:
    """A commitment as it is printed (R97)."""
    named_later = None
    if commitment.named_by and not commitment.person:
        by, head = commitment.named_by
        named_later = NamedLater(by, names.persons.get(head, ""))
    return ActionLine(
        id=commitment.id,
        number=commitment.number,
        task=commitment.task,
        department=names.departments.get(commitment.department, ""),
        person=names.persons.get(commitment.person, ""),
        due=commitment.due,
        support=None if commitment.support is None else tuple(_support(s, names) for s in commitment.support),
        named_later=named_later,
    )


def _support(asked: SupportAsked, names: Names) -> Support:
    return Support(
        asked.what,
        names.departments.get(asked.department, ""),
        names.persons.get(asked.person, ""),
        asked.due,
    )
