# SPDX-License-Identifier: Apache-2.0
"""Who may do what in a room: the table of ``domain.rights`` for the live page, for one person or all of them."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotFound
from huiyao.domain.rights import Deed, Facts, Standing, may
from huiyao.domain.stage import Stage
from huiyao.features.meetings.access import Access, get_meeting_for
from huiyao.features.meetings.models import Meeting, Participation
from huiyao.features.meetings.reads import facts_of
from huiyao.features.people.models import Person
from huiyao.features.sittings.models import ConsensusCall
from huiyao.features.sittings.reads.calls import undecided_calls
from huiyao.plumbing.ids import Id, is_uuid
from huiyao.room.ports import Rights
from huiyao.room.schema import RoomKind

TYPING_STAGES = frozenset({Stage.IN_SESSION, Stage.RECORDED, Stage.FILED})
"""After closing a typist's edits are kept as late edits, so they are taken in, not refused for want of rights."""
ROOM_STAGES = TYPING_STAGES | {Stage.PREPARING, Stage.INVITED}


@dataclass(frozen=True, slots=True)
class RoomRights:
    """What one person may do in a room. ``may`` are the words of the wire: type, host, vote, read, close, ..."""

    may: frozenset[str]
    roles: tuple[str, ...]
    types: bool


ROLE_ORDER = (
    Standing.HOST,
    Standing.FACILITATOR,
    Standing.RECORDER,
    Standing.ORGANISER,
    Standing.COORDINATOR,
)


def room_rights(meeting: Meeting, standings: Collection[Standing], *, sealed: bool = False) -> RoomRights:
    """What these standings allow in the room now. ``sealed``: the draft was submitted, reopening is over."""
    facts: Facts = facts_of(meeting)
    stage = Stage(meeting.stage)

    def allowed(deed: Deed) -> bool:
        return may(standings, deed, facts)

    in_session = stage is Stage.IN_SESSION
    hosts = allowed(Deed.HOST)
    words = {
        "read": allowed(Deed.READ_ROOM) and stage in ROOM_STAGES,
        "type": allowed(Deed.TYPE) and in_session,
        "call": allowed(Deed.CALL) and in_session,
        "vote": allowed(Deed.VOTE) and in_session,
        "host": hosts,
        "close": hosts and in_session,
        "reopen": hosts and stage is Stage.RECORDED and not sealed,
        "record": allowed(Deed.TAKE_ATTENDANCE),
        "floor": allowed(Deed.GIVE_FLOOR) and in_session,
        "shares": allowed(Deed.SEE_SHARES),
        "name": allowed(Deed.NAME_STAND_IN),
    }
    granted = frozenset(word for word, given in words.items() if given)
    roles = tuple(str(role) for role in ROLE_ORDER if role in standings)
    return RoomRights(granted, roles, allowed(Deed.TYPE) and stage in TYPING_STAGES)


def get_room_for(actor: Actor, meeting_id: Id, deed: Deed = Deed.READ_ROOM) -> Access:
    """The meeting of a room for one deed.

    Raises:
        NotFound: there is none, or the actor may not know of it, or it has no room (cancelled, written instead).
        NotAllowed: the actor may not do the deed.
    """
    access = get_meeting_for(actor, meeting_id, deed)
    if Stage(access.meeting.stage) not in ROOM_STAGES:
        raise NotFound
    return access


def lock_room_for(actor: Actor, meeting_id: Id, deed: Deed) -> Access:
    """As ``get_room_for``, the meeting's row locked until the present transaction ends.

    Raises:
        NotFound, NotAllowed: as ``get_room_for``.
    """
    access = get_room_for(actor, meeting_id, deed)
    return replace(access, meeting=Meeting.objects.select_for_update().get(pk=access.meeting.pk))


def get_decision_for(actor: Actor, call_id: Id) -> ConsensusCall:
    """The call somebody has to decide on after the meeting: for the decider, and for who may read the room.

    Raises:
        NotFound: there is none, or it is not open to the actor.
    """
    call = undecided_calls().filter(pk=call_id).first() if is_uuid(str(call_id)) else None
    if call is None:
        raise NotFound
    if str(call.decider_id) != actor.id:
        get_room_for(actor, call.meeting_id)
    return call


def standings_in(meeting_id: Id, persons: Collection[str]) -> dict[str, frozenset[Standing]]:
    """What each of these persons is to the meeting; people who left are nothing to it."""
    active = set(Person.objects.filter(pk__in=persons, is_active=True).values_list("pk", flat=True))
    rows = Participation.objects.filter(meeting_id=meeting_id, person_id__in=active)
    found: dict[str, set[Standing]] = {person: set() for person in persons}
    for person_id, standing in rows.values_list("person_id", "standing"):
        found[str(person_id)].add(Standing(standing))
    return {person: frozenset(standings) for person, standings in found.items()}


def connection_rights(
    person: str, kind: RoomKind, rights: RoomRights, standings: Collection[Standing]
) -> Rights | None:
    """A connection's rights, None if the person may not be in this room."""
    if kind is RoomKind.NOTES:
        return Rights(person, types=True) if Standing.RECORDER in standings else None
    return Rights(person, rights.types) if "read" in rights.may else None
