# SPDX-License-Identifier: Apache-2.0
"""The room as such: its row, telling it that facts changed, roles changing hands in it."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue, WrongStage
from huiyao.domain.rights import Deed
from huiyao.domain.stage import Stage
from huiyao.features.meetings.access import lock_meeting_for
from huiyao.features.meetings.commands.roles import hand_over
from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings.models import Room
from huiyao.features.sittings.reads import notes_name, record_name
from huiyao.plumbing.ids import Id
from huiyao.room import door
from huiyao.room.schema import RoomKind

LIVE_ROLES = ("host", "facilitator", "recorder", "coordinator")
LIVE_STAGES = frozenset({Stage.PREPARING, Stage.INVITED, Stage.IN_SESSION})


def open_room(meeting: Meeting) -> Room:
    """The room of the meeting's record; made when first asked for. The caller has checked who may enter."""
    return _room(meeting, RoomKind.RECORD, record_name(meeting.pk))


def open_notes(meeting: Meeting) -> Room:
    """The room of the recorder's private notes; made when first asked for."""
    return _room(meeting, RoomKind.NOTES, notes_name(meeting.pk))


def _room(meeting: Meeting, kind: RoomKind, name: str) -> Room:
    room, _ = Room.objects.get_or_create(name=name, defaults={"meeting": meeting, "kind": kind})
    return room


def tell(meeting_id: Id, *names: str) -> None:
    """Have these facts of the room read again once the present transaction commits (none named: all).

    Counted in the room's row as well, so that processes the telling does not reach see it within two seconds.
    """
    name = record_name(meeting_id)
    Room.objects.filter(name=name).update(told=F("told") + 1)
    transaction.on_commit(lambda: door.tell(name, names))


@transaction.atomic
def change_role(meeting_id: Id, role: str, person_id: Id, *, by: Actor, at: datetime) -> None:
    """Give a role to somebody in the middle of the meeting (host ill, recorder swapped); empty: to nobody.

    Raises:
        NotFound, NotAllowed: only host and organiser may.
        WrongStage: the meeting is over.
        BadValue: no such role or person.
    """
    meeting = lock_meeting_for(by, meeting_id, Deed.NAME_STAND_IN)
    if Stage(meeting.stage) not in LIVE_STAGES:
        raise WrongStage(state=meeting.stage, deed=str(Deed.NAME_STAND_IN))
    if role not in LIVE_ROLES:
        raise BadValue(field="role", reason="unknown")
    hand_over(meeting, role, person_id, by=by, at=at)
    tell(meeting.pk, "roles", "people", "meeting", "you")
