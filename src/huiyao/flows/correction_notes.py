# SPDX-License-Identifier: Apache-2.0
"""Corrections within minutes of each other are one message: what each of them changed and asked, put together."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from huiyao.domain.paper import lines_of
from huiyao.features.minutes.mails import Changed, ForTheAbsent, Sent
from huiyao.features.minutes.reads import AnswerRow, CirculationRow, circulated_before, paper_in
from huiyao.plumbing import bundles

Note = Mapping[str, Any]


def bundle_of(circulation: CirculationRow) -> str:
    """The bundle a correction belongs to; the first sending is in none and waits for nothing."""
    return f"minutes:{circulation.minutes.meeting_id}" if circulation.number > 1 else ""


def changes_of(circulation: CirculationRow) -> dict[str, str]:
    """The lines a correction changed, with what they read before."""
    last = circulated_before(circulation)
    before = lines_of(last.minutes) if last else {}
    return {line: before[line].text if line in before else "" for line in circulation.changed}


def notes_for(circulation: CirculationRow, answer: AnswerRow, changes: Mapping[str, str], notice: str) -> list[Note]:
    """The notes of what is not sent yet to this recipient, and of this correction."""
    bundle = bundle_of(circulation)
    own: Note = {
        "changed": dict(changes),
        "notice": notice,
        "until": circulation.window_ends_at.isoformat() if answer.asked else "",
        "lines": list(answer.lines),
        "absent": list(answer.absent),
    }
    earlier = bundles.unsent_notes(bundle, answer.person_id) if bundle else []
    return [*earlier, own] if own not in earlier else list(earlier)


def combined(sent: Sent, notes: Sequence[Note], newest: CirculationRow) -> tuple[Sent, ForTheAbsent, bool]:
    """What one message tells of all of them, in the words of the newest; the last: whether it asks for an answer."""
    lines = lines_of(paper_in(newest.version).minutes)
    before: dict[str, str] = {}
    for note in notes:
        before = {**note["changed"], **before}
    changed = [Changed(lines[i].text, was) for i, was in before.items() if i in lines and lines[i].text]
    untils = [datetime.fromisoformat(note["until"]) for note in notes if note["until"]]
    wanted = dict.fromkeys(line for note in notes for line in note["lines"])
    departments = dict.fromkeys(name for note in notes for name in note["absent"])
    absent = ForTheAbsent(list(departments), [lines[i].text for i in wanted if i in lines])
    notices = dict.fromkeys(note["notice"] for note in notes if note["notice"])
    told = replace(sent, changed=changed, correction="; ".join(notices), until=max(untils, default=sent.until))
    return told, absent, bool(untils)
