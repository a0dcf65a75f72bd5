# SPDX-License-Identifier: Apache-2.0
"""The invitation in the browser: preview, sending, replies by link and signed in, the guest's door."""

import io
import re

import pytest
from django.test import Client

from huiyao.features.agenda.commands.materials import add_file
from huiyao.features.invitations.commands.send import send
from huiyao.features.invitations.models import Invitation
from huiyao.features.meetings.commands.guests import add_guest
from huiyao.features.meetings.models import Meeting
from huiyao.plumbing.models import AuditRow, Link, Message
from tests.builders.meetings import MORNING, Office, a_plan, an_invited_meeting


def link_of(recipient: str, purpose: str = "reply") -> str:
    """The address of a recipient's last message."""
    text = Message.objects.filter(recipient=recipient).latest("at", "id").text
    return re.search(rf"/l/{purpose}/[\w-]+/", text)[0]


def a_meeting_with_a_guest(office: Office) -> Meeting:
    meeting = a_plan(office)
    by = office.actor("product")
    add_guest(meeting.pk, name="佟远", company="远山设计", email="tong@example.org", by=by, at=MORNING)
    send(meeting.pk, by=by, at=MORNING)
    return meeting


def everything() -> list[list[dict[str, object]]]:
    return [list(table.objects.order_by("pk").values()) for table in (Meeting, Invitation, Message, AuditRow, Link)]


def test_the_preview_shows_the_text_the_recipients_and_the_warnings(office, browser):
    meeting = a_plan(office, place="", starts_at="2026-11-28T14:00")
    before = everything()
    page = browser("product").get(f"/meetings/{meeting.pk}/invitation/")
    assert meeting.title in page.context["letter"].title
    assert len(page.context["warnings"]) == 2
    assert page.context["late"] is False
    for name in ("沈一舟", "陆青禾", "方砚", "乔北", "邵明远"):
        assert name in page.content.decode()
    assert everything() == before


def test_the_preview_says_what_is_missing_and_offers_no_sending(office, browser):
    meeting = a_plan(office, title="", starts_at="")
    page = browser("product").get(f"/meetings/{meeting.pk}/invitation/")
    assert len(page.context["missing"]) == 2
    assert "invitation/send" not in page.content.decode()


def test_sending_shows_how_many_were_invited_and_the_replies(office, browser):
    meeting = a_plan(office)
    client = browser("product")
    assert client.post(f"/meetings/{meeting.pk}/invitation/send/").status_code == 303
    page = client.get(f"/meetings/{meeting.pk}/plan/")
    assert page.context["invited"] is True
    assert {answer[0][0]: answer[1] for answer in page.context["tally"]}.keys() == {"尚未回复", "接受"}
    assert page.context["unsent"] is False


def test_a_late_invitation_is_said_to_be_late(office, browser):
    meeting = a_plan(office, starts_at="2026-11-25T14:00")
    client = browser("product")
    assert client.get(f"/meetings/{meeting.pk}/invitation/").context["late"] is True
    client.post(f"/meetings/{meeting.pk}/invitation/send/", {"because": "客户只有这一天"})
    assert 'class="chip late"' in client.get(f"/meetings/{meeting.pk}/plan/").content.decode()


def test_a_change_after_sending_is_pointed_out_until_it_is_sent(office, browser):
    meeting = an_invited_meeting(office)
    client, plan = browser("product"), f"/meetings/{meeting.pk}/plan/"
    assert client.get(plan).context["unsent"] is False
    client.post(plan + "topics/", {"title": "预算", "minutes": "5"})
    assert client.get(plan).context["unsent"] is True
    client.post(f"/meetings/{meeting.pk}/invitation/send/")
    assert client.get(plan).context["unsent"] is False


def test_opening_the_reply_link_changes_nothing(office, browser):
    meeting = an_invited_meeting(office)
    url, before = link_of("方砚"), everything()
    for ask in (Client().get, Client().head):
        assert ask(url).status_code == 200
    assert everything() == before
    page = Client().get(url).content.decode()
    assert meeting.objective in page
    assert "方砚" in page


def test_a_reply_without_an_account_is_shown_on_the_plan(office, browser):
    meeting = an_invited_meeting(office)
    client, url = Client(), link_of("方砚")
    assert client.post(url, {"answer": "tentative", "comment": "可能在路上"}).status_code == 303
    assert Invitation.objects.get(person=office.people["tech"]).reply == "tentative"
    assert "可能在路上" in browser("product").get(f"/meetings/{meeting.pk}/plan/").content.decode()
    client.post(url, {"answer": "accepted"})
    assert Invitation.objects.get(person=office.people["tech"]).reply == "accepted"


def test_the_reply_page_speaks_its_invitees_language(office):
    office.people["tech"].language = "zh-hant"
    office.people["tech"].save()
    an_invited_meeting(office)
    page = Client().get(link_of("方砚"), headers={"Accept-Language": "en"})
    assert '<html lang="zh-hant">' in page.content.decode()


@pytest.mark.parametrize("answer", ["", "yes", "pending"])
def test_an_unknown_answer_changes_nothing(office, answer):
    an_invited_meeting(office)
    before = everything()
    assert Client().post(link_of("方砚"), {"answer": answer}).status_code == 422
    assert everything() == before


