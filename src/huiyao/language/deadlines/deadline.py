# SPDX-License-Identifier: Apache-2.0
"""What a deadline is, and how an expression with the words before it becomes one or is refused."""

import re
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from huiyao.language.deadlines.grammar import Expression
from huiyao.language.deadlines.periods import Grain, Period
from huiyao.language.deadlines.pieces import Kind, Setting


class Certainty(StrEnum):
    """How far the wording itself fixes the day."""

    CERTAIN = "certain"
    ASSUMED = "assumed"
    """a rule supplied something: a rough wording (月初, 左右), a year far ahead, a half of the day"""
    UNRESOLVED = "unresolved"
    """the wording names a day nobody knows yet (下次例会, 上线后三天内): start and end are None"""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A due wording: civil days, both included; ``end`` is what is due, a point has ``start`` equal to it.

    ``time`` is the time of day said for ``end``, None when none was said. ``span`` is the place of ``wording`` in the
    original text, end exclusive. ``marked`` tells that the text says it is a limit (前, 内, 截止, by, within).
    """

    start: date | None
    end: date | None
    time: time | None
    span: tuple[int, int]
    wording: str
    certainty: Certainty = Certainty.CERTAIN
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """A deadline with what decides between several: past wordings and bare hours lose against real ones."""

    deadline: Deadline
    past: bool
    timed_only: bool
    labelled: bool


_RECURRING = re.compile(
    r"(?:每隔?(?:一?个|逢|到|当|双|单)?(?:个?(?:月|年|季度?|周|星期|礼拜)(?:的|到)?)?|逢|隔周|双"
    r"|\bevery(?: other)?|\beach)\s*$"
)
_SINCE = re.compile(
    r"(?:(?<!服)从|自从|自(?!然)|打从|始于|不早于|晚于(?<!不晚于)|\bafter|\bsince|\bstarting(?: from"
    r"| on)?|\bas of|\bnot before|\bfrom)\s*$"
)
_DUE = re.compile(
    r"(?:截止(?:日期|时间|期限|日|至|到|于|为|在)?|截至|最晚|最迟|至迟|不晚于|不迟于|不超过|赶在|期限"
    r"|到期日?|(?:完成|交付|提交|交货|计划)(?:时间|日期)"
    r"|延期[到至]|延后?[到至]|推迟[到至]|顺延[到至]|改[到至为]|\bdue(?: date| on| by)?|\bdeadline"
    r"|\bno later than|\bon or before|\bby|\bbefore|\buntil|\btill"
    r"|\bnot later than)[\s:：是为在于到至定]*$"
)
_ENGLISH_BEFORE = re.compile(r"\b(?:before|by|until|till)\s+(?:the\s+)?$")
_ENGLISH_BY = re.compile(r"\b(?:by|until|till)\s+(?:the\s+)?$")
_FAR = timedelta(days=300)
"""A day so far ahead was moved into another year by a rule, unless the wording says a year."""
_YEAR_SAID = re.compile(r"年|\d{4}|year")
_ROUGHLY = re.compile(r"(?:大约|(?<!预)约|大概|差不多|预计|\babout|\baround)\s*$")


def _before(period: Period, today: date, *, holiday: bool, inclusive: bool, running: bool) -> date:
    """Last day of "before": a named day or the end of a period is included, a whole period or holiday is not."""
    if holiday:
        return period.end - timedelta(days=1)
    if inclusive or period.part or period.grain is Grain.DAY:
        return period.end
    if running and period.start <= today <= period.end:
        return period.end
    return period.start - timedelta(days=1)


def refused(expression: Expression, before: str) -> bool:
    """Whether the wording is open-ended, recurring, or a length of time and so no deadline."""
    if _RECURRING.search(before):
        return True
    if expression.mark == "after" or expression.kind in (Kind.OPEN, Kind.DURATION):
        return True
    if expression.kind is Kind.WITHIN:
        return False
    return not expression.ranged and expression.mark != "before" and _SINCE.search(before) is not None


def to_candidate(expression: Expression, text: str, original: str, setting: Setting) -> Candidate | None:
    """The deadline an expression names in its text, or None when it is refused."""
    before = text[max(0, expression.start - 16) : expression.start]
    if refused(expression, before):
        return None
    labelled = _DUE.search(before) is not None
    by = _ENGLISH_BY.search(before) is not None
    mark = "before" if not expression.mark and _ENGLISH_BEFORE.search(before) else expression.mark
    marked = labelled or mark in ("before", "within") or expression.kind is Kind.WITHIN
    wording = original[expression.start : expression.end]
    span = (expression.start, expression.end)
    period = expression.period
    if period is None:
        dated = expression.kind is Kind.NEXT_MEETING
        unknown = Deadline(None, None, None, span, wording, Certainty.UNRESOLVED, marked=dated)
        return Candidate(unknown, past=False, timed_only=False, labelled=labelled)
    start, end = period.start, period.end
    if mark == "before":
        running = period.grain is not Grain.YEAR or wording[0] in "今本这這当當"
        end = _before(
            period, setting.today, holiday=expression.holiday and not by, inclusive=expression.ranged, running=running
        )
    if marked and not expression.ranged:
        start = min(setting.today, end)
    clock = expression.clock.at() if expression.clock else None
    supplied = expression.kind is Kind.CALENDAR and end - setting.today > _FAR and not _YEAR_SAID.search(wording)
    rough = expression.assumed or mark == "around" or supplied or _ROUGHLY.search(before) is not None
    certainty = Certainty.ASSUMED if rough else Certainty.CERTAIN
    found = Deadline(min(start, end), end, clock, span, wording, certainty, marked)
    past = expression.past or expression.kind is Kind.AGO or (end < setting.today and mark != "before")
    return Candidate(found, past, expression.timed_only, labelled)
