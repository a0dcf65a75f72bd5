# SPDX-License-Identifier: Apache-2.0
"""Whatever is sent to the described routes, the answer is words and never a bug."""

import json
import re
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiyao.features.agenda.models import Topic
from huiyao.features.meetings.models import Seat
from huiyao.web.during import live
from tests.builders import minutes as build
from tests.web.rights_table import API
from tests.web.test_rights_walk_api import Caller, Described
from tests.web.walking import a_company_at

pytestmark = pytest.mark.django_db(transaction=True)

STRANGE = [
    "",
    "x" * 25_000,
    "\x00",
    "\ud800",
    "<script>",
    "'; --",
    "１２",
    "2026-02-30",
    "99999-01-01T00:00",
    "💧",
    "\u202e",
]
NUMBERS = [0, -1, 1, 2, 2**31, 2**63, 10**30]
FRONT = settings(
    max_examples=900,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
ROUTES = sorted(route for route in API if route != ("DELETE", "/tokens/{token_id}"))


def values(schema: dict[str, Any], document: dict[str, Any], known: list[str]) -> st.SearchStrategy[Any]:
    """Values of the shape, often at its edge."""
    if "$ref" in schema:
        return values(document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], document, known)
    if options := schema.get("anyOf") or schema.get("allOf"):
        return st.one_of([values(option, document, known) for option in options])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    kind = schema.get("type")
    if "properties" in schema:
        required = set(schema.get("required", []))
        parts = {name: values(inner, document, known) for name, inner in schema["properties"].items()}
        return st.fixed_dictionaries(
            {name: part for name, part in parts.items() if name in required},
            optional={name: part for name, part in parts.items() if name not in required},
        )
    if kind == "object":
        return st.dictionaries(st.sampled_from([*known, "x"]), st.sampled_from(STRANGE + known), max_size=2)
    if kind == "array":
        return st.lists(values(schema.get("items", {}), document, known), max_size=2)
    if kind in ("integer", "number"):
        return st.sampled_from(NUMBERS)
    if kind == "boolean":
        return st.booleans()
    if schema.get("format") == "date":
        return st.sampled_from(["2026-12-01", "0001-01-01", "9999-12-31"])
    return st.sampled_from(STRANGE + known) | st.text(max_size=20)


@pytest.fixture(params=["preparing", "circulated"])
def company(request: pytest.FixtureRequest) -> build.Company:
    return a_company_at(request.param)


def test_no_body_is_a_bug(company: build.Company) -> None:
    live.wire()  # entries are written though no server runs in this process
    described = Described()
    caller = Caller("product", described)
    caller.client = Client(raise_request_exception=False)
    company.people["product"].administrator = True
    company.people["product"].save()
    known = [
        str(company.meeting.pk), str(Topic.objects.first().pk), str(Seat.objects.first().pk),  # type: ignore[union-attr]
        str(company.people["tech"].pk), str(company.departments["market"].pk), "acti-1", "deci-1", "recorder", "note",
        "title", "starts_at", "minutes", "objective", "need", "accepted", "2026-12-01",
    ]  # fmt: skip
    bugs: dict[str, str] = {}

    @FRONT
    @given(st.data())
    def ask(data: st.DataObject) -> None:
        method, route = data.draw(st.sampled_from(ROUTES))
        operation = described.operation(method, route)
        where = "/api/v1" + re.sub(r"{(\w+)}", lambda m: _part(data, m[1], company, known), route)
        query = {
            p["name"]: str(data.draw(values(p["schema"], described.document, known)))
            .encode("utf-8", "replace")
            .decode()[:200]
            for p in operation.get("parameters", [])
            if p["in"] == "query" and data.draw(st.booleans())
        }
        content = operation.get("requestBody", {}).get("content", {})
        if "multipart/form-data" in content:
            file = SimpleUploadedFile(
                data.draw(st.sampled_from(["a.csv", "x" * 300, "../a", "\u202e"])), data.draw(st.binary(max_size=40))
            )
            answer = caller.client.post(where, {"file": file}, headers=caller.headers, query_params=query)
        else:
            schema = content.get("application/json", {}).get("schema", {})
            body = data.draw(values(schema, described.document, known))
            answer = caller.client.generic(
                method, where, json.dumps(body).encode(), "application/json", headers=caller.headers, query_params=query
            )
        if answer.status_code >= 500:
            cause = (getattr(answer, "exc_info", None) or (None, None))[1]
            bugs[f"{method} {route}"] = f"{cause!r} {query}"
            return
        if answer.status_code >= 400:
            told = json.loads(answer.content)
            assert told["text"], told
            assert set(told) == {"code", "text", "facts"}

    ask()
    assert not bugs, "\n".join(f"{route}: {bug}" for route, bug in bugs.items())


def _part(data: st.DataObject, name: str, company: build.Company, known: list[str]) -> str:
    if name == "meeting_id":
        return str(company.meeting.pk)
    return str(data.draw(st.sampled_from([*known, str(uuid.UUID(int=7)), "x", "%00", "%ED%A0%80", "a" * 300])))
