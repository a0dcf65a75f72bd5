# SPDX-License-Identifier: Apache-2.0
"""Absent departments and what they were asked to confirm: a thread that dangles until somebody there has answered."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from huiyao.domain.minutes import Minutes
from huiyao.domain.paper import lines_of
from huiyao.domain.review import AnswerState
from huiyao.features.minutes.reads import AnswerRow

BEST_FIRST = (AnswerState.CONFIRMED, AnswerState.OBJECTED, AnswerState.NONE, AnswerState.SILENT)


@dataclass(frozen=True, slots=True)
class AbsentThread:
    """One absent department, the lines it was asked about last, and what came of it."""

    department: str
    lines: Sequence[str]
    word: str
    tone: str
    dangling: bool


def absent_threads(answers: Sequence[AnswerRow], minutes: Minutes) -> list[AbsentThread]:
    """The absent departments; of several who answer for one, whoever has answered counts."""
    asked: defaultdict[str, list[AnswerRow]] = defaultdict(list)
    for answer in answers:
        for department in answer.absent:
            asked[department].append(answer)
    return [_thread(department, rows, minutes) for department, rows in asked.items()]


def _thread(department: str, rows: Sequence[AnswerRow], minutes: Minutes) -> AbsentThread:
    last = max(row.circulation.number for row in rows)
    newest = [row for row in rows if row.circulation.number == last]
    state = min((AnswerState(row.state) for row in newest), key=BEST_FIRST.index)
    lines = lines_of(minutes)
    wanted = dict.fromkeys(line for row in newest for line in row.lines)
    words = {
        AnswerState.CONFIRMED: (gettext("Confirmed"), "ok"),
        AnswerState.OBJECTED: (gettext("Objects"), "late"),
        AnswerState.NONE: (gettext("No answer yet"), ""),
        AnswerState.SILENT: (gettext("Silent: not confirmed"), "soon"),
    }
    word, tone = words[state]
    texts = [lines[line].text for line in wanted if line in lines]
    return AbsentThread(department, texts, word, tone, dangling=state is AnswerState.SILENT)
