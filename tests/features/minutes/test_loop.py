# SPDX-License-Identifier: Apache-2.0
from datetime import UTC, datetime, timedelta

import pytest

from huiyao.domain.review import AnswerState, State
from huiyao.features.actions.models import Action
from huiyao.features.archive.models import Filing
from huiyao.features.minutes.commands import answering
from huiyao.features.minutes.models import Answer, Minutes
from huiyao.flows.close_windows import close_windows
from huiyao.flows.on_minutes_circulated import on_minutes_circulated
from huiyao.flows.on_minutes_final import on_minutes_final
from huiyao.plumbing import events
from huiyao.plumbing.models import Message
from tests.builders.minutes import ENDED, a_company, circulated

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _wired():
    from huiyao.features.minutes.events import MinutesCirculated, MinutesFinal

    before = dict(events.Handlers.known)
    events.Handlers.on(MinutesCirculated, on_minutes_circulated)
    events.Handlers.on(MinutesFinal, on_minutes_final)
    yield
    events.Handlers.known.clear()
    events.Handlers.known.update(before)


def test_minutes_go_from_draft_to_the_archive():
    company = a_company()
    circulation = circulated(company)
    assert circulation.window_ends_at == datetime(2026, 11, 25, 1, 30, tzinfo=UTC)  # 16:30 + 2 working hours
    assert Action.objects.count() == 3
    assert Message.objects.count() == 5
    answering.confirm(company.meeting.pk, by=company.actor("tech"), at=ENDED + timedelta(hours=1, minutes=10))
    assert close_windows(circulation.window_ends_at - timedelta(seconds=1)) == 0
    assert close_windows(circulation.window_ends_at) == 1
    assert Minutes.objects.get().state == State.FINAL
    said = dict(Answer.objects.filter(asked=True).values_list("person__login", "state"))
    assert said == {
        "tech": AnswerState.CONFIRMED,
        "market": AnswerState.SILENT,
        "sales": AnswerState.SILENT,
        "coordinator": AnswerState.SILENT,
    }
    filing = Filing.objects.get()
    assert filing.name == "2026-11-订单页改版协调会"
    company.meeting.refresh_from_db()
    assert company.meeting.stage == "filed"
