# SPDX-License-Identifier: Apache-2.0
"""The record as a plain page: who reads it, what stands on it, what an unchanged one costs, and adding lines to it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyao.domain.record import Kind
from huiyao.features.sittings.commands import edit_record, open_room, start
from huiyao.features.sittings.models import RecordNode
from huiyao.features.sittings.reads import record_name
from huiyao.plumbing import clock
from huiyao.room import door
from huiyao.room.edits import Add
from huiyao.web.during import live
from tests.builders.sittings import STARTS, Held, an_invited_meeting
from tests.fakes.clock import FakeClock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def standing() -> Iterator[FakeClock]:
    """A clock that shows the same minute throughout."""
    standing = FakeClock(STARTS + timedelta(minutes=3))
    before = clock.install(standing)
    yield standing
    clock.install(before)


@pytest.fixture
def held() -> Held:
    live.wire()
    held = an_invited_meeting()
    open_room(held.meeting)
    start(held.meeting.pk, by=held.actor("host"), at=STARTS)
    held.meeting.refresh_from_db()
    return held


def client_of(held: Held, who: str) -> Client:
    client = Client()
    client.force_login(held.people[who])
    return client


def page(held: Held, who: str, **more: str):
    return client_of(held, who).get(f"/meetings/{held.id}/record/", **more)


def add(held: Held, who: str, **form: str):
    values = {"topic": str(held.topics[1].pk), "kind": "note", "text": "一行", **form}
    return client_of(held, who).post(f"/meetings/{held.id}/record/add/", values)


def rows(held: Held) -> list[tuple[str, str]]:
    found = RecordNode.objects.filter(meeting=held.meeting).exclude(kind="topic").order_by("order_key", "id")
    return [(row.kind, row.text) for row in found]


def test_whoever_may_read_the_room_reads_its_record_as_a_page(held):
    topic = str(held.topics[1].pk)
    problem = edit_record(held.id, [Add(Kind.PROBLEM, topic, "口径不一致")], by=held.actor("recorder")).ids[0]
    edit_record(held.id, [Add(Kind.SOLUTION, problem, "先给草案")], by=held.actor("recorder"))
    door.settle(record_name(held.id))
    text = page(held, "informed").content.decode()
    assert "口径不一致" in text
    assert "问题 1" in text
    assert "方案 A" in text
    assert "沈青" in text
    assert 'name="text"' not in text, "who may not type is given no form"


def test_to_others_the_record_does_not_exist(held):
    assert page(held, "outside").status_code == 404
    assert Client().get(f"/meetings/{held.id}/record/").status_code == 302


def test_a_page_on_which_nothing_happened_is_not_sent_again(held):
    client = client_of(held, "seat")
    client.get(f"/meetings/{held.id}/record/")  # brings the cookie of its form
    first = client.get(f"/meetings/{held.id}/record/")
    assert first["Cache-Control"] == "private, no-cache"
    with CaptureQueriesContext(connection) as whole:
        client.get(f"/meetings/{held.id}/record/")
    with CaptureQueriesContext(connection) as spared:
        again = client.get(f"/meetings/{held.id}/record/", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(spared) < len(whole) / 2


def test_what_is_written_or_told_makes_a_new_page(held):
    client = client_of(held, "seat")
    tag = client.get(f"/meetings/{held.id}/record/")["ETag"]
    edit_record(held.id, [Add(Kind.NOTE, str(held.topics[0].pk), "新的一条")], by=held.actor("recorder"))
    door.settle(record_name(held.id))
    second = client.get(f"/meetings/{held.id}/record/", headers={"If-None-Match": tag})
    assert second.status_code == 200
    assert "新的一条" in second.content.decode()


def test_the_clock_of_the_topic_goes_on_by_the_minute(held, standing):
    client = client_of(held, "informed")
    tag = client.get(f"/meetings/{held.id}/record/")["ETag"]
    standing.advance(minutes=1)
    later = client.get(f"/meetings/{held.id}/record/", headers={"If-None-Match": tag})
    assert "4 / 5" in later.content.decode()


def test_the_page_of_one_is_not_the_page_of_another(held):
    tag = page(held, "seat")["ETag"]
    assert page(held, "informed", headers={"If-None-Match": tag}).status_code == 200


def test_each_line_becomes_an_entry_and_its_writer_is_there(held):
    answer = add(held, "seat", kind="problem", text="第一行\n\n  第二行 \n")
    assert answer.status_code == 303
    assert answer["Location"].startswith(f"/meetings/{held.id}/record/#e-")
    assert rows(held) == [("problem", "第一行"), ("problem", "第二行")]
    assert {row.by for row in RecordNode.objects.filter(kind="problem")} == {str(held.people["seat"].pk)}


def test_an_action_takes_its_owner_with_the_department_and_the_date(held):
    owner = held.people["seat"]
    add(held, "recorder", kind="action", text="发出草案", owner=str(owner.pk), due="2026-12-04")
    row = RecordNode.objects.get(kind="action")
    assert (row.person, row.department, str(row.due)) == (str(owner.pk), str(owner.department_id), "2026-12-04")


@pytest.mark.parametrize(
    "wrong",
    [
        {"text": " \n "},
        {"text": "\n".join("多" * 51)},
        {"kind": "topic"},
        {"kind": "dance"},
        {"topic": "no-such-topic"},
        {"kind": "action", "due": "someday"},
        {"kind": "action", "owner": "01a20000-0000-7000-8000-000000000000"},
        {"kind": "action", "owner": "nobody"},
    ],
)
def test_what_cannot_be_added_is_said_and_stays_in_the_form(held, wrong):
    answer = add(held, "seat", **wrong)
    assert 400 <= answer.status_code < 500
    assert 'role="alert"' in answer.content.decode()
    assert wrong.get("text", "一行").strip() in answer.content.decode()
    assert rows(held) == []


def test_nobody_adds_who_may_not_type_or_before_the_meeting(held):
    assert add(held, "informed").status_code == 403
    assert add(held, "outside").status_code == 404
    early = an_invited_meeting()
    open_room(early.meeting)
    assert add(early, "seat").status_code == 409
    assert rows(held) == rows(early) == []


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_page_is_in_the_readers_language(held, language):
    held.people["seat"].language = language
    held.people["seat"].save()
    answer = page(held, "seat")
    assert answer["Content-Language"] == language
    assert answer.status_code == 200
