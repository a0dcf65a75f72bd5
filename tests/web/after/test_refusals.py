# SPDX-License-Identifier: Apache-2.0
"""Bad input on the pages after a meeting: a status, a sentence, and nothing changed."""

from datetime import timedelta

import pytest
from django.test import Client

from huiyao.features.actions.models import Action
from huiyao.plumbing import links
from huiyao.plumbing.models import Link, Message
from tests.builders.minutes import ENDED, a_company, a_draft, address, browser, circulated, in_review

pytestmark = pytest.mark.django_db(transaction=True)
WAS = "必做清单由市场部出，技术部收到后两天内回复。"
NOBODY = "01a20430-0000-7000-8000-000000000000"

ON_A_DRAFT = {
    "an empty line": ("ops", "line/", {"line": "deci-1", "was": WAS, "text": " "}, 422),
    "an unknown line": ("ops", "line/", {"line": "x", "was": "", "text": "y"}, 404),
    "an edit by an attendee": ("tech", "line/", {"line": "deci-1", "was": WAS, "text": "y"}, 404),
    "an edit by the coordinator": ("coordinator", "line/", {"line": "deci-1", "was": WAS, "text": "y"}, 403),
    "an action without a due date": ("ops", "action/", {"line": "new-action", "task": "做"}, 422),
    "an action with a date that is none": ("ops", "action/", {"line": "new-action", "task": "做", "due": "明天"}, 422),
    "an action of nobody known": ("ops", "action/", {"line": "new-action", "task": "做", "person": NOBODY}, 422),
    "an action of no department": ("ops", "action/", {"line": "new-action", "task": "做", "department": "x"}, 422),
    "an added joke": ("ops", "line/add/", {"kind": "joke", "text": "y"}, 422),
    "a note under no topic": ("ops", "line/add/", {"kind": "note", "text": "y", "topic": "x"}, 404),
    "a remark without words": ("ops", "comments/", {"line": "deci-1", "text": ""}, 422),
    "settling what is not there": ("ops", f"comments/{NOBODY}/settle/", {}, 404),
    "returning a draft": ("product", "return/", {"reason": "x"}, 409),
    "sending a draft": ("product", "send/", {}, 409),
    "sending by the recorder": ("ops", "send/", {}, 403),
    "handing in from an old page": ("ops", "submit/", {"version": "99"}, 409),
    "opening a draft again": ("product", "reopen/", {"reason": "x"}, 409),
    "an answer to a draft": ("tech", "confirm/", {}, 404),
    "an objection of nobody": ("ops", f"objections/{NOBODY}/decline/", {"reason": "x"}, 409),
    "a late line that is not there": ("ops", f"late/{NOBODY}/take/", {}, 404),
}


@pytest.mark.parametrize("what", ON_A_DRAFT)
def test_a_refused_form_on_a_draft_changes_nothing(what, unchanged):
    company = a_company()
    a_draft(company)
    who, rest, fields, status = ON_A_DRAFT[what]
    client, before = browser(company, who), unchanged()
    answer = client.post(address(company, rest), fields)
    assert answer.status_code == status
    assert 'role="alert"' in answer.content.decode() or "<h1" in answer.content.decode()
    assert unchanged() == before


def test_what_was_typed_into_a_refused_action_form_is_still_there():
    company = a_company()
    a_draft(company)
    fields = {"line": "new-action", "task": "写一份没有日期的东西", "support-0-what": "两个样本"}
    shown = browser(company, "ops").post(address(company, "action/"), fields).content.decode()
    assert "写一份没有日期的东西" in shown
    assert "两个样本" in shown


ON_SENT = {
    "an edit": ("ops", "line/", {"line": "deci-1", "was": WAS, "text": "y"}, 409),
    "an empty objection": ("tech", "object/", {"line": "deci-1", "text": ""}, 422),
    "an objection by the recorder": ("ops", "object/", {"line": "deci-1", "text": "y"}, 403),
    "a confirmation by a stranger": ("stranger", "confirm/", {}, 404),
    "declining what is not there": ("ops", f"objections/{NOBODY}/decline/", {"reason": "x"}, 404),
}


@pytest.mark.parametrize("what", ON_SENT)
def test_a_refused_form_on_sent_minutes_changes_nothing(what, unchanged):
    company = a_company()
    circulated(company)
    who, rest, fields, status = ON_SENT[what]
    client, before = browser(company, who), unchanged()
    assert client.post(address(company, rest), fields).status_code == status
    assert unchanged() == before


