# SPDX-License-Identifier: Apache-2.0
"""The meeting as it is held: its record, people, and closing. Entries pass the room's own gate and writer."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ninja import Router, Schema, Status

from huiyao.domain.record import Gap, Kind, gaps_of, grow, walk
from huiyao.domain.refusals import BadValue
from huiyao.domain.rights import Deed
from huiyao.features.sittings import commands
from huiyao.features.sittings.access import get_room_for
from huiyao.features.sittings.reads import find_attendance, find_entries, find_threads
from huiyao.room import edits
from huiyao.web.api.door import Done
from huiyao.web.api.meetings import PersonIdIn
from huiyao.web.shell.request import Request

router = Router(tags=["room"])


class SupportIn(Schema):
    """Support asked of a department."""

    what: str
    dep: str = ""
    person: str = ""
    due: str = ""


class NamedLaterIn(Schema):
    """The legal open owner: the head who names somebody, and by when."""

    date: str
    person: str


class FieldsIn(Schema):
    """The fields of an action. ``sup`` is ``"none"`` or a list; what is left out stays as it is."""

    dep: str | None = None
    own: str | None = None
    due: str | None = None
    sup: list[SupportIn] | str | None = None
    name_by: NamedLaterIn | None = None
    ref: list[str] | None = None

    def plain(self) -> dict[str, object]:
        """What was given, as the document takes it."""
        return self.dict(exclude_none=True)


class EntryIn(FieldsIn):
    """A new entry below ``parent`` (a topic or an entry)."""

    kind: Kind
    parent: str
    text: str = ""
    after: str = ""


class EntryPatch(FieldsIn):
    """Other words or fields of an entry."""

    text: str | None = None


class PlaceIn(Schema):
    """Where to: below ``parent``, after a sibling."""

    parent: str
    after: str = ""


class KindIn(Schema):
    """The new kind."""

    kind: Kind


class EntryOut(Schema):
    """One row of the record."""

    id: str
    kind: str
    parent: str
    text: str
    department: str
    person: str
    due: date | None


class WrittenOut(Schema):
    """What was written: the ids of new entries, and the record's number after it."""

    ids: list[str]
    seq: int


class GapsOut(Schema):
    """What keeps the record from being closed, and threads left open."""

    gaps: list[dict[str, str]]
    dangling: list[dict[str, str]]


class PresenceIn(Schema):
    """``present``, ``left`` or ``absent``."""

    state: str


class WalkInIn(Schema):
    """Somebody not invited: a person, or a name with a department."""

    person: str = ""
    name: str = ""
    department: str = ""


class PresenceOut(Schema):
    """One person's attendance."""

    person: str
    state: str


class WhyIn(Schema):
    """Why."""

    reason: str


class ClosingIn(Schema):
    """The next step, where there is one."""

    next_when: str = ""
    next_focus: str = ""


class SnapshotOut(Schema):
    """The frozen record."""

    number: int
    sha256: str


def _entry_out(entry: Any) -> dict[str, object]:
    plain = ("id", "parent", "text", "department", "person", "due")
    return {"kind": str(entry.kind), **{name: getattr(entry, name) for name in plain}}


def _plain(found: Iterable[Gap]) -> list[dict[str, str]]:
    return [{"entry": gap.entry, "what": gap.what, "text": gap.text} for gap in found]


def _write(request: Request, meeting_id: str, *wanted: edits.Edit) -> WrittenOut:
    receipt = commands.edit_record(meeting_id, wanted, by=request.actor)
    return WrittenOut(ids=list(receipt.ids), seq=receipt.seq)


@router.post("/{meeting_id}/start", response=Done)
def start(request: Request, meeting_id: str) -> Done:
    """Begin; the real start is kept."""
    commands.start(meeting_id, by=request.actor, at=request.at)
    return Done()


@router.get("/{meeting_id}/record", response=list[EntryOut])
def record(request: Request, meeting_id: str) -> list[dict[str, object]]:
    """The record's rows, a second or two behind what is being typed."""
    access = get_room_for(request.actor, meeting_id, Deed.READ_ROOM)
    return [_entry_out(entry) for entry in find_entries(access.meeting.pk) if not entry.deleted]


@router.get("/{meeting_id}/record/gaps", response=GapsOut)
def gaps(request: Request, meeting_id: str) -> GapsOut:
    """What the closing gate would say."""
    entries = find_entries(get_room_for(request.actor, meeting_id, Deed.READ_ROOM).meeting.pk)
    missing = [gap for entry in walk(grow(entries)) for gap in gaps_of(entry)]
    return GapsOut(gaps=_plain(missing), dangling=_plain(find_threads(meeting_id)))


@router.post("/{meeting_id}/record/entries", response={201: WrittenOut})
def add_entry(request: Request, meeting_id: str, body: EntryIn) -> Status[WrittenOut]:
    """A new entry; on disk when this answers."""
    fields = {k: v for k, v in body.plain().items() if k not in ("kind", "parent", "text", "after")}
    add = edits.Add(kind=body.kind, parent=body.parent, text=body.text, fields=fields, after=body.after)
    return Status(201, _write(request, meeting_id, add))


