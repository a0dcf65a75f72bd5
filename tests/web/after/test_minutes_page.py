# SPDX-License-Identifier: Apache-2.0
import pytest
from django.test import Client

from huiyao.domain.review import State
from huiyao.features.actions.models import Action
from huiyao.features.archive.models import Filing
from huiyao.features.minutes.commands import circulating, closing, reviewing
from huiyao.features.minutes.models import Answer, Minutes, MinutesVersion, Objection
from huiyao.flows.close_windows import close_windows
from huiyao.plumbing.models import Link, Message
from tests.builders.minutes import a_company, a_draft, address, browser, circulated, in_review

pytestmark = pytest.mark.django_db(transaction=True)


def post(client, company, rest, **fields):
    return client.post(address(company, rest), fields)


def test_recorder_and_host_take_the_minutes_from_draft_to_sent_on_the_page():
    company = a_company()
    a_draft(company)
    recorder, host = browser(company, "ops"), browser(company, "product")
    page = recorder.get(address(company))
    assert page.status_code == 200
    assert "写出改版必做清单" in page.content.decode()
    assert recorder.get(address(company) + "?line=deci-1").status_code == 200
    assert recorder.get(address(company) + "?line=acti-2").status_code == 200
    assert recorder.get(address(company) + "?line=new-action").status_code == 200
    was = "必做清单由市场部出，技术部收到后两天内回复。"
    assert post(recorder, company, "line/", line="deci-1", was=was, text="必做清单由市场部出。").status_code == 303
    assert post(recorder, company, "submit/").status_code == 303
    assert post(host, company, "return/", reason="写明回复期限。").status_code == 303
    assert "写明回复期限。" in recorder.get(address(company)).content.decode()
    assert post(recorder, company, "submit/").status_code == 303
    assert host.get(address(company)).status_code == 200
    assert post(host, company, "send/").status_code == 303
    assert Minutes.objects.get().state == State.CIRCULATED


def test_a_lost_race_shows_both_wordings_and_changes_nothing():
    company = a_company()
    a_draft(company)
    answer = post(browser(company, "ops"), company, "line/", line="deci-1", was="别的话", text="我的话")
    assert answer.status_code == 409
    shown = answer.content.decode()
    assert "我的话" in shown
    assert "必做清单由市场部出，技术部收到后两天内回复。" in shown
    assert MinutesVersion.objects.count() == 1


def test_the_link_in_the_mail_opens_the_answer_page_and_changes_nothing_until_a_post():
    company = a_company()
    circulated(company)
    message = Message.objects.get(recipient="许恒")
    link = next(line for line in message.text.splitlines() if "/l/minutes/" in line)
    path = link[link.index("/l/") :]
    phone = Client()
    page = phone.get(path)
    assert page.status_code == 200
    assert "评估清单并给出排期" in page.content.decode()
    assert set(Answer.objects.values_list("state", "opened_at")) == {("none", None)}
    assert not Link.objects.exclude(used_at=None).exists()
    objected = phone.post(path, {"act": "object", "line": "deci-1", "text": "应为收到后两个工作日。"})
    assert objected.status_code == 303
    assert Objection.objects.get().quoted == "必做清单由市场部出，技术部收到后两天内回复。"
    assert "应为收到后两个工作日。" in phone.get(objected["Location"]).content.decode()
    recorder = browser(company, "ops")
    assert "应为收到后两个工作日。" in recorder.get(address(company)).content.decode()
    objection = Objection.objects.get()
    accepted = post(
        recorder,
        company,
        f"objections/{objection.pk}/accept/",
        line="deci-1",
        text="必做清单由市场部出，技术部收到后两个工作日内回复。",
    )
    assert accepted.status_code == 303
    shown = phone.get(path).content.decode()
    assert "应为收到后两个工作日。" in shown


@pytest.mark.parametrize("name", ["market", "stranger", "coordinator"])
def test_a_draft_is_shown_to_nobody_but_recorder_host_and_coordinator(name):
    company = a_company()
    in_review(company)
    expected = 200 if name == "coordinator" else 404
    assert browser(company, name).get(address(company)).status_code == expected


@pytest.mark.parametrize("ending", ["docx", "pdf", "xlsx", "md", "txt"])
def test_every_format_comes_as_a_file(ending):
    company = a_company()
    a_draft(company)
    answer = browser(company, "ops").get(address(company, f"export/{ending}/"))
    assert answer.status_code == 200
    assert "2026-11-" in answer["Content-Disposition"]
    assert len(answer.content) > 400


