# SPDX-License-Identifier: Apache-2.0
"""``room.ports.FactSource`` on the product's tables: shared parts, everyone's own part, everyone's rights."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from huiyao.domain.rights import Standing
from huiyao.domain.stage import Stage
from huiyao.features.meetings.models import Meeting
from huiyao.features.people.models import Person
from huiyao.features.sittings.access import RoomRights, connection_rights, room_rights, standings_in
from huiyao.features.sittings.reads.facts import read_parts
from huiyao.features.sittings.reads.facts.turns import shares_part
from huiyao.features.sittings.reads.held import find_snapshot, meeting_id_of, notes_name
from huiyao.features.sittings.stores.connections import borrowed
from huiyao.room.ports import Reading, Rights
from huiyao.room.schema import RoomKind

Greeting = Callable[[Meeting, Collection[str]], None]
"""Told who has the record of a running meeting open, and may type."""


OwnPart = Callable[[Meeting, Collection[str]], Mapping[str, object]]
"""A personal part that a later feature knows: its value for each of these persons."""


class DatabaseFacts:
    """See ``room.ports.FactSource``. ``lasting``: its threads keep their connections.

    ``greet`` is called after everybody's own part was read, which is so after each joining and after the start: of
    the two whichever comes later sees both, in whatever process. ``own`` are personal parts of later features by name.
    """

    def __init__(
        self, *, lasting: bool = True, greet: Greeting | None = None, own: Mapping[str, OwnPart] | None = None
    ) -> None:
        self._lasting = lasting
        self._greet = greet
        self._own = own or {}

    def read(self, room: str, names: Collection[str] | None, persons: Collection[str]) -> Reading:
        """See ``room.ports.FactSource``. A meeting that is gone lets nobody in."""
        with borrowed(lasting=self._lasting):
            meeting, reading = _read(room, names, persons)
            if meeting is not None:
                reading = self._with_own(meeting, reading, names)
            if meeting is not None and self._greet is not None and _greets(room, meeting, names):
                self._greet(meeting, [person for person, right in reading.rights.items() if right and right.types])
            return reading

    def _with_own(self, meeting: Meeting, reading: Reading, names: Collection[str] | None) -> Reading:
        parts = {person: dict(own) for person, own in reading.personal.items()}
        for name, part in self._own.items():
            if names is None or not {"you", name}.isdisjoint(names):
                for person, value in part(meeting, list(parts)).items():
                    parts[person][name] = value
        return replace(reading, personal=parts)


def _greets(room: str, meeting: Meeting, names: Collection[str] | None) -> bool:
    own = names is None or "you" in names
    return own and meeting.stage == Stage.IN_SESSION and room != notes_name(meeting.pk)


def _read(room: str, names: Collection[str] | None, persons: Collection[str]) -> tuple[Meeting | None, Reading]:
    meeting, shared = read_parts(meeting_id_of(room), names)
    if meeting is None:
        return None, Reading({}, {}, dict.fromkeys(persons))
    kind = RoomKind.NOTES if room == notes_name(meeting.pk) else RoomKind.RECORD
    standings = standings_in(meeting.pk, persons)
    snapshot = find_snapshot(meeting.pk)
    sealed = snapshot is not None and snapshot.sealed_at is not None
    rights = {person: room_rights(meeting, given, sealed=sealed) for person, given in standings.items()}
    return meeting, Reading(
        shared=shared,
        personal=_personal(meeting, rights, names),
        rights=_connections(kind, rights, standings),
    )


def rights_of(meeting: Meeting, person: str, kind: RoomKind) -> Rights | None:
    """One person's rights as a connection, None if they may not be in this room."""
    standings = standings_in(meeting.pk, [person])
    return _connections(kind, {person: room_rights(meeting, standings[person])}, standings)[person]


def _personal(
    meeting: Meeting, rights: Mapping[str, RoomRights], names: Collection[str] | None
) -> dict[str, dict[str, object]]:
    """Everyone's own parts. Who joins asks for ``you`` and gets them all; ``shares`` is null for who may not see it."""
    rows = {str(person.pk): person for person in Person.objects.filter(pk__in=rights)}
    parts = {id: _own(rows[id], given) for id, given in rights.items() if id in rows}
    if names is None or not {"you", "shares"}.isdisjoint(names):
        shares = shares_part(meeting) if any("shares" in given.may for given in rights.values()) else None
        for id, own in parts.items():
            own["shares"] = shares if "shares" in rights[id].may else None
    return parts


def _own(person: Person, given: RoomRights) -> dict[str, object]:
    you = {
        "person": str(person.pk),
        "name": person.name,
        "department": str(person.department_id or ""),
        "roles": list(given.roles),
        "may": sorted(given.may),
        "guest": person.guest,
    }
    return {"you": you}


def _connections(
    kind: RoomKind, rights: Mapping[str, RoomRights], standings: Mapping[str, frozenset[Standing]]
) -> dict[str, Rights | None]:
    return {person: connection_rights(person, kind, given, standings[person]) for person, given in rights.items()}
