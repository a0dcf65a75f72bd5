# SPDX-License-Identifier: Apache-2.0
"""Who is there: opening the room says so for oneself, host and recorder for anybody, also for somebody uninvited."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue, NotFound, WrongStage
from huiyao.domain.rights import ROLES, SEATED, Deed, Standing
from huiyao.domain.stage import Stage
from huiyao.domain.values import clean_line
from huiyao.features.meetings.access import lock_meeting_for
from huiyao.features.meetings.commands import participations
from huiyao.features.meetings.models import Meeting, Participation
from huiyao.features.people.models import Person
from huiyao.features.people.reads import find_person, live_departments
from huiyao.features.sittings.commands.floor import step_down
from huiyao.features.sittings.commands.rooms import tell
from huiyao.features.sittings.models import Attendance, Presence
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id, is_uuid, uuid7

COUNTED = ROLES | SEATED
OPEN_STAGES = frozenset({Stage.IN_SESSION, Stage.RECORDED})


def arrive(meeting: Meeting, person_id: str, at: datetime) -> bool:
    """Note somebody as present, keeping the first arrival; whether that is news. In the caller's transaction."""
    row, new = Attendance.objects.get_or_create(
        meeting=meeting, person_id=person_id, defaults={"state": Presence.PRESENT, "arrived_at": at}
    )
    if not new and row.state == Presence.PRESENT:
        return False
    if not new:
        row.state, row.left_at, row.arrived_at = Presence.PRESENT, None, row.arrived_at or at
        row.save(update_fields=["state", "left_at", "arrived_at"])
    return True


@transaction.atomic
def mark_present(meeting: Meeting, *, by: Actor, at: datetime) -> None:
    """Opening the room of a running meeting makes one present, unless somebody said otherwise of them."""
    if Stage(meeting.stage) is not Stage.IN_SESSION:
        return
    counted = Participation.objects.filter(meeting=meeting, person_id=by.id, standing__in=COUNTED).exists()
    if counted and not Attendance.objects.filter(meeting=meeting, person_id=by.id).exists():
        arrive(meeting, by.id, at)
        tell(meeting.pk, "people", "shares")


def greet(meeting: Meeting, persons: Collection[str], *, at: datetime) -> None:
    """These have the record of a running meeting open and may type: whoever nothing was said of yet is present.

    Meant for each reading of the facts, so it writes only where there is something new.
    """
    known = Attendance.objects.filter(meeting=meeting, person_id__in=persons).values_list("person_id", flat=True)
    seen = {str(pk) for pk in known}
    new = [person for person in persons if person not in seen]
    if new:
        _note_present(meeting, new, at)


@transaction.atomic
def _note_present(meeting: Meeting, persons: Sequence[str], at: datetime) -> None:
    running = Meeting.objects.select_for_update().filter(pk=meeting.pk, stage=Stage.IN_SESSION)
    if list(running.values_list("pk")):
        rows = [Attendance(meeting=meeting, person_id=one, state=Presence.PRESENT, arrived_at=at) for one in persons]
        Attendance.objects.bulk_create(rows, ignore_conflicts=True)
        tell(meeting.pk, "people", "shares")


@transaction.atomic
def attend(meeting_id: Id, person_id: str, state: str, *, by: Actor, at: datetime) -> None:
    """Host or recorder says whether somebody is there: present, left or absent. Who is gone neither speaks nor waits.

    Raises:
        NotFound, NotAllowed: not the meeting's host or recorder; or the person has nothing to do with it.
        WrongStage: the meeting has not begun, or is filed.
        BadValue: no such state.
    """
    meeting = _taking(meeting_id, by)
    if state not in (Presence.PRESENT, Presence.LEFT, Presence.ABSENT):
        raise BadValue(field="state", reason="unknown")
    known = is_uuid(person_id) and Participation.objects.filter(meeting=meeting, person_id=person_id).exists()
    if not known:
        raise NotFound(person=person_id)
    names = ["people", "shares"]
    if state == Presence.PRESENT:
        arrive(meeting, person_id, at)
    else:
        if step_down([meeting.pk], person_id, at):
            names.append("turns")
        left_at = at if state == Presence.LEFT else None
        Attendance.objects.update_or_create(
            meeting=meeting, person_id=person_id, defaults={"state": state, "left_at": left_at}
        )
    audit.record("attendance", by=by, at=at, subject=person_id, context=meeting.pk, facts={"state": state})
    tell(meeting.pk, *names)


@transaction.atomic
def walk_in(
    meeting_id: Id, *, by: Actor, at: datetime, person_id: str = "", name: str = "", department_id: str = ""
) -> str:
    """Somebody not invited is there: a person of the directory, or a name (with a department) as a guest; their id.

    Raises:
        NotFound, NotAllowed: not the meeting's host or recorder.
        WrongStage: the meeting has not begun, or is filed.
        BadValue: no such person or department, or no name.
    """
    meeting = _taking(meeting_id, by)
    person = _directory(person_id) if person_id else _stranger(meeting, name, department_id)
    participations.add(meeting, person.pk, Standing.WALK_IN)
    arrive(meeting, str(person.pk), at)
    audit.record("walk_in", by=by, at=at, subject=person.pk, context=meeting.pk, facts={"name": person.name})
    tell(meeting.pk, "people", "shares")
    return str(person.pk)


def _taking(meeting_id: Id, by: Actor) -> Meeting:
    meeting = lock_meeting_for(by, meeting_id, Deed.TAKE_ATTENDANCE)
    if Stage(meeting.stage) not in OPEN_STAGES:
        raise WrongStage(state=meeting.stage, deed=str(Deed.TAKE_ATTENDANCE))
    return meeting


def _directory(person_id: str) -> Person:
    person = find_person(person_id) if is_uuid(person_id) else None
    if person is None or not person.is_active:
        raise BadValue(field="person", reason="person")
    return person


def _stranger(meeting: Meeting, name: str, department_id: str) -> Person:
    clean = clean_line("name", name, most=80)
    department = None
    if department_id:
        department = live_departments().filter(pk=department_id).first() if is_uuid(department_id) else None
        if department is None:
            raise BadValue(field="department", reason="department")
    person = Person(login=f"guest-{uuid7()}", name=clean, department=department, guest=True)
    person.language = meeting.language
    person.set_unusable_password()
    person.save()
    return person
