# SPDX-License-Identifier: Apache-2.0
from datetime import timedelta

import pytest

from huiyao.domain.minutes import Presence
from huiyao.domain.refusals import WrongStage
from huiyao.domain.review import State
from huiyao.features.minutes.commands import answering, reviewing
from huiyao.features.minutes.models import Minutes
from huiyao.features.minutes.reads import current_version, paper_in
from huiyao.features.sittings.commands import close, reopen, start
from huiyao.flows.close_windows import close_windows, remind_of_windows
from huiyao.plumbing import events
from huiyao.plumbing.models import Event, Message
from huiyao.project.wiring import wire
from tests.builders.minutes import ENDED, a_company, circulated
from tests.builders.sittings import STARTS, an_invited_meeting

pytestmark = pytest.mark.django_db(transaction=True)
END = STARTS + timedelta(minutes=50)


@pytest.fixture(autouse=True)
def wired():
    wire()


@pytest.fixture
def held():
    meeting = an_invited_meeting()
    start(meeting.id, by=meeting.actor("host"), at=STARTS)
    return meeting


def minutes_of(meeting):
    return Minutes.objects.get(meeting_id=meeting.id)


def test_closing_makes_the_draft_at_once(held):
    snapshot = close(held.id, by=held.actor("host"), at=END)
    minutes = minutes_of(held)
    paper = paper_in(current_version(minutes)).minutes
    assert (minutes.state, minutes.snapshot, minutes.snapshot_sha256) == (State.DRAFT, 1, snapshot.sha256)
    assert [t.title for t in paper.topics] == ["开场", "问题", "收尾"]
    assert paper.topics[0].lead == "主持人"
    assert {(a.name, a.presence) for a in paper.attendees} >= {("杜衡", Presence.ABSENT)}


def test_reopening_voids_the_draft_and_closing_again_makes_the_next(held):
    host = held.actor("host")
    close(held.id, by=host, at=END)
    reopen(held.id, "漏了一条", by=host, at=END + timedelta(minutes=5))
    assert minutes_of(held).voided_at is not None
    close(held.id, by=host, at=END + timedelta(minutes=9))
    assert (minutes_of(held).voided_at, minutes_of(held).snapshot) == (None, 2)


def test_a_submitted_draft_keeps_the_record_closed(held):
    close(held.id, by=held.actor("host"), at=END)
    reviewing.submit(held.id, by=held.actor("recorder"), at=END + timedelta(minutes=20))
    with pytest.raises(WrongStage):
        reopen(held.id, "太晚", by=held.actor("host"), at=END + timedelta(minutes=25))
    assert minutes_of(held).state == State.IN_REVIEW


def test_who_has_neither_opened_nor_answered_is_reminded_once_before_the_end():
    company = a_company()
    sent = circulated(company)
    soon = ENDED + timedelta(hours=1, minutes=10)
    answering.confirm(company.meeting.pk, by=company.actor("tech"), at=soon)
    answering.mark_opened(company.meeting.pk, by=company.actor("market"), at=soon)
    near = sent.window_ends_at - timedelta(minutes=20)
    assert remind_of_windows(sent.window_ends_at - timedelta(hours=3)) == 0
    assert remind_of_windows(near) == 2
    assert remind_of_windows(near) == 0
    assert set(Message.objects.filter(kind="reminder").values_list("recipient", flat=True)) == {"赵凝", "孟棠"}


def test_everything_that_follows_happens_once_however_often_events_are_handled_again():
    company = a_company()
    sent = circulated(company)
    close_windows(sent.window_ends_at)
    before = (Message.objects.count(), company.meeting.__class__.objects.count())
    Event.objects.update(done_at=None)
    events.catch_up(sent.window_ends_at + timedelta(days=1))
    assert not Event.objects.filter(done_at=None).exists()
    assert (Message.objects.count(), company.meeting.__class__.objects.count()) == before
