# SPDX-License-Identifier: Apache-2.0
"""Attendance, topic times, acceptances, snapshots and late edits of one meeting."""

from collections.abc import Collection
from hashlib import sha256
from uuid import UUID

from huiyao.domain.stage import Stage
from huiyao.features.meetings.models import Participation
from huiyao.features.sittings.models import (
    Acceptance,
    Attendance,
    LateEdit,
    Room,
    Snapshot,
    TopicSpan,
    TopicTime,
)
from huiyao.plumbing.ids import Id
from huiyao.room.schema import RoomKind

NOT_OVER = (Stage.PREPARING, Stage.INVITED, Stage.IN_SESSION, Stage.RECORDED)


def record_name(meeting_id: Id) -> str:
    """What the engine calls the room of a meeting's record."""
    return str(meeting_id)


def notes_name(meeting_id: Id) -> str:
    """What the engine calls the room of the recorder's private notes."""
    return f"{meeting_id}/notes"


def meeting_id_of(room: str) -> str:
    """The meeting a room belongs to."""
    return room.removesuffix("/notes")


def find_room(name: str) -> Room | None:
    """The room's row."""
    return Room.objects.filter(name=name).first()


def find_open_rooms(persons: Collection[Id]) -> list[UUID]:
    """The meetings not yet over whose room exists and in which one of these persons is something."""
    rows = Participation.objects.filter(person_id__in=[person for person in persons if person])
    live = Room.objects.filter(kind=RoomKind.RECORD, meeting__stage__in=NOT_OVER)
    return list(live.filter(meeting__in=rows.values("meeting_id")).values_list("meeting_id", flat=True))


def find_snapshot(meeting_id: Id, number: int | None = None) -> Snapshot | None:
    """Snapshot ``number``, or the one in force (the newest that is not void)."""
    rows = Snapshot.objects.filter(meeting_id=meeting_id).select_related("by")
    rows = rows.filter(voided_at=None) if number is None else rows.filter(number=number)
    return rows.order_by("-number").first()


def broken_snapshots() -> list[tuple[str, int]]:
    """Meeting id and number of every snapshot, void ones included, whose content is not what was frozen."""
    rows = Snapshot.objects.order_by("meeting_id", "number")
    found = rows.values_list("meeting_id", "number", "content", "sha256").iterator(chunk_size=200)
    return [(str(pk), number) for pk, number, content, sha in found if sha256(content.encode()).hexdigest() != sha]


def snapshot_hashes() -> dict[tuple[str, int], str]:
    """The SHA-256 of every snapshot by meeting id and number."""
    rows = Snapshot.objects.values_list("meeting_id", "number", "sha256")
    return {(str(pk), number): sha for pk, number, sha in rows}


def find_attendance(meeting_id: Id) -> list[Attendance]:
    """Who was seen, in order of arrival; whoever is not in it is still expected."""
    rows = Attendance.objects.filter(meeting_id=meeting_id).select_related("person__department")
    return list(rows.order_by("arrived_at", "id"))


def find_spans(meeting_id: Id) -> list[TopicSpan]:
    """When each topic was discussed, in order of time."""
    return list(TopicSpan.objects.filter(meeting_id=meeting_id))


def find_running_span(meeting_id: Id) -> TopicSpan | None:
    """The stretch of time that has not ended."""
    return TopicSpan.objects.filter(meeting_id=meeting_id, ended_at=None).first()


def find_topic_times(meeting_id: Id) -> dict[str, TopicTime]:
    """What the host changed of the planned times, by topic id."""
    return {str(row.topic_id): row for row in TopicTime.objects.filter(meeting_id=meeting_id)}


def find_acceptances(meeting_id: Id) -> dict[str, Acceptance]:
    """What owners said to their actions, by entry id."""
    return {row.entry: row for row in Acceptance.objects.filter(meeting_id=meeting_id)}


def find_late_edits(meeting_id: Id) -> list[LateEdit]:
    """What came after closing and was not decided yet."""
    rows = LateEdit.objects.filter(room__name=record_name(meeting_id), state="waiting")
    return list(rows.select_related("room"))
