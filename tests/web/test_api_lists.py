# SPDX-License-Identifier: Apache-2.0
"""Lists of the API cost the same number of queries however much there is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyao.domain.rights import Standing
from huiyao.domain.stage import Stage
from huiyao.features.actions.models import Action
from huiyao.features.meetings.models import Meeting, Participation
from huiyao.features.people.commands.tokens import make_token
from huiyao.features.people.models import Person
from huiyao.features.people.reads import actor_of
from huiyao.project.wiring import wire
from tests.builders import minutes as build

pytestmark = pytest.mark.django_db(transaction=True)


def many_meetings(person: Person, count: int) -> None:
    """Meetings this person attends, half of them invited."""
    made = Meeting.objects.bulk_create(
        Meeting(
            title=f"例会 {n}", organiser=person, zone="Asia/Shanghai", language="zh-hans", created_at=build.ENDED,
            stage=Stage.INVITED, starts_at=build.ENDED + timedelta(hours=n),
            invited_at=build.ENDED if n % 2 else None,
        )
        for n in range(count)
    )  # fmt: skip
    Participation.objects.bulk_create(
        Participation(meeting=meeting, person=person, standing=Standing.ATTENDEE) for meeting in made
    )


def queries(path: str, token: str) -> tuple[int, list[dict[str, object]]]:
    client, headers = Client(), {"Authorization": f"Bearer {token}"}
    client.get(path, headers=headers)  # the first use of a token is noted
    with CaptureQueriesContext(
        connection,
    ) as seen:
        answer = client.get(path, headers=headers)
    assert answer.status_code == 200, answer.content
    return len(seen), answer.json()


def test_a_page_of_a_thousand_meetings_takes_three_queries() -> None:
    company = build.a_company()
    person = company.people["stranger"]
    token = make_token(person.pk, "list", by=actor_of(person), at=build.ENDED)
    counts = {}
    for more in (10, 990):
        many_meetings(person, more)
        counts[more], rows = queries("/api/v1/meetings?limit=200", token)
    assert counts == {10: 3, 990: 3}, "the owner of the token, the departments they head, the list"
    assert len(rows) == 200
    assert {row["title"] for row in rows} <= {f"例会 {n}" for n in range(1, 1000, 2)}, (
        "only where the invitation is out"
    )
    assert len(queries("/api/v1/meetings?limit=200&offset=400", token)[1]) == 100


def test_a_list_of_actions_costs_the_same_whatever_its_length() -> None:
    wire()  # circulation adopts
    company = build.a_company()
    build.circulated(company)
    host = company.people["product"]
    token = make_token(host.pk, "list", by=actor_of(host), at=build.ENDED)
    few, _ = queries("/api/v1/actions?which=all&limit=200", token)
    like = Action.objects.filter(meeting=company.meeting).order_by("number")[0]
    copied = {
        f.attname: getattr(like, f.attname) for f in Action._meta.fields if f.name not in ("id", "entry", "number")
    }
    Action.objects.bulk_create(Action(**{**copied, "entry": f"more-{n}", "number": 100 + n}) for n in range(150))
    many, rows = queries("/api/v1/actions?which=all&limit=200", token)
    assert len(rows) > 150
    assert many == few
