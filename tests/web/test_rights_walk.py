# SPDX-License-Identifier: Apache-2.0
"""Every page as every role, before the invitation, once circulated, once final: the table of rights and nothing else."""

import re
import uuid
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from huiyao.domain.rights import Deed, Facts, Standing, may
from huiyao.domain.stage import Stage
from huiyao.features.agenda.models import Topic
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Guest, Need, Representative, Seat
from huiyao.features.minutes.commands.closing import close_window
from huiyao.features.people.models import Person
from huiyao.plumbing.models import AuditRow
from tests.builders import minutes as build
from tests.web.rights_table import ADMINISTRATOR, LINK, MEMBER, OWN, PAGES, PUBLIC

pytestmark = pytest.mark.django_db

STAGES = ("preparing", "circulated", "final")
FACTS = {
    "preparing": Facts(),
    "circulated": Facts(invited=True, circulated=True),
    "final": Facts(invited=True, circulated=True, final=True),
}
ROLES = {
    "organiser": Standing.ORGANISER,
    "product": Standing.HOST,
    "facilitator": Standing.FACILITATOR,
    "ops": Standing.RECORDER,
    "coordinator": Standing.COORDINATOR,
    "attendee": Standing.ATTENDEE,
    "guest": Standing.GUEST,
    "informed": Standing.INFORMED,
    "head": Standing.HEAD,
    "administrator": Standing.ADMINISTRATOR,
    "stranger": None,
    "nobody": None,
}


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
    found = build.a_company()
    meeting, market = found.meeting, found.departments["market"]
    for key, name, more in (
        ("organiser", "贺兰", {}),
        ("facilitator", "霍然", {}),
        ("attendee", "安禾", {}),
        ("informed", "纪宁", {}),
        ("head", "司徒岸", {}),
        ("administrator", "欧阳简", {"administrator": True}),
        ("guest", "外部宾客", {"guest": True}),
    ):
        found.people[key] = build.a_person(key, name, None, **more)
    market.head = found.people["head"]
    market.save()
    meeting.organiser, meeting.facilitator = found.people["organiser"], found.people["facilitator"]
    meeting.save()
    for seat in Seat.objects.filter(meeting=meeting):
        seat.department.head = seat.department.head if seat.department == market else None
        seat.department.save()
        seat.representatives.all().delete()
    seat = Seat.objects.get(meeting=meeting, department=found.departments["tech"])
    Representative.objects.create(seat=seat, person=found.people["attendee"])
    informed = Seat.objects.get(meeting=meeting, department=found.departments["sales"])
    informed.need = Need.INFORMED
    informed.save()
    Representative.objects.create(seat=informed, person=found.people["informed"])
    Guest.objects.create(meeting=meeting, person=found.people["guest"])
    Topic.objects.create(meeting=meeting, title="进展", position=1)
    refresh(meeting)
    _reach(found, request.param)
    return found


def _reach(company: build.Company, stage: str) -> None:
    meeting = company.meeting
    company.stage = stage  # type: ignore[attr-defined]
    if stage == "preparing":
        meeting.stage, meeting.invited_at, meeting.started_at, meeting.ended_at = Stage.PREPARING, None, None, None
        meeting.starts_at = timezone.now() + timedelta(days=9)
        meeting.save()
        return
    build.circulated(company)
    if stage == "final":
        close_window(meeting.pk, at=build.ENDED + timedelta(days=3))


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
            client.force_login(Person.objects.get(login=name), backend="allauth.account.auth_backends.AuthenticationBackend")
        yield name, client


def allowed(name: str, wants: Deed | str, facts: Facts) -> bool:
    if wants in (PUBLIC, LINK):
        return True
    if name == "nobody":
        return False
    if wants in (MEMBER, OWN):
        return name != "guest" or wants == OWN
    if wants == ADMINISTRATOR:
        return name == "administrator"
    standing = ROLES[name]
    held = {standing} if standing else set()
    deeds = (Deed.SEE_MINUTES, Deed.SEE_DRAFT) if wants == Deed.SEE_MINUTES else (wants,)
    return any(may(held, deed, facts) for deed in deeds)


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
            readable = method == "GET" and "material_id" not in route and "<str:" not in route.replace("<str:ending>", "")
            if not readable or wants in (OWN, LINK) or wants in absent or not allowed(name, wants, facts):
                continue
            if refused(client, method, address(route, company)):
                wrong.append(f"{name} was kept out of {method} {route}")
    assert not wrong, "\n".join(wrong)