def test_after_the_start_the_page_opens_and_takes_no_reply(office, now):
    meeting = an_invited_meeting(office)
    url = link_of("方砚")
    now.at = meeting.starts_at
    page = Client().get(url)
    assert (page.status_code, page.context["open"]) == (200, False)
    before = everything()
    assert Client().post(url, {"answer": "accepted"}).status_code == 409
    assert everything() == before


def test_a_link_that_is_wrong_expired_or_for_something_else_is_refused(office, now):
    meeting = a_meeting_with_a_guest(office)
    reply, room = link_of("佟远"), link_of("佟远", "room")
    assert Client().get("/l/reply/nonsense/").status_code == 404
    assert Client().get(room.replace("/room/", "/reply/")).status_code == 404
    assert Client().get(reply.replace("/reply/", "/room/")).status_code == 404
    now.at = meeting.starts_at
    now.advance(days=2)
    assert Client().get(reply).status_code == 410
    assert Client().get(room).status_code == 410


def test_a_cancelled_meeting_is_said_to_be_cancelled_with_its_reason(
    office, browser, django_capture_on_commit_callbacks
):
    meeting = an_invited_meeting(office)
    url, client = link_of("方砚"), browser("product")
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(f"/meetings/{meeting.pk}/plan/cancel/", {"reason": "客户改期"})
    assert answer.status_code == 303
    assert Message.objects.filter(kind="cancel").count() == 5
    page = Client().get(url)
    assert "客户改期" in page.content.decode()
    assert Client().post(url, {"answer": "accepted"}).status_code == 409
    undo = client.get(f"/meetings/{meeting.pk}/plan/").content.decode()
    assert f"/meetings/{meeting.pk}/plan/restore/" in undo
    client.post(f"/meetings/{meeting.pk}/plan/restore/")
    meeting.refresh_from_db()
    assert meeting.stage == "preparing"


def test_rescheduling_tells_everybody_at_once(office, browser, django_capture_on_commit_callbacks):
    meeting = an_invited_meeting(office)
    form = {
        "starts_at": "2026-12-07T10:00",
        "place": "5 楼",
        "online": "",
        "note": "有冲突",
        "version": meeting.version,
    }
    with django_capture_on_commit_callbacks(execute=True):
        answer = browser("product").post(f"/meetings/{meeting.pk}/plan/reschedule/", form)
    assert answer.status_code == 303
    told = Message.objects.filter(kind="update")
    assert told.count() == 5
    assert all("SEQUENCE:1" in row.calendar for row in told)


def test_an_attendee_answers_on_the_plan_when_signed_in(office, browser):
    meeting = an_invited_meeting(office)
    client = browser("tech")
    assert client.get(f"/meetings/{meeting.pk}/plan/").context["may_reply"] is True
    assert client.post(f"/meetings/{meeting.pk}/invitation/reply/", {"answer": "declined"}).status_code == 303
    assert Invitation.objects.get(person=office.people["tech"]).reply == "declined"
    assert (
        browser("stranger").post(f"/meetings/{meeting.pk}/invitation/reply/", {"answer": "declined"}).status_code == 404
    )


def test_files_of_the_invitation_open_by_the_reply_link_alone(office):
    meeting = a_plan(office)
    by = office.actor("product")
    material = add_file(meeting.pk, io.BytesIO(b"x"), "进度.txt", by=by, at=MORNING)
    send(meeting.pk, by=by, at=MORNING)
    url = link_of("方砚")
    assert Client().get(f"{url}materials/{material.pk}/")["X-Huiyao-File"] == f"{material.sha256}:1"
    assert Client().get(f"/l/reply/nonsense/materials/{material.pk}/").status_code == 404


def test_a_guest_enters_by_the_door_and_sees_the_plan_only_then(office):
    meeting = a_meeting_with_a_guest(office)
    client, url, plan = Client(), link_of("佟远", "room"), f"/meetings/{meeting.pk}/plan/"
    page = client.get(url)
    assert "佟远" in page.content.decode()
    assert client.get(plan).status_code == 302
    answer = client.post(url)
    assert (answer.status_code, answer["Location"]) == (303, f"/meetings/{meeting.pk}/room/")
    assert client.get(plan).status_code == 200
    assert client.post("/meetings/new/").status_code == 404
    assert AuditRow.objects.filter(act="guest.enter").count() == 1


def test_the_door_is_for_guests_who_are_still_asked(office, browser):
    meeting = a_meeting_with_a_guest(office)
    url = link_of("佟远", "room")
    guest = Invitation.objects.get(person__guest=True).person
    client = browser("product")
    client.post(f"/meetings/{meeting.pk}/plan/guests/{guest.pk}/remove/")
    client.post(f"/meetings/{meeting.pk}/invitation/send/")
    assert Client().post(url).status_code == 410
    assert "_auth_user_id" not in Client().session


def test_the_reply_page_costs_little(office, django_assert_num_queries):
    an_invited_meeting(office)
    url = link_of("方砚")
    Client().get(url)
    with django_assert_num_queries(7):
        Client().get(url)
