# SPDX-License-Identifier: Apache-2.0
"""Corrections within minutes of each other come as one message, which stays what its reader cannot do without."""

from datetime import datetime, timedelta

import pytest

from huiyao.domain.notices import INFORMED
from huiyao.features.minutes.commands import answering, objections
from huiyao.features.minutes.commands.objections import Correction
from huiyao.features.minutes.models import Answer, Circulation, Objection
from huiyao.features.people.commands import own_messages
from huiyao.flows.on_minutes_circulated import write_to_all
from huiyao.plumbing.models import Message
from huiyao.project.wiring import wire
from tests.builders.minutes import Company, a_company, circulated

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def company() -> Company:
    wire()
    return a_company()


def correct(company: Company, who: str, line: str, text: str, at: datetime) -> None:
    """``who`` objects to a line and the recorder takes it over."""
    answering.object_to(company.meeting.pk, line, "不对", by=company.actor(who), at=at)
    objection = Objection.objects.latest("at")
    correction = Correction(texts={line: text})
    objections.accept(company.meeting.pk, objection.pk, correction, by=company.recorder, at=at)


def test_a_message_that_asks_for_an_answer_stays_one_when_the_next_correction_asks_nothing(company: Company) -> None:
    at = circulated(company).at + timedelta(minutes=10)
    correct(company, "sales", "deci-1", "必做清单由市场部出，技术部三天内回复。", at)
    correct(company, "tech", "acti-2", "评估清单", at + timedelta(minutes=1))
    reader = company.people["coordinator"]
    newest = Answer.objects.filter(person=reader).latest("circulation__number")
    assert (newest.asked, newest.circulation.number) == (False, 3)
    message = Message.objects.exclude(state="retired").get(key=f"minutes:{newest.circulation_id}:{reader.pk}")
    assert message.kind == "minutes"
    assert "/l/unsubscribe/" not in message.text
    own_messages.choose_messages(reader.pk, digest="", muted=(INFORMED,), by=company.actor("coordinator"), at=at)
    message.refresh_from_db()
    assert message.state != "retired"


def test_a_correction_told_late_does_not_bring_older_words_back(company: Company) -> None:
    at = circulated(company).at + timedelta(minutes=10)
    correct(company, "sales", "deci-1", "必做清单由产品部出。", at)
    correct(company, "tech", "deci-1", "必做清单由运营部出。", at + timedelta(minutes=1))
    second, third = Circulation.objects.filter(number__gt=1).order_by("number")
    Message.objects.filter(key__startswith="minutes:").delete()
    write_to_all(third, at + timedelta(minutes=1))
    write_to_all(second, at)  # its handler had failed the first time
    market = str(company.people["market"].pk)
    going = Message.objects.exclude(state="retired").filter(key__startswith="minutes:", recipient_id=market)
    assert ["运营部出" in message.text for message in going] == [True]
