# SPDX-License-Identifier: Apache-2.0
"""Closing, the one gate, the snapshot with its hash, reopening, late edits: from rows to rows."""

import hashlib
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from huiyao.domain.record import Kind, RecordIncomplete
from huiyao.domain.refusals import BadValue, NotAllowed, NotFound, WrongStage
from huiyao.domain.stage import Stage
from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings import commands
from huiyao.features.sittings.commands import closing
from huiyao.features.sittings.models import LateEdit, Room, Snapshot, TopicSpan
from huiyao.features.sittings.reads import entries_in, find_entries, find_snapshot
from huiyao.features.sittings.reads.late import find_late_offers
from huiyao.features.sittings.stores import open_log
from huiyao.plumbing.models import AuditRow, Event
from huiyao.room.document import Document
from huiyao.room.edits import Add, Convert, Delete, Move, Restore, SetFields, SetText
from huiyao.room.ports import NewRow, RoomState
from huiyao.room.refusals import RoomFrozen
from huiyao.web.during import live
from tests.builders.sittings import Held, an_invited_meeting

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
LATER = AT + timedelta(minutes=50)


@pytest.fixture
def held() -> Held:
    live.wire()
    made = an_invited_meeting()
    commands.start(made.id, by=made.actor("host"), at=AT)
    return made


def add(held: Held, text: str, kind: Kind = Kind.NOTE, **fields: object) -> str:
    edit = Add(kind, str(held.topics[1].pk), text, fields=fields)
    return commands.edit_record(held.id, [edit], by=held.actor("seat")).ids[0]


def whole_action(held: Held) -> dict[str, object]:
    seat = held.people["seat"]
    return {"dep": str(seat.department_id), "own": str(seat.pk), "due": "2026-12-01", "sup": "none"}


def close(held: Held) -> Snapshot:
    return commands.close(held.id, by=held.actor("host"), at=LATER, next_when="下周二", next_focus="补货")


def room_of(held: Held) -> Room:
    return Room.objects.get(name=held.id)


def test_entries_written_from_a_thread_are_in_the_record_under_their_topic(held: Held) -> None:
    first = add(held, "仓库说缺人😀")
    second = add(held, "先调班", Kind.SOLUTION)
    commands.edit_record(
        held.id,
        [SetText(first, "仓库说月底缺人😀"), Move(second, first), Convert(second, Kind.DECISION)],
        by=held.actor("seat"),
    )
    found = {entry.id: entry for entry in find_entries(held.id)}
    assert found[first].text == "仓库说月底缺人😀"
    assert (found[second].parent, found[second].kind) == (first, Kind.DECISION)
    assert found[first].by == held.actor("seat").id
    assert {topic.title for topic in held.topics} <= {entry.text for entry in found.values()}


def test_an_entry_is_deleted_and_put_back(held: Held) -> None:
    note = add(held, "误记")
    commands.edit_record(held.id, [Delete(note)], by=held.actor("seat"))
    assert next(entry for entry in find_entries(held.id) if entry.id == note).deleted
    commands.edit_record(held.id, [Restore(note)], by=held.actor("seat"))
    assert not next(entry for entry in find_entries(held.id) if entry.id == note).deleted


@pytest.mark.parametrize(
    ("edit", "refusal"),
    [
        (SetText("nowhere-0000", "x"), NotFound),
        (Add(Kind.TOPIC, "", "x"), BadValue),
        (Add(Kind.NOTE, "nowhere-0000", "x"), NotFound),
        (Add(Kind.NOTE, "", "x" * 20_001), BadValue),
        (Add(Kind.ACTION, "", "x", fields={"due": "tomorrow"}), BadValue),
        (Add(Kind.ACTION, "", "x", fields={"vote": "yes"}), BadValue),
    ],
)
def test_a_bad_edit_changes_nothing(held: Held, edit: object, refusal: type[Exception]) -> None:
    add(held, "已记下")
    before, seq = find_entries(held.id), room_of(held).seq
    with pytest.raises(refusal):
        commands.edit_record(held.id, [Add(Kind.NOTE, "", "与坏的同来"), edit], by=held.actor("seat"))  # type: ignore[list-item]
    assert (find_entries(held.id), room_of(held).seq) == (before, seq)


