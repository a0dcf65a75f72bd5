# SPDX-License-Identifier: Apache-2.0
"""Which characters no font of a document can draw: named before sending, never printed as a box."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from huiyao.documents.cleaning import clean
from huiyao.documents.fonts.coverage import Coverage, drawable
from huiyao.documents.words import Words, words_for
from huiyao.domain.minutes import Minutes, Outcome

# Characters that are not drawn: joiners, directions, variation selectors. A name may carry them invisibly.
_UNDRAWN = re.compile("[\u00ad\u200b-\u200f\u2060-\u2064\ufe00-\ufe0f\ufeff\U000e0100-\U000e01ef]")


@dataclass(frozen=True, slots=True)
class MissingGlyph:
    """A character without a glyph. ``code`` is ``U+2B8B8``; ``where`` names its places."""

    character: str
    code: str
    where: tuple[str, ...]


def _lacking(text: str, known: Coverage) -> Iterator[str]:
    return (sign for sign in text if sign != "\n" and sign not in known)


def missing_glyphs(texts: Iterable[tuple[str, str]], extra_fonts: Path | None = None) -> tuple[MissingGlyph, ...]:
    """The characters of ``texts``, pairs of (where, text), that neither a bundled nor an added font has."""
    known = drawable(extra_fonts)
    found: dict[str, list[str]] = {}
    for where, text in texts:
        for sign in _lacking(_UNDRAWN.sub("", clean(text)), known):
            places = found.setdefault(sign, [])
            if where not in places:
                places.append(where)
    return tuple(MissingGlyph(sign, f"U+{ord(sign):04X}", tuple(places)) for sign, places in found.items())


def spelled_out(text: str, extra_fonts: Path | None = None) -> str:
    """``text`` with each character that cannot be drawn as its code, 〔U+2B8B8〕."""
    known = drawable(extra_fonts)
    kept = _UNDRAWN.sub("", text)
    for sign in set(_lacking(kept, known)):
        kept = kept.replace(sign, f"〔U+{ord(sign):04X}〕")
    return kept


def texts_of(minutes: Minutes) -> Iterator[tuple[str, str]]:
    """Every printed text of the minutes as (where, text); the places are in the minutes' language."""
    words = words_for(minutes.language)
    yield from (
        (words.name, minutes.title),
        (words.place, minutes.place),
        (words.online, minutes.online),
        (words.objective, minutes.objective),
        (words.heading, minutes.organisation),
        (words.host, minutes.host),
        (words.recorder, minutes.recorder),
        (words.correction, minutes.correction),
    )
    for person in minutes.attendees:
        yield f"{words.attendees} {person.name}", person.name + person.department
    yield from _topic_texts(words, minutes)
    for decision in minutes.decisions:
        yield f"{words.consensus} {decision.number}", decision.text + _outcome_text(decision.outcome)
    yield from _action_texts(words, minutes)
    for line in minutes.parked:
        yield words.parked, line.text + line.department + line.person
    if minutes.next_plan is not None:
        yield words.next_plan, minutes.next_plan.when + minutes.next_plan.focus


def _topic_texts(words: Words, minutes: Minutes) -> Iterator[tuple[str, str]]:
    for topic in minutes.topics:
        where = f"{words.discussion} {topic.number}"
        yield where, topic.title + topic.lead
        yield from ((where, line.text + line.department + _outcome_text(line.outcome)) for line in topic.lines)
        for problem in topic.problems:
            place = words.problem.format(number=problem.number)
            yield place, problem.text + problem.department
            yield from ((place, solution.text + _outcome_text(solution.outcome)) for solution in problem.solutions)
    for line in minutes.notes:
        yield words.other_notes, line.text + line.department + _outcome_text(line.outcome)


def _outcome_text(outcome: Outcome | None) -> str:
    if outcome is None:
        return ""
    said = (remark.department + remark.reason for remark in (*outcome.reservations, *outcome.objections))
    return "".join((outcome.decider, *said, *outcome.silent))


def _action_texts(words: Words, minutes: Minutes) -> Iterator[tuple[str, str]]:
    for action in minutes.actions:
        where = f"{words.actions} {action.number}"
        yield where, "".join((action.task, action.department, action.person, action.due_text, *action.others))
        if action.named_later is not None:
            yield where, action.named_later.head
        for given in action.support or ():
            yield where, given.what + given.department + given.person
