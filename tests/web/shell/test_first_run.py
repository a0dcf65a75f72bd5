# SPDX-License-Identifier: Apache-2.0
"""The first run: whoever sits at the machine, or can read its console, founds the organisation; nobody else."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client

from huiyao.features.organisation.models import Organisation
from huiyao.features.people.models import Person
from huiyao.flows.first_run import setup_code
from huiyao.flows.leave_demo import demo_was_left
from huiyao.plumbing.models import AuditRow
from huiyao.web.shell.first_run import Demo
from tests.builders.people import PASSWORD, a_person, an_administrator, an_organisation, client_of

pytestmark = pytest.mark.django_db
FORM = {
    "organisation": "云杉制造",
    "zone": "Asia/Shanghai",
    "language": "zh-hans",
    "opens1": "09:00",
    "closes1": "12:00",
    "opens2": "13:30",
    "closes2": "18:00",
    "name": "周岚",
    "login": "zhou",
    "email": "",
    "password": PASSWORD,
}
HERE = {"HTTP_HOST": "localhost:8000"}
ELSEWHERE: tuple[dict[str, str], ...] = (
    {"HTTP_HOST": "localhost", "REMOTE_ADDR": "198.51.100.7"},
    {"HTTP_HOST": "rebound.example.com"},
    {"HTTP_HOST": "localhost", "HTTP_X_FORWARDED_FOR": "198.51.100.7"},
    {"HTTP_HOST": "localhost", "HTTP_FORWARDED": "for=198.51.100.7"},
    {"HTTP_HOST": "localhost", "HTTP_X_REAL_IP": "198.51.100.7"},
)


def nobody_and_nothing() -> bool:
    return not (Person.objects.exists() or Organisation.objects.exists() or AuditRow.objects.exists())


def test_a_fresh_installation_leads_to_the_first_run() -> None:
    response = Client(**HERE).get("/")
    assert (response.status_code, response["Location"]) == (302, "/first-run/")


def test_from_the_machine_itself_it_takes_one_page() -> None:
    client = Client(**HERE)
    assert "Set-up code" not in client.get("/first-run/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    response = client.post("/first-run/", FORM)
    assert (response.status_code, response["Location"]) == (302, "/welcome/")
    person = Person.objects.get()
    assert (person.administrator, person.check_password(PASSWORD)) == (True, True)
    assert Organisation.objects.get().hours == [["09:00", "12:00"], ["13:30", "18:00"]]
    assert client.get("/welcome/").status_code == 200


@pytest.mark.parametrize("where", ELSEWHERE)
def test_from_elsewhere_without_the_code_nothing_is_founded(where: dict[str, str]) -> None:
    client = Client(**where)
    for code in ("", "AAAA-AAAA-AAAA", setup_code()[:-1]):
        assert client.post("/first-run/", {**FORM, "code": code}).status_code == 422
    assert nobody_and_nothing()


@pytest.mark.parametrize("where", ELSEWHERE)
def test_from_elsewhere_the_code_of_the_console_founds(where: dict[str, str]) -> None:
    client = Client(**where)
    assert "Set-up code" in client.get("/first-run/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    typed = setup_code().lower().replace("-", " ")
    assert client.post("/first-run/", {**FORM, "code": typed}).status_code == 302
    assert Organisation.objects.exists()


def test_the_page_never_shows_the_code() -> None:
    assert setup_code() not in Client(**ELSEWHERE[0]).get("/first-run/").content.decode()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("organisation", ""),
        ("zone", "Mars/Olympus"),
        ("language", "xx"),
        ("closes1", "08:00"),
        ("opens2", "11:00"),
        ("login", ""),
        ("login", "two words"),
        ("name", ""),
        ("email", "nobody"),
        ("password", "short"),
        ("password", ""),
    ],
)
def test_a_bad_value_is_shown_with_what_was_typed_and_founds_nothing(field: str, value: str) -> None:
    response = Client(**HERE).post("/first-run/", {**FORM, field: value})
    page = response.content.decode()
    assert response.status_code == 422
    assert 'aria-invalid="true"' in page or 'class="error"' in page
    assert PASSWORD not in page
    assert nobody_and_nothing()


def test_once_founded_it_is_gone_for_good() -> None:
    an_organisation()
    client = Client(**HERE)
    assert client.get("/first-run/")["Location"] == "/"
    assert client.post("/first-run/", {**FORM, "name": "另一个"})["Location"] == "/"
    assert not Person.objects.exists()


class TestDemo:
    def test_it_is_loaded_at_the_machine_only(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loaded: list[object] = []
        monkeypatch.setattr(Demo, "load", staticmethod(loaded.append))
        for where in ELSEWHERE:
            assert Client(**where).post("/first-run/demo/").status_code == 404
        assert Client(**HERE).post("/first-run/demo/").status_code == 302
        assert len(loaded) == 1

    def test_a_server_others_can_reach_has_none(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(Demo, "load", staticmethod(lambda at: None))
        monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, host="0.0.0.0"))
        assert Client(**HERE).post("/first-run/demo/").status_code == 404

    def test_it_is_not_loaded_over_an_organisation(self, monkeypatch: pytest.MonkeyPatch) -> None:
        loaded: list[object] = []
        monkeypatch.setattr(Demo, "load", staticmethod(loaded.append))
        an_organisation()
        Client(**HERE).post("/first-run/demo/")
        assert loaded == []


@pytest.mark.django_db(transaction=True)
class TestLeavingTheDemo:
    def test_it_erases_everything_and_leads_to_the_first_run(self) -> None:
        an_organisation(demo=True)
        client = client_of(an_administrator())
        response = client.post("/settings/demo/leave/", {"understood": "yes"})
        assert response["Location"] == "/first-run/"
        assert not Organisation.objects.exists()
        assert not Person.objects.exists()
        assert demo_was_left()
        assert client.get("/first-run/").status_code == 200

    def test_not_without_ticking_the_box(self) -> None:
        an_organisation(demo=True)
        client_of(an_administrator()).post("/settings/demo/leave/")
        assert Organisation.objects.exists()

    def test_a_real_organisation_cannot_be_left(self) -> None:
        an_organisation()
        boss = an_administrator()
        assert client_of(boss).post("/settings/demo/leave/", {"understood": "yes"}).status_code == 404
        assert Organisation.objects.exists()

    def test_only_an_administrator_may(self) -> None:
        an_organisation(demo=True)
        assert client_of(a_person()).post("/settings/demo/leave/", {"understood": "yes"}).status_code == 404
        assert Organisation.objects.exists()
