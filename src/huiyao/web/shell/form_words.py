# SPDX-License-Identifier: Apache-2.0
"""The company's Word form in words: what each field prints, where something stands, what is not allowed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from huiyao.documents.forms import FIELDS, Place
from huiyao.documents.forms.fields import example_of, fields_of, is_inside, label_of
from huiyao.documents.forms.sample import sample_minutes
from huiyao.documents.states import PaperState

MEANINGS: Mapping[str, str] = {
    "heading": gettext_noop("What kind of document this is"),
    "title": gettext_noop("The meeting's title"),
    "organisation": gettext_noop("The organisation's name"),
    "time": gettext_noop("Date, from and to, in the meeting's zone"),
    "place": gettext_noop("The room"),
    "online": gettext_noop("The online meeting and its number"),
    "objective": gettext_noop("What the meeting was for"),
    "host": gettext_noop("Host with department"),
    "recorder": gettext_noop("Recorder with department"),
    "people": gettext_noop("Who was there, by department, as one text"),
    "absent": gettext_noop("Who was absent, by department, as one text"),
    "state": gettext_noop("Draft, in review, sent or final"),
    "version": gettext_noop("The version's number"),
    "correction": gettext_noop("What was corrected; empty in a first version"),
    "next_plan": gettext_noop("The next meeting and its focus"),
    "attendees": gettext_noop("One row for each person"),
    "attendees.name": gettext_noop("The person's name"),
    "attendees.department": gettext_noop("Their department"),
    "attendees.presence": gettext_noop("Present, absent, joined on the day, or guest"),
    "topics": gettext_noop("One row for each topic"),
    "topics.number": gettext_noop("Its number"),
    "topics.title": gettext_noop("Its title"),
    "topics.remark": gettext_noop("Who leads, planned and real minutes"),
    "topics.lines": gettext_noop("What departments reported: a list inside the topic"),
    "topics.problems": gettext_noop("Problems with their solutions: a list inside the topic"),
    "lines": gettext_noop("One row for each line of the record"),
    "lines.text": gettext_noop("The line, with its department before it"),
    "problems": gettext_noop("One row for each problem"),
    "problems.number": gettext_noop("“Problem 1”"),
    "problems.text": gettext_noop("The problem"),
    "problems.remark": gettext_noop("Which department raised it"),
    "problems.solutions": gettext_noop("Its solutions: a list inside the problem"),
    "solutions": gettext_noop("One row for each solution"),
    "solutions.text": gettext_noop("The solution"),
    "solutions.outcome": gettext_noop("How it was agreed, with the count"),
    "decisions": gettext_noop("One row for each decision"),
    "decisions.number": gettext_noop("Its number"),
    "decisions.text": gettext_noop("The decision"),
    "decisions.outcome": gettext_noop("How it was agreed, with the count"),
    "actions": gettext_noop("One row for each action"),
    "actions.number": gettext_noop("Its number"),
    "actions.task": gettext_noop("What is to be done"),
    "actions.owner": gettext_noop("Department, owner and who else helps"),
    "actions.department": gettext_noop("The owner's department alone"),
    "actions.person": gettext_noop("The owner alone"),
    "actions.due": gettext_noop("The due date"),
    "actions.support": gettext_noop("What is needed from whom; “none” where nothing is"),
    "parked": gettext_noop("One row for each parked item"),
    "parked.text": gettext_noop("The parked item"),
}
FORBIDDEN: Mapping[str, str] = {
    "call": gettext_noop("calling something"),
    "mul": gettext_noop("multiplying"),
    "div": gettext_noop("dividing"),
    "floordiv": gettext_noop("dividing"),
    "mod": gettext_noop("formatting text"),
    "pow": gettext_noop("raising to a power"),
    "+": gettext_noop("adding texts"),
    "-": gettext_noop("subtracting texts"),
    "concat": gettext_noop("joining texts"),
    "assign": gettext_noop("setting a value"),
    "assignblock": gettext_noop("setting a value"),
    "macro": gettext_noop("defining a macro"),
    "callblock": gettext_noop("calling a macro"),
    "include": gettext_noop("taking in another file"),
    "import": gettext_noop("taking in another file"),
    "fromimport": gettext_noop("taking in another file"),
    "extends": gettext_noop("building on another file"),
    "block": gettext_noop("a block"),
    "scope": gettext_noop("changing how text is escaped"),
    "scopedevalcontextmodifier": gettext_noop("changing how text is escaped"),
    "filterblock": gettext_noop("a filter over a whole part"),
    "for": gettext_noop("a loop in itself, or more than four loops in one another"),
    "depth": gettext_noop("too many brackets in one another"),
    "dict": gettext_noop("a table of values"),
    "slice": gettext_noop("cutting a text"),
}
SYNTAX: tuple[tuple[str, str], ...] = (
    ("Unexpected end of template", gettext_noop("a loop or a condition has no end: endfor or endif is missing")),
    ("Encountered unknown tag", gettext_noop("an end without its beginning, or an unknown tag")),
    ("No filter named", gettext_noop("an unknown filter")),
    ("No test named", gettext_noop("an unknown test")),
    ("", gettext_noop("a tag is not written right")),
)
PLACES: Mapping[str, str] = {
    "body": gettext_noop("paragraph %(number)s"),
    "table": gettext_noop("table %(number)s"),
    "header": gettext_noop("header"),
    "footer": gettext_noop("footer"),
    "footnotes": gettext_noop("footnotes"),
    "endnotes": gettext_noop("endnotes"),
}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field as the page documents it. ``names``: every way to write it; ``level`` 1 inside a list."""

    names: tuple[str, ...]
    meaning: str
    example: str
    level: int
    rows: bool


def field_lines(language: str) -> Iterator[FieldLine]:
    """Every field with its meaning and what it prints of the sample, in the order of the form."""
    values = fields_of(sample_minutes(language), PaperState.FINAL)
    for field, (_, rows) in FIELDS.items():
        example = "" if is_inside(field) or rows else example_of(field, values)
        yield FieldLine(_names(field), gettext(MEANINGS[field]), example, 0, rows is not None)
        for inner in rows or ():
            meaning, shown = gettext(MEANINGS[f"{field}.{inner}"]), example_of(inner, values, field)
            yield FieldLine(_names(inner, field), meaning, "" if shown.startswith("× ") else shown, 1, rows=False)


def _names(field: str, rows: str = "") -> tuple[str, ...]:
    spellings = (label_of(field, language, rows) for language in ("zh-hans", "zh-hant", "en"))
    return tuple(dict.fromkeys(spellings))


def place_in_words(place: Place) -> str:
    """Where in the form that is."""
    return gettext(PLACES.get(place.where, PLACES["body"])) % {"number": place.number}


def in_words(facts: Mapping[str, object]) -> dict[str, object]:
    """The facts of a refused form with ``detail`` in the reader's language."""
    detail, reason = str(facts.get("detail", "")), facts.get("reason")
    if reason == "forbidden":
        detail = gettext(FORBIDDEN[detail]) if detail in FORBIDDEN else detail
    elif reason == "syntax":
        detail = gettext(next(words for begins, words in SYNTAX if detail.startswith(begins)))
    return {**facts, "detail": detail}
