# SPDX-License-Identifier: Apache-2.0
"""Hints beside the text (R66, R104, R105): wording and what is left open; for recorder and host, never blocking."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256

from django.utils.translation import get_language, gettext
from opencc import OpenCC

from huiyao.domain.drafting import Paper
from huiyao.domain.paper import PaperLine, lines_of
from huiyao.features.minutes.access import MinutesAccess
from huiyao.features.minutes.reads import dismissals_of, stamp_of
from huiyao.features.people.reads import live_departments
from huiyao.flows.own_wordings import wordings
from huiyao.language.completeness import Missing, check_minutes
from huiyao.language.wording import Category, WordingHint, check_wording, repaired
from huiyao.plumbing import formatting
from huiyao.web.after.action_form import fields_of

QUOTES = str.maketrans("“”", "「」")


@dataclass(frozen=True, slots=True)
class Repair:
    """What one press puts right: how the line reads then, and the form that does it (a route and its fields)."""

    reads: str
    route: str
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint: in which line, what was found, what may be done. ``key`` tells it again after it was put aside."""

    key: str
    line: str
    title: str
    text: str
    repair: Repair | None = None


def hints_of(access: MinutesAccess, paper: Paper) -> Sequence[Hint]:
    """The hints that were not put aside, wording first."""
    aside = dismissals_of(access.minutes)
    return [hint for hint in (*_wordings(paper), *_openings(paper)) if hint.key not in aside]


def _key(*parts: str) -> str:
    return sha256("\x1f".join(parts).encode()).hexdigest()[:32]


def _wordings(paper: Paper) -> Iterator[Hint]:
    titles = {
        Category.SUBJECTIVE: gettext("Subjective"),
        Category.BLAME: gettext("Blame"),
        Category.OPINION: gettext("Opinion"),
        Category.VAGUE_TIME: gettext("Vague time"),
        Category.VAGUE_QUANTITY: gettext("Vague quantity"),
        Category.VAGUE_PROMISE: gettext("Vague promise"),
    }
    entries, days = wordings(), _days(paper)
    for line in lines_of(paper.minutes).values():
        for found in check_wording(line.text, entries):
            title = gettext("%(title)s: “%(words)s”") % {"title": titles[found.category], "words": found.wording}
            repair = _rewording(line, found, days.get(line.id), paper.minutes.language)
            yield Hint(_key(line.id, found.category, found.wording), line.id, title, _advice(found), repair)


def _rewording(line: PaperLine, found: WordingHint, due: date | None, language: str) -> Repair | None:
    day = _by_day(due, language) if due else ""
    text = repaired(line.text, found, day=day)
    return Repair(text, "minutes_line", {"line": line.id, "was": line.text, "text": text}) if text else None


def _by_day(due: date, language: str) -> str:
    """``12月4日前`` or ``by 4 Dec``: what stands for a vague time."""
    if language == "en":
        return f"by {due.day} {formatting.MONTHS[due.month - 1]}"
    return f"{due.month}月{due.day}日前"


def _days(paper: Paper) -> dict[str, date]:
    """The day a line is due by: an action's own, a decision's where one action alone follows it."""
    found = {c.id: c.due for c in paper.commitments if c.due}
    for decision in paper.minutes.decisions:
        following = {c.due for c in paper.commitments if decision.id in c.under}
        if len(following) == 1 and (due := following.pop()):
            found[decision.id] = due
    return found


def _advice(found: WordingHint) -> str:
    """Why, and what to write instead, in the reader's language."""
    language = get_language() or "zh-hans"
    if language == "en":
        return f"{found.reason_en} {found.suggestion_en}".strip()
    text = f"{found.reason} {found.suggestion}".strip()
    return _traditional().convert(text).translate(QUOTES) if language == "zh-hant" else text


@cache
def _traditional() -> OpenCC:
    return OpenCC("s2twp")


def _openings(paper: Paper) -> Iterator[Hint]:
    words = {
        Missing.OWNER: gettext("No owner is named"),
        Missing.PERSON: gettext("No person is named"),
        Missing.DUE: gettext("No due date"),
        Missing.SUPPORT: gettext("Nothing is said about support"),
        Missing.SOLUTION: gettext("A problem without a solution"),
        Missing.CORE_SOLUTION: gettext("A core problem without a solution"),
        Missing.ACTION: gettext("A decision without an action: who does it, by when?"),
        Missing.TAKER: gettext("Asked of a department, but nobody took it"),
    }
    departments = [department.name for department in live_departments()]
    named = {c.id for c in paper.commitments if c.named_by}
    followed = {entry for c in paper.commitments for entry in c.under}
    for opening in check_minutes(paper.minutes, departments=departments):
        if opening.element in named and opening.missing in (Missing.OWNER, Missing.PERSON):
            continue  # an owner to be named by a head is a legal owner
        if opening.missing is Missing.ACTION and opening.element in followed:
            continue  # the record says which action follows it
        title = words[opening.missing]
        if opening.department:
            title = f"{title} ({opening.department})"
        key = _key(opening.element, opening.missing, opening.department)
        repair = _no_support(paper, opening.element) if opening.missing is Missing.SUPPORT else None
        yield Hint(key, opening.element, title, opening.text, repair)


def _no_support(paper: Paper, line: str) -> Repair | None:
    """Saying that an action needs no support."""
    known = next((c for c in paper.commitments if c.id == line), None)
    if known is None or not known.person or known.due is None:
        return None  # the action's form would be refused: more than that is open
    fields = {**fields_of(known), "support_none": "1", "line": line, "was": stamp_of(known)}
    return Repair(gettext("Support: none"), "minutes_action", fields)
