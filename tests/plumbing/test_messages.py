# SPDX-License-Identifier: Apache-2.0
"""The outbox: the same promises on SQLite and on PostgreSQL (the whole folder runs on both)."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from huiyao.domain.refusals import WrongStage
from huiyao.plumbing import messages
from huiyao.plumbing.messages import Recipient
from huiyao.plumbing.models import Message, MessageState
from huiyao.project.environment import MailServer

ANN = Recipient("0198-ann", "安然", "ann@example.com")
SERVER = MailServer("127.0.0.1", 2525, "", "", "plain", "huiyao@example.com")


@pytest.fixture
def mail(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server is set up and links work from everywhere."""
    monkeypatch.setattr(
        settings, "HUIYAO", replace(settings.HUIYAO, mail=SERVER, base_url="https://huiyao.example.com")
    )


def put(at: datetime, key: str = "k", **named: Any) -> Message:
    named = {"kind": "minutes", "to": ANN, "title": "纪要", "text": "正文", **named}
    return Message.objects.get(pk=messages.put(key=key, at=at, **named))


@pytest.mark.django_db
class TestPutting:
    def test_the_same_key_twice_is_one_message(self, at: datetime, mail: None) -> None:
        first = put(at, text="the first")
        second = put(at, text="the second")
        assert first.pk == second.pk
        assert Message.objects.get().text == "the first"

    def test_the_same_key_twice_does_not_break_the_callers_transaction(self, at: datetime, mail: None) -> None:
        with transaction.atomic():
            put(at)
            put(at)
            put(at, key="other")
        assert Message.objects.count() == 2

    def test_it_goes_with_the_callers_transaction(self, at: datetime, mail: None) -> None:
        with transaction.atomic():
            put(at)
            transaction.set_rollback(True)
        assert not Message.objects.exists()

    def test_it_waits_when_mail_is_set_up(self, at: datetime, mail: None) -> None:
        assert put(at).state == MessageState.WAITING

    def test_without_a_mail_server_it_is_held_with_the_reason(self, at: datetime) -> None:
        row = put(at)
        assert (row.state, row.error) == (MessageState.HELD, "no_mail_server")

    def test_with_a_loopback_address_it_is_held(self, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, mail=SERVER))
        row = put(at)
        assert (row.state, row.error) == (MessageState.HELD, "loopback_address")

    def test_with_a_loopback_address_it_goes_out_when_told_so(
        self, at: datetime, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told = replace(settings.HUIYAO, mail=SERVER, mail_from_loopback=True)
        monkeypatch.setattr(settings, "HUIYAO", told)
        assert put(at).state == MessageState.WAITING

    def test_without_an_address_it_is_held(self, at: datetime, mail: None) -> None:
        row = put(at, to=Recipient("0198-ben", "本"))
        assert (row.state, row.error) == (MessageState.HELD, "no_address")

    def test_a_title_is_one_line(self, at: datetime, mail: None) -> None:
        assert put(at, title="two\r\nBcc: lines").title == "two Bcc: lines"


@pytest.mark.django_db
class TestHoldingAndReleasing:
    def test_what_was_held_goes_out_once_mail_is_set_up(self, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
        put(at)
        base = "https://huiyao.example.com"
        monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, mail=SERVER, base_url=base))
        messages.settle(at + timedelta(days=3))
        row = Message.objects.get()
        assert (row.state, row.error) == (MessageState.WAITING, "")

    def test_what_speaks_of_the_past_stays_held(self, at: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
        put(at)
        base = "https://huiyao.example.com"
        monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, mail=SERVER, base_url=base))
        messages.settle(at + timedelta(days=15))
        assert Message.objects.get().state == MessageState.HELD

    def test_what_waits_is_held_once_mail_is_no_longer_set_up(
        self, at: datetime, mail: None, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(at)
        monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, mail=None))
        messages.settle(at)
        assert Message.objects.get().error == "no_mail_server"

    def test_a_new_address_releases_what_waited_for_one(self, at: datetime, mail: None) -> None:
        put(at, to=Recipient("0198-ben", "本"))
        assert messages.readdress("0198-ben", "ben@example.com") == 1
        row = Message.objects.get()
        assert (row.state, row.address, row.error) == (MessageState.WAITING, "ben@example.com", "")

    def test_what_lacks_an_address_is_not_released_by_setting_up_mail(self, at: datetime, mail: None) -> None:
        put(at, to=Recipient("0198-ben", "本"))
        messages.settle(at)
        assert Message.objects.get().state == MessageState.HELD


