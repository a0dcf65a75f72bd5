# SPDX-License-Identifier: Apache-2.0
"""Wrong input to pages and API: a clear sentence in the reader's language, a proper status, and nothing changed."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from huiyao.domain.stage import Stage
from huiyao.features.agenda.models import Topic
from huiyao.features.people.commands.tokens import make_token, revoke_token
from huiyao.features.people.models import ApiToken, Person
from huiyao.features.people.reads import actor_of
from huiyao.plumbing import links
from huiyao.plumbing.ids import uuid7
from tests.builders import minutes as build
from tests.builders.people import client_of
from tests.web.walking import a_company_at

pytestmark = pytest.mark.django_db

LANGUAGES = ("zh-hans", "zh-hant", "en")
UNNOTED = {"people.ApiToken", "sessions.Session"}
"""When a token was used, and what a session keeps."""


@pytest.fixture
def company() -> build.Company:
    return a_company_at("preparing")


@pytest.fixture
def circulated() -> build.Company:
    return a_company_at("circulated")


@contextmanager
def nothing_changes() -> Iterator[None]:
    before = everything()
    yield
    assert everything() == before


def everything() -> dict[str, list[tuple[Any, ...]]]:
    models = [m for m in apps.get_models() if m._meta.label not in UNNOTED]
    return {m._meta.label: sorted(m.objects.values_list(), key=repr) for m in models}


def token_of(person: Person) -> str:
    return make_token(person.pk, "test", by=actor_of(person), at=build.ENDED)


class Api:
    """Calls as one person."""

    def __init__(self, person: Person) -> None:
        self.client, self.token = Client(), token_of(person)

    def __call__(self, method: str, path: str, body: Any = None, *, raw: bytes | None = None) -> HttpResponse:
        content = raw if raw is not None else (json.dumps(body).encode() if body is not None else b"")
        headers = {"Authorization": f"Bearer {self.token}"}
        return self.client.generic(method, "/api/v1" + path, content, "application/json", headers=headers)


@pytest.fixture
def api(company: build.Company) -> Api:
    return Api(company.people["product"])


def refused(answer: HttpResponse, status: int, code: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(answer.content)
    assert (answer.status_code, told["code"]) == (status, code), told
    assert told["text"]
    facts: dict[str, Any] = told["facts"]
    return facts


def plan(company: build.Company) -> str:
    return f"/meetings/{company.meeting.pk}"


BODIES: list[tuple[str, Callable[[build.Company], str], Any, int, str]] = [
    ("PATCH", plan, {"field": "title", "value": "长" * 400, "version": 1}, 422, "bad_value"),
    ("PATCH", plan, {"field": "shoe_size", "value": "44", "version": 1}, 422, "bad_value"),
    ("PATCH", plan, {"field": "starts_at", "value": "2026-02-30T10:00", "version": 1}, 422, "bad_value"),
    ("PATCH", plan, {"field": "title", "value": ["a"], "version": 1}, 400, "bad_request"),
    ("PATCH", plan, {"field": "title", "value": "a", "version": "new"}, 400, "bad_request"),
    ("PATCH", plan, {"field": "title"}, 400, "bad_request"),
    ("PATCH", plan, ["title"], 400, "bad_request"),
    ("PATCH", plan, {"field": "title", "value": "a\x00b", "version": 1}, 400, "bad_request"),
    ("POST", lambda c: plan(c) + "/seats", {"department": str(uuid7())}, 422, "bad_value"),
    ("POST", lambda c: plan(c) + "/seats", {"department": "x", "need": "very"}, 422, "bad_value"),
    ("PUT", lambda c: plan(c) + "/roles/king", {"person": ""}, 422, "bad_value"),
    ("PUT", lambda c: plan(c) + "/roles/recorder", {"person": str(uuid7())}, 422, "bad_value"),
    ("POST", lambda c: plan(c) + "/guests", {"name": "  "}, 422, "bad_value"),
    ("POST", lambda c: plan(c) + "/guests", {"name": "甲", "email": "no address"}, 422, "bad_value"),
    ("POST", lambda c: plan(c) + "/guests", {"name": "甲", "language": "tlh"}, 422, "bad_value"),
    ("POST", lambda c: plan(c) + "/materials/links", {"url": "ftp://x"}, 422, "bad_value"),
    ("DELETE", lambda c: f"{plan(c)}/topics/{uuid7()}", None, 404, "not_found"),
    ("DELETE", lambda c: f"{plan(c)}/seats/x", None, 404, "not_found"),
    ("GET", lambda _: f"/meetings/{uuid7()}", None, 404, "not_found"),
    ("GET", lambda _: "/meetings/x", None, 404, "not_found"),
    ("GET", lambda _: "/meetings?limit=0", None, 400, "bad_request"),
    ("GET", lambda _: "/nowhere", None, 404, "not_found"),
    ("PUT", lambda _: "/me", {}, 405, "method_not_allowed"),
    ("POST", lambda c: plan(c) + "/close", {}, 409, "wrong_stage"),
    ("POST", lambda c: plan(c) + "/record/entries", {"kind": "note", "parent": "x"}, 409, "wrong_stage"),
    ("POST", lambda c: plan(c) + "/record/entries", {"kind": "song", "parent": "x"}, 400, "bad_request"),
    ("POST", lambda c: plan(c) + "/minutes/submit", {}, 404, "not_found"),
    ("POST", lambda _: "/persons", {"login": "a", "name": "b"}, 403, "not_allowed"),
]


@pytest.mark.parametrize(("method", "where", "body", "status", "code"), BODIES)
def test_a_wrong_call_is_refused_and_changes_nothing(
    company: build.Company,
    api: Api,
    method: str,
    where: Callable[[build.Company], str],
    body: Any,
    status: int,
    code: str,
) -> None:
    with nothing_changes():
        refused(api(method, where(company), body), status, code)


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b'{"title": "\\ud800"}'])
def test_what_is_no_json_is_refused(api: Api, raw: bytes) -> None:
    with nothing_changes():
        refused(api("POST", "/meetings", raw=raw), 400, "bad_request")


def test_an_old_version_is_answered_with_both_values(company: build.Company, api: Api) -> None:
    seen = company.meeting.version
    write = {"field": "place", "value": "一楼", "was": company.meeting.place, "version": seen}
    assert api("PATCH", plan(company), write).status_code == 200
    with nothing_changes():
        facts = refused(api("PATCH", plan(company), {**write, "value": "二楼", "was": "三楼"}), 409, "conflict")
    assert (facts["yours"], facts["theirs"], facts["version"]) == ("二楼", "一楼", seen + 1)


@pytest.mark.parametrize(
    ("act", "status"), [("submit", 409), ("approve", 409), ("circulate", 409), ("send", 409), ("reopen", 409)]
)
def test_minutes_that_are_out_take_no_earlier_step(circulated: build.Company, act: str, status: int) -> None:
    host = Api(circulated.people["product"])
    with nothing_changes():
        refused(host("POST", f"{plan(circulated)}/minutes/{act}", {"reason": "x"}), status, "wrong_stage")


def test_a_running_meeting_can_be_neither_planned_nor_cancelled(company: build.Company, api: Api) -> None:
    company.meeting.stage = Stage.IN_SESSION
    company.meeting.save()
    with nothing_changes():
        refused(api("POST", f"{plan(company)}/cancel", {"reason": "x"}), 409, "wrong_stage")
        refused(api("POST", f"{plan(company)}/topics", {"title": "x"}), 409, "wrong_stage")
        refused(api("POST", f"{plan(company)}/start"), 409, "wrong_stage")


@pytest.mark.parametrize(
    ("content", "status", "code"), [(b"", 422, "file_empty"), (b"x" * (1 << 20) + b"x", 413, "file_too_large")]
)
def test_a_bad_material_is_refused(
    company: build.Company, api: Api, settings: Any, content: bytes, status: int, code: str
) -> None:
    settings.HUIYAO = replace(settings.HUIYAO, max_file_mib=1)
    headers = {"Authorization": f"Bearer {api.token}"}
    with nothing_changes():
        sent = {"file": SimpleUploadedFile("a.pdf", content)}
        refused(Client().post(f"/api/v1{plan(company)}/materials/files", sent, headers=headers), status, code)


@pytest.mark.parametrize(
    "content",
    [b"", b"<!doctype html><title>502 Bad Gateway</title>", b"PK\x03\x04 broken", b"\x00\x01\x02" * 50, b"a,b\n1,2\n"],
)
def test_a_directory_that_cannot_be_read_is_refused(company: build.Company, content: bytes) -> None:
    administrator = company.people["administrator"]
    headers, browser = {"Authorization": f"Bearer {token_of(administrator)}"}, client_of(administrator)
    with nothing_changes():
        sent = {"file": SimpleUploadedFile("people.xlsx", content)}
        answer = Client().post("/api/v1/import", sent, headers=headers)
        assert answer.status_code == 422, answer.content
        assert json.loads(answer.content)["text"]
        page = browser.post("/settings/import/", {"file": SimpleUploadedFile("people.xlsx", content)})
        assert page.status_code == 422


def test_only_a_live_token_of_a_live_member_opens_the_door(company: build.Company) -> None:
    person, guest = company.people["product"], company.people["guest"]
    revoked = token_of(person)
    row = ApiToken.objects.order_by("-at", "-id")[0]
    revoke_token(person.pk, row.pk, by=actor_of(person), at=build.ENDED)
    left = token_of(company.people["tech"])
    company.people["tech"].is_active = False
    company.people["tech"].save()
    good = token_of(company.people["sales"])
    ApiToken.objects.filter(person=company.people["sales"]).update(person=guest)
    for header in (
        "",
        "Bearer",
        "Bearer ",
        "Basic eDp5",
        f"Bearer {revoked}",
        f"Bearer {left}",
        f"Bearer {good}",
        "Bearer é",
    ):
        with nothing_changes():
            refused(
                Client().get("/api/v1/me", headers={"Authorization": header} if header else {}), 401, "token_refused"
            )


def test_a_session_is_no_token(company: build.Company) -> None:
    browser = client_of(company.people["product"])
    refused(browser.post("/api/v1/meetings", "{}", "application/json"), 401, "token_refused")


@pytest.mark.parametrize("purpose", ["reply", "room", "minutes", "invite", "password"])
def test_a_bad_link_says_what_is_wrong_with_it(company: build.Company, purpose: str) -> None:
    person, at = company.people["market"], build.ENDED - timedelta(days=99)

    def link(**more: Any) -> str:
        values = {"person_id": person.pk, "subject": person.pk, "at": at, "expires_at": at + timedelta(days=1), **more}
        return links.make(purpose=purpose, **values)

    expired, foreign = (
        link(),
        links.make(purpose="other", person_id=person.pk, subject=1, at=at, expires_at=at + timedelta(days=9999)),
    )
    revoked = link(subject="revoked", expires_at=at + timedelta(days=9999))
    links.revoke(subject="revoked", at=at)
    for token, status in ((expired, 410), (revoked, 410), (foreign, 404), ("x", 404), ("x" * 500, 404)):
        with nothing_changes():
            for ask in (Client().get, Client().post):
                answer = ask(f"/l/{purpose}/{token}/")
                assert answer.status_code == status, f"{purpose} {token[:6]} {answer.status_code}"
                assert b"<h1>" in answer.content


def test_a_form_without_its_token_is_refused(company: build.Company) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(company.people["product"], backend="allauth.account.auth_backends.AuthenticationBackend")
    with nothing_changes():
        answer = browser.post(f"{plan(company)}/plan/topics/", {"title": "x"})
    assert answer.status_code == 403
    assert b"<h1>" in answer.content


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("get", "/plan/topics/", 405), ("post", "/plan/topics/00000000-0000-7000-8000-000000000000/remove/", 404),
        ("get", "/plan/nothing/", 404), ("get", "/room", 301), ("delete", "/plan/fields/", 405),
    ],
)  # fmt: skip
def test_a_page_asked_wrongly_answers_with_words(company: build.Company, method: str, path: str, status: int) -> None:
    browser = client_of(company.people["product"])
    with nothing_changes():
        answer = getattr(browser, method)(plan(company) + path)
    assert answer.status_code == status
    assert status == 301 or b"<h1>" in answer.content
    assert (status == 405) == ("Allow" in answer.headers)


def test_a_form_beyond_all_measure_is_refused(company: build.Company) -> None:
    browser = client_of(company.people["product"])
    with nothing_changes():
        answer = browser.post(f"{plan(company)}/plan/fields/", {"objective": "x" * (3 << 20)})
    assert answer.status_code == 413
    assert b"<h1>" in answer.content


def test_every_reader_is_told_in_their_language(company: build.Company) -> None:
    person = company.people["product"]
    topic = Topic.objects.filter(meeting=company.meeting)[0]
    told: dict[str, list[str]] = {}
    for language in LANGUAGES:
        person.language = language
        person.save()
        api, browser = Api(person), client_of(person)
        answers = [
            api("PATCH", plan(company), {"field": "title", "value": "长" * 400, "version": 1}),
            api("PATCH", plan(company), {"field": "starts_at", "value": "x", "version": 1}),
            api("DELETE", f"{plan(company)}/topics/{uuid7()}"),
            api("POST", f"{plan(company)}/close", {}),
            api("POST", "/persons", {"login": "a", "name": "b"}),
            browser.get(f"/meetings/{uuid7()}/plan/", headers={"Accept": "application/json"}),
            browser.post(
                f"{plan(company)}/plan/topics/{topic.pk}/move/", {"to": "x"}, headers={"Accept": "application/json"}
            ),
        ]
        told[language] = [json.loads(answer.content)["text"] for answer in answers]
    for hans, hant, english in zip(*told.values(), strict=True):
        assert len({hans, english}) == 2, english
        assert hant != english
        assert not any("\u4e00" <= c <= "\u9fff" for c in english), english
