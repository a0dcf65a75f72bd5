# SPDX-License-Identifier: Apache-2.0
"""Signing in and out, lock-out, setting a password by link, one's own profile."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client

from huiyao.domain.actor import Actor
from huiyao.features.people.commands.accounts import send_link
from huiyao.features.people.commands.persons import deactivate_person
from huiyao.features.people.models import ApiToken, Person
from huiyao.plumbing import clock
from huiyao.plumbing.models import AuditRow, Link, Message
from tests.builders.people import PASSWORD, a_person, an_organisation, client_of

pytestmark = pytest.mark.django_db
BY = Actor("", "周岚")


@pytest.fixture(autouse=True)
def founded() -> Iterator[None]:
    """An organisation, and nobody's wrong tries from another test."""
    cache.clear()
    an_organisation()
    yield
    cache.clear()


def sign_in(client: Client, login: str, password: str = PASSWORD, **more: str) -> int:
    response = client.post("/accounts/login/", {"login": login, "password": password, **more})
    return response.status_code


def is_signed_in(client: Client) -> bool:
    return client.get("/profile/").status_code == 200


class TestSigningIn:
    def test_by_login_name_in_any_case(self) -> None:
        person, client = a_person(login="Lin", password=PASSWORD), Client()
        assert sign_in(client, "lin") == 302
        assert is_signed_in(client)
        assert AuditRow.objects.get(act="account.signed_in").actor_id == str(person.pk)

    def test_the_page_one_wanted_comes_next(self) -> None:
        a_person(login="lin", password=PASSWORD)
        client = Client()
        assert "next=/profile/" in client.get("/profile/")["Location"]
        page = client.get("/accounts/login/?next=/profile/").content.decode()
        assert 'name="next" value="/profile/"' in page
        response = client.post("/accounts/login/", {"login": "lin", "password": PASSWORD, "next": "/profile/"})
        assert response["Location"] == "/profile/"

    def test_a_page_elsewhere_never_comes_next(self) -> None:
        a_person(login="lin", password=PASSWORD)
        form = {"login": "lin", "password": PASSWORD, "next": "https://evil.example/"}
        assert Client().post("/accounts/login/", form)["Location"] == "/"

    @pytest.mark.parametrize(("login", "password"), [("lin", "wrong"), ("nobody", PASSWORD), ("", ""), ("lin", "")])
    def test_a_wrong_pair_is_refused_alike(self, login: str, password: str) -> None:
        a_person(login="lin", password=PASSWORD)
        client = Client()
        assert sign_in(client, login, password) == 422
        assert not is_signed_in(client)

    def test_a_person_without_password_a_guest_and_one_who_left_stay_outside(self) -> None:
        a_person(login="new")
        a_person(login="guest", guest=True)
        a_person(login="left", password=PASSWORD, is_active=False)
        for login in ("new", "guest", "left"):
            client = Client()
            sign_in(client, login, PASSWORD)
            assert not is_signed_in(client)

    def test_the_page_says_nothing_of_who_exists(self) -> None:
        a_person(login="somebody77", password=PASSWORD)
        pages = []
        for login in ("somebody77", "nobody7777"):
            page = Client().post("/accounts/login/", {"login": login, "password": "wrong"}).content.decode()
            pages.append(re.sub(r"[A-Za-z0-9]{64}", "token", page).replace(login, "typed"))
        assert pages[0] == pages[1]

    def test_who_is_deactivated_is_out_at_the_next_page(self) -> None:
        person = a_person()
        client = client_of(person)
        assert is_signed_in(client)
        deactivate_person(person.pk, by=BY, at=clock.now())
        assert not is_signed_in(client)

    def test_there_is_no_sign_up(self) -> None:
        for address in ("/accounts/signup/", "/accounts/password/reset/", "/accounts/email/"):
            assert Client().get(address).status_code == 404

    def test_signing_out_needs_a_post(self) -> None:
        client = client_of(a_person())
        assert client.get("/accounts/logout/").status_code == 200
        assert is_signed_in(client)
        client.post("/accounts/logout/")
        assert not is_signed_in(client)

    def test_a_form_without_its_token_is_refused(self) -> None:
        a_person(login="lin", password=PASSWORD)
        client = Client(enforce_csrf_checks=True)
        assert sign_in(client, "lin") == 403
        assert not is_signed_in(client)


class TestLockOut:
    def test_five_wrong_tries_lock_the_login_name_and_say_what_to_do(self) -> None:
        a_person(login="lin", password=PASSWORD)
        for _ in range(5):
            assert sign_in(Client(), "lin", "wrong") == 422
        response = Client().post("/accounts/login/", {"login": "lin", "password": PASSWORD}, HTTP_ACCEPT_LANGUAGE="en")
        assert response.status_code == 429
        assert "administrator" in response.content.decode()
        assert not is_signed_in(response.client)
        assert AuditRow.objects.filter(act="account.sign_in_failed").count() == 5

    def test_another_login_name_is_not_locked(self) -> None:
        a_person(login="lin", password=PASSWORD)
        a_person(login="he", password=PASSWORD)
        for _ in range(6):
            sign_in(Client(), "lin", "wrong")
        assert sign_in(Client(), "he") == 302

    def test_what_was_typed_for_an_unknown_name_is_not_kept(self) -> None:
        sign_in(Client(), "my-secret-password", "x")
        assert "my-secret-password" not in str(list(AuditRow.objects.values()))


