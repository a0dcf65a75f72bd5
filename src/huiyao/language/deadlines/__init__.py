# SPDX-License-Identifier: Apache-2.0
"""Deadlines in simplified and traditional Chinese and in English.

Reading of one text against a reference; no calendars of an organisation, no series, no clock: those are arguments.
"""

from datetime import date, datetime, time

from huiyao.language.deadlines.deadline import Candidate, Certainty, Deadline, to_candidate
from huiyao.language.deadlines.grammar import Reader
from huiyao.language.deadlines.pieces import PlainWeek, Setting, WorkingDays
from huiyao.language.deadlines.scanner import hide, scan
from huiyao.language.folding import fold_letters

__all__ = ["Certainty", "Deadline", "WorkingDays", "choose_deadline", "find_deadline", "find_deadlines"]

_EDGES = " \t\r\n，,。.；;：:！!？?、（）()\"'“”"


def _as_instant(day: date | datetime) -> datetime:
    return day.replace(tzinfo=None) if isinstance(day, datetime) else datetime.combine(day, time())


def _candidates(text: str, reference: date | datetime, setting: Setting | None = None) -> list[Candidate]:
    now = _as_instant(reference)
    setting = setting or Setting(now, now.date(), PlainWeek())
    hidden = hide(fold_letters(text))
    pieces = scan(hidden)
    if not pieces:
        return []
    expressions = Reader(hidden, pieces, setting).read()
    made = (to_candidate(expression, hidden, text, setting) for expression in expressions)
    return [candidate for candidate in made if candidate is not None]


def _is_whole(text: str, deadline: Deadline) -> bool:
    start, end = deadline.span
    return not text[:start].strip(_EDGES + "从從自在于於") and not text[end:].strip(_EDGES + "止")


def find_deadlines(
    text: str,
    reference: date | datetime,
    *,
    working: WorkingDays | None = None,
    next_meeting: date | None = None,
    meeting_end: date | datetime | None = None,
) -> list[Deadline]:
    """Every deadline in ``text``, in reading order, with spans in ``text`` as it was given.

    ``reference`` is the day (or local instant) the words were said. ``working`` counts working days (Monday to Friday
    when absent), ``next_meeting`` resolves 下次例会, ``meeting_end`` is where 会后 counts from (``reference`` when
    absent). A past day is a deadline only when the text is nothing but that day or labels it as one; a time of day
    alone likewise or when marked. Nothing raises; only the first 20,000 characters are read.
    """
    now = _as_instant(reference)
    ended = _as_instant(meeting_end) if meeting_end is not None else None
    setting = Setting(now, now.date(), working or PlainWeek(), next_meeting, ended)
    kept: list[Deadline] = []
    for candidate in _candidates(text, reference, setting):
        found = candidate.deadline
        weak = candidate.past or (candidate.timed_only and not found.marked and found.time is None)
        if not weak or candidate.labelled or _is_whole(text, found):
            kept.append(found)
    return kept


def find_deadline(
    text: str,
    reference: date | datetime,
    *,
    working: WorkingDays | None = None,
    next_meeting: date | None = None,
    meeting_end: date | datetime | None = None,
) -> Deadline | None:
    """The deadline of ``text``, None when there is none; arguments as in ``find_deadlines``.

    The first one marked as a limit, else an unresolved next meeting, else the first day named, else an unresolved
    event.
    """
    found = find_deadlines(text, reference, working=working, next_meeting=next_meeting, meeting_end=meeting_end)
    return choose_deadline(found)


def choose_deadline(found: list[Deadline]) -> Deadline | None:
    """The one that is due among several of one text: by its mark, then by its place."""
    return min(found, key=_rank, default=None)


def _rank(deadline: Deadline) -> tuple[int, int]:
    if deadline.certainty is Certainty.UNRESOLVED:
        rank = 1 if deadline.marked else 3
    elif deadline.marked:
        rank = 0
    else:
        rank = 2
    return rank, deadline.span[0]
