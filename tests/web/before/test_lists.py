# SPDX-License-Identifier: Apache-2.0
"""The lists of meetings: tabs, pages, empty states, and their cost."""

from datetime import timedelta

import pytest

from huiyao.features.meetings.commands.cancel import cancel
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Meeting
from tests.builders.meetings import MORNING, Office, a_plan, an_invited_meeting


def many(office: Office, count: int, stage: str = "invited") -> None:
    """Meetings of product's, a day apart."""
    for number in range(count):
        meeting = Meeting.objects.create(
            title=f"会议 {number:02}",
            stage=stage,
            organiser=office.people["product"],
            host=office.people["product"],
            starts_at=MORNING + timedelta(days=number),
            invited_at=MORNING,
            zone="Asia/Shanghai",
            language="zh-hans",
            created_at=MORNING + timedelta(minutes=number),
        )
        refresh(meeting)


def titles(answer) -> list[str]:
    return [row.title for row, *_ in answer.context["rows"]]


def test_each_meeting_is_in_the_tab_of_its_stage(office, browser):
    prepared, invited = a_plan(office, title="甲"), an_invited_meeting(office, title="乙")
    gone = an_invited_meeting(office, title="丙")
    cancel(gone.pk, "不开了", by=office.actor("product"), at=MORNING)
    client = browser("product")
    found = {tab: titles(client.get("/meetings/", {"tab": tab})) for tab in ("coming", "preparing", "past")}
    assert found == {"coming": ["乙"], "preparing": ["甲"], "past": ["丙"]}
    assert (prepared.title, invited.title) == ("甲", "乙")


@pytest.mark.parametrize("tab", ["coming", "preparing", "past", "nonsense", ""])
def test_an_empty_list_says_what_will_stand_there(office, browser, tab):
    answer = browser("stranger").get("/meetings/", {"tab": tab})
    assert answer.status_code == 200
    assert 'class="card empty"' in answer.content.decode()


def test_a_long_list_comes_in_pages(office, browser):
    many(office, 23)
    client = browser("product")
    first, second = client.get("/meetings/"), client.get("/meetings/", {"page": "2"})
    assert titles(first) == [f"会议 {n:02}" for n in range(20)]
    assert titles(second) == ["会议 20", "会议 21", "会议 22"]
    assert (first.context["following"], second.context["following"]) == (2, 0)


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999", "²", "400"])
def test_a_page_that_does_not_exist_is_no_error(office, browser, page):
    many(office, 2)
    assert browser("product").get("/meetings/", {"page": page}).status_code == 200


def test_past_meetings_come_newest_first(office, browser):
    many(office, 3, "recorded")
    assert titles(browser("product").get("/meetings/", {"tab": "past"})) == ["会议 02", "会议 01", "会议 00"]


def test_the_list_costs_the_same_however_long_it_is(office, browser, django_assert_num_queries):
    client = browser("product")
    many(office, 1)
    client.get("/meetings/")
    with django_assert_num_queries(5):
        client.get("/meetings/")
    many(office, 19)
    with django_assert_num_queries(5):
        client.get("/meetings/")
