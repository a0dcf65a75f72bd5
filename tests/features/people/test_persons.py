# SPDX-License-Identifier: Apache-2.0
"""Persons: added, changed, deactivated with everything they held, taken back."""

from datetime import datetime, timedelta

import pytest

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue, Conflict, NotFound
from huiyao.features.people.commands.persons import (
    LastAdministrator,
    add_person,
    change_person,
    deactivate_person,
    reactivate_person,
    set_language,
)
from huiyao.features.people.commands.tokens import TOKENS_MOST, make_token, person_of_token, revoke_token
from huiyao.features.people.models import ApiToken, Department, Person
from huiyao.features.people.reads import search_persons
from huiyao.plumbing import links, messages
from huiyao.plumbing.models import AuditRow, Event, Link, Message
from tests.builders.people import a_department, a_person, an_administrator

pytestmark = pytest.mark.django_db
BY = Actor("", "周岚")


def everything() -> list[object]:
    tables = (Person, Department, ApiToken, AuditRow, Event, Link, Message)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_a_new_person_is_found_by_characters_and_pinyin_and_cannot_sign_in_yet(at: datetime) -> None:
    person = add_person({"login": "zeng", "name": "曾　小贤"}, by=BY, at=at)
    assert person.name == "曾 小贤"
    assert not person.has_usable_password()
    for words in ("小贤", "zengxiaoxian", "zxx", "cengxiao", "zeng"):
        assert search_persons(words) == [person]


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("login", "", "required"),
        ("login", "two words", "login"),
        ("login", "<b>", "login"),
        ("login", "ZHOU", "taken"),
        ("name", "", "required"),
        ("name", "长" * 81, "too_long"),
        ("email", "nobody", "email"),
        ("email", "a@b\r\nBcc: c@d.example", "email"),
        ("title", "长" * 81, "too_long"),
        ("department", "x", "department"),
        ("language", "fr", "unknown"),
        ("is_active", "1", "unknown"),
        ("password", "x", "unknown"),
    ],
)
def test_a_bad_value_is_named_and_changes_nothing(at: datetime, field: str, value: str, reason: str) -> None:
    a_person(login="zhou")
    other = a_person(login="other")
    before = everything()
    with pytest.raises(BadValue) as caught:
        add_person({"login": "new", "name": "新", field: value}, by=BY, at=at)
    assert (caught.value.facts["field"], caught.value.facts["reason"]) == (field, reason)
    with pytest.raises(BadValue):
        change_person(other.pk, {field: value}, version=1, by=BY, at=at)
    assert everything() == before


def test_an_archived_department_takes_nobody(at: datetime) -> None:
    gone = a_department(archived_at=at)
    with pytest.raises(BadValue):
        add_person({"login": "new", "name": "新", "department": str(gone.pk)}, by=BY, at=at)


def test_a_new_name_is_found_by_its_own_pinyin(at: datetime) -> None:
    person = a_person("林一")
    change_person(person.pk, {"name": "单雄"}, version=1, by=BY, at=at)
    assert search_persons("shanxiong") == [person]
    assert search_persons("danxiong") == [person]


def test_unsent_messages_follow_a_new_address(at: datetime) -> None:
    person = a_person(email="old@example.com")
    to = messages.Recipient(str(person.pk), person.name, person.email)
    messages.put(key="k", kind="test", to=to, title="t", text="t", at=at)
    change_person(person.pk, {"email": "new@example.com"}, version=1, by=BY, at=at)
    assert Message.objects.get().address == "new@example.com"


def test_an_older_version_is_a_conflict_that_shows_both(at: datetime) -> None:
    person = a_person("林一")
    change_person(person.pk, {"name": "林二"}, version=1, by=BY, at=at)
    before = everything()
    with pytest.raises(Conflict) as caught:
        change_person(person.pk, {"name": "林三"}, version=1, by=BY, at=at)
    assert (caught.value.facts["yours"], caught.value.facts["theirs"]) == ("林三", "林二")
    assert everything() == before


