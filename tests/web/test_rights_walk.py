# SPDX-License-Identifier: Apache-2.0
"""Every page as every role, before the invitation, once circulated, once final: the table of rights and nothing else."""

import re
import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from huiyao.domain.rights import Deed
from huiyao.features.agenda.models import Topic
from huiyao.features.meetings.models import Seat
from huiyao.features.people.models import Person
from huiyao.plumbing.models import AuditRow
from tests.builders import minutes as build
from tests.web.rights_table import LINK, OWN, PAGES
from tests.web.walking import FACTS, ROLES, STAGES, a_company_at, allowed

pytestmark = pytest.mark.django_db


def routes() -> Iterator[str]:
    def visit(patterns: list[URLPattern | URLResolver], before: str) -> Iterator[str]:
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLResolver):
                yield from visit(pattern.url_patterns, route)
            else:
                yield route

    return (route for route in visit(get_resolver().url_patterns, "") if not route.startswith("api/v1/"))


def test_every_page_is_in_the_table_of_rights() -> None:
    assert set(routes()) == {route for _, route in PAGES}


@pytest.fixture(params=STAGES)
def company(request: pytest.FixtureRequest) -> build.Company:
    return a_company_at(request.param)


def address(route: str, company: build.Company) -> str:
    meeting = company.meeting
    known = {
        "meeting_id": meeting.pk,
        "seat_id": Seat.objects.filter(meeting=meeting)[0].pk,
        "topic_id": Topic.objects.filter(meeting=meeting)[0].pk,
        "person_id": company.people["guest"].pk,
        "ending": "pdf",
        "token": "no-such-token",
        "day": "2026-12-01",
        "act": "finish",
    }
    return "/" + re.sub(r"<\w+:(\w+)>", lambda m: str(known.get(m[1], uuid.UUID(int=7))), route)


def clients(company: build.Company) -> Iterator[tuple[str, Client]]:
    for name in ROLES:
        client = Client()
        if name != "nobody":
            client.force_login(
                Person.objects.get(login=name), backend="allauth.account.auth_backends.AuthenticationBackend"
            )
        yield name, client


def refused(client: Client, method: str, url: str) -> bool:
    answer = client.get(url) if method == "GET" else client.post(url)
    to_sign_in = answer.status_code == 302 and answer.headers["Location"].startswith("/accounts/login/")
    return answer.status_code in (401, 403, 404) or to_sign_in


def test_each_role_gets_in_where_the_table_says_and_nowhere_else(company: build.Company) -> None:
    facts = FACTS[company.stage]  # type: ignore[attr-defined]
    wrong = []
    for name, client in clients(company):
        for (method, route), wants in PAGES.items():
            if wants in (OWN, LINK) and name != "nobody":
                continue  # what is one's own is tested beside its feature
            if allowed(name, wants, facts) or (wants == LINK):
                continue
            before = AuditRow.objects.count()
            if not refused(client, method, address(route, company)):
                wrong.append(f"{name} got into {method} {route}")
            elif AuditRow.objects.count() != before:
                wrong.append(f"{name} was refused at {method} {route} but something happened")
    assert not wrong, "\n".join(wrong)


def test_each_role_reads_what_the_table_grants(company: build.Company) -> None:
    facts = FACTS[company.stage]  # type: ignore[attr-defined]
    absent = {"preparing": (Deed.SEE_MINUTES, Deed.SEE_DRAFT)}.get(company.stage, ())  # type: ignore[attr-defined]
    wrong = []
    for name, client in clients(company):
        for (method, route), wants in PAGES.items():
            readable = (
                method == "GET" and "material_id" not in route and "<str:" not in route.replace("<str:ending>", "")
            )
            if not readable or wants in (OWN, LINK) or wants in absent or not allowed(name, wants, facts):
                continue
            if refused(client, method, address(route, company)):
                wrong.append(f"{name} was kept out of {method} {route}")
    assert not wrong, "\n".join(wrong)
