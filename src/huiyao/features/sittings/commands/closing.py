# SPDX-License-Identifier: Apache-2.0
"""Closing: freeze under the room's row lock, project everything, ask the one gate, keep a snapshot; and back.

The freeze is a transaction of its own, so that no other room waits while the record is looked at. Until the answer
is there the room is CLOSING: its processes hold back what is typed, and either store it after all or keep it as late.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from huiyao.domain.actor import Actor
from huiyao.domain.consensus import standing_calls
from huiyao.domain.minutes_data import canonical, to_data
from huiyao.domain.record import Entry, check_closing
from huiyao.domain.refusals import WrongStage
from huiyao.domain.rights import Deed
from huiyao.domain.stage import Stage, move
from huiyao.domain.values import clean_line
from huiyao.features.meetings.access import get_meeting_for, lock_meeting_for
from huiyao.features.meetings.commands.stages import move_meeting
from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings.commands.floor import clear_floor
from huiyao.features.sittings.commands.rooms import open_room, tell
from huiyao.features.sittings.events import MeetingClosed, MeetingReopened
from huiyao.features.sittings.models import Room, RoomUpdate, Snapshot, TopicSpan
from huiyao.features.sittings.reads import find_snapshot, find_spans, record_name
from huiyao.features.sittings.reads.calls import find_said_calls
from huiyao.features.sittings.reads.entries import node_of
from huiyao.features.sittings.stores.log import write_nodes
from huiyao.plumbing import audit, events
from huiyao.plumbing.ids import Id
from huiyao.room.document import Document
from huiyao.room.ports import RoomState
from huiyao.room.projector import project

ABANDONED_AFTER = timedelta(seconds=60)
"""A freeze without an answer for so long was left behind by a process that died."""


class Frozen(NamedTuple):
    """The record at closing: the whole document, its rows, its place in the log."""

    document: bytes
    entries: Sequence[Entry]
    seq: int


def close(meeting_id: Id, *, by: Actor, at: datetime, next_when: str = "", next_focus: str = "") -> Snapshot:
    """Close the record. Never call it inside a transaction.

    Raises:
        NotFound, NotAllowed: only the host may.
        WrongStage: the meeting does not run, or is being closed by somebody else.
        RecordIncomplete: an action lacks something; the room goes on as before.
        BadValue: the next plan is too long.
    """
    access = get_meeting_for(by, meeting_id, Deed.HOST)
    move(Stage(access.meeting.stage), "close")
    plan = {
        "next_when": clean_line("next_when", next_when, most=120, required=False),
        "next_focus": clean_line("next_focus", next_focus, most=300, required=False),
    }
    open_room(access.meeting)
    name = record_name(access.meeting.pk)
    _freeze(name, at)
    try:
        frozen = _look(name)
        check_closing(frozen.entries)
        return _keep(access.meeting.pk, frozen, plan, by=by, at=at)
    except BaseException:
        _thaw(name, at)
        raise


@transaction.atomic
def _freeze(name: str, at: datetime) -> None:
    room = Room.objects.select_for_update().only("id", "seq", "state").get(name=name)
    if room.state != RoomState.OPEN:
        raise WrongStage(state=room.state, deed="close")
    Room.objects.filter(pk=room.pk).update(state=RoomState.CLOSING, closed_seq=room.seq, frozen_at=at)


@transaction.atomic
def _thaw(name: str, frozen_at: datetime) -> None:
    Room.objects.filter(name=name, state=RoomState.CLOSING, frozen_at=frozen_at).update(
        state=RoomState.OPEN, closed_seq=None, frozen_at=None
    )


def _look(name: str) -> Frozen:
    """Everything up to the place of freezing, in a document of its own."""
    room = Room.objects.get(name=name)
    rows = RoomUpdate.objects.filter(room=room, seq__gt=room.snapshot_seq, seq__lte=room.closed_seq)
    document = Document()
    start = [bytes(room.snapshot)] if room.snapshot else []
    document.load([*start, *(bytes(data) for data in rows.order_by("seq").values_list("data", flat=True))])
    return Frozen(document.since(b"\x00"), project(document), room.closed_seq or 0)


@transaction.atomic
def _keep(meeting_id: Id, frozen: Frozen, plan: dict[str, str], *, by: Actor, at: datetime) -> Snapshot:
    meeting = lock_meeting_for(by, meeting_id, Deed.HOST)
    room = (
        Room.objects.select_for_update()
        .only("id", "state", "closed_seq", "frozen_at")
        .get(name=record_name(meeting.pk))
    )
    if (room.state, room.closed_seq, room.frozen_at) != (RoomState.CLOSING, frozen.seq, at):
        raise WrongStage(
            state=room.state, deed="close"
        )  # thawed as abandoned (the machine slept): more was typed since
    move_meeting(meeting, "close", by=by, at=at)
    Meeting.objects.filter(pk=meeting.pk).update(**plan)
    TopicSpan.objects.filter(meeting=meeting, ended_at=None).update(ended_at=at)
    clear_floor(meeting, at)
    write_nodes([node_of(meeting.pk, entry) for entry in frozen.entries])
    snapshot = _snapshot(meeting, frozen, by=by, at=at)
    events.put(MeetingClosed(str(meeting.pk), str(snapshot.pk), snapshot.number, by.id), at=at)
    facts = {"snapshot": snapshot.number, "sha256": snapshot.sha256, "entries": len(frozen.entries)}
    audit.record("record.close", by=by, at=at, subject=snapshot.pk, context=meeting.pk, facts=facts)
    Room.objects.filter(name=record_name(meeting.pk)).update(
        state=RoomState.CLOSED,
        projected_seq=frozen.seq,
        snapshot=frozen.document,
        snapshot_seq=frozen.seq,
    )
    tell(meeting.pk)
    return snapshot


def _snapshot(meeting: Meeting, frozen: Frozen, *, by: Actor, at: datetime) -> Snapshot:
    last = Snapshot.objects.filter(meeting=meeting).aggregate(last=Max("number"))["last"] or 0
    entries = [to_data(entry) for entry in sorted(frozen.entries, key=lambda entry: entry.id)]
    calls = [to_data(call) for call in standing_calls(find_said_calls(meeting.pk), frozen.entries)]
    content = canonical(
        {
            "meeting": str(meeting.pk),
            "number": last + 1,
            "seq": frozen.seq,
            "at": at.isoformat(),
            "entries": entries,
            "calls": calls,
        }
    )
    return Snapshot.objects.create(
        meeting=meeting,
        number=last + 1,
        seq=frozen.seq,
        content=content.decode(),
        document=frozen.document,
        sha256=hashlib.sha256(content).hexdigest(),
        by_id=by.id,
        at=at,
    )


@transaction.atomic
def reopen(meeting_id: Id, reason: str, *, by: Actor, at: datetime) -> Snapshot:
    """Take the closing back: the snapshot is void with a trace, the room goes on, the last topic runs again.

    Raises:
        NotFound, NotAllowed: only the host may.
        WrongStage: the record is not closed, or its draft was submitted, or its clock has run out.
        BadValue: no reason.
    """
    meeting = lock_meeting_for(by, meeting_id, Deed.HOST)
    why = clean_line("reason", reason, most=300)
    snapshot = find_snapshot(meeting.pk)
    late = snapshot is not None and snapshot.reopen_until is not None and at > snapshot.reopen_until
    if snapshot is None or snapshot.sealed_at is not None or late:
        raise WrongStage(state="submitted" if snapshot else meeting.stage, deed="reopen")
    move_meeting(meeting, "reopen", by=by, at=at)
    if not Snapshot.objects.filter(pk=snapshot.pk, sealed_at=None).update(voided_at=at, void_reason=why):
        raise WrongStage(state="submitted", deed="reopen")  # the draft was submitted in this very moment
    snapshot.voided_at, snapshot.void_reason = at, why
    spans = find_spans(meeting.pk)
    if spans:
        TopicSpan.objects.create(meeting=meeting, topic_id=spans[-1].topic_id, started_at=at)
    facts = {"snapshot": snapshot.number, "reason": why}
    audit.record("record.reopen", by=by, at=at, subject=snapshot.pk, context=meeting.pk, facts=facts)
    events.put(MeetingReopened(str(meeting.pk), str(snapshot.pk), snapshot.number, by.id, why), at=at)
    Room.objects.filter(name=record_name(meeting.pk)).update(state=RoomState.OPEN, closed_seq=None, frozen_at=None)
    tell(meeting.pk)
    return snapshot


@transaction.atomic
def seal_snapshot(meeting_id: Id, *, at: datetime) -> None:
    """The draft was submitted: reopening is over.

    Raises:
        WrongStage: the meeting was opened again in this very moment.
    """
    Snapshot.objects.filter(meeting_id=meeting_id, voided_at=None, sealed_at=None).update(sealed_at=at)
    newest = Snapshot.objects.filter(meeting_id=meeting_id).order_by("number").last()
    if newest is not None and newest.voided_at is not None:
        raise WrongStage(state="in_session", deed="submit")
    tell(meeting_id, "meeting")


@transaction.atomic
def allow_reopening_until(meeting_id: Id, until: datetime) -> None:
    """The draft's clock: until when the snapshot in force may be taken back."""
    Snapshot.objects.filter(meeting_id=meeting_id, voided_at=None).update(reopen_until=until)
    tell(meeting_id, "meeting")


def thaw_abandoned(now: datetime) -> int:
    """Open rooms again whose closing was left behind by a process that died; how many."""
    abandoned = Room.objects.filter(state=RoomState.CLOSING, frozen_at__lt=now - ABANDONED_AFTER)
    if not abandoned.exists():  # asked first: an update takes the database from everybody even if it finds nothing
        return 0
    return abandoned.update(state=RoomState.OPEN, closed_seq=None, frozen_at=None)