@pytest.mark.django_db
@pytest.mark.usefixtures("mail")
class TestLeasing:
    def test_a_leased_message_is_nobody_elses(self, at: datetime) -> None:
        put(at)
        assert len(messages.lease(at)) == 1
        assert messages.lease(at + timedelta(minutes=4)) == []

    def test_a_lease_that_ran_out_is_free_again(self, at: datetime) -> None:
        put(at)
        messages.lease(at)
        assert len(messages.lease(at + timedelta(minutes=5))) == 1

    def test_what_is_for_later_is_not_due(self, at: datetime) -> None:
        put(at, not_before=at + timedelta(hours=1))
        assert messages.lease(at) == []
        assert len(messages.lease(at + timedelta(hours=1))) == 1

    def test_the_longest_due_goes_first_and_no_more_than_asked(self, at: datetime) -> None:
        for n in range(5):
            put(at - timedelta(minutes=n), key=f"k{n}")
        assert [row.key for row in messages.lease(at, limit=2)] == ["k4", "k3"]

    def test_a_sent_message_is_never_leased_again(self, at: datetime) -> None:
        put(at)
        (row,) = messages.lease(at)
        messages.sent(row, at=at)
        assert messages.lease(at + timedelta(days=1)) == []

    def test_who_lost_the_lease_may_not_send(self, at: datetime) -> None:
        put(at)
        (slow,) = messages.lease(at)
        later = at + timedelta(minutes=6)
        (quick,) = messages.lease(later)
        assert not messages.renew(slow, later)
        assert messages.renew(quick, later)

    def test_a_failure_reported_late_does_not_undo_a_success(self, at: datetime) -> None:
        put(at)
        (slow,) = messages.lease(at)
        later = at + timedelta(minutes=6)
        (quick,) = messages.lease(later)
        messages.sent(quick, at=later)
        messages.failed(slow, at=later, code="timed_out")
        assert Message.objects.get().state == MessageState.SENT

    def test_a_retired_message_is_not_sent_by_who_leased_it(self, at: datetime) -> None:
        put(at)
        (row,) = messages.lease(at)
        messages.retire(key="k")
        assert not messages.renew(row, at)

    def test_a_lease_given_back_counts_no_attempt(self, at: datetime) -> None:
        put(at)
        (row,) = messages.lease(at)
        messages.give_back(row, at)
        assert Message.objects.get().attempts == 0
        assert len(messages.lease(at)) == 1


