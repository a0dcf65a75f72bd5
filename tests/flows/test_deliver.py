# SPDX-License-Identifier: Apache-2.0
"""A round of delivery against a real mail server: what was put arrives once, what cannot is kept with its reason."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.conf import settings

from huiyao.flows.deliver import deliver
from huiyao.plumbing import files, messages
from huiyao.plumbing.messages import Attachment, Recipient
from huiyao.plumbing.models import Message, MessageState
from huiyao.project.environment import MailServer
from tests.builders.people import an_organisation
from tests.fakes.mail_server import Behaviour, mail_server
from tests.servers import free_port

pytestmark = pytest.mark.django_db


def set_up(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    server = MailServer("127.0.0.1", port, "", "", "plain", "huiyao@example.com")
    told = replace(settings.HUIYAO, mail=server, base_url="https://huiyao.example.com")
    monkeypatch.setattr(settings, "HUIYAO", told)


def put(at: datetime, name: str, **named: object) -> Message:
    to = Recipient(name, name, f"{name}@example.com")
    pk = messages.put(key=name, kind="test", to=to, title="题", text=f"to {name}", at=at, **named)
    return Message.objects.get(pk=pk)


@pytest.fixture
def behaviour() -> Behaviour:
    return Behaviour()


@pytest.fixture(autouse=True)
def served(behaviour: Behaviour, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with mail_server(behaviour) as port:
        set_up(monkeypatch, port)
        yield


def test_what_waits_arrives_once_in_the_organisations_name(at: datetime, behaviour: Behaviour) -> None:
    an_organisation(name="云杉制造")
    put(at, "ann")
    put(at, "ben")
    assert deliver(at) == 2
    assert deliver(at) == 0
    assert sorted(behaviour.recipients) == ["ann@example.com", "ben@example.com"]
    assert behaviour.letters[0]["From"].addresses[0].display_name == "云杉制造"
    assert behaviour.connections == 1
    assert set(Message.objects.values_list("state", flat=True)) == {"sent"}


def test_a_stored_file_travels_along(at: datetime, behaviour: Behaviour) -> None:
    stored = files.store(BytesIO(b"%PDF-1.7 paper"), at=at)
    put(at, "ann", attachments=[Attachment("纪要.pdf", stored.sha256, "application/pdf")])
    deliver(at)
    part = list(behaviour.letters[0].iter_attachments())[-1]
    assert (part.get_filename(), part.get_payload(decode=True)) == ("纪要.pdf", b"%PDF-1.7 paper")


def test_a_missing_file_fails_that_message_only(at: datetime, behaviour: Behaviour) -> None:
    put(at, "ann", attachments=[Attachment("gone.pdf", "ab" * 32, "application/pdf")])
    put(at, "ben")
    deliver(at)
    assert behaviour.recipients == ["ben@example.com"]
    gone = Message.objects.get(key="ann")
    assert (gone.state, gone.error.split()[0]) == (MessageState.FAILED, "file_missing")


def test_a_refused_recipient_fails_and_the_others_arrive(at: datetime, behaviour: Behaviour) -> None:
    put(at, "ann", not_before=at - timedelta(minutes=1))
    behaviour.refuse_recipient = "550 5.1.1 no such user"
    deliver(at)
    behaviour.refuse_recipient = ""
    put(at, "ben")
    deliver(at + timedelta(minutes=1))
    assert dict(Message.objects.values_list("key", "state")) == {"ann": "failed", "ben": "sent"}
    assert Message.objects.get(key="ann").error == "recipient_refused 550 5.1.1 no such user"


def test_greylisting_is_waited_out(at: datetime, behaviour: Behaviour) -> None:
    behaviour.greylist = True
    put(at, "ann")
    deliver(at)
    assert Message.objects.get().state == MessageState.WAITING
    deliver(at + timedelta(seconds=5))
    assert Message.objects.get().state == MessageState.SENT
    assert len(behaviour.letters) == 1


def test_a_server_in_trouble_is_asked_once_a_round_and_nothing_is_lost(
    at: datetime, behaviour: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("ann", "ben", "cai"):
        put(at, name)
    with mail_server(behaviour) as port:
        alive = port
        set_up(monkeypatch, free_port())
        deliver(at)
        rows = Message.objects.values_list("state", "error")
        assert {(state, error.split()[0]) for state, error in rows} == {("waiting", "connection_refused")}
        set_up(monkeypatch, alive)
        deliver(at + timedelta(hours=1))
    assert len(behaviour.letters) == 3


def test_without_a_mail_server_nothing_is_tried_and_everything_is_held(
    at: datetime, behaviour: Behaviour, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(at, "ann")
    monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, mail=None))
    assert deliver(at) == 0
    assert Message.objects.get().state == MessageState.HELD
    assert behaviour.connections == 0
