# SPDX-License-Identifier: Apache-2.0
"""Reminders of the promises real meetings make: late minutes go up, kept and moved promises fall silent."""

from datetime import date, timedelta

import pytest

from huiyao.domain.actions import ActionAct
from huiyao.features.actions.commands.following import act_on, postpone
from huiyao.features.actions.models import Action
from huiyao.features.minutes.commands import reviewing
from huiyao.features.people.models import Told
from huiyao.features.people.reads import told_in
from huiyao.flows.remind import Looked, remind, remind_each_minute
from huiyao.plumbing.models import Message, MessageState
from huiyao.project.wiring import wire
from tests.builders.minutes import ENDED, a_company, a_draft, circulated

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def wired():
    wire()


def told():
    """Who was told by which rule, in order, of what is not taken back."""
    rows = Message.objects.filter(kind="reminder").exclude(state=MessageState.RETIRED).order_by("at", "id")
    parts = told_in(row.key for row in rows)
    return [(row.recipient, key.split(":")[4]) for row in rows for key in sorted(parts.get(row.key, []))]


def hours_on(hours):
    """Every half hour after the end of the meeting at 15:30."""
    for half in range(int(hours * 2) + 1):
        remind(ENDED + timedelta(minutes=30 * half + 12))


def test_a_late_draft_is_told_to_the_recorder_then_the_host_then_the_coordinator():
    a_draft(a_company())
    hours_on(22)  # until 13:42 of the next day
    found = [one for one in told() if one[1] in {"half", "at", "above", "top"}]
    assert found == [("周澜", "half"), ("周澜", "at"), ("林乔", "above"), ("孟棠", "top")]


def test_a_draft_handed_in_takes_the_unsent_reminder_back_and_makes_no_more():
    company = a_company()
    a_draft(company)
    hours_on(1.5)
    assert told() == [("周澜", "half")]
    reviewing.submit(company.meeting.pk, by=company.recorder, at=ENDED + timedelta(hours=2))
    remind(ENDED + timedelta(hours=2, minutes=12))
    assert Message.objects.get(key__contains=":half:").state == MessageState.RETIRED
    assert not [one for one in told() if one[0] == "周澜"]


def test_a_postponed_action_reminds_before_its_new_date_only():
    company = a_company()
    circulated(company)
    action = Action.objects.get(entry="acti-1")  # due on Friday 4 December
    before = ENDED + timedelta(days=8, hours=-4)  # Wednesday 2 December, 11:30
    remind(before)
    assert ("陈墨", "first") in told()
    postpone(action.pk, date(2026, 12, 11), "等样品", by=company.actor("market"), at=before)
    remind(before + timedelta(minutes=1))
    assert ("陈墨", "first") not in told()
    remind(ENDED + timedelta(days=15, hours=-4))  # Wednesday 9 December
    assert ("陈墨", "first") in told()


def test_a_finished_action_reminds_nobody():
    company = a_company()
    circulated(company)
    action = Action.objects.get(entry="acti-1")
    act_on(action.pk, ActionAct.FINISH, by=company.actor("market"), at=ENDED + timedelta(hours=3))
    remind(ENDED + timedelta(days=8, hours=-4))
    assert not Message.objects.filter(key__contains=str(action.pk)).exists()


def test_a_round_looks_once_a_minute(monkeypatch):
    monkeypatch.setattr(Looked, "last", None)
    a_draft(a_company())
    at = ENDED + timedelta(hours=1, minutes=12)
    assert remind_each_minute(at) == 1
    Message.objects.filter(kind="reminder").delete()
    Told.objects.all().delete()
    assert remind_each_minute(at + timedelta(seconds=30)) == 0
    assert remind_each_minute(at + timedelta(minutes=1)) == 1
