# SPDX-License-Identifier: Apache-2.0
"""Hints beside the text (R66, R104, R105): wording and what is left open; for recorder and host, never blocking."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from django.utils.translation import get_language, gettext
from opencc import OpenCC

from huiyao.domain.drafting import Paper
from huiyao.domain.paper import lines_of
from huiyao.features.minutes.access import MinutesAccess
from huiyao.features.minutes.reads import dismissals_of
from huiyao.features.people.reads import live_departments
from huiyao.flows.own_wordings import wordings
from huiyao.language.completeness import Missing, check_minutes
from huiyao.language.wording import Category, WordingHint, check_wording

QUOTES = str.maketrans("“”", "「」")


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint: in which line, what was found, what may be done. ``key`` tells it again after it was put aside."""

    key: str
    line: str
    title: str
    text: str


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
    entries = wordings()
    for line in lines_of(paper.minutes).values():
        for found in check_wording(line.text, entries):
            title = gettext("%(title)s: “%(words)s”") % {"title": titles[found.category], "words": found.wording}
            yield Hint(_key(line.id, found.category, found.wording), line.id, title, _advice(found))


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
        yield Hint(_key(opening.element, opening.missing, opening.department), opening.element, title, opening.text)