def test_who_only_reads_or_is_nobody_here_writes_nothing(held: Held) -> None:
    for who, refusal in (("informed", NotAllowed), ("outside", NotFound)):
        with pytest.raises(refusal):
            commands.edit_record(held.id, [Add(Kind.NOTE, "", "x")], by=held.actor(who))
    assert room_of(held).seq == 0


def test_the_gate_refuses_and_the_room_goes_on(held: Held) -> None:
    action = add(held, "整理清单", Kind.ACTION)
    with pytest.raises(RecordIncomplete) as refused:
        close(held)
    assert {gap["what"] for gap in refused.value.facts["gaps"]} == {"owner", "due", "support"}
    room = room_of(held)
    assert (room.state, room.closed_seq, Snapshot.objects.count()) == (RoomState.OPEN, None, 0)
    assert Meeting.objects.get().stage == Stage.IN_SESSION
    commands.edit_record(held.id, [SetFields(action, whole_action(held))], by=held.actor("seat"))
    assert close(held).number == 1


def test_a_snapshot_holds_every_entry_and_its_hash_proves_it(held: Held) -> None:
    ids = {add(held, f"第{n}条") for n in range(5)}
    commands.edit_record(held.id, [Delete(next(iter(ids)))], by=held.actor("seat"))
    snapshot = close(held)
    assert hashlib.sha256(snapshot.content.encode()).hexdigest() == snapshot.sha256
    assert ids <= {entry.id for entry in entries_in(snapshot)}
    assert {e.id: e for e in entries_in(snapshot)} == {e.id: e for e in find_entries(held.id)}
    document = Document()
    document.load([bytes(snapshot.document)])
    assert ids <= set(document.nodes.keys())
    assert json.loads(snapshot.content)["seq"] == room_of(held).closed_seq == snapshot.seq
    meeting = Meeting.objects.get()
    assert (meeting.stage, meeting.ended_at, meeting.next_when) == (Stage.RECORDED, LATER, "下周二")
    assert not TopicSpan.objects.filter(ended_at=None).exists()
    assert Event.objects.get(name="MeetingClosed").data["snapshot_id"] == str(snapshot.pk)
    assert AuditRow.objects.filter(act="record.close").count() == 1


def test_after_closing_nothing_is_written_and_only_the_host_closes_once(held: Held) -> None:
    note = add(held, "x")
    with pytest.raises(NotAllowed):
        commands.close(held.id, by=held.actor("seat"), at=LATER)
    close(held)
    seq = room_of(held).seq
    with pytest.raises(WrongStage):
        commands.edit_record(held.id, [SetText(note, "y")], by=held.actor("seat"))
    with pytest.raises(RoomFrozen):
        live.door.submit(held.id, held.actor("seat"), [SetText(note, "y")])
    with pytest.raises(WrongStage):
        close(held)
    assert room_of(held).seq == seq
    assert Snapshot.objects.count() == 1


def test_reopening_voids_the_snapshot_and_closing_again_makes_the_next(held: Held) -> None:
    add(held, "x")
    close(held)
    void = commands.reopen(held.id, "漏了一项", by=held.actor("host"), at=LATER)
    assert (void.voided_at, void.void_reason) == (LATER, "漏了一项")
    assert find_snapshot(held.id) is None
    add(held, "补上")
    assert close(held).number == 2
    found = find_snapshot(held.id)
    assert found is not None
    assert "补上" in {entry.text for entry in entries_in(found)}


def test_reopening_ends_with_the_draft_submitted_or_its_clock(held: Held) -> None:
    close(held)
    commands.allow_reopening_until(held.id, LATER)
    with pytest.raises(WrongStage):
        commands.reopen(held.id, "晚了", by=held.actor("host"), at=LATER + timedelta(seconds=1))
    commands.seal_snapshot(held.id, at=LATER)
    with pytest.raises(WrongStage):
        commands.reopen(held.id, "已提交", by=held.actor("host"), at=LATER)
    assert find_snapshot(held.id) is not None


