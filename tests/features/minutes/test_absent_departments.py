# SPDX-License-Identifier: Apache-2.0
"""I7: a department nobody of which was there confirms, or objects to, the decisions and actions that concern it."""

from datetime import timedelta

import pytest

from huiyao.domain.refusals import NotAllowed
from huiyao.domain.review import AnswerState
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.minutes.commands import answering, closing, objections
from huiyao.features.minutes.commands.objections import Correction
from huiyao.features.minutes.models import Answer
from huiyao.features.sittings.models import Attendance, Presence
from huiyao.plumbing.models import AuditRow, Message
from tests.builders.minutes import ENDED, a_company, circulated

pytestmark = pytest.mark.django_db(transaction=True)
LATER = ENDED + timedelta(hours=1, minutes=5)


def held(company, *there):
    """The meeting, with these people seen at it."""
    for name in there:
        Attendance.objects.create(meeting=company.meeting, person=company.people[name], state=Presence.PRESENT)
    return circulated(company)


def answers(circulation):
    return {a.person.login: a for a in Answer.objects.filter(circulation=circulation).select_related("person")}


def test_who_represents_an_absent_department_is_asked_about_its_lines_first():
    company = a_company()
    asked = answers(held(company, "product", "ops", "market"))
    assert asked["tech"].lines == ["deci-1", "acti-2"]
    assert asked["tech"].absent == ["技术部"]
    assert asked["sales"].lines == ["acti-3"]  # named to find an owner
    assert asked["market"].lines == []  # was there
    mail = Message.objects.get(recipient="许恒", kind="minutes").text
    assert mail.index("技术部") < mail.index("- 评估清单并给出排期") < mail.index("/l/minutes/")
    assert "写出改版必做清单" not in mail


def test_a_colleague_of_the_department_who_was_there_is_enough():
    company = a_company()
    company.people["stranger"].department = company.departments["tech"]
    company.people["stranger"].save()
    assert answers(held(company, "product", "ops", "market", "sales", "stranger"))["tech"].lines == []


def test_without_attendance_nobody_counts_as_absent():
    assert {tuple(a.lines) for a in Answer.objects.filter(circulation=circulated(a_company()))} == {()}


def test_the_head_answers_where_no_representative_is_left():
    company = a_company()
    head = company.people["stranger"]
    company.departments["tech"].head = head
    company.departments["tech"].save()
    company.people["tech"].is_active = False
    company.people["tech"].save()
    refresh(company.meeting)
    sent = held(company, "product", "ops", "market", "sales")
    assert answers(sent)["stranger"].lines == ["deci-1", "acti-2"]
    assert answering.confirm(company.meeting.pk, by=company.actor("stranger"), at=LATER) == 1


def test_a_head_who_is_not_asked_cannot_answer(unchanged):
    company = a_company()
    company.departments["tech"].head = company.people["stranger"]
    company.departments["tech"].save()
    refresh(company.meeting)
    held(company, "product", "ops", "market", "sales", "tech")
    before = unchanged()
    with pytest.raises(NotAllowed):
        answering.confirm(company.meeting.pk, by=company.actor("stranger"), at=LATER)
    assert unchanged() == before


def test_silence_stays_silence():
    company = a_company()
    sent = held(company, "product", "ops", "market", "sales")
    closing.close_window(company.meeting.pk, at=sent.window_ends_at)
    assert answers(sent)["tech"].state == AnswerState.SILENT
    told = dict(AuditRow.objects.filter(act__startswith="minutes.no").values_list("facts__name", "act"))
    assert told == {
        "孟棠": "minutes.no_objection",
        "陈墨": "minutes.no_objection",
        "赵凝": "minutes.no_objection",
        "许恒": "minutes.not_confirmed",
    }


def test_a_correction_asks_an_absent_department_only_about_its_lines_that_changed():
    company = a_company()
    held(company, "product", "ops", "market")
    objection = answering.object_to(company.meeting.pk, "acti-1", "任务写错", by=company.actor("market"), at=LATER)
    again = objections.accept(
        company.meeting.pk, objection.pk, Correction({"acti-1": "写出必做清单"}), by=company.recorder, at=LATER
    )
    assert not answers(again)["tech"].asked
    second = answering.object_to(company.meeting.pk, "acti-2", "期限", by=company.actor("market"), at=LATER)
    again = objections.accept(
        company.meeting.pk, second.pk, Correction({"acti-2": "评估清单"}), by=company.recorder, at=LATER
    )
    assert (answers(again)["tech"].asked, answers(again)["tech"].lines) == (True, ["acti-2"])
    assert not answers(again)["sales"].asked