class TestByLink:
    def link(self, person: Person) -> str:
        address = send_link(person.pk, by=BY, at=clock.now()).address
        return address[address.index("/l/") :]

    def test_opening_it_changes_nothing_and_tells_nobody_where_it_was(self) -> None:
        person = a_person()
        address = self.link(person)
        before = [list(table.objects.order_by("pk").values()) for table in (Person, Link, Message, AuditRow)]
        for method in ("get", "head"):
            response = getattr(Client(), method)(address)
            assert response.status_code == 200
            assert response["Referrer-Policy"] == "no-referrer"
            assert "no-store" in response["Cache-Control"]
        assert [list(table.objects.order_by("pk").values()) for table in (Person, Link, Message, AuditRow)] == before

    def test_posting_sets_the_password_and_signs_in(self) -> None:
        person = a_person()
        client = Client()
        response = client.post(self.link(person), {"password": PASSWORD, "again": PASSWORD})
        assert response.status_code == 302
        assert is_signed_in(client)
        assert sign_in(Client(), person.login) == 302

    def test_used_revoked_expired_and_guessed_links_are_told_apart_politely(self) -> None:
        person = a_person()
        address = self.link(person)
        Client().post(address, {"password": PASSWORD, "again": PASSWORD})
        assert Client().get(address).status_code == 410
        fresh = self.link(person)
        Link.objects.filter(revoked_at=None).update(expires_at=clock.now() - timedelta(seconds=1))
        assert Client().get(fresh).status_code == 410
        assert Client().get("/l/invite/guessguessguessguess/").status_code == 404
        assert Client().post("/l/invite/guessguessguessguess/", {"password": PASSWORD}).status_code == 404

    def test_a_link_for_one_purpose_opens_no_other_page(self) -> None:
        address = self.link(a_person())
        assert Client().get(address.replace("/invite/", "/password/")).status_code == 404

    @pytest.mark.parametrize(
        "form", [{"password": "short", "again": "short"}, {"password": PASSWORD, "again": "x"}, {}]
    )
    def test_a_weak_or_mistyped_password_is_refused_and_the_link_still_works(self, form: dict[str, str]) -> None:
        person = a_person()
        address = self.link(person)
        assert Client().post(address, form).status_code == 422
        person.refresh_from_db()
        assert not person.has_usable_password()
        assert Client().get(address).status_code == 200


class TestProfile:
    def test_a_language_is_kept_and_used(self) -> None:
        person = a_person(language="")
        client = client_of(person)
        client.post("/profile/language/", {"language": "en"})
        assert 'lang="en"' in client.get("/profile/").content.decode()
        assert client.post("/profile/language/", {"language": "xx"}).status_code == 422

    def test_a_password_is_changed_and_other_devices_are_out(self) -> None:
        person = a_person(password=PASSWORD)
        client, other = client_of(person), client_of(person)
        form = {"old": PASSWORD, "password": "another-good-one-9"}
        assert client.post("/profile/password/", form).status_code == 302
        assert is_signed_in(client)
        assert not is_signed_in(other)

    @pytest.mark.parametrize("form", [{"old": "wrong", "password": "another-good-one-9"}, {"old": PASSWORD}, {}])
    def test_a_refused_change_leaves_the_password(self, form: dict[str, str]) -> None:
        person = a_person(password=PASSWORD)
        assert client_of(person).post("/profile/password/", form).status_code == 422
        person.refresh_from_db()
        assert person.check_password(PASSWORD)

    def test_a_token_is_shown_once(self) -> None:
        client = client_of(a_person())
        page = client.post("/profile/tokens/", {"name": "script"}).content.decode()
        token = re.search(r'value="(huiyao_[^"]+)"', page)
        assert token is not None
        assert token[1] not in client.get("/profile/").content.decode()
        assert client.post("/profile/tokens/", {"name": ""}).status_code == 422
        client.post(f"/profile/tokens/{ApiToken.objects.get().pk}/revoke/")
        assert ApiToken.objects.get().revoked_at is not None

    def test_anothers_token_is_not_there(self) -> None:
        client_of(a_person()).post("/profile/tokens/", {"name": "script"})
        row = ApiToken.objects.get()
        assert client_of(a_person()).post(f"/profile/tokens/{row.pk}/revoke/").status_code == 404
        assert ApiToken.objects.get().revoked_at is None