def test_actions_and_archive_pages_show_what_came_of_it(now):
    company = a_company()
    circulation = circulated(company)
    owner = browser(company, "tech")
    listed = owner.get("/actions/").content.decode()
    assert "评估清单并给出排期" in listed
    for which in ("open", "late", "done", "all"):
        assert owner.get(f"/actions/?which={which}&whose=mine").status_code == 200
    assert owner.get("/actions/export/").status_code == 200
    action = Action.objects.get(entry="acti-2")
    assert owner.get(f"/actions/{action.pk}/").status_code == 200
    assert owner.post(f"/actions/{action.pk}/progress/", {"percent": "50", "text": "过半"}).status_code == 303
    assert (
        owner.post(
            f"/actions/{action.pk}/postpone/", {"due": "2026-12-15", "cause": "等待支持", "reason": "数据未到"}
        ).status_code
        == 303
    )
    assert owner.post(f"/actions/{action.pk}/finish/", {}).status_code == 303
    assert owner.get(f"/actions/{action.pk}/").status_code == 200
    now.at = circulation.window_ends_at
    assert close_windows(circulation.window_ends_at) == 1
    archive = owner.get("/archive/").content.decode()
    assert "2026-11-订单页改版协调会" in archive
    filing = Filing.objects.get()
    page = owner.get(f"/archive/{filing.pk}/").content.decode()
    assert "2026-11-订单页改版协调会.docx" in page
    sent = owner.get(f"/archive/{filing.pk}/bundle/")
    assert sent.headers["X-Huiyao-File"] == f"{filing.bundle_sha256}:{filing.bundle_size}"
    assert browser(company, "stranger").get(f"/archive/{filing.pk}/bundle/").status_code == 404
    assert owner.get(address(company)).status_code == 200
    assert owner.get(address(company, "compare/")).status_code == 404
    assert browser(company, "ops").get(address(company, "compare/")).status_code == 200


def test_the_host_is_told_before_sending_which_characters_no_font_has():
    company = a_company()
    company.people["tech"].name = "许𬀩\U000323af"
    company.people["tech"].save()
    in_review(company)
    assert "U+323AF" in browser(company, "product").get(address(company)).content.decode()
    assert "U+323AF" not in browser(company, "ops").get(address(company)).content.decode()


def test_a_hint_is_put_aside_with_its_reason_and_shown_to_nobody_else():
    company = a_company()
    a_draft(company)
    recorder = browser(company, "ops")
    shown = recorder.get(address(company)).content.decode()
    key = shown.split('name="key" value="')[1].split('"')[0]
    assert post(recorder, company, "hints/dismiss/", key=key, reason="").status_code == 422
    assert post(recorder, company, "hints/dismiss/", key=key, reason="会上原话").status_code == 303
    assert f'value="{key}"' not in recorder.get(address(company)).content.decode()
    assert 'id="hints"' not in browser(company, "coordinator").get(address(company)).content.decode()


def test_the_list_of_past_meetings_shows_the_clock_that_runs(now):
    company = a_company()
    a_draft(company)
    recorder = browser(company, "ops")

    def clock():
        (row,) = recorder.get("/meetings/", {"tab": "past"}).context["rows"]
        return row[2] and (row[2].until, row[2].late)

    draft_due = Minutes.objects.get().draft_due_at
    assert clock() == (draft_due, False)
    now.advance(hours=12)
    assert clock() == (draft_due, True)
    reviewing.submit(company.meeting.pk, by=company.recorder, at=now.now())
    assert clock()[0] == Minutes.objects.get().circulate_due_at
    sent = circulating.approve_and_send(company.meeting.pk, by=company.host, at=now.now())
    assert clock() == (sent.window_ends_at, False)
    closing.close_window(company.meeting.pk, at=sent.window_ends_at)
    assert clock() is None


def test_before_sending_the_host_sees_who_gets_it_how_and_why(now):
    company = a_company()
    company.people["sales"].email = ""
    company.people["sales"].save()
    in_review(company)
    page = browser(company, "product").get(address(company))
    rows = {row.person.login: row for row in page.context["sending"].persons}
    assert set(rows) == {"coordinator", "market", "tech", "sales", "ops"}
    assert page.context["sending"].unreached >= 1
    assert rows["sales"].held
    assert all(row.why and row.way for row in rows.values())
    assert browser(company, "ops").get(address(company)).context["sending"] is None
