# SPDX-License-Identifier: Apache-2.0
"""What each page costs in queries, whatever its length."""

import pytest
from django.test import Client

from huiyao.features.actions.models import Action, SupportDuty
from huiyao.features.archive.models import Filing
from huiyao.features.minutes.commands.closing import close_window
from huiyao.plumbing.ids import uuid7
from tests.builders.minutes import a_company, a_draft, address, browser, circulated
from tests.web.after.test_refusals import link_of

pytestmark = pytest.mark.django_db(transaction=True)
DRAFT, SENT, LINK, ACTIONS, ACTION, ARCHIVE = 15, 14, 13, 11, 15, 5


def many_actions(company, count):
    first = Action.objects.get(entry="acti-2")
    for n in range(count):
        Action.objects.create(
            meeting=company.meeting, entry=f"more-{n}", number=9 + n, task="再做一件", due=first.due, support_said=True,
            department=first.department, person=first.person, accept_due_at=first.accept_due_at,
            adopted_at=first.adopted_at, minutes_version=1,
        )  # fmt: skip
    SupportDuty.objects.bulk_create(
        SupportDuty(action=a, position=0, department=first.department, person=first.person, what="数据")
        for a in Action.objects.filter(entry__startswith="more-")
    )


def test_the_draft_for_its_recorder(django_assert_num_queries):
    company = a_company()
    a_draft(company)
    client = browser(company, "ops")
    client.get(address(company))
    with django_assert_num_queries(DRAFT):
        client.get(address(company))


def test_sent_minutes_for_an_attendee(django_assert_num_queries):
    company = a_company()
    circulated(company)
    client = browser(company, "tech")
    client.get(address(company))
    with django_assert_num_queries(SENT):
        client.get(address(company))


def test_the_answer_by_link(django_assert_num_queries):
    company = a_company()
    circulated(company)
    path, client = link_of(company), Client()
    for count in (0, 30):
        many_actions(company, count)
        with django_assert_num_queries(LINK):
            client.get(path)


def test_the_list_of_actions(django_assert_num_queries):
    company = a_company()
    circulated(company)
    client = browser(company, "product")
    for count in (0, 30):
        many_actions(company, count)
        client.get("/actions/?which=all")
        with django_assert_num_queries(ACTIONS):
            client.get("/actions/?which=all")


def test_one_action(django_assert_num_queries):
    company = a_company()
    circulated(company)
    client, key = browser(company, "tech"), Action.objects.get(entry="acti-2").pk
    client.get(f"/actions/{key}/")
    with django_assert_num_queries(ACTION):
        client.get(f"/actions/{key}/")


def test_the_archive(django_assert_num_queries):
    company = a_company()
    sent = circulated(company)
    close_window(company.meeting.pk, at=sent.window_ends_at)
    client = browser(company, "tech")
    for count in (0, 20):
        row = Filing.objects.order_by("id")[0]
        for n in range(count):
            row.pk, row.name, row.minutes_version = uuid7(), f"{n}", 100 + n
            row.save(force_insert=True)
        client.get("/archive/")
        with django_assert_num_queries(ARCHIVE):
            client.get("/archive/")
