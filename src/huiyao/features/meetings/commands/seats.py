# SPDX-License-Identifier: Apache-2.0
"""Seats: which departments must or may come, and who may speak for them (R9-R11)."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from huiyao.domain.actor import Actor
from huiyao.domain.editing import FieldWrite, accept, choice
from huiyao.domain.refusals import BadValue, NotFound
from huiyao.features.meetings.access import get_plan_for
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Meeting, Need, Representative, Seat
from huiyao.features.people.models import Person
from huiyao.features.people.reads import find_person, live_departments
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id, is_uuid


@transaction.atomic
def add_seat(meeting_id: Id, department_id: Id, *, by: Actor, at: datetime, need: str = Need.REQUIRED) -> Seat:
    """A place for a department at the end of the list.

    Raises:
        NotFound, NotAllowed, WrongStage: the plan cannot be changed.
        BadValue: no such department, it has a seat already (``taken``), or an unknown need.
    """
    meeting = get_plan_for(by, meeting_id)
    departments = live_departments()
    department = departments.filter(pk=department_id).first() if is_uuid(str(department_id)) else None
    if department is None:
        raise BadValue(field="department", reason="department")
    if meeting.seats.filter(department=department).exists():
        raise BadValue(field="department", reason="taken")
    last = meeting.seats.aggregate(last=Max("position"))["last"]
    seat = Seat.objects.create(
        meeting=meeting,
        department=department,
        need=choice("need", need, Need.values),
        position=0 if last is None else last + 1,
    )
    _keep(meeting, "seat.add", {"department": department.name, "need": seat.need}, by=by, at=at)
    return seat


@transaction.atomic
def set_need(meeting_id: Id, seat_id: Id, write: FieldWrite, *, by: Actor, at: datetime) -> Seat:
    """Change how much a department is needed; ``write.field`` is ``need``.

    Raises:
        NotFound, NotAllowed, WrongStage: the seat cannot be changed.
        Conflict: somebody else changed it in between.
        BadValue: an unknown need.
    """
    meeting = get_plan_for(by, meeting_id)
    seat = _seat(meeting, seat_id)
    accept(write, present=seat.need, version=seat.version)
    need = choice("need", write.value, Need.values)
    if need == seat.need:
        return seat
    before, seat.need = seat.need, need
    seat.version += 1
    seat.save(update_fields=["need", "version"])
    _keep(meeting, "seat.need", {"department": seat.department.name, "from": before, "to": need}, by=by, at=at)
    return seat


@transaction.atomic
def remove_seat(meeting_id: Id, seat_id: Id, *, by: Actor, at: datetime) -> None:
    """Take a department's seat away, with whoever was to fill it; the audit trail keeps their names.

    Raises:
        NotFound, NotAllowed, WrongStage: the seat cannot be taken away.
    """
    meeting = get_plan_for(by, meeting_id)
    seat = _seat(meeting, seat_id)
    names = [row.person.name for row in seat.representatives.select_related("person")]
    facts = {"department": seat.department.name, "representatives": names}
    seat.delete()
    _keep(meeting, "seat.remove", facts, by=by, at=at)


@transaction.atomic
def add_representative(meeting_id: Id, seat_id: Id, person_id: Id, *, by: Actor, at: datetime) -> Person:
    """Name somebody who may fill the seat; naming them twice changes nothing.

    Raises:
        NotFound, NotAllowed, WrongStage: the seat cannot be changed.
        BadValue: no such person, they have left, or are a guest.
    """
    meeting = get_plan_for(by, meeting_id)
    seat = _seat(meeting, seat_id)
    person = find_person(person_id) if is_uuid(str(person_id)) else None
    if person is None or not person.is_active or person.guest:
        raise BadValue(field="person", reason="person")
    if seat.representatives.filter(person=person).exists():
        return person
    Representative.objects.create(seat=seat, person=person, position=seat.representatives.count())
    _keep(meeting, "seat.name", {"department": seat.department.name, "person": person.name}, by=by, at=at)
    return person


@transaction.atomic
def remove_representative(meeting_id: Id, seat_id: Id, person_id: Id, *, by: Actor, at: datetime) -> None:
    """Take somebody off the seat.

    Raises:
        NotFound, NotAllowed, WrongStage: the seat cannot be changed, or the person is not on it.
    """
    meeting = get_plan_for(by, meeting_id)
    seat = _seat(meeting, seat_id)
    rows = seat.representatives.select_related("person")
    row = rows.filter(person_id=person_id).first() if is_uuid(str(person_id)) else None
    if row is None:
        raise NotFound
    row.delete()
    _keep(meeting, "seat.unname", {"department": seat.department.name, "person": row.person.name}, by=by, at=at)


def _seat(meeting: Meeting, seat_id: Id) -> Seat:
    rows = Seat.objects.select_for_update(of=("self",)).select_related("department")
    seat = rows.filter(meeting=meeting, pk=seat_id).first() if is_uuid(str(seat_id)) else None
    if seat is None:
        raise NotFound
    return seat


def _keep(meeting: Meeting, act: str, facts: Mapping[str, object], *, by: Actor, at: datetime) -> None:
    refresh(meeting)
    audit.record(act, by=by, at=at, subject=meeting.pk, context=meeting.pk, facts=facts)
