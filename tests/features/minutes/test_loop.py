# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime, timedelta

import pytest

from huiyao.domain.review import AnswerState, State
from huiyao.features.actions.models import Action
from huiyao.features.archive.models import Filing
from huiyao.features.minutes.commands import answering
from huiyao.features.minutes.models import Answer, Minutes
from huiyao.features.minutes.reads import broken_versions
from huiyao.flows.close_windows import close_windows
from huiyao.plumbing.models import AuditRow, Message
from tests.builders.minutes import ENDED, a_company, circulated

pytestmark = pytest.mark.django_db(transaction=True)


def test_minutes_go_from_draft_to_the_archive():
    company = a_company()
    circulation = circulated(company)
    assert circulation.window_ends_at == datetime(2026, 11, 25, 1, 30, tzinfo=UTC)  # 16:30 + 2 working hours
    assert Action.objects.count() == 3
    assert Message.objects.filter(kind__startswith="minutes").count() == 5
    answering.confirm(company.meeting.pk, by=company.actor("tech"), at=ENDED + timedelta(hours=1, minutes=10))
    assert close_windows(circulation.window_ends_at - timedelta(seconds=1)) == 0
    assert close_windows(circulation.window_ends_at) == 1
    assert close_windows(circulation.window_ends_at) == 0
    assert Minutes.objects.get().state == State.FINAL
    said = dict(Answer.objects.filter(asked=True).values_list("person__login", "state"))
    assert said == {
        "tech": AnswerState.CONFIRMED,
        "market": AnswerState.SILENT,
        "sales": AnswerState.SILENT,
        "coordinator": AnswerState.SILENT,
    }
    assert AuditRow.objects.filter(act="minutes.no_objection").count() == 3
    assert Filing.objects.get().name == "2026-11-订单页改版协调会"
    company.meeting.refresh_from_db()
    assert company.meeting.stage == "filed"
    assert broken_versions(Minutes.objects.get()) == []


def test_approve_and_send_is_one_press_and_two_audited_acts():
    company = a_company()
    circulated(company)
    acts = AuditRow.objects.filter(actor_id=company.host.id).order_by("id").values_list("act", flat=True)
    assert list(acts) == ["minutes.approve", "minutes.circulate"]


def test_each_mail_carries_the_sentence_on_objections_the_own_actions_and_a_link_of_its_own():
    circulated(a_company(language="en"))
    by_person = {m.recipient: m.text for m in Message.objects.filter(kind__startswith="minutes")}
    assert "Please check whether you object to anything; if so, tell us within 2 hours" in by_person["许恒"]
    assert "评估清单并给出排期" in by_person["许恒"]
    assert "写出改版必做清单" not in by_person["许恒"]
    assert "Please check" not in by_person["周澜"]
    links = [line for text in by_person.values() for line in text.splitlines() if "/l/minutes/" in line]
    assert len(set(links)) == 5