def late_edit(held: Held, note: str, text: str) -> None:
    document = Document()
    stored = open_log().load(held.id)
    assert stored is not None
    document.load([stored.snapshot, *(row.data for row in stored.rows)])
    before = document.state()
    document.nodes[note]["t"].insert(0, text)
    open_log().keep_late(held.id, NewRow(document.since(before), held.actor("seat").id), LATER)


def test_what_was_typed_late_is_offered_and_decided_once(held: Held) -> None:
    note = add(held, "原话")
    close(held)
    late_edit(held, note, "补充：")
    (offer,) = find_late_offers(held.id)
    assert [(c.before.text if c.before else None, c.after.text) for c in offer.changes] == [("原话", "补充：原话")]
    with pytest.raises(NotAllowed):
        commands.amend_late(held.id, offer.id, by=held.actor("seat"), at=LATER)
    commands.amend_late(held.id, offer.id, by=held.actor("recorder"), at=LATER)
    assert Event.objects.get(name="LateEditTaken").data["person"] == held.actor("seat").id
    with pytest.raises(NotFound):
        commands.dismiss_late(held.id, offer.id, by=held.actor("recorder"), at=LATER)
    assert find_late_offers(held.id) == []
    assert LateEdit.objects.get().state == "taken"


def test_a_closing_whose_process_died_thaws(held: Held) -> None:
    Room.objects.filter(name=held.id).update(state=RoomState.CLOSING, frozen_at=LATER, closed_seq=0)
    assert commands.thaw_abandoned(LATER + timedelta(seconds=30)) == 0
    assert commands.thaw_abandoned(LATER + timedelta(seconds=61)) == 1
    assert room_of(held).state == RoomState.OPEN


def test_a_closing_taken_for_abandoned_meanwhile_keeps_nothing_and_loses_nothing(
    held: Held, monkeypatch: pytest.MonkeyPatch
) -> None:
    look = closing._look  # the moment between freezing and keeping

    def slowly(name: str) -> closing.Frozen:
        found = look(name)
        commands.thaw_abandoned(LATER + timedelta(seconds=61))
        add(held, "冻结期间写的一条")
        return found

    monkeypatch.setattr(closing, "_look", slowly)
    with pytest.raises(WrongStage):
        close(held)
    assert room_of(held).state == RoomState.OPEN
    monkeypatch.undo()
    assert "冻结期间写的一条" in {entry.text for entry in entries_in(close(held))}


def test_the_document_never_waits_inside_a_transaction_of_the_same_process(held: Held) -> None:
    note = add(held, "x")
    with transaction.atomic():
        assert Room.objects.get(name=held.id).seq > 0
    commands.edit_record(held.id, [SetText(note, "y")], by=held.actor("seat"))
    assert "y" in {entry.text for entry in find_entries(held.id)}


def test_a_draft_is_not_submitted_once_its_meeting_is_open_again(held: Held) -> None:
    close(held)
    commands.reopen(held.id, "漏了一项", by=held.actor("host"), at=LATER + timedelta(minutes=5))
    with pytest.raises(WrongStage):
        commands.seal_snapshot(held.id, at=LATER + timedelta(minutes=6))
    assert Snapshot.objects.get().sealed_at is None


def test_reopening_loses_against_a_draft_submitted_in_that_moment(held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    close(held)
    look = closing.find_snapshot

    def and_then_it_is_submitted(meeting_id: object) -> Snapshot | None:
        found = look(meeting_id)
        Snapshot.objects.update(sealed_at=LATER + timedelta(minutes=1))
        return found

    monkeypatch.setattr(closing, "find_snapshot", and_then_it_is_submitted)
    with pytest.raises(WrongStage):
        commands.reopen(held.id, "漏了一项", by=held.actor("host"), at=LATER + timedelta(minutes=1))
    assert Snapshot.objects.get().voided_at is None
    assert Meeting.objects.get(pk=held.id).stage == Stage.RECORDED
