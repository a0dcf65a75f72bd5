# SPDX-License-Identifier: Apache-2.0
"""What people typed after closing, as changes of entries: an amendment somebody can read before deciding."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from huiyao.domain.record import Entry
from huiyao.features.sittings.models import LateEdit, Room, RoomUpdate
from huiyao.features.sittings.reads.held import find_late_edits
from huiyao.plumbing.ids import Id
from huiyao.room.document import Document
from huiyao.room.projector import project


@dataclass(frozen=True, slots=True)
class LateChange:
    """One entry as it was at closing (None: it was not there) and as it was typed."""

    before: Entry | None
    after: Entry


@dataclass(frozen=True, slots=True)
class LateOffer:
    """Everything one person typed after closing and nobody has decided on. ``id`` is the newest edit's."""

    id: str
    person: str
    at: datetime
    changes: tuple[LateChange, ...]


def find_late_offers(meeting_id: Id) -> list[LateOffer]:
    """Late edits by person, oldest first; those the record holds by now have no changes and are left out."""
    edits = find_late_edits(meeting_id)
    if not edits:
        return []
    whole = _document(edits[0].room).since(b"\x00")
    offers = [_offer(whole, mine) for mine in _by_person(edits)]
    return [offer for offer in offers if offer.changes]


def find_taken(late_edit_id: Id) -> LateOffer | None:
    """What was taken over with one decision, as changes of entries."""
    edit = LateEdit.objects.select_related("room").filter(pk=late_edit_id, state="taken").first()
    if edit is None:
        return None
    same = LateEdit.objects.filter(room=edit.room, person=edit.person, state="taken", decided_at=edit.decided_at)
    return _offer(_document(edit.room).since(b"\x00"), list(same))


def _by_person(edits: Iterable[LateEdit]) -> list[list[LateEdit]]:
    people: dict[str, list[LateEdit]] = {}
    for edit in edits:
        people.setdefault(edit.person, []).append(edit)
    return list(people.values())


def _offer(whole: bytes, edits: list[LateEdit]) -> LateOffer:
    document = Document()
    document.load([whole])
    before = {entry.id: entry for entry in project(document)}
    document.load([bytes(edit.data) for edit in edits])
    changes = tuple(
        LateChange(before.get(entry.id), entry) for entry in project(document) if before.get(entry.id) != entry
    )
    return LateOffer(str(edits[-1].pk), edits[0].person, edits[-1].at, changes)


def _document(room: Room) -> Document:
    document = Document()
    rows = RoomUpdate.objects.filter(room=room, seq__gt=room.snapshot_seq).order_by("seq")
    start = [bytes(room.snapshot)] if room.snapshot else []
    document.load([*start, *(bytes(data) for data in rows.values_list("data", flat=True))])
    return document