ON_ACTIONS = {
    "an unknown act": ("tech", "sing", {}, 404),
    "progress beyond the end": ("tech", "progress", {"percent": "300"}, 422),
    "a postponement without date": ("tech", "postpone", {"cause": "x"}, 422),
    "a postponement to no date": ("tech", "postpone", {"cause": "x", "due": "someday"}, 422),
    "a postponement to the past": ("tech", "postpone", {"cause": "x", "due": "2020-01-01"}, 422),
    "a postponement without reason": ("tech", "postpone", {"due": "2026-12-30"}, 422),
    "naming nobody": ("product", "name_owner", {"person": ""}, 422),
    "finishing another's": ("sales", "finish", {}, 403),
    "finishing as a stranger": ("stranger", "finish", {}, 404),
    "an old page": ("tech", "finish", {"version": "99"}, 409),
    "support that is not there": ("product", "give_support", {"support": NOBODY}, 404),
}


@pytest.mark.parametrize("what", ON_ACTIONS)
def test_a_refused_act_on_an_action_changes_nothing(what, unchanged):
    company = a_company()
    circulated(company)
    who, act, fields, status = ON_ACTIONS[what]
    key = Action.objects.get(entry="acti-2").pk
    client, before = browser(company, who), unchanged()
    assert client.post(f"/actions/{key}/{act}/", fields).status_code == status
    assert unchanged() == before


@pytest.mark.parametrize("path", ["", "compare/", "text/", "export/pdf/", "export/docx/"])
def test_absent_and_forbidden_minutes_look_alike(path):
    company = a_company()
    in_review(company)
    forbidden = browser(company, "tech").get(address(company, path))
    absent = browser(company, "tech").get(f"/meetings/{NOBODY}/minutes/{path}")
    assert forbidden.status_code == absent.status_code == 404
    assert forbidden.content.decode().split("<main")[1] == absent.content.decode().split("<main")[1]


def test_an_export_in_no_known_format_is_not_found():
    company = a_company()
    a_draft(company)
    assert browser(company, "ops").get(address(company, "export/exe/")).status_code == 404


@pytest.mark.parametrize("path", ["/actions/", "/archive/", "/actions/export/"])
def test_nobody_is_let_in_without_signing_in(path):
    assert Client().get(path).status_code == 302


def link_of(company, name="许恒"):
    text = Message.objects.get(kind="minutes", context=str(company.meeting.pk), recipient=name).text
    line = next(line for line in text.splitlines() if "/l/minutes/" in line)
    return line[line.index("/l/") :]


ON_THE_LINK = {
    "nothing known": ({"act": "sing"}, 422),
    "an empty objection": ({"act": "object", "line": "deci-1", "text": ""}, 422),
    "an endless objection": ({"act": "object", "line": "deci-1", "text": "长" * 2001}, 422),
    "an objection to no line": ({"act": "object", "line": "x", "text": "y"}, 404),
    "somebody else's action": ({"act": "accept", "action": NOBODY}, 404),
}


@pytest.mark.parametrize("what", ON_THE_LINK)
def test_a_refused_answer_by_link_changes_nothing(what, unchanged):
    company = a_company()
    circulated(company)
    fields, status = ON_THE_LINK[what]
    path, before = link_of(company), unchanged()
    assert Client().post(path, fields).status_code == status
    assert unchanged() == before


def test_an_accepted_action_by_link_must_be_the_readers_own(unchanged):
    company = a_company()
    circulated(company)
    others = Action.objects.get(entry="acti-1")
    path, before = link_of(company), unchanged()
    assert Client().post(path, {"act": "accept", "action": str(others.pk)}).status_code == 404
    assert unchanged() == before
    own = Action.objects.get(entry="acti-2")
    assert Client().post(path, {"act": "accept", "action": str(own.pk)}).status_code == 303
    own.refresh_from_db()
    assert own.accepted_at is not None


def test_a_link_works_for_its_purpose_until_it_expires_is_taken_back_or_its_person_leaves(now, unchanged):
    company = a_company()
    sent = circulated(company)
    path = link_of(company)
    token = path.rstrip("/").rsplit("/", 1)[1]
    assert Client().get(f"/l/reply/{token}/").status_code == 404
    assert Client().get(path[:-3] + "xy/").status_code == 404
    now.at = sent.window_ends_at + timedelta(days=1)
    before = unchanged()
    assert Client().get(path).status_code == 200
    assert Client().post(path, {"act": "confirm"}).status_code == 409
    assert unchanged() == before
    now.at = sent.window_ends_at + timedelta(days=31)
    assert Client().get(path).status_code == 410
    now.at = ENDED + timedelta(hours=1)
    company.people["tech"].is_active = False
    company.people["tech"].save()
    assert Client().get(path).status_code == 410
    company.people["tech"].is_active = True
    company.people["tech"].save()
    links.revoke(subject=company.meeting.pk, at=now.at)
    assert Client().post(path, {"act": "confirm"}).status_code == 410


def test_a_link_is_kept_as_a_hash_only():
    company = a_company()
    circulated(company)
    token = link_of(company).rstrip("/").rsplit("/", 1)[1]
    assert not Link.objects.filter(digest=token).exists()
    assert all(token not in str(row) for row in Link.objects.values())


def test_answers_need_the_forms_token():
    company = a_company()
    circulated(company)
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(link_of(company), {"act": "confirm"}).status_code == 403
