# SPDX-License-Identifier: Apache-2.0
"""Consensus calls (R49): asking the seats, speaking for a seat, closing with an outcome, taking a call back.

A voice is a row and belongs to a seat: no client writes one into the document, nor for a seat it does not fill.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.consensus import CALLABLE, Outcome, check_next, checked_voice, outcome_of
from huiyao.domain.refusals import BadValue, NotAllowed, NotFound, WrongStage
from huiyao.domain.rights import Deed
from huiyao.domain.stage import Stage
from huiyao.features.meetings.models import Meeting
from huiyao.features.people.models import Person
from huiyao.features.people.reads import find_person
from huiyao.features.sittings.access import lock_room_for
from huiyao.features.sittings.commands.rooms import tell
from huiyao.features.sittings.models import ConsensusCall, Voice
from huiyao.features.sittings.reads import find_entry, record_name
from huiyao.features.sittings.reads.calls import asked_seats, find_open_call, seat_for, voices_of
from huiyao.plumbing import audit
from huiyao.plumbing.formatting import wall
from huiyao.plumbing.ids import Id, is_uuid
from huiyao.room import door


def open_call(meeting_id: Id, entry_id: str, *, by: Actor, at: datetime) -> ConsensusCall:
    """Ask the seats whether they agree to a solution or decision; while one is open, that one is answered.

    After a closed one a new one begins, the old one stays in history. Never inside a transaction.

    Raises:
        NotFound, NotAllowed: only host and facilitator; or there is no such solution or decision.
        WrongStage: the meeting does not run.
    """
    door.settle(record_name(meeting_id))
    return _open(meeting_id, entry_id, by=by, at=at)


@transaction.atomic
def _open(meeting_id: Id, entry_id: str, *, by: Actor, at: datetime) -> ConsensusCall:
    meeting = _in_session(meeting_id, Deed.CALL, by)
    entry = find_entry(meeting.pk, entry_id)
    if entry is None or entry.kind not in CALLABLE:
        raise NotFound(entry=entry_id[:64])
    known = find_open_call(meeting.pk, entry_id)
    if known is not None:
        return known
    call = ConsensusCall.objects.create(
        meeting=meeting, entry=entry_id, text=entry.text, opened_by_id=by.id, opened_at=at
    )
    _keep("call.open", call, {"text": entry.text[:120]}, by=by, at=at)
    return call


@transaction.atomic
def give_voice(
    meeting_id: Id, entry_id: str, answer: str, reason: str = "", *, by: Actor, at: datetime, department: str = ""
) -> None:
    """Agree, reserve or object for the seat one fills; the seat's last word counts until the call is closed.

    Whoever fills two seats speaks for that of the own department, or names the other.

    Raises:
        NotFound: no such meeting for this person, or no open call on the entry.
        NotAllowed: the person fills no (such) seat.
        WrongStage: the meeting does not run, or the call is closed.
        BadValue: no such answer; reserving and objecting need a reason.
    """
    meeting = _in_session(meeting_id, Deed.VOTE, by)
    said, why = checked_voice(answer, reason)
    seat = seat_for(meeting.pk, by.id, by.department, department)
    if seat is None:
        raise NotAllowed(deed=str(Deed.VOTE))
    call = _running(meeting, entry_id)
    Voice.objects.update_or_create(
        call=call, seat=seat, defaults={"person_id": by.id, "answer": said, "reason": why, "at": at}
    )
    facts = {"department": str(seat.department_id), "answer": str(said), "reason": why}
    _keep("call.voice", call, facts, by=by, at=at)


@transaction.atomic
def close_call(
    meeting_id: Id, entry_id: str, *, by: Actor, at: datetime, decider_id: str = "", decide_by: str = ""
) -> Outcome:
    """Close a call; its outcome follows from the voices (``domain.consensus``).

    Who decides next and by when is kept only where consensus was not reached.

    Raises:
        NotFound, NotAllowed: only host and facilitator; or there is no call on the entry.
        WrongStage: the meeting does not run, or the call is closed.
        BadValue: not reached and nobody decides next, no such person, or no day to come.
    """
    meeting = _in_session(meeting_id, Deed.CALL, by)
    call = _running(meeting, entry_id)
    outcome = outcome_of(asked_seats(meeting.pk), voices_of(call))
    decider, day = _person(decider_id), _day(decide_by)
    check_next(outcome, str(decider.pk) if decider else "", day, wall(at, meeting.zone).date())
    call.outcome, call.closed_at, call.closed_by_id = outcome, at, by.id
    if outcome is Outcome.NOT_REACHED:
        call.decider, call.decide_by = decider, day
    call.save()
    facts = {"outcome": str(outcome), "decider": str(call.decider_id or ""), "decide_by": decide_by}
    _keep("call.close", call, facts, by=by, at=at)
    return outcome


@transaction.atomic
def drop_call(meeting_id: Id, entry_id: str, *, by: Actor, at: datetime) -> None:
    """Take an open call back, with its voices.

    Raises:
        NotFound, NotAllowed: only host and facilitator; or there is no call on the entry.
        WrongStage: the meeting does not run, or the call is closed.
    """
    call = _running(_in_session(meeting_id, Deed.CALL, by), entry_id)
    _keep("call.drop", call, {"text": call.text[:120], "voices": call.voices.count()}, by=by, at=at)
    call.delete()


@transaction.atomic
def hand_over_decisions(person_id: str, successor_id: str, *, by: Actor, at: datetime) -> int:
    """Who decides next has left: the successor does, or nobody and the call dangles; how many calls changed.

    What was decided stays with who decided it.
    """
    successor = find_person(successor_id) if is_uuid(successor_id) else None
    rows = ConsensusCall.objects.filter(decider=UUID(person_id), outcome=Outcome.NOT_REACHED, decided_at=None)
    calls = list(rows.order_by("meeting_id", "pk"))  # rooms are told, and so locked, in one order everywhere
    for call in calls:
        call.decider = successor
        call.save(update_fields=["decider"])
        _keep("call.handed_over", call, {"from": person_id, "to": str(call.decider_id or "")}, by=by, at=at)
    return len(calls)


def _in_session(meeting_id: Id, deed: Deed, by: Actor) -> Meeting:
    meeting = lock_room_for(by, meeting_id, deed).meeting
    if Stage(meeting.stage) is not Stage.IN_SESSION:
        raise WrongStage(state=meeting.stage, deed=str(deed))
    return meeting


def _running(meeting: Meeting, entry_id: str) -> ConsensusCall:
    call = find_open_call(meeting.pk, entry_id)
    if call is not None:
        return call
    if ConsensusCall.objects.filter(meeting=meeting, entry=entry_id).exists():
        raise WrongStage(state="closed", deed=str(Deed.CALL))
    raise NotFound(entry=entry_id[:64])


def _person(person_id: str) -> Person | None:
    if not person_id:
        return None
    person = find_person(person_id) if is_uuid(person_id) else None
    if person is None or not person.is_active or person.guest:
        raise BadValue(field="decider", reason="person")
    return person


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise BadValue(field="decide_by", reason="date") from None


def _keep(act: str, call: ConsensusCall, facts: Mapping[str, object], *, by: Actor, at: datetime) -> None:
    facts = {"entry": call.entry, **facts}
    audit.record(act, by=by, at=at, subject=call.pk, context=call.meeting_id, facts=facts)
    tell(call.meeting_id, "calls")