@pytest.mark.django_db
@pytest.mark.usefixtures("mail")
class TestFailing:
    def test_pauses_grow_from_seconds_to_an_hour(self, at: datetime) -> None:
        put(at)
        pauses, now = [], at
        for _ in range(7):
            (row,) = messages.lease(now)
            messages.failed(row, at=now, code="busy", detail="451 later")
            due = Message.objects.get().next_at
            pauses.append((due - now).total_seconds())
            assert messages.lease(due - timedelta(seconds=1)) == []
            now = due
        assert pauses == [5, 30, 120, 600, 1800, 3600, 3600]

    def test_a_permanent_failure_is_kept_with_its_reason_and_not_tried_again(self, at: datetime) -> None:
        put(at)
        (row,) = messages.lease(at)
        messages.failed(row, at=at, code="recipient_refused", detail="550 no such user", permanent=True)
        kept = Message.objects.get()
        assert (kept.state, kept.error) == (MessageState.FAILED, "recipient_refused 550 no such user")
        assert messages.lease(at + timedelta(days=1)) == []

    def test_it_is_given_up_in_the_end(self, at: datetime) -> None:
        put(at)
        Message.objects.update(attempts=messages.ATTEMPTS_MOST - 1)
        (row,) = messages.lease(at)
        messages.failed(row, at=at, code="busy")
        assert Message.objects.get().state == MessageState.FAILED

    def test_a_secret_in_an_answer_is_not_kept(self, at: datetime) -> None:
        put(at)
        (row,) = messages.lease(at)
        messages.failed(row, at=at, code="busy", detail="see https://x.example/l/invite/abcdefgh12345678")
        assert "abcdefgh12345678" not in Message.objects.get().error


@pytest.mark.django_db
@pytest.mark.usefixtures("mail")
class TestAfterwards:
    def test_links_are_masked_once_it_went_out(self, at: datetime) -> None:
        put(at, text="https://huiyao.example.com/l/reply/abcdefgh12345678/ today", html="/l/reply/abcdefgh12345678/")
        (row,) = messages.lease(at)
        messages.sent(row, at=at)
        kept = Message.objects.get()
        assert "abcdefgh12345678" not in kept.text + kept.html
        assert kept.text.endswith("today")

    def test_send_again_tries_a_failed_message_now(self, at: datetime) -> None:
        put(at)
        (row,) = messages.lease(at)
        messages.failed(row, at=at, code="recipient_refused", permanent=True)
        messages.send_again(row.pk, at=at)
        assert len(messages.lease(at)) == 1

    @pytest.mark.parametrize("state", [MessageState.SENT, MessageState.RETIRED])
    def test_send_again_refuses_what_is_over_and_changes_nothing(self, at: datetime, state: str) -> None:
        put(at)
        Message.objects.update(state=state)
        before = Message.objects.values().get()
        with pytest.raises(WrongStage):
            messages.send_again(before["id"], at=at)
        assert Message.objects.values().get() == before

    def test_retiring_takes_only_what_is_named_and_not_sent(self, at: datetime) -> None:
        put(at, key="a", context="m1")
        put(at, key="b", context="m2")
        put(at, key="c", context="m1")
        Message.objects.filter(key="c").update(state=MessageState.SENT)
        assert messages.retire(context="m1", kind="minutes") == 1
        assert dict(Message.objects.values_list("key", "state")) == {"a": "retired", "b": "waiting", "c": "sent"}

    def test_retiring_nothing_named_is_a_mistake(self) -> None:
        with pytest.raises(ValueError, match="what"):
            messages.retire()

    def test_counts_name_every_state(self, at: datetime) -> None:
        put(at)
        assert messages.counts() == {"waiting": 1, "sent": 0, "failed": 0, "held": 0, "retired": 0}


@pytest.fixture
def workers_connections() -> Iterator[None]:
    """Connections of the test's threads are closed by the threads themselves."""
    yield
    connection.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("mail", "workers_connections")
def test_several_workers_at_once_send_each_message_once(at: datetime) -> None:
    for n in range(60):
        put(at, key=f"k{n:02}")
    sent: list[str] = []
    lock, start = threading.Lock(), threading.Barrier(4)
    troubles: list[Exception] = []

    def work() -> None:
        try:
            start.wait(10)
            while taken := messages.lease(at, limit=3):
                for row in taken:
                    if messages.renew(row, at):
                        with lock:
                            sent.append(row.key)
                        messages.sent(row, at=at)
        except Exception as trouble:  # noqa: BLE001 told to the test below
            troubles.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert troubles == []
    assert sorted(sent) == [f"k{n:02}" for n in range(60)]
    assert Message.objects.filter(state=MessageState.SENT).count() == 60
