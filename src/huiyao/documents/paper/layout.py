# SPDX-License-Identifier: Apache-2.0
"""From minutes to paper."""

from huiyao.documents.cleaning import clean, one_line
from huiyao.documents.dates import span_text
from huiyao.documents.paper import wording
from huiyao.documents.paper.shape import Fact, Item, Paper, ProblemBlock, Section, TopicBlock
from huiyao.documents.states import PaperState
from huiyao.documents.words import Words, words_for
from huiyao.domain.minutes import Attendee, Line, Minutes, Presence, Problem, TopicMinutes


def lay_out(minutes: Minutes, state: PaperState) -> Paper:
    """The worded document. ValueError for a language without words."""
    words = words_for(minutes.language)
    parked = tuple(Item("", _kept(words, line)) for line in minutes.parked)
    titles = [words.discussion, words.consensus, words.actions, words.next_plan, words.parked]
    discussion, consensus, actions, plan, later = (_section(words, n, title) for n, title in enumerate(titles))
    return Paper(
        language=words.language,
        html_language=words.html_language,
        heading=words.heading,
        organisation=one_line(minutes.organisation),
        name=one_line(minutes.title),
        running=_shortened(one_line(minutes.title), 36),
        state=words.states[state],
        seal=words.seals[state],
        version=words.version.format(version=minutes.version),
        correction=_correction(words, minutes),
        facts=_facts(words, minutes),
        discussion=discussion,
        topics=_topics(words, minutes),
        consensus=consensus,
        decisions=_decisions(words, minutes),
        actions=actions,
        action_header=("#", words.task, words.owner, words.due, words.support),
        action_rows=_action_rows(words, minutes),
        plan=plan,
        next_plan=wording.next_plan_text(words, minutes.next_plan),
        parked=later if parked else None,
        parked_items=parked,
        none=words.none,
        people=wording.listed(words, [one_line(person.name) for person in minutes.attendees]),
        page=words.page,
    )


def _shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _section(words: Words, index: int, title: str) -> Section:
    ordinal = words.ordinals[index]
    return Section(ordinal=ordinal, title=title, text=words.section.format(ordinal=ordinal, title=title))


def _correction(words: Words, minutes: Minutes) -> str:
    text = clean(minutes.correction)
    return f"{words.correction}{words.colon}{text}" if text else ""


def _facts(words: Words, minutes: Minutes) -> tuple[tuple[Fact, ...], ...]:
    time = span_text(words.language, minutes.starts_at, minutes.ends_at) or one_line(minutes.time_text)
    place, online = one_line(minutes.place), one_line(minutes.online)
    where = "\n".join(filter(None, (place, f"{words.online}{words.colon}{online}" if online and place else online)))
    rows = [
        (Fact(words.name, one_line(minutes.title)),),
        (Fact(words.time, time), Fact(words.place if place or not online else words.online, where)),
        (Fact(words.host, one_line(minutes.host)), Fact(words.recorder, one_line(minutes.recorder))),
    ]
    if minutes.objective.strip():
        rows.insert(1, (Fact(words.objective, clean(minutes.objective)),))
    rows += [(fact,) for fact in _people_facts(words, minutes)]
    return tuple(rows)


def _people_facts(words: Words, minutes: Minutes) -> list[Fact]:
    def those(label: str, people: list[Attendee]) -> list[Fact]:
        return [Fact(label, wording.people_text(words, people))] if people else []

    came = [person for person in minutes.attendees if person.presence is not Presence.ABSENT]
    planned = [person for person in came if not person.guest and person.presence is Presence.PRESENT]
    facts = those(words.attendees, planned) or [Fact(words.attendees, "")]
    facts += those(words.walk_in, [p for p in came if not p.guest and p.presence is Presence.WALK_IN])
    guests = [person for person in came if person.guest]
    if guests:
        facts.append(Fact(words.guests, wording.guests_text(words, guests)))
    facts += those(words.absent, [person for person in minutes.attendees if person.presence is Presence.ABSENT])
    return facts


def _topics(words: Words, minutes: Minutes) -> tuple[TopicBlock, ...]:
    blocks = [_topic(words, topic) for topic in minutes.topics]
    if minutes.notes:
        lines = tuple(_line(words, line) for line in minutes.notes)
        blocks.append(TopicBlock("", words.other_notes, "", lines, ()))
    return tuple(blocks)


def _topic(words: Words, topic: TopicMinutes) -> TopicBlock:
    return TopicBlock(
        number=f"{topic.number}.",
        title=one_line(topic.title),
        remark=wording.topic_remark(words, topic),
        lines=tuple(_line(words, line) for line in topic.lines),
        problems=tuple(_problem(words, problem) for problem in topic.problems),
    )


def _line(words: Words, line: Line) -> Item:
    department = one_line(line.department)
    lead = f"{department}{words.colon}" if department else ""
    if line.kind == "parked":
        lead = wording.bracketed(words, words.parked).strip() + (" " if words.language == "en" else "") + lead
    return Item(lead, clean(line.text) + wording.bracketed(words, wording.outcome_text(words, line.outcome)))


def _kept(words: Words, line: Line) -> str:
    """A parked subject with its owner."""
    return clean(line.text) + wording.bracketed(words, wording.both(words, line.department, line.person))


def _problem(words: Words, problem: Problem) -> ProblemBlock:
    department = one_line(problem.department)
    solutions = []
    for solution in problem.solutions:
        remark = wording.bracketed(words, wording.outcome_text(words, solution.outcome))
        solutions.append(Item(words.solution, clean(solution.text), remark))
    return ProblemBlock(
        problem=Item(
            words.problem.format(number=problem.number),
            clean(problem.text),
            wording.bracketed(words, department),
        ),
        solutions=tuple(solutions),
    )


def _decisions(words: Words, minutes: Minutes) -> tuple[Item, ...]:
    return tuple(
        Item(
            f"{decision.number}.",
            clean(decision.text),
            wording.bracketed(words, wording.outcome_text(words, decision.outcome)),
        )
        for decision in minutes.decisions
    )


def _action_rows(words: Words, minutes: Minutes) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            str(action.number),
            clean(action.task) + (wording.bracketed(words, words.done_mark) if action.done else ""),
            wording.owner_text(words, action),
            wording.due_text(words, action),
            wording.support_text(words, action.support),
        )
        for action in minutes.actions
    )