@router.patch("/{meeting_id}/record/entries/{entry_id}", response=WrittenOut)
def change_entry(request: Request, meeting_id: str, entry_id: str, body: EntryPatch) -> WrittenOut:
    """Other words or fields."""
    wanted: list[edits.Edit] = []
    if body.text is not None:
        wanted.append(edits.SetText(entry_id, body.text))
    fields = {k: v for k, v in body.plain().items() if k != "text"}
    if fields:
        wanted.append(edits.SetFields(entry_id, fields))
    if not wanted:
        get_room_for(request.actor, meeting_id, Deed.TYPE)
        raise BadValue(field="body", reason="required")
    return _write(request, meeting_id, *wanted)


@router.delete("/{meeting_id}/record/entries/{entry_id}", response=WrittenOut)
def delete_entry(request: Request, meeting_id: str, entry_id: str) -> WrittenOut:
    """Take an entry out of sight; ``restore`` brings it back."""
    return _write(request, meeting_id, edits.Delete(entry_id))


@router.post("/{meeting_id}/record/entries/{entry_id}/restore", response=WrittenOut)
def restore_entry(request: Request, meeting_id: str, entry_id: str) -> WrittenOut:
    """Bring an entry back."""
    return _write(request, meeting_id, edits.Restore(entry_id))


@router.post("/{meeting_id}/record/entries/{entry_id}/move", response=WrittenOut)
def move_entry(request: Request, meeting_id: str, entry_id: str, body: PlaceIn) -> WrittenOut:
    """Put an entry elsewhere."""
    return _write(request, meeting_id, edits.Move(entry_id, body.parent, body.after))


@router.post("/{meeting_id}/record/entries/{entry_id}/kind", response=WrittenOut)
def convert_entry(request: Request, meeting_id: str, entry_id: str, body: KindIn) -> WrittenOut:
    """Make a problem of a note, and so on."""
    return _write(request, meeting_id, edits.Convert(entry_id, body.kind))


@router.post("/{meeting_id}/record/entries/{entry_id}/accept", response=Done)
def accept(request: Request, meeting_id: str, entry_id: str) -> Done:
    """Accept one's own action in the room."""
    commands.accept(meeting_id, entry_id, by=request.actor, at=request.at)
    return Done()


@router.post("/{meeting_id}/record/entries/{entry_id}/contest", response=Done)
def contest(request: Request, meeting_id: str, entry_id: str, body: WhyIn) -> Done:
    """Contest one's own action in the room."""
    commands.contest(meeting_id, entry_id, body.reason, by=request.actor, at=request.at)
    return Done()


@router.get("/{meeting_id}/attendance", response=list[PresenceOut])
def attendance(request: Request, meeting_id: str) -> list[dict[str, object]]:
    """Who is there."""
    access = get_room_for(request.actor, meeting_id, Deed.READ_ROOM)
    return [{"person": str(row.person_id), "state": row.state} for row in find_attendance(access.meeting.pk)]


@router.put("/{meeting_id}/attendance/{person_id}", response=Done)
def attend(request: Request, meeting_id: str, person_id: str, body: PresenceIn) -> Done:
    """Note that somebody came, left or did not come."""
    commands.attend(meeting_id, person_id, body.state, by=request.actor, at=request.at)
    return Done()


@router.post("/{meeting_id}/attendance", response={201: Done})
def walk_in(request: Request, meeting_id: str, body: WalkInIn) -> Status[Done]:
    """Note somebody who was not invited."""
    commands.walk_in(
        meeting_id, by=request.actor, at=request.at,
        person_id=body.person, name=body.name, department_id=body.department,
    )  # fmt: skip
    return Status(201, Done())


@router.put("/{meeting_id}/room-roles/{role}", response=Done)
def change_role(request: Request, meeting_id: str, role: str, body: PersonIdIn) -> Done:
    """Hand a role over while the meeting runs."""
    commands.change_role(meeting_id, role, body.person, by=request.actor, at=request.at)
    return Done()


@router.post("/{meeting_id}/close", response=SnapshotOut)
def close(request: Request, meeting_id: str, body: ClosingIn) -> dict[str, object]:
    """Close through the gate; refused with the gaps while an action is incomplete."""
    snapshot = commands.close(
        meeting_id, by=request.actor, at=request.at, next_when=body.next_when, next_focus=body.next_focus
    )
    return {"number": snapshot.number, "sha256": snapshot.sha256}


@router.post("/{meeting_id}/reopen", response=Done)
def reopen(request: Request, meeting_id: str, body: WhyIn) -> Done:
    """Open a closed meeting again, until its draft is submitted."""
    commands.reopen(meeting_id, body.reason, by=request.actor, at=request.at)
    return Done()
