# SPDX-License-Identifier: Apache-2.0
"""Sentences of a transcript that may be a problem, a decision or an action: proposals for the recorder, no more."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from importlib.resources import files

from huiyao.language.deadlines import find_deadline
from huiyao.language.folding import fold_letters
from huiyao.language.transcripts.turns import Transcript, Turn


class ProposalKind(StrEnum):
    """What the sentence may be."""

    PROBLEM = "problem"
    DECISION = "decision"
    ACTION = "action"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A sentence to look at. ``turn`` and ``line`` say where it stands; ``sign`` is the wording that made it one.

    ``due`` is the day an action names, where ``held_on`` was given.
    """

    kind: ProposalKind
    text: str
    turn: int
    line: int
    speaker: str
    start: float | None
    sign: str
    due: date | None = None


_SENTENCE = re.compile(r"[^。！？!?；;\n]{1,400}[。！？!?；;]?")
_WORDS: dict[str, list[str]] = json.loads(files(__package__ or "").joinpath("proposals.json").read_text("utf-8"))
_SIGNS = tuple(
    (kind, re.compile("|".join(_WORDS[kind]).replace("TIME", _WORDS["TIME"][0])))
    for kind in (ProposalKind.ACTION, ProposalKind.DECISION, ProposalKind.PROBLEM)
)
_QUESTION = re.compile(r"(?:吗|呢|什么|怎么|如何|是不是|有没有|多少|哪)|[?？]\s*$")


def propose(transcript: Transcript, *, held_on: date | None = None, limit: int = 200) -> tuple[Proposal, ...]:
    """Candidates in the order they were said, at most one of a kind per sentence. Questions propose nothing."""
    found: list[Proposal] = []
    for turn in transcript.turns:
        for sentence in _sentences(turn):
            proposal = _candidate(turn, sentence, held_on)
            if proposal is not None:
                found.append(proposal)
                if len(found) >= limit:
                    return tuple(found)
    return tuple(found)


def _sentences(turn: Turn) -> Iterator[str]:
    for match in _SENTENCE.finditer(turn.text):
        sentence = match[0].strip(" ，,")
        if 6 <= len(sentence) <= 300:
            yield sentence


def _candidate(turn: Turn, sentence: str, held_on: date | None) -> Proposal | None:
    folded = fold_letters(sentence)
    for kind, pattern in _SIGNS:
        sign = pattern.search(folded)
        if sign is None or (kind is not ProposalKind.ACTION and _QUESTION.search(folded)):
            continue
        due = None
        if kind is ProposalKind.ACTION and held_on is not None:
            deadline = find_deadline(sentence, held_on)
            due = deadline.end if deadline is not None else None
        return Proposal(kind, sentence, turn.number, turn.line, turn.speaker, turn.start, sign[0][:40], due)
    return None
