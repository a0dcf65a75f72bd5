# SPDX-License-Identifier: Apache-2.0
"""The outbox page: each reader sees of a message what the rights table lets them, links only if addressed to them."""

from datetime import datetime
from uuid import UUID

import pytest
from django.test import Client

from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Meeting
from huiyao.features.people.models import Person
from huiyao.features.people.reads import recipient_of
from huiyao.plumbing import messages
from huiyao.plumbing.models import AuditRow, Message, MessageState
from tests.builders.meetings import an_office
from tests.builders.people import a_person, an_administrator, client_of

pytestmark = pytest.mark.django_db
TOKEN = "abcdefghijklmnop12345678"
TEXT = f"只给与会者看。 https://huiyao.example.com/l/reply/{TOKEN}/"


@pytest.fixture
def ann() -> Person:
    return a_person("安然", login="ann")


@pytest.fixture
def host() -> Person:
    return a_person("主持", login="host")


@pytest.fixture
def message(ann: Person, host: Person, at: datetime) -> Message:
    an_office()
    meeting = Meeting.objects.create(
        title="机密会议", organiser=host, zone="Asia/Shanghai", language="en", created_at=at
    )
    refresh(meeting)
    pk: UUID = messages.put(
        key="k", kind="invitation", to=recipient_of(ann), title="机密会议", text=TEXT, context=meeting.pk, at=at
    )
    return Message.objects.get(pk=pk)


def page(person: Person, of: str) -> str:
    return client_of(person).get(f"/outbox/?of={of}").content.decode()


def test_its_addressee_sees_everything(message: Message, ann: Person) -> None:
    shown = page(ann, "mine")
    assert TOKEN in shown
    assert "只给与会者看" in shown


def test_who_runs_the_meeting_sees_the_text_to_copy_without_the_link(message: Message, host: Person) -> None:
    shown = page(host, "meetings")
    assert "只给与会者看" in shown
    assert TOKEN not in shown
    assert "No mail server is set up" in shown


def test_an_administrator_sees_that_it_is_held_and_why_not_what_it_says(message: Message) -> None:
    shown = page(an_administrator(), "all")
    assert "安然" in shown
    assert "No mail server is set up" in shown
    for secret in ("机密会议", "只给与会者看", TOKEN):
        assert secret not in shown


def test_an_account_link_is_masked_for_the_administrator(ann: Person, at: datetime) -> None:
    messages.put(key="a", kind="account.invite", to=recipient_of(ann), title="Account", text=TEXT, at=at)
    shown = page(an_administrator(), "all")
    assert "只给与会者看" in shown
    assert TOKEN not in shown


@pytest.mark.parametrize("of", ["mine", "meetings", "all", "else", ""])
def test_a_stranger_sees_nothing_of_it(message: Message, of: str) -> None:
    shown = page(a_person(), of)
    for secret in ("安然", "机密会议", "只给与会者看", TOKEN):
        assert secret not in shown


def test_each_state_can_be_asked_for(message: Message, ann: Person) -> None:
    client = client_of(ann)
    assert "只给与会者看" in client.get("/outbox/?of=mine&state=held").content.decode()
    for state in ("sent", "failed", "waiting", "retired"):
        assert "只给与会者看" not in client.get(f"/outbox/?of=mine&state={state}").content.decode()


class TestSendingAgain:
    def again(self, person: Person, message: Message) -> int:
        return client_of(person).post(f"/outbox/{message.pk}/again/", {"back": "/outbox/?of=meetings"}).status_code

    def test_who_runs_the_meeting_and_an_administrator_may(self, message: Message, host: Person) -> None:
        Message.objects.update(state=MessageState.FAILED, error="recipient_refused 550", attempts=4)
        for person in (host, an_administrator()):
            assert self.again(person, message) == 302
        assert Message.objects.get().attempts == 0
        assert AuditRow.objects.filter(act="message.again").count() == 2

    def test_the_addressee_is_told_who_may_and_a_stranger_nothing(self, message: Message, ann: Person) -> None:
        before = Message.objects.values().get()
        assert self.again(ann, message) == 403
        assert self.again(a_person(), message) == 404
        assert Message.objects.values().get() == before

    def test_what_was_sent_is_not_sent_again(self, message: Message, host: Person) -> None:
        Message.objects.update(state=MessageState.SENT)
        assert self.again(host, message) == 409
        assert Message.objects.get().state == MessageState.SENT

    def test_looking_sends_nothing(self, message: Message, host: Person) -> None:
        assert client_of(host).get(f"/outbox/{message.pk}/again/").status_code == 405

    @pytest.mark.parametrize("unknown", ["x", "0198f0aa-0000-7000-8000-000000000001"])
    def test_an_unknown_message_is_not_there(self, unknown: str) -> None:
        assert client_of(an_administrator()).post(f"/outbox/{unknown}/again/").status_code == 404

    def test_it_never_leads_elsewhere(self, message: Message, host: Person) -> None:
        form = {"back": "https://evil.example/"}
        assert client_of(host).post(f"/outbox/{message.pk}/again/", form)["Location"] == "/outbox/"


def test_nobody_sees_it_without_signing_in() -> None:
    assert Client().get("/outbox/")["Location"].startswith("/accounts/login/")


def test_the_list_is_narrowed_by_meeting_channel_and_state(message: Message, host: Person, at: datetime) -> None:
    other = Meeting.objects.create(title="另一场", organiser=host, zone="Asia/Shanghai", language="en", created_at=at)
    refresh(other)
    for key, state in (("a", "sent"), ("b", "failed")):
        messages.put(key=key, kind="minutes", to=recipient_of(host), title=key, text="", context=other.pk, at=at)
        Message.objects.filter(key=key).update(state=state)

    def keys(**wanted: object) -> set[str]:
        context = client_of(host).get("/outbox/", {"of": "meetings", **wanted}).context
        assert dict(context["meetings"]) == {message.context: "机密会议", str(other.pk): "另一场"}
        return {row.message.key for row in context["rows"]}

    assert keys() == {"k", "a", "b"}
    assert keys(meeting=other.pk) == {"a", "b"}
    assert keys(meeting=other.pk, state="failed") == {"b"}
    assert keys(channel="mail") == {"k", "a", "b"}


def test_an_administrator_is_not_told_the_titles_of_meetings_of_others(message: Message) -> None:
    context = client_of(an_administrator()).get("/outbox/?of=all").context
    assert dict(context["meetings"]) == {}
