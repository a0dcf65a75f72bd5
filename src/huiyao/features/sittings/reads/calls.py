# SPDX-License-Identifier: Apache-2.0
"""Consensus calls as rows and as the rules see them. The newest call of an entry counts; older ones are history."""

import json
from collections.abc import Iterable, Mapping

from django.db.models import Exists, OuterRef, QuerySet

from huiyao.domain.consensus import CALLABLE, Agreement, Call, Outcome, SeatAsked, SeatVoice, open_threads
from huiyao.domain.minutes_data import call_of
from huiyao.domain.record import Gap, dangling
from huiyao.domain.stage import Stage
from huiyao.features.meetings.models import Need, Seat
from huiyao.features.meetings.reads import seats_of
from huiyao.features.sittings.models import Attendance, ConsensusCall, Presence, RecordNode, Snapshot, Voice
from huiyao.features.sittings.reads.entries import find_entries
from huiyao.plumbing.ids import Id

CLOSED_STAGES = (Stage.RECORDED, Stage.FILED)
ASKED = (Need.REQUIRED, Need.OPTIONAL)


def find_calls(meeting_id: Id) -> dict[str, ConsensusCall]:
    """The newest call of each entry by entry id, in order of opening, with its voices."""
    rows = ConsensusCall.objects.filter(meeting_id=meeting_id).prefetch_related("voices__seat")
    return {row.entry: row for row in rows}


def find_open_call(meeting_id: Id, entry_id: str) -> ConsensusCall | None:
    """The call of an entry that still takes voices."""
    return ConsensusCall.objects.filter(meeting_id=meeting_id, entry=entry_id, closed_at=None).first()


def asked_seats(meeting_id: Id) -> list[SeatAsked]:
    """The seats a call asks, required and optional, and whether a representative is there just now."""
    here = set(
        Attendance.objects.filter(meeting_id=meeting_id, state=Presence.PRESENT).values_list("person_id", flat=True)
    )
    return [
        SeatAsked(
            str(seat.department_id),
            required=seat.need == Need.REQUIRED,
            present=any(row.person_id in here for row in seat.representatives.all()),
        )
        for seat in seats_of(meeting_id)
        if seat.need in ASKED
    ]


def seat_for(meeting_id: Id, person_id: Id, home: str, department: str = "") -> Seat | None:
    """The seat a person speaks for: of ``department`` if named, else of the own one, else the first."""
    rows = Seat.objects.filter(meeting_id=meeting_id, need__in=ASKED, representatives__person_id=person_id)
    seats = {str(seat.department_id): seat for seat in rows.distinct()}
    if department:
        return seats.get(department)
    return seats.get(home) or next(iter(seats.values()), None)


def voices_of(call: ConsensusCall) -> tuple[SeatVoice, ...]:
    """What was said to a call, the seats by department."""
    return tuple(_voice(row) for row in call.voices.all())


def _voice(row: Voice) -> SeatVoice:
    return SeatVoice(
        department=str(row.seat.department_id),
        person=str(row.person_id),
        answer=Agreement(row.answer),
        reason=row.reason,
        at=row.at.isoformat(),
    )


def call_as_said(call: ConsensusCall, asked: Iterable[SeatAsked]) -> Call:
    """A call as the rules and a snapshot have it."""
    return Call(
        entry=call.entry,
        text=call.text,
        outcome=call.outcome,
        opened_at=call.opened_at.isoformat(),
        closed_at=call.closed_at.isoformat() if call.closed_at else "",
        decider=str(call.decider_id or ""),
        decide_by=call.decide_by,
        asked=tuple(asked),
        voices=voices_of(call),
    )


def find_said_calls(meeting_id: Id) -> list[Call]:
    """The newest call of each entry, in order of opening."""
    asked = asked_seats(meeting_id)
    return [call_as_said(call, asked) for call in find_calls(meeting_id).values()]


def calls_in(snapshot: Snapshot) -> list[Call]:
    """The calls a snapshot froze; those frozen before there were any hold none."""
    content: Mapping[str, object] = json.loads(snapshot.content)
    found = content.get("calls")
    return [call_of(data) for data in found] if isinstance(found, list) else []


def find_threads(meeting_id: Id) -> list[Gap]:
    """Threads left open in a record and in its consensus calls; shown, never blocking."""
    entries = find_entries(meeting_id)
    return [*dangling(entries), *open_threads(find_said_calls(meeting_id), entries)]


def undecided_calls(meeting_id: Id | None = None) -> QuerySet[ConsensusCall]:
    """Calls of closed meetings that were not reached, where somebody decides next: the newest of each entry.

    An entry that was taken out or became another kind asks for no decision (``domain.consensus.standing_calls``).
    """
    newer = ConsensusCall.objects.filter(
        meeting=OuterRef("meeting"), entry=OuterRef("entry"), opened_at__gt=OuterRef("opened_at")
    )
    living = RecordNode.objects.filter(
        meeting=OuterRef("meeting"), node_id=OuterRef("entry"), kind__in=CALLABLE, deleted=False
    )
    rows = ConsensusCall.objects.filter(
        ~Exists(newer),
        Exists(living),
        outcome=Outcome.NOT_REACHED,
        decider__isnull=False,
        meeting__stage__in=CLOSED_STAGES,
    ).select_related("meeting", "decider__department")
    return rows if meeting_id is None else rows.filter(meeting__in=[meeting_id])
