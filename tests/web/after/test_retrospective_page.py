# SPDX-License-Identifier: Apache-2.0
"""The page of the two questions, and the button that prepares the next meeting."""

from datetime import timedelta

import pytest
from django.test import Client

from huiyao.features.archive.models import RetrospectiveAnswer
from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings.commands import attend, close, start
from huiyao.flows.retrospectives import close_retrospectives
from huiyao.plumbing import clock
from huiyao.project.wiring import wire
from tests.builders.sittings import Held, an_invited_meeting

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def held() -> Held:
    wire()
    made, now = an_invited_meeting(), clock.now()
    host = made.actor("host")
    start(made.id, by=host, at=now)
    attend(made.id, str(made.people["seat"].pk), "present", by=host, at=now)
    close(made.id, by=host, at=now, next_focus="看执行")
    return made


def browser(held: Held, who: str) -> Client:
    client = Client()
    client.force_login(held.people[who])
    return client


def page(held: Held, rest: str = "") -> str:
    return f"/meetings/{held.id}/retrospective/{rest}"


def test_who_was_there_answers_and_may_change_it(held: Held) -> None:
    client = browser(held, "seat")
    assert "checked" not in client.get(page(held)).content.decode()
    sent = client.post(page(held, "answer/"), {"met": "no", "improve": "议题<b>太多"})
    assert (sent.status_code, sent.headers["Location"]) == (303, page(held))
    text = client.get(page(held)).content.decode()
    assert "议题&lt;b&gt;太多" in text
    assert "checked" in text
    client.post(page(held, "answer/"), {"met": "yes", "improve": ""})
    row = RetrospectiveAnswer.objects.get()
    assert (row.met, row.improve) == ("yes", "")


def test_a_refused_answer_comes_back_as_typed_and_keeps_nothing(held: Held) -> None:
    client = browser(held, "seat")
    for fields in ({"improve": "写了很多"}, {"met": "maybe", "improve": "写了很多"}):
        answer = client.post(page(held, "answer/"), fields)
        assert answer.status_code == 422
        assert "写了很多" in answer.content.decode()
    assert not RetrospectiveAnswer.objects.exists()


def test_host_reads_names_others_the_summary_once_it_is_closed(held: Held) -> None:
    browser(held, "seat").post(page(held, "answer/"), {"met": "no", "improve": "议题太多"})
    assert "杜衡" in browser(held, "host").get(page(held)).content.decode()
    recorder = browser(held, "recorder")
    assert "议题太多" not in recorder.get(page(held)).content.decode()
    close_retrospectives(clock.now() + timedelta(days=9))
    text = recorder.get(page(held)).content.decode()
    assert "议题太多" in text
    assert "杜衡" not in text
    assert browser(held, "seat").post(page(held, "answer/"), {"met": "yes"}).status_code == 409
    for who in ("informed", "outside"):
        assert browser(held, who).get(page(held)).status_code == 404


def test_host_and_recorder_find_what_follows_on_the_minutes_page(held: Held) -> None:
    host = browser(held, "host")
    text = host.get(f"/meetings/{held.id}/minutes/").content.decode()
    assert f"/meetings/{held.id}/next/" in text
    assert page(held) in text
    recorder = browser(held, "recorder").get(f"/meetings/{held.id}/minutes/").content.decode()
    assert f"/meetings/{held.id}/next/" not in recorder
    assert page(held) in recorder


def test_the_button_prepares_the_next_meeting_once(held: Held) -> None:
    host = browser(held, "host")
    assert f"/meetings/{held.id}/next/" in host.get(f"/meetings/{held.id}/plan/").content.decode()
    first, second = (host.post(f"/meetings/{held.id}/next/") for _ in range(2))
    plan = Meeting.objects.get(continues_id=held.meeting.pk)
    assert (first.status_code, plan.objective) == (303, "看执行")
    assert first.headers["Location"] == second.headers["Location"] == f"/meetings/{plan.pk}/plan/"
    assert browser(held, "seat").post(f"/meetings/{held.id}/next/").status_code == 403
