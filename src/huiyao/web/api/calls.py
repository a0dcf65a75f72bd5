# SPDX-License-Identifier: Apache-2.0
"""Consensus calls, what is parked, the plan of the next meeting, and the retrospective."""

from datetime import date, datetime
from typing import Any

from ninja import Router, Schema, Status

from huiyao.domain.consensus import Call
from huiyao.domain.rights import Deed
from huiyao.features.archive.access import get_retrospective_for
from huiyao.features.archive.commands.retrospectives import answer_retrospective
from huiyao.features.archive.reads import replies_of, summarised
from huiyao.features.sittings import commands
from huiyao.features.sittings.access import get_room_for
from huiyao.features.sittings.reads import find_calls, find_said_calls
from huiyao.flows.prepare_next import prepare_next
from huiyao.web.api.door import Done
from huiyao.web.api.meetings import PlanOut, plan_of
from huiyao.web.shell.request import Request

router = Router(tags=["room"])
after = Router(tags=["meetings"])
decisions = Router(tags=["room"])
ENTRY = "/{meeting_id}/record/entries/{entry_id}"


class VoiceIn(Schema):
    """``agree``, ``reserve`` or ``object``; the last two with a reason. ``department`` for who fills two seats."""

    answer: str
    reason: str = ""
    department: str = ""


class VerdictIn(Schema):
    """Who decides next, and by when (2026-12-01), where consensus is not reached."""

    decider: str = ""
    decide_by: str = ""


class DecisionIn(Schema):
    """What is decided."""

    decision: str


class OutcomeOut(Schema):
    """``unanimous``, ``majority`` or ``not_reached``."""

    outcome: str


class VoiceOut(Schema):
    """What one seat said."""

    department: str
    person: str
    answer: str
    reason: str


class CallOut(Schema):
    """The newest consensus call on one entry; ``outcome`` is empty while it is open."""

    id: str
    entry: str
    text: str
    outcome: str
    voices: list[VoiceOut]
    silent: list[str]
    decider: str
    decide_by: date | None


class ParkOwnerIn(Schema):
    """Who owns what is parked; nobody named: who owns it already, or leads its topic."""

    person: str = ""
    department: str = ""


class NextIn(Schema):
    """When the next meeting starts, as wall-clock time of the organisation; may stay open."""

    starts_at: str = ""


class LookBackIn(Schema):
    """``met``: yes, partly or no. ``improve``: what can be better next time."""

    met: str
    improve: str = ""


class LookBackAnswer(Schema):
    """One person's answer."""

    person: str
    met: str
    improve: str


class LookBackOut(Schema):
    """The retrospective as far as one may see it: ``counts`` and ``improvements`` are empty while they are not open."""

    open: bool
    asked: bool
    closes_at: datetime
    answered: int
    mine: LookBackAnswer | None
    counts: dict[str, int]
    improvements: list[str]
    answers: list[LookBackAnswer]


def _call_out(call: Call, call_id: object) -> dict[str, object]:
    plain = ("entry", "text", "outcome", "decider", "decide_by")
    voices = [
        {"department": v.department, "person": v.person, "answer": str(v.answer), "reason": v.reason}
        for v in call.voices
    ]
    known = {"id": str(call_id), **{name: getattr(call, name) for name in plain}}
    return {**known, "voices": voices, "silent": list(call.silent)}


@router.get("/{meeting_id}/calls", response=list[CallOut])
def list_calls(request: Request, meeting_id: str) -> list[dict[str, object]]:
    """The newest consensus call of each entry."""
    access = get_room_for(request.actor, meeting_id, Deed.READ_ROOM)
    rows = find_calls(access.meeting.pk)
    return [_call_out(call, rows[call.entry].pk) for call in find_said_calls(access.meeting.pk) if call.entry in rows]


@router.post(ENTRY + "/call", response={201: Done})
def ask_seats(request: Request, meeting_id: str, entry_id: str) -> Status[Done]:
    """Ask the seats whether they agree to a solution or decision."""
    commands.open_call(meeting_id, entry_id, by=request.actor, at=request.at)
    return Status(201, Done())


@router.put(ENTRY + "/call/voice", response=Done)
def give_voice(request: Request, meeting_id: str, entry_id: str, body: VoiceIn) -> Done:
    """Agree, reserve or object for one's own seat."""
    commands.give_voice(
        meeting_id, entry_id, body.answer, body.reason,
        by=request.actor, at=request.at, department=body.department,
    )  # fmt: skip
    return Done()


@router.post(ENTRY + "/call/close", response=OutcomeOut)
def close_call(request: Request, meeting_id: str, entry_id: str, body: VerdictIn) -> dict[str, object]:
    """Close the call; the outcome follows from the voices."""
    outcome = commands.close_call(
        meeting_id, entry_id, by=request.actor, at=request.at, decider_id=body.decider, decide_by=body.decide_by
    )
    return {"outcome": str(outcome)}


@router.delete(ENTRY + "/call", response=Done)
def drop_call(request: Request, meeting_id: str, entry_id: str) -> Done:
    """Take an open call back, with its voices."""
    commands.drop_call(meeting_id, entry_id, by=request.actor, at=request.at)
    return Done()


@router.post(ENTRY + "/park", response=Done)
def park(request: Request, meeting_id: str, entry_id: str, body: ParkOwnerIn) -> Done:
    """Set a subject aside with its owner, for the next plan."""
    commands.park(
        meeting_id, entry_id, by=request.actor, at=request.at, person_id=body.person, department_id=body.department
    )
    return Done()


@decisions.put("/decisions/{call_id}", response=Done)
def decide(request: Request, call_id: str, body: DecisionIn) -> Done:
    """Decide where consensus was not reached; only who was named, once, after the meeting."""
    commands.decide(call_id, body.decision, by=request.actor, at=request.at)
    return Done()


@after.post("/{meeting_id}/next", response=PlanOut)
def prepare(request: Request, meeting_id: str, body: NextIn) -> dict[str, object]:
    """The plan of the next meeting, with what was parked; asked again, the same plan brought up to date."""
    plan = prepare_next(meeting_id, by=request.actor, at=request.at, starts_at=body.starts_at)
    return plan_of(request, str(plan))


@after.get("/{meeting_id}/retrospective", response=LookBackOut)
def look_back(request: Request, meeting_id: str) -> dict[str, object]:
    """The two questions, one's own answer, and the answers or their summary for whom they are open."""
    access = get_retrospective_for(request.actor, meeting_id)
    row, answers = access.retrospective, replies_of(access.retrospective)
    summary = summarised(answers)
    told = access.sees_answers or access.sees_summary
    mine = next((answer for answer in answers if str(answer.person_id) == request.actor.id), None)
    return {
        "open": row.closed_at is None and request.at < row.closes_at,
        "asked": access.was_there,
        "closes_at": row.closes_at,
        "answered": len(answers),
        "mine": _answer_out(mine) if mine else None,
        "counts": {"yes": summary.yes, "partly": summary.partly, "no": summary.no} if told else {},
        "improvements": list(summary.improvements) if told else [],
        "answers": [_answer_out(answer) for answer in answers] if access.sees_answers else [],
    }


def _answer_out(answer: Any) -> dict[str, str]:
    return {"person": str(answer.person_id), "met": answer.met, "improve": answer.improve}


@after.put("/{meeting_id}/retrospective", response=Done)
def answer(request: Request, meeting_id: str, body: LookBackIn) -> Done:
    """Answer the two questions; the last word counts."""
    answer_retrospective(meeting_id, body.met, body.improve, by=request.actor, at=request.at)
    commands.tell(meeting_id, "retro")
    return Done()
