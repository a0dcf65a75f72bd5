# SPDX-License-Identifier: Apache-2.0
"""Turns: taking and giving the floor, waiting for it, and forgetting who spoke how long (R31, R47).

Who spoke is nobody's business after the meeting: turns leave no audit row, and go with the retrospective.
"""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotFound, WrongStage
from huiyao.domain.rights import ROLES as RUNNING_IT
from huiyao.domain.rights import SEATED, Deed, Standing
from huiyao.domain.stage import Stage
from huiyao.domain.turns import Step, asks
from huiyao.features.meetings.access import Access
from huiyao.features.meetings.models import Meeting, Participation
from huiyao.features.sittings.access import lock_room_for
from huiyao.features.sittings.commands.attendance import arrive
from huiyao.features.sittings.commands.floor import end_turn
from huiyao.features.sittings.commands.rooms import tell
from huiyao.features.sittings.models import Attendance, Hand, Turn
from huiyao.features.sittings.reads.floor import find_floor
from huiyao.features.sittings.reads.held import find_running_span
from huiyao.plumbing.ids import Id, is_uuid

MAY_SPEAK = RUNNING_IT | SEATED | {Standing.INFORMED}


@transaction.atomic
def take_floor(meeting_id: Id, person_id: str, *, by: Actor, at: datetime) -> Step:
    """Give the floor to somebody, or take it oneself; what became of it (``domain.turns.asks``).

    A running turn ends, the new speaker's hand goes down. Who was still expected is present by speaking.

    Raises:
        NotFound: no such meeting for the actor, or the person has nothing to do with it.
        NotAllowed: only who leads or records gives the floor to others; who only reads takes none.
        WrongStage: the meeting does not run.
    """
    access = _in_session(meeting_id, by)
    gives = access.may(Deed.GIVE_FLOOR)
    if person_id != by.id:
        access.require(Deed.GIVE_FLOOR)
        _know(access.meeting, person_id)
    floor = find_floor(access.meeting.pk)
    step = asks(floor, person_id, gives=gives)
    if step is Step.SPEAKS:
        _speak(access.meeting, person_id, at, waited=person_id in floor.queue)
    elif step is Step.WAITS:
        _raise(access.meeting, person_id, at)
    return step


@transaction.atomic
def yield_floor(meeting_id: Id, *, by: Actor, at: datetime) -> None:
    """End the running turn. Nobody follows by himself; without a running turn nothing happens.

    Raises:
        NotFound, NotAllowed: only the speaker, and who may give the floor.
        WrongStage: the meeting does not run.
    """
    access = _in_session(meeting_id, by)
    if find_floor(access.meeting.pk).speaker != by.id:
        access.require(Deed.GIVE_FLOOR)
    if end_turn(access.meeting, at):
        tell(access.meeting.pk, "turns", "shares")


@transaction.atomic
def raise_hand(meeting_id: Id, *, up: bool, by: Actor, at: datetime, person_id: str = "") -> None:
    """Raise a hand or lower it: one's own, or for who may give the floor anybody's. Twice is once.

    Raises:
        NotFound, NotAllowed, WrongStage: as ``take_floor``.
    """
    access = _in_session(meeting_id, by)
    person = person_id or by.id
    if person != by.id:
        access.require(Deed.GIVE_FLOOR)
        _know(access.meeting, person)
    if not up:
        lowered, _ = Hand.objects.filter(meeting=access.meeting, person_id=person).delete()
        if lowered:
            tell(access.meeting.pk, "turns")
    elif find_floor(access.meeting.pk).speaker != person:
        _raise(access.meeting, person, at)


@transaction.atomic
def forget_turns(meeting_id: Id) -> int:
    """Delete who spoke when, and who waited; how many turns. Called when the retrospective closes."""
    Hand.objects.filter(meeting_id=meeting_id).delete()
    deleted, _ = Turn.objects.filter(meeting_id=meeting_id).delete()
    if deleted:
        tell(meeting_id, "turns", "shares")
    return deleted


def _in_session(meeting_id: Id, by: Actor) -> Access:
    access = lock_room_for(by, meeting_id, Deed.TYPE)
    if Stage(access.meeting.stage) is not Stage.IN_SESSION:
        raise WrongStage(state=access.meeting.stage, deed=str(Deed.GIVE_FLOOR))
    return access


def _know(meeting: Meeting, person_id: str) -> None:
    rows = Participation.objects.filter(meeting=meeting, standing__in=MAY_SPEAK, person__is_active=True)
    if not is_uuid(person_id) or not rows.filter(person_id=person_id).exists():
        raise NotFound(person=person_id)


def _speak(meeting: Meeting, person_id: str, at: datetime, *, waited: bool) -> None:
    end_turn(meeting, at)
    span = find_running_span(meeting.pk)
    Turn.objects.create(meeting=meeting, person_id=person_id, topic_id=span.topic_id if span else None, started_at=at)
    if waited:
        Hand.objects.filter(meeting=meeting, person_id=person_id).delete()
    names = ["turns", "shares"]
    if not Attendance.objects.filter(meeting=meeting, person_id=person_id).exists():
        arrive(meeting, person_id, at)
        names.append("people")
    tell(meeting.pk, *names)


def _raise(meeting: Meeting, person_id: str, at: datetime) -> None:
    _, new = Hand.objects.get_or_create(meeting=meeting, person_id=person_id, defaults={"raised_at": at})
    if new:
        tell(meeting.pk, "turns")
