# SPDX-License-Identifier: Apache-2.0
"""Links that set a password: one purpose, one person, once, for a time, changing nothing when opened."""

from datetime import datetime, timedelta

import pytest

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue, NotFound
from huiyao.features.people.commands.accounts import (
    AccountLink,
    change_password,
    make_administrator,
    open_account_link,
    send_link,
    set_password_by_link,
)
from huiyao.features.people.commands.persons import deactivate_person
from huiyao.features.people.models import Person
from huiyao.plumbing.links import LinkExpired, LinkRevoked, LinkUnknown
from huiyao.plumbing.models import AuditRow, Link, Message
from tests.builders.people import PASSWORD, a_person

pytestmark = pytest.mark.django_db
BY = Actor("", "周岚")


def token_of(link: AccountLink) -> str:
    return link.address.rstrip("/").rpartition("/")[2]


def everything() -> list[object]:
    return [list(table.objects.order_by("pk").values()) for table in (Person, Link, Message, AuditRow)]


def test_the_first_link_is_an_invitation_the_next_a_new_password(at: datetime) -> None:
    person = a_person()
    first = send_link(person.pk, by=BY, at=at)
    assert (first.purpose, first.expires_at) == ("invite", at + timedelta(days=7))
    set_password_by_link(token_of(first), PASSWORD, purpose="invite", at=at)
    second = send_link(person.pk, by=BY, at=at)
    assert (second.purpose, second.expires_at) == ("password", at + timedelta(hours=24))


def test_it_sets_the_password_once(at: datetime) -> None:
    person = a_person()
    token = token_of(send_link(person.pk, by=BY, at=at))
    assert set_password_by_link(token, PASSWORD, purpose="invite", at=at) == person
    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    with pytest.raises(LinkRevoked):
        set_password_by_link(token, "another-good-one-9", purpose="invite", at=at)
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_opening_changes_nothing(at: datetime) -> None:
    token = token_of(send_link(a_person().pk, by=BY, at=at))
    before = everything()
    for _ in range(3):
        open_account_link(token, purpose="invite", at=at)
    assert everything() == before


def test_a_link_of_another_purpose_is_unknown(at: datetime) -> None:
    token = token_of(send_link(a_person().pk, by=BY, at=at))
    for purpose in ("password", "reply", ""):
        with pytest.raises(LinkUnknown):
            open_account_link(token, purpose=purpose, at=at)


def test_it_expires(at: datetime) -> None:
    token = token_of(send_link(a_person().pk, by=BY, at=at))
    with pytest.raises(LinkExpired):
        set_password_by_link(token, PASSWORD, purpose="invite", at=at + timedelta(days=7))


def test_a_newer_link_ends_the_older_one_and_its_message(at: datetime) -> None:
    person = a_person()
    older = token_of(send_link(person.pk, by=BY, at=at))
    send_link(person.pk, by=BY, at=at + timedelta(seconds=1))
    with pytest.raises(LinkRevoked):
        open_account_link(older, purpose="invite", at=at)
    assert sorted(Message.objects.values_list("state", flat=True)) == ["held", "retired"]


def test_who_left_cannot_come_in_by_an_older_link(at: datetime) -> None:
    person = a_person()
    token = token_of(send_link(person.pk, by=BY, at=at))
    deactivate_person(person.pk, by=BY, at=at)
    with pytest.raises(LinkRevoked):
        set_password_by_link(token, PASSWORD, purpose="invite", at=at)
    with pytest.raises(NotFound):
        send_link(person.pk, by=BY, at=at)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short-1", "password_too_short"),
        ("1234567890", "password_too_common"),
        ("linwei.lin", "password_too_similar"),
        ("x" * 201, "too_long"),
    ],
)
def test_a_weak_password_is_refused_and_changes_nothing(at: datetime, password: str, reason: str) -> None:
    person = a_person(login="linwei.lin")
    token = token_of(send_link(person.pk, by=BY, at=at))
    before = everything()
    with pytest.raises(BadValue) as caught:
        set_password_by_link(token, password, purpose="invite", at=at)
    assert caught.value.facts["reason"] == reason
    assert everything() == before


def test_the_token_is_stored_hashed_and_stands_only_in_the_message(at: datetime) -> None:
    token = token_of(send_link(a_person().pk, by=BY, at=at))
    assert token not in str(list(Link.objects.values())) + str(list(AuditRow.objects.values()))
    assert token in Message.objects.get().text


def test_the_message_speaks_the_persons_language(at: datetime) -> None:
    send_link(a_person("Ann", language="en").pk, by=BY, at=at)
    assert Message.objects.get().text.startswith("Hello Ann,")


def test_changing_ones_password_needs_the_old_one(at: datetime) -> None:
    person = a_person(password=PASSWORD)
    with pytest.raises(BadValue) as caught:
        change_password(person.pk, "wrong", "another-good-one-9", by=BY, at=at)
    assert caught.value.facts["reason"] == "wrong_password"
    change_password(person.pk, PASSWORD, "another-good-one-9", by=BY, at=at)
    person.refresh_from_db()
    assert person.check_password("another-good-one-9")


def test_the_console_makes_an_administrator_or_one_of_somebody_and_sends_nothing(at: datetime) -> None:
    made = make_administrator("zhou", "周岚", by=BY, at=at)
    assert Person.objects.get().administrator
    assert not Message.objects.exists()
    plain = a_person(login="lin", is_active=False)
    make_administrator("LIN", "", by=BY, at=at)
    plain.refresh_from_db()
    assert (plain.administrator, plain.is_active) == (True, True)
    assert made.address.startswith("http://")
