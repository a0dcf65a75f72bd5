# SPDX-License-Identifier: Apache-2.0
"""One line to one reading: the parts are found, taken out, and what remains is the text of the entry."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from huiyao.domain.lineform import ActionLine, read_line
from huiyao.domain.record import Kind
from huiyao.language.capture.kinds import guessed_kinds, said_kind
from huiyao.language.capture.names import DepartmentName, Directory, PersonName, directory
from huiyao.language.capture.owners import Owned, find_owners, groups
from huiyao.language.capture.reading import NOWHERE, Alternative, Capture, Span
from huiyao.language.capture.support import find_support
from huiyao.language.deadlines import Deadline, WorkingDays, choose_deadline, find_deadlines
from huiyao.language.folding import fold_letters

LIMIT = 2000
"""Longer lines are kept whole as a note."""
_BEFORE_DUE = re.compile(
    r"(?:(?:请|务必|需要?|应|须|要|最晚|最迟|不晚于|不迟于|截止(?:日期|时间|到|至|于)?|截至|完成时间"
    r"|期限|于|在|到|定于|计划|预计|赶在|争取"
    r"|before|by|due|on|until|no later than|deadline)\s*[:：]?\s*)+$"
)
_AFTER_DUE = re.compile(r"\s*(?:截止|前|为止)?(?:完成|交付|办结|搞定)?(?=\s*(?:$|[，,。；;]))|\s*(?:截止|务必|必须)")
_DATED = re.compile(r"\s*(?:的|到|至|和|上午|会)")
_EDGE = " \t\u3000，,。；;、:：-—–|@"


_LISTED = re.compile(r"\s*(?:[-*•·]\s+(?:\[[ x]\]\s*)?|[（(]?\d{1,2}[.、)）]\s*(?!\d))?")


class Surroundings:
    """What relative words and names refer to while one line is read."""

    def __init__(self, names: Directory, reference: date | datetime, dates: dict[str, object]) -> None:
        self.names, self.reference, self.dates = names, reference, dates

    def deadlines(self, text: str) -> list[Deadline]:
        """Deadlines of a text with these surroundings."""
        return find_deadlines(text, self.reference, **self.dates)  # type: ignore[arg-type]


def read_capture(
    text: str,
    people: Sequence[PersonName],
    departments: Sequence[DepartmentName],
    reference: date | datetime,
    *,
    kind: Kind | None = None,
    working: WorkingDays | None = None,
    next_meeting: date | None = None,
    meeting_end: date | datetime | None = None,
) -> Capture:
    """The reading of one typed line; nothing raises.

    ``kind`` is one the person has chosen: it is kept. Names are looked up in ``people`` and ``departments`` (the index
    is kept for the same lists). ``reference`` and the rest are those of ``find_deadlines``; spans are offsets in
    ``text``.
    """
    if len(text) > LIMIT:
        return Capture(kind or Kind.NOTE, text.strip(), text_span=(0, len(text)), kind_said=kind is not None)
    names = directory(tuple(people), tuple(departments))
    dates: dict[str, object] = {"working": working, "next_meeting": next_meeting, "meeting_end": meeting_end}
    around = Surroundings(names, reference, dates)
    line = read_line(text)
    if line is not None and line.task is not None:
        return _from_form(line, text, around)
    return _from_words(text, kind, around)


def _from_form(line: ActionLine, text: str, around: Surroundings) -> Capture:
    """The plain line form names its parts itself."""
    folded = fold_letters(text)
    due_text = line.due or ""
    due = choose_deadline(around.deadlines(due_text))
    at = text.find(due_text) if due_text else -1
    if due is not None and at >= 0:
        due = replace(due, span=(due.span[0] + at, due.span[1] + at))
    owner_at = text.find(line.owner) if line.owner else -1
    mentions = around.names.mentions(folded)
    owner_end = owner_at + len(line.owner or "")
    inside = [m for m in mentions if owner_at <= m.start and m.end <= owner_end]
    owned = find_owners(groups(inside, folded), folded, text, max(owner_at, 0)) if owner_at >= 0 else Owned((), ())
    support = find_support(folded, text, mentions, 0)
    task_at = text.find(line.task or "")
    span = (task_at, task_at + len(line.task or ""))
    return Capture(
        Kind.ACTION, line.task or "", owned.owners, due, support.found,
        _contested(owned), NOWHERE, kind_said=True, text_span=span,
    )  # fmt: skip


def _from_words(text: str, chosen: Kind | None, around: Surroundings) -> Capture:
    folded = fold_letters(text)
    said = said_kind(folded)
    listed = _LISTED.match(folded)
    start = said[1] if said else listed.end() if listed else 0
    mentions = around.names.mentions(folded)
    support = find_support(folded, text, mentions, start)
    body = [m for m in mentions if not support.start <= m.start < support.end and m.start >= start]
    hidden = [(0, start), (support.start, support.end), *((m.start, m.end) for m in mentions)]
    dues = _dues(text, folded, hidden, around)
    due = choose_deadline(dues)
    undated = _blanked(folded, [*_due_span(due, folded), (support.start, support.end)])
    owned = find_owners(groups(body, folded), undated, text, start)
    left_out = [(0, start), *owned.spans, (support.start, support.end)]
    words, _ = _remaining(text, folded, [*left_out, *_due_span(due, folded)])
    marked = due is not None and due.marked
    guesses = guessed_kinds(
        fold_letters(words), owned=bool(owned.owners), due=due is not None, marked=marked, supported=bool(support.found)
    )
    kind = chosen or (said[0] if said else guesses[0])
    others = tuple(Alternative("kind", (0, start), kind=other) for other in guesses if other is not kind)
    kind_span = (0, start) if said else NOWHERE
    if kind is not Kind.ACTION:
        words, span = _remaining(text, folded, [(0, start)])
        return Capture(
            kind, words, alternatives=others, kind_span=kind_span, kind_said=bool(chosen or said), text_span=span
        )
    later = tuple(Alternative("due", other.span, due=other) for other in dues if other is not due)
    words, span = _remaining(text, folded, [*left_out, *_due_span(due, folded)])
    return Capture(
        kind, words, owned.owners, due, support.found, (*others, *_contested(owned), *later), kind_span,
        kind_said=bool(chosen or said), text_span=span,
    )  # fmt: skip


def _contested(owned: Owned) -> tuple[Alternative, ...]:
    return tuple(Alternative("owner", owner.span, owner=choice) for owner in owned.owners for choice in owner.choices)


def _dues(text: str, folded: str, hidden: list[Span], around: Surroundings) -> list[Deadline]:
    """Deadlines outside names and support (周一鸣 is a person, not a Monday)."""
    found = around.deadlines(_blanked(folded, hidden, "\x00"))
    return [replace(due, wording=text[slice(*due.span)]) for due in found]


def _blanked(folded: str, spans: list[Span], by: str = " ") -> str:
    """The text with those spans blanked, of the same length."""
    letters = list(folded)
    for start, end in spans:
        letters[start:end] = by * max(0, end - start)
    return "".join(letters)


def _due_span(due: Deadline | None, folded: str) -> list[Span]:
    """The due wording with its connecting words; a day that belongs to the sentence (周三的发布会) stays."""
    if due is None:
        return []
    start, end = due.span
    if m := _BEFORE_DUE.search(folded[:start]):
        start = m.start()
    clause_begins = not folded[:start].strip(_EDGE) or folded[:start].rstrip()[-1] in "，,。；;、:：)）"
    if not due.marked and (_DATED.match(folded, end) or not (clause_begins or start < due.span[0])):
        rest = folded[end:].strip(_EDGE)
        if rest:
            return []
    if m := _AFTER_DUE.match(folded, end):
        end = m.end()
    return [(start, end)]


def _remaining(text: str, folded: str, left_out: list[Span]) -> tuple[str, Span]:
    """The words that remain without those spans, tidied, and the span from the first to the last of them."""
    dropped = bytearray(len(text))
    for start, end in left_out:
        dropped[start:end] = b"\x01" * max(0, end - start)
    kept = [at for at, gone in enumerate(dropped) if not gone]
    while kept and folded[kept[0]] in _EDGE:
        kept.pop(0)
    while kept and folded[kept[-1]] in _EDGE:
        kept.pop()
    words: list[str] = []
    for previous, at in zip([None, *kept], kept, strict=False):
        if previous is not None and at != previous + 1 and words:
            _bridge(words, text[at])
        words.append(text[at])
    joined = re.sub(r"[（(][\s，,、；;]*[)）]|[\[【][\s，,、；;]*[\]】]", "", "".join(words))
    return joined.strip(_EDGE), (kept[0], kept[-1] + 1) if kept else NOWHERE


def _bridge(words: list[str], following: str) -> None:
    """At a cut, two separators become one and two words keep a blank where they are Latin."""
    if words[-1] in _EDGE and following in _EDGE:
        words.pop()
    elif words[-1].isascii() and words[-1].isalnum() and following.isascii() and following.isalnum():
        words.append(" ")
