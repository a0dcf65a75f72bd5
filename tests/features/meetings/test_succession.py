# SPDX-License-Identifier: Apache-2.0
"""Who takes over at meetings when somebody leaves: in one step, once, and never at what is over."""

from datetime import datetime

import pytest

from huiyao.domain.actor import Actor
from huiyao.domain.rights import Standing
from huiyao.domain.stage import Stage
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.commands.succession import hand_over_all, refresh_seated
from huiyao.features.meetings.models import Meeting, Participation, Representative, Seat
from huiyao.features.people.commands.departments import change_department
from huiyao.features.people.commands.persons import deactivate_person
from huiyao.features.people.models import Person
from huiyao.plumbing.models import AuditRow
from huiyao.project.wiring import wire
from tests.builders.people import a_department, a_person, an_organisation

pytestmark = pytest.mark.django_db
BY = Actor("", "周岚")


def a_meeting(at: datetime, organiser: Person, **fields: object) -> Meeting:
    defaults = {"title": "会", "zone": "Asia/Shanghai", "language": "en", "created_at": at, "starts_at": at}
    meeting = Meeting.objects.create(organiser=organiser, **{**defaults, **fields})
    refresh(meeting)
    return meeting


def standings(meeting: Meeting, person: Person) -> set[str]:
    rows = Participation.objects.filter(meeting=meeting, person=person)
    return set(rows.values_list("standing", flat=True))


def test_roles_go_over_with_everything_they_grant(at: datetime) -> None:
    leaver, successor = a_person(), a_person()
    meeting = a_meeting(at, leaver, host=leaver, recorder=leaver, stage=Stage.RECORDED)
    assert hand_over_all(str(leaver.pk), str(successor.pk), by=BY, at=at) == 1
    meeting.refresh_from_db()
    assert (meeting.organiser, meeting.host, meeting.recorder) == (successor, successor, successor)
    assert standings(meeting, leaver) == set()
    assert standings(meeting, successor) == {Standing.ORGANISER, Standing.HOST, Standing.RECORDER}
    assert AuditRow.objects.filter(act="meeting.role", context=str(meeting.pk)).count() == 3


def test_twice_is_once(at: datetime) -> None:
    leaver, successor = a_person(), a_person()
    a_meeting(at, leaver)
    hand_over_all(str(leaver.pk), str(successor.pk), by=BY, at=at)
    rows = AuditRow.objects.count()
    assert hand_over_all(str(leaver.pk), str(successor.pk), by=BY, at=at) == 0
    assert AuditRow.objects.count() == rows


@pytest.mark.parametrize("stage", [Stage.FILED, Stage.CANCELLED])
def test_what_is_over_stays_as_it_was(at: datetime, stage: Stage) -> None:
    leaver = a_person()
    meeting = a_meeting(at, leaver, host=leaver, stage=stage)
    assert hand_over_all(str(leaver.pk), str(a_person().pk), by=BY, at=at) == 0
    meeting.refresh_from_db()
    assert meeting.host == leaver


def test_without_a_successor_roles_are_open_but_a_meeting_keeps_its_organiser(at: datetime) -> None:
    leaver = a_person()
    meeting = a_meeting(at, leaver, host=leaver)
    hand_over_all(str(leaver.pk), "", by=BY, at=at)
    meeting.refresh_from_db()
    assert (meeting.organiser, meeting.host) == (leaver, None)


@pytest.mark.parametrize("there_already", [False, True])
def test_seats_at_planned_meetings_go_over(at: datetime, there_already: bool) -> None:
    leaver, successor = a_person(), a_person()
    meeting = a_meeting(at, a_person())
    seat = Seat.objects.create(meeting=meeting, department=a_department())
    for person in [leaver, *([successor] if there_already else [])]:
        Representative.objects.create(seat=seat, person=person)
    hand_over_all(str(leaver.pk), str(successor.pk), by=BY, at=at)
    assert [row.person for row in seat.representatives.all()] == [successor]
    assert standings(meeting, successor) == {Standing.ATTENDEE}
    assert standings(meeting, leaver) == set()


def test_seats_of_a_meeting_that_was_held_keep_who_was_there(at: datetime) -> None:
    leaver = a_person()
    meeting = a_meeting(at, a_person(), stage=Stage.RECORDED)
    seat = Seat.objects.create(meeting=meeting, department=a_department())
    Representative.objects.create(seat=seat, person=leaver)
    hand_over_all(str(leaver.pk), str(a_person().pk), by=BY, at=at)
    assert [row.person for row in seat.representatives.all()] == [leaver]


def test_a_new_head_may_see_the_meetings_of_the_departments_below(at: datetime) -> None:
    top = a_department()
    below = a_department(parent=top)
    meeting = a_meeting(at, a_person())
    Seat.objects.create(meeting=meeting, department=below)
    head = a_person()
    top.head = head
    top.save()
    assert refresh_seated(str(top.pk)) == 1
    assert standings(meeting, head) == {Standing.HEAD}


@pytest.mark.django_db(transaction=True)
def test_one_act_of_the_administrator_does_all_of_it(at: datetime) -> None:
    wire()
    an_organisation()
    leaver, successor = a_person(), a_person()
    department = a_department(head=leaver)
    meeting = a_meeting(at, a_person(), host=leaver)
    Seat.objects.create(meeting=meeting, department=department)
    refresh(meeting)
    deactivate_person(leaver.pk, successor_id=successor.pk, by=BY, at=at)
    meeting.refresh_from_db()
    assert meeting.host == successor
    assert standings(meeting, successor) == {Standing.HOST, Standing.HEAD}
    department.refresh_from_db()
    told = {"name": department.name, "parent_id": "", "head_id": "", "version": department.version}
    change_department(department.pk, **told, by=BY, at=at)
    assert standings(meeting, successor) == {Standing.HOST}
