# SPDX-License-Identifier: Apache-2.0
"""Today: duties by urgency, the day's meetings, one's own figures, within a fixed number of queries."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client

from huiyao.plumbing import clock
from huiyao.project.wiring import wire
from tests.builders import minutes as build
from tests.fakes.clock import FakeClock

pytestmark = pytest.mark.django_db
BUDGET = 20


@pytest.fixture
def reader() -> Iterator[Client]:
    company = build.a_company()
    build.circulated(company)
    wire()
    before = clock.install(FakeClock(build.ENDED + timedelta(hours=1, minutes=10)))
    client = Client()
    client.force_login(company.people["market"], backend="allauth.account.auth_backends.AuthenticationBackend")
    yield client
    clock.install(before)


def test_circulated_minutes_wait_for_their_answer(reader: Client) -> None:
    page = reader.get("/", headers={"Accept-Language": "zh-CN"}).content.decode()
    assert "确认纪要有无异议" in page
    assert "本周" in page


def test_the_page_keeps_its_query_budget(reader: Client, django_assert_max_num_queries: object) -> None:
    reader.get("/")
    with django_assert_max_num_queries(BUDGET):  # type: ignore[operator]
        reader.get("/")


def test_a_visitor_is_led_to_sign_in(db: None) -> None:
    answer = Client().get("/")
    assert answer.status_code == 302
