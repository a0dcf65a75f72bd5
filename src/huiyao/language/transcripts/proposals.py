# SPDX-License-Identifier: Apache-2.0
"""Sentences of a transcript that may be a problem, a decision or an action: proposals for the recorder, no more."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

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
    """A sentence to look at. ``turn`` and ``line`` point at where it was said; ``sign`` is the wording that made it one.

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
_TIME = r"(?:今天|明天|后天|本周|这周|下周|周[一二三四五六日天]|月底|月初|年底|\d{1,2}月\d{1,2}[日号]|\d{1,2}号|会后|下次(?:例)?会)"
_SIGNS: tuple[tuple[ProposalKind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            ProposalKind.ACTION,
            rf"行动项|待办|由.{{1,10}}(?:负责|牵头|跟进|输出|整理)|(?:你|我|我们|他|[\u4e00-\u9fff]{{2,4}})(?:来)?(?:负责|牵头|跟进)(?:一下|这)|{_TIME}.{{0,8}}(?:之?前|内).{{0,20}}(?:完成|提交|给出|发给?|输出|交付|搞定|反馈|确认)"
            rf"|(?:我|我们|你|你们|他们|[\u4e00-\u9fff]{{1,3}}总?)(?:会后|回头|{_TIME})(?:去|把|给|跟|和|来)?.{{0,16}}(?:发|整理|确认|提交|完成|对一下|安排|反馈|写|出一版|跟进)"
            r"|麻烦.{1,12}(?:确认|跟进|整理|提供|安排|发)|请.{1,8}(?:负责|跟进|整理|提供|确认|在.{1,8}前)"
            r"|action item|i(?:'ll| will) (?:send|write|prepare|check|follow|take|get back)|(?:can|could) you (?:please )?(?:send|prepare|check|follow up|write|look into)|you(?:'re| are) going to (?:prepare|work on|write)|by (?:next )?(?:monday|tuesday|wednesday|thursday|friday|tomorrow|next (?:week|meeting))",
        ),
        (
            ProposalKind.DECISION,
            r"(?:那|我们|大家|会议|所以|最后)?(?:就这么定|就这样定|定下来|一致同意|一致通过|达成一致|达成共识|结论是|最终决定|我们决定|决定(?:采用|先|把|用|不|由|在)|拍板|同意这个方案|按这个方案|原则同意|确定(?:用|采用|按))"
            r"|we(?:'ve| have)? (?:decided|agreed)|let'?s (?:go with|agree)|it'?s (?:decided|agreed)|the decision is|so we(?:'ll| will) go (?:for|with)",
        ),
        (
            ProposalKind.PROBLEM,
            r"(?:主要|最大|核心|关键|目前|现在|存在|有(?:一)?个)(?:的)?(?:问题|难点|困难|瓶颈|风险|挑战)|问题(?:是|在于|就是|出在)|卡在|卡住|瓶颈(?:是|在)|风险(?:是|在于|比较)|来不及|延期|没法(?:推进|继续|上线)|资源不足|人手不够|解决不了|推不动|出了故障"
            r"|the (?:main |biggest )?(?:problem|issue|difficulty|risk) (?:is|here)|we have a problem|we(?:'re| are) (?:stuck|blocked|behind schedule)",
        ),
    )
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