class TestLeaving:
    def test_links_tokens_and_headed_departments_end_or_go_over_in_one_step(self, at: datetime) -> None:
        person, successor = a_person(), a_person()
        department = a_department(head=person)
        token = make_token(person.pk, "script", by=BY, at=at)
        link = links.make(purpose="reply", person_id=person.pk, subject="m", at=at, expires_at=at + timedelta(days=1))
        deactivate_person(person.pk, successor_id=successor.pk, by=BY, at=at)
        department.refresh_from_db()
        assert department.head == successor
        assert person_of_token(token, at=at) is None
        with pytest.raises(links.LinkRevoked):
            links.open_link(link, purpose="reply", at=at)
        assert Event.objects.get(name="PersonLeft").data == {
            "person_id": str(person.pk),
            "successor_id": str(successor.pk),
            "by_id": "",
            "by_name": "周岚",
        }

    def test_without_a_successor_departments_have_no_head(self, at: datetime) -> None:
        person = a_person()
        department = a_department(head=person)
        deactivate_person(person.pk, by=BY, at=at)
        department.refresh_from_db()
        assert department.head is None

    @pytest.mark.parametrize("who", ["self", "left", "guest", "nobody"])
    def test_a_successor_is_somebody_else_of_the_house(self, at: datetime, who: str) -> None:
        person = a_person()
        choices = {"self": person.pk, "left": a_person(is_active=False).pk, "guest": a_person(guest=True).pk}
        before = everything()
        with pytest.raises(BadValue) as caught:
            deactivate_person(person.pk, successor_id=choices.get(who, "x"), by=BY, at=at)
        assert caught.value.facts["field"] == "successor"
        assert everything() == before

    def test_the_last_administrator_stays(self, at: datetime) -> None:
        boss = an_administrator()
        an_administrator(is_active=False)
        before = everything()
        with pytest.raises(LastAdministrator):
            deactivate_person(boss.pk, by=BY, at=at)
        with pytest.raises(LastAdministrator):
            change_person(boss.pk, {"administrator": False}, version=1, by=BY, at=at)
        assert everything() == before

    def test_one_of_two_administrators_may_go(self, at: datetime) -> None:
        boss = an_administrator()
        an_administrator()
        assert not deactivate_person(boss.pk, by=BY, at=at).is_active

    def test_leaving_twice_is_not_there(self, at: datetime) -> None:
        person = a_person()
        deactivate_person(person.pk, by=BY, at=at)
        before = everything()
        with pytest.raises(NotFound):
            deactivate_person(person.pk, by=BY, at=at)
        assert everything() == before

    def test_somebody_who_left_may_come_back_without_what_they_held(self, at: datetime) -> None:
        person = a_person()
        token = make_token(person.pk, "script", by=BY, at=at)
        deactivate_person(person.pk, by=BY, at=at)
        assert reactivate_person(person.pk, by=BY, at=at).is_active
        assert person_of_token(token, at=at) is None
        with pytest.raises(NotFound):
            reactivate_person(person.pk, by=BY, at=at)

    def test_a_guest_is_not_of_the_directory(self, at: datetime) -> None:
        guest = a_person(guest=True)
        with pytest.raises(NotFound):
            deactivate_person(guest.pk, by=BY, at=at)


class TestTokens:
    def test_a_token_acts_as_its_person_and_is_stored_hashed(self, at: datetime) -> None:
        person = a_person()
        token = make_token(person.pk, "script", by=BY, at=at)
        assert person_of_token(token, at=at) == person
        assert token not in str(list(ApiToken.objects.values()))
        assert ApiToken.objects.get().last_used_at == at

    @pytest.mark.parametrize("wrong", ["", "huiyao_", "huiyao_guess"])
    def test_a_guess_is_nobody(self, at: datetime, wrong: str) -> None:
        make_token(a_person().pk, "script", by=BY, at=at)
        assert person_of_token(wrong, at=at) is None

    def test_a_revoked_token_is_nobody(self, at: datetime) -> None:
        person = a_person()
        token = make_token(person.pk, "script", by=BY, at=at)
        revoke_token(person.pk, ApiToken.objects.get().pk, by=BY, at=at)
        assert person_of_token(token, at=at) is None

    def test_nobody_revokes_anothers_token(self, at: datetime) -> None:
        make_token(a_person().pk, "script", by=BY, at=at)
        before = everything()
        with pytest.raises(NotFound):
            revoke_token(a_person().pk, ApiToken.objects.get().pk, by=BY, at=at)
        assert everything()[2] == before[2]

    def test_there_is_an_end_to_tokens(self, at: datetime) -> None:
        person = a_person()
        for _ in range(TOKENS_MOST):
            make_token(person.pk, "script", by=BY, at=at)
        with pytest.raises(BadValue):
            make_token(person.pk, "script", by=BY, at=at)


def test_a_language_is_one_we_speak(at: datetime) -> None:
    person = a_person()
    set_language(person.pk, "zh-hant", by=BY, at=at)
    with pytest.raises(BadValue):
        set_language(person.pk, "xx", by=BY, at=at)
    person.refresh_from_db()
    assert person.language == "zh-hant"
