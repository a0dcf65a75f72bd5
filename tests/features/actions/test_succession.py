# SPDX-License-Identifier: Apache-2.0
"""Live actions of somebody who left: nobody's promise is lost, nobody has accepted what they never saw."""

from datetime import datetime, timedelta

import pytest

from huiyao.domain.actions import LIVE, ActionState
from huiyao.domain.actor import Actor
from huiyao.features.actions.commands.succession import hand_over_actions
from huiyao.features.actions.models import Action, ProgressUpdate, SupportDuty
from huiyao.features.meetings.models import Meeting
from huiyao.features.people.models import Department, Person
from huiyao.plumbing.models import AuditRow
from tests.builders.people import a_department, a_person, an_organisation

pytestmark = pytest.mark.django_db
BY = Actor("", "周岚")


def an_action(at: datetime, person: Person | None, *, department: Department | None = None, **fields: object) -> Action:
    host = fields.pop("host", None)
    meeting = Meeting.objects.create(
        organiser=a_person(), host=host, zone="Asia/Shanghai", language="en", created_at=at
    )
    defaults = {"entry": "e", "number": 1, "task": "t", "accept_due_at": at, "minutes_version": 1, "adopted_at": at}
    return Action.objects.create(meeting=meeting, person=person, department=department, **{**defaults, **fields})


@pytest.fixture(autouse=True)
def founded() -> None:
    an_organisation()


def test_the_successor_owns_it_and_has_to_accept_it_anew(at: datetime) -> None:
    leaver, successor, department = a_person(), a_person(), a_department()
    row = an_action(at, leaver, department=department, accepted_at=at, percent=40)
    assert hand_over_actions(str(leaver.pk), str(successor.pk), by=BY, at=at) == 1
    row.refresh_from_db()
    assert (row.person, row.department, row.percent) == (successor, department, 40)
    assert row.accepted_at is None
    assert row.accept_due_at == at + timedelta(days=1)
    assert ProgressUpdate.objects.get().text == successor.name
    assert AuditRow.objects.get().facts == {"from": str(leaver.pk), "to": str(successor.pk)}


def test_twice_is_once(at: datetime) -> None:
    leaver, successor = a_person(), a_person()
    an_action(at, leaver)
    hand_over_actions(str(leaver.pk), str(successor.pk), by=BY, at=at)
    assert hand_over_actions(str(leaver.pk), str(successor.pk), by=BY, at=at) == 0
    assert AuditRow.objects.count() == 1


def test_without_a_successor_the_departments_head_is_to_name_one(at: datetime) -> None:
    leaver, head = a_person(), a_person()
    row = an_action(at, leaver, department=a_department(head=head))
    hand_over_actions(str(leaver.pk), "", by=BY, at=at)
    row.refresh_from_db()
    assert (row.person, row.named_by, str(row.named_by_date)) == (None, head, "2026-11-25")


def test_where_the_head_left_too_the_host_is_to_name_one(at: datetime) -> None:
    leaver, host = a_person(), a_person()
    row = an_action(at, leaver, department=a_department(head=leaver), host=host)
    hand_over_actions(str(leaver.pk), "", by=BY, at=at)
    row.refresh_from_db()
    assert row.named_by == host


def test_who_was_to_name_an_owner_is_replaced(at: datetime) -> None:
    leaver, successor = a_person(), a_person()
    row = an_action(at, None, named_by=leaver)
    hand_over_actions(str(leaver.pk), str(successor.pk), by=BY, at=at)
    row.refresh_from_db()
    assert (row.person, row.named_by) == (None, successor)


@pytest.mark.parametrize("state", sorted(set(ActionState) - LIVE))
def test_what_is_closed_stays_as_it_was(at: datetime, state: str) -> None:
    leaver = a_person()
    row = an_action(at, leaver, state=state)
    assert hand_over_actions(str(leaver.pk), str(a_person().pk), by=BY, at=at) == 0
    row.refresh_from_db()
    assert row.person == leaver


def test_promised_support_goes_over_and_given_support_stays(at: datetime) -> None:
    leaver, successor = a_person(), a_person()
    action = an_action(at, a_person())
    promised = SupportDuty.objects.create(action=action, position=0, person=leaver, what="x")
    given = SupportDuty.objects.create(action=action, position=1, person=leaver, what="y", given_at=at)
    hand_over_actions(str(leaver.pk), str(successor.pk), by=BY, at=at)
    assert SupportDuty.objects.get(pk=promised.pk).person == successor
    assert SupportDuty.objects.get(pk=given.pk).person == leaver
