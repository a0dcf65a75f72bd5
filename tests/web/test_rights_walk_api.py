# SPDX-License-Identifier: Apache-2.0
"""Every route of the API as every role, each with a token of their own: the table of rights and nothing else."""

import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import resolve
from ninja import Schema

from huiyao.domain.rights import Deed
from huiyao.features.agenda.models import Topic
from huiyao.features.meetings.models import Seat
from huiyao.features.people.commands.tokens import make_token
from huiyao.features.people.models import Person
from huiyao.features.people.reads import actor_of
from huiyao.plumbing.models import AuditRow
from huiyao.web.api.door import api
from tests.builders import minutes as build
from tests.web.rights_table import API, OWN
from tests.web.walking import FACTS, ROLES, STAGES, a_company_at, allowed

pytestmark = pytest.mark.django_db

EXAMPLES = {"integer": 1, "number": 1, "boolean": False, "object": {}, "array": []}


@pytest.fixture(params=STAGES)
def company(request: pytest.FixtureRequest) -> build.Company:
    return a_company_at(request.param)


def family(parent: type) -> list[type]:
    return [parent, *(below for child in parent.__subclasses__() for below in family(child))]


class Described:
    """The OpenAPI document, read for examples."""

    def __init__(self) -> None:
        self.document: dict[str, Any] = api.get_openapi_schema()

    @property
    def routes(self) -> set[tuple[str, str]]:
        return {
            (method.upper(), path.removeprefix("/api/v1"))
            for path, operations in self.document["paths"].items()
            for method in operations
        }

    def operation(self, method: str, path: str) -> dict[str, Any]:
        found: dict[str, Any] = self.document["paths"]["/api/v1" + path][method.lower()]
        return found

    def body(self, method: str, path: str) -> tuple[str, Any]:
        """The media type and the smallest body that has the shape asked for."""
        content = self.operation(method, path).get("requestBody", {}).get("content", {})
        for media_type, described in content.items():
            return media_type, self.example(described["schema"])
        return "", None

    def example(self, schema: dict[str, Any]) -> Any:
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[-1]
            return self.example(self.document["components"]["schemas"][name])
        if "allOf" in schema or "anyOf" in schema:
            return self.example((schema.get("allOf") or schema["anyOf"])[0])
        if "enum" in schema or "const" in schema:
            return schema["const"] if "const" in schema else schema["enum"][0]
        if "properties" in schema:
            return {name: self.example(schema["properties"][name]) for name in schema.get("required", [])}
        if schema.get("type") in EXAMPLES:
            return EXAMPLES[schema["type"]]
        return "2026-12-01" if schema.get("format") == "date" else "x"


def address(route: str, company: build.Company) -> str:
    known = {
        "meeting_id": company.meeting.pk,
        "seat_id": Seat.objects.filter(meeting=company.meeting)[0].pk,
        "topic_id": Topic.objects.filter(meeting=company.meeting)[0].pk,
        "person_id": company.people["stranger"].pk,
        "entry_id": "acti-1",
        "line_id": "deci-1",
        "role": "recorder",
        "ending": "txt",
        "day": "2026-12-01",
        "act": "finish",
    }
    return "/api/v1" + re.sub(r"{(\w+)}", lambda m: str(known.get(m[1], uuid.UUID(int=7))), route)


class Caller:
    """Somebody with a token, or without one."""

    def __init__(self, name: str, described: Described) -> None:
        self.client, self.described = Client(), described
        self.headers: dict[str, str] = {}
        if name not in ("nobody", "guest"):  # a guest cannot have a token
            person = Person.objects.get(login=name)
            token = make_token(person.pk, "walk", by=actor_of(person), at=build.ENDED)
            self.headers = {"Authorization": f"Bearer {token}"}

    def ask(self, method: str, route: str, company: build.Company) -> HttpResponse:
        media_type, body = self.described.body(method, route)
        where = address(route, company)
        if media_type == "multipart/form-data":
            sent = {**body, "file": SimpleUploadedFile("a.csv", "登录名,姓名\nx,x\n".encode())}
            return self.client.post(where, sent, headers=self.headers)
        if route.endswith("lines/{line_id}") and method == "DELETE":
            where += "?was=x"
        return self.client.generic(
            method, where, json.dumps(body) if body is not None else b"", "application/json", headers=self.headers
        )


def callers() -> Iterator[tuple[str, Caller]]:
    described = Described()
    return ((name, Caller(name, described)) for name in ROLES)


def test_every_route_is_in_the_table_of_rights() -> None:
    assert Described().routes == set(API)


def test_no_route_hides_behind_another(company: build.Company) -> None:
    for method, route in API:
        allow = Client().generic("TRACE", address(route, company)).headers["Allow"]
        assert method in allow, f"{method} {route} is answered by {resolve(address(route, company)).route}"


def test_each_role_gets_in_where_the_table_says_and_nowhere_else(company: build.Company) -> None:
    facts, wrong = FACTS[company.stage], []  # type: ignore[attr-defined]
    for name, caller in callers():
        for (method, route), wants in API.items():
            anonymous = name in ("nobody", "guest")
            if not anonymous and (wants == OWN or allowed(name, wants, facts)):
                continue
            before = AuditRow.objects.count()
            answer = caller.ask(method, route, company)
            expected = (401,) if anonymous else (403, 404)
            if answer.status_code not in expected:
                wrong.append(f"{name} at {method} {route}: {answer.status_code} {answer.content[:120].decode()}")
            elif AuditRow.objects.count() != before:
                wrong.append(f"{name} was refused at {method} {route} but something happened")
    assert not wrong, "\n".join(wrong)


def test_each_role_reads_what_the_table_grants(company: build.Company) -> None:
    facts, stage = FACTS[company.stage], company.stage  # type: ignore[attr-defined]
    absent = (Deed.SEE_MINUTES, Deed.SEE_DRAFT, Deed.SEE_OBJECTIONS) if stage == "preparing" else ()
    wrong = []
    for name, caller in callers():
        for (method, route), wants in API.items():
            unknown = "material_id" in route or "message_id" in route or "form_id" in route
            if method != "GET" or unknown or wants in absent or name == "guest" or wants == OWN:
                continue
            if allowed(name, wants, facts):
                answer = caller.ask(method, route, company)
                if answer.status_code != 200:
                    wrong.append(f"{name} was kept out of {method} {route}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)


def test_strangers_learn_nothing_of_what_is_others_own(company: build.Company) -> None:
    stranger = Caller("stranger", Described())
    for (method, route), wants in API.items():
        if wants == OWN and "meeting_id" in route:
            assert stranger.ask(method, route, company).status_code == 404, f"{method} {route}"


def test_each_shape_of_the_description_has_a_name_of_its_own() -> None:
    shapes = [shape for shape in family(Schema) if shape.__module__.startswith("huiyao.web.api.")]
    names = [shape.__name__ for shape in shapes]
    assert sorted(names) == sorted(set(names))
