# SPDX-License-Identifier: Apache-2.0
"""Sending, changing, withdrawing and answering invitations, as the outbox and the calendars see it (R8, R15, R16, R24)."""

import re
from datetime import timedelta

import icalendar
import pytest

from huiyao.domain.duties import DutyKind
from huiyao.domain.editing import FieldWrite
from huiyao.domain.invitations import InvitationIncomplete, NothingToSend, ReplyClosed
from huiyao.domain.refusals import BadValue, NotAllowed, NotFound
from huiyao.features.agenda.commands.materials import add_link
from huiyao.features.agenda.commands.topics import add_topic
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.invitations.commands.post import REPLY, ROOM
from huiyao.features.invitations.commands.reply import reply
from huiyao.features.invitations.commands.send import Sent, send
from huiyao.features.invitations.duties import find_duties
from huiyao.features.invitations.models import Invitation
from huiyao.features.invitations.reads.invitees import counts, invitations_of, invitees_of
from huiyao.features.meetings.commands.cancel import cancel, restore
from huiyao.features.meetings.commands.guests import add_guest
from huiyao.features.meetings.commands.reschedule import reschedule
from huiyao.features.meetings.commands.seats import add_representative, add_seat, remove_seat, set_need
from huiyao.features.meetings.events import MeetingCancelled, MeetingRescheduled
from huiyao.features.meetings.models import Meeting, Seat
from huiyao.flows.on_meeting_cancelled import tell_the_invited
from huiyao.flows.on_meeting_rescheduled import send_update
from huiyao.plumbing import links
from huiyao.plumbing.models import AuditRow, Link, Message
from tests.builders.meetings import MORNING, Office, a_plan, an_invited_meeting, an_office, write_field

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)


@pytest.fixture
def office() -> Office:
    return an_office()


def everything() -> list[list[dict[str, object]]]:
    tables = (Meeting, Invitation, Message, Link, AuditRow)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def letters(kind: str) -> dict[str, Message]:
    """The last message of a kind to each recipient, taken-back ones left out."""
    rows = Message.objects.filter(kind=kind).exclude(state="retired").order_by("at", "id")
    return {row.recipient: row for row in rows}


def event_of(message: Message) -> icalendar.Event:
    """The event of a message's calendar object."""
    return icalendar.Calendar.from_ical(message.calendar).walk("VEVENT")[0]


def move(meeting: Meeting, office: Office, starts_at: str, at=LATER, note: str = "") -> None:
    """Reschedule and let the flow run."""
    meeting.refresh_from_db()
    by = office.actor("product")
    reschedule(
        meeting.pk, starts_at=starts_at, place="5 楼", online="", note=note, version=meeting.version, by=by, at=at
    )
    send_update(MeetingRescheduled(str(meeting.pk), by.id, note), at)


def test_everybody_with_a_role_or_a_seat_gets_one_message_with_a_calendar_object(office):
    meeting = a_plan(office)
    sent = send(meeting.pk, by=office.actor("product"), at=LATER)
    assert sent == Sent(invited=5, updated=0, withdrawn=0, late=False)
    told = letters("invitation")
    assert sorted(told) == sorted(["沈一舟", "陆青禾", "方砚", "乔北", "邵明远"])
    assert all(row.calendar_method == "REQUEST" for row in told.values())
    meeting.refresh_from_db()
    assert (meeting.stage, meeting.invited_at) == ("invited", LATER)


def test_the_message_says_what_the_guide_asks_for(office):
    meeting = a_plan(office, online="腾讯会议 778 120 334")
    by = office.actor("product")
    add_link(meeting.pk, "https://example.com/data", name="问题数据", by=by, at=MORNING)
    send(meeting.pk, by=by, at=LATER)
    text = letters("invitation")["方砚"].text
    for part in (
        meeting.objective,
        "2026年12月4日 周五 14:00–15:20",
        "80",
        "3 楼西会议室",
        "腾讯会议 778 120 334",
        "1. 开场与重申目标",
        "5. 行动项确认与总结",
        "问题数据 https://example.com/data",
        "12月3日 周四 14:00",
        "/l/reply/",
    ):
        assert part in text  # R8, R16, R21, R24


def test_the_calendar_object_is_a_request_to_its_recipient(office):
    meeting = an_invited_meeting(office)
    event = event_of(letters("invitation")["方砚"])
    assert (str(event["UID"]), int(event["SEQUENCE"])) == (f"{meeting.pk}@huiyao", 0)
    assert str(event["ATTENDEE"]) == "mailto:tech@example.com"
    assert (event["DTSTART"].dt, event["DTEND"].dt - event["DTSTART"].dt) == (meeting.starts_at, timedelta(minutes=80))


@pytest.mark.parametrize(
    ("language", "subject", "line"),
    [
        ("zh-hans", "邀请：", "目标"),
        ("zh-hant", "邀請：", "目標"),
        ("en", "Invitation: ", "Objective: "),
    ],
)
def test_a_message_is_in_its_recipients_language(office, language, subject, line):
    tech = office.people["tech"]
    tech.language = language
    tech.save()
    an_invited_meeting(office)
    told = letters("invitation")["方砚"]
    assert told.title.startswith(subject)
    assert line in told.text


def test_each_reply_link_is_for_one_person_and_one_meeting(office):
    meeting = an_invited_meeting(office)
    token = re.search(r"/l/reply/([\w-]+)/", letters("invitation")["方砚"].text)[1]
    opened = links.open_link(token, purpose=REPLY, at=LATER)
    assert (opened.person_id, opened.subject) == (str(office.people["tech"].pk), str(meeting.pk))
    assert opened.expires_at > meeting.starts_at


def test_a_guest_gets_a_way_into_the_room_and_no_address_behind_sign_in(office):
    meeting = a_plan(office)
    by = office.actor("product")
    add_guest(meeting.pk, name="佟远", email="tong@example.org", company="远山设计", by=by, at=MORNING)
    send(meeting.pk, by=by, at=LATER)
    text = letters("invitation")["佟远"].text
    token = re.search(r"/l/room/([\w-]+)/", text)[1]
    assert links.open_link(token, purpose=ROOM, at=LATER).subject == str(meeting.pk)
    assert "/plan/" not in text


def test_somebody_without_a_mail_address_still_has_a_message_in_the_outbox(office):
    meeting = a_plan(office)
    by = office.actor("product")
    add_guest(meeting.pk, name="佟远", by=by, at=MORNING)
    send(meeting.pk, by=by, at=LATER)
    told = letters("invitation")["佟远"]
    assert (told.state, told.calendar, told.calendar_method) == ("held", "", "")
    assert "/l/room/" in told.text


def test_the_informed_are_told_and_not_asked(office):
    meeting = a_plan(office)
    by = office.actor("product")
    seat = Seat.objects.get(meeting=meeting, department=office.departments["tech"])
    set_need(meeting.pk, seat.pk, FieldWrite("need", "informed", "required", seat.version), by=by, at=MORNING)
    send(meeting.pk, by=by, at=LATER)
    told = letters("invitation")["方砚"]
    assert ("/l/reply/" in told.text, told.calendar) == (False, "")
    assert not find_duties(office.actor("tech"), LATER, working_calendar())
    with pytest.raises(NotFound):
        reply(meeting.pk, "accepted", by=office.actor("tech"), at=LATER)


def test_who_called_the_meeting_comes_to_it(office):
    meeting = an_invited_meeting(office)
    found = {row.person.name: row.reply for row in invitations_of(meeting.pk)}
    assert found["沈一舟"] == "accepted"
    assert counts(invitations_of(meeting.pk)) == {"pending": 4, "accepted": 1, "declined": 0, "tentative": 0}


def test_a_late_invitation_goes_out_and_is_recorded_as_late(office):
    meeting = a_plan(office, starts_at="2026-11-26T14:00")
    sent = send(meeting.pk, by=office.actor("product"), at=LATER, because="客户只有这一天")
    assert sent.late
    facts = AuditRow.objects.get(act="invitation.send").facts
    assert (facts["late"], facts["because"]) == (True, "客户只有这一天")


def test_an_incomplete_plan_is_not_sent_and_nothing_changes(office):
    meeting = a_plan(office)
    write_field(meeting.pk, "starts_at", "", office.actor("product"))
    before = everything()
    with pytest.raises(InvitationIncomplete) as refused:
        send(meeting.pk, by=office.actor("product"), at=LATER)
    assert refused.value.facts["missing"] == ["time"]
    assert everything() == before


@pytest.mark.parametrize(("who", "refusal"), [("tech", NotAllowed), ("stranger", NotFound)])
def test_others_send_nothing(office, who, refusal):
    meeting = a_plan(office)
    before = everything()
    with pytest.raises(refusal):
        send(meeting.pk, by=office.actor(who), at=LATER)
    assert everything() == before


def test_sending_twice_sends_once(office):
    meeting = an_invited_meeting(office)
    before = everything()
    with pytest.raises(NothingToSend):
        send(meeting.pk, by=office.actor("product"), at=LATER)
    assert everything() == before


def test_a_change_of_the_plan_is_sent_to_all_with_a_higher_sequence_and_keeps_replies(office):
    meeting = an_invited_meeting(office)
    reply(meeting.pk, "accepted", by=office.actor("tech"), at=LATER)
    add_topic(meeting.pk, "预算", by=office.actor("product"), at=LATER)
    sent = send(meeting.pk, by=office.actor("product"), at=LATER)
    assert (sent.invited, sent.updated) == (0, 5)
    assert int(event_of(letters("update")["方砚"])["SEQUENCE"]) == 1
    assert Invitation.objects.get(person=office.people["tech"]).reply == "accepted"


def test_somebody_new_is_invited_without_troubling_the_others(office):
    meeting = an_invited_meeting(office)
    by = office.actor("product")
    seat = add_seat(meeting.pk, office.departments["service"].pk, by=by, at=LATER)
    add_representative(meeting.pk, seat.pk, office.people["service"].pk, by=by, at=LATER)
    assert send(meeting.pk, by=by, at=LATER) == Sent(1, 0, 0, late=False)
    assert int(event_of(letters("invitation")["温夏"])["SEQUENCE"]) == 0


def test_who_is_taken_off_gets_a_cancellation(office):
    meeting = an_invited_meeting(office)
    by = office.actor("product")
    remove_seat(
        meeting.pk, Seat.objects.get(meeting=meeting, department=office.departments["tech"]).pk, by=by, at=LATER
    )
    assert send(meeting.pk, by=by, at=LATER) == Sent(0, 0, 1, late=False)
    event = event_of(letters("cancel")["方砚"])
    assert (str(event["STATUS"]), int(event["SEQUENCE"])) == ("CANCELLED", 1)
    with pytest.raises(ReplyClosed):
        reply(meeting.pk, "accepted", by=office.actor("tech"), at=LATER)


def test_moving_the_meeting_asks_everybody_again(office):
    meeting = an_invited_meeting(office)
    reply(meeting.pk, "accepted", by=office.actor("tech"), at=LATER)
    move(meeting, office, "2026-12-07T10:00", note="会议室有冲突")
    told = letters("update")["方砚"]
    event = event_of(told)
    assert (int(event["SEQUENCE"]), str(event["UID"])) == (1, f"{meeting.pk}@huiyao")
    assert "会议室有冲突" in told.text
    row = Invitation.objects.get(person=office.people["tech"])
    assert (row.reply, row.replied_at) == ("pending", None)
    assert row.reply_due_at.isoformat() == "2026-12-04T02:00:00+00:00"


def test_a_new_place_alone_keeps_the_replies(office):
    meeting = an_invited_meeting(office)
    reply(meeting.pk, "declined", by=office.actor("tech"), at=LATER)
    move(meeting, office, "2026-12-04T14:00")
    assert Invitation.objects.get(person=office.people["tech"]).reply == "declined"


def test_the_same_move_is_told_once(office):
    meeting = an_invited_meeting(office)
    move(meeting, office, "2026-12-07T10:00")
    before = everything()
    send_update(MeetingRescheduled(str(meeting.pk), office.actor("product").id, ""), LATER)
    assert everything() == before


def test_cancelling_tells_everybody_once_and_closes_the_way_into_the_room(office):
    meeting = a_plan(office)
    by = office.actor("product")
    add_guest(meeting.pk, name="佟远", email="tong@example.org", by=by, at=MORNING)
    send(meeting.pk, by=by, at=MORNING)
    token = re.search(r"/l/room/([\w-]+)/", letters("invitation")["佟远"].text)[1]
    cancel(meeting.pk, "客户改期", by=by, at=LATER)
    event = MeetingCancelled(str(meeting.pk), by.id, "客户改期", invited=True)
    tell_the_invited(event, LATER)
    told = letters("cancel")
    assert len(told) == 6
    assert all("客户改期" in row.text and row.calendar_method == "CANCEL" for row in told.values())
    with pytest.raises(links.LinkRevoked):
        links.open_link(token, purpose=ROOM, at=LATER)
    before = everything()
    tell_the_invited(event, LATER)
    assert everything() == before


def test_a_wrong_cancellation_taken_back_invites_anew_with_a_higher_sequence(office):
    meeting = an_invited_meeting(office)
    by = office.actor("product")
    cancel(meeting.pk, "点错了", by=by, at=LATER)
    tell_the_invited(MeetingCancelled(str(meeting.pk), by.id, "点错了", invited=True), LATER)
    restore(meeting.pk, by=by, at=LATER)
    assert send(meeting.pk, by=by, at=LATER + timedelta(minutes=5)).invited == 5
    told = letters("invitation")["方砚"]
    assert int(event_of(told)["SEQUENCE"]) == 2
    assert Invitation.objects.get(person=office.people["tech"]).reply == "pending"


def test_one_may_change_ones_mind_until_the_start(office):
    meeting = an_invited_meeting(office)
    by = office.actor("tech")
    reply(meeting.pk, "accepted", by=by, at=LATER)
    row = reply(meeting.pk, "declined", by=by, at=meeting.starts_at - timedelta(seconds=1), comment="出差")
    assert (row.reply, row.comment) == ("declined", "出差")
    before = everything()
    with pytest.raises(ReplyClosed):
        reply(meeting.pk, "accepted", by=by, at=meeting.starts_at)
    assert everything() == before
    given = AuditRow.objects.filter(act="invitation.reply").order_by("id").values_list("facts", flat=True)
    assert [(f["from"], f["to"]) for f in given] == [("pending", "accepted"), ("accepted", "declined")]


@pytest.mark.parametrize(
    ("who", "answer", "comment", "refusal"),
    [
        ("tech", "perhaps", "", BadValue),
        ("tech", "accepted", "长" * 501, BadValue),
        ("stranger", "accepted", "", NotFound),
    ],
)
def test_a_reply_that_cannot_be_given_changes_nothing(office, who, answer, comment, refusal):
    meeting = an_invited_meeting(office)
    before = everything()
    with pytest.raises(refusal):
        reply(meeting.pk, answer, comment=comment, by=office.actor(who), at=LATER)
    assert everything() == before


def test_the_invitation_and_each_reply_are_duties_until_done(office):
    calendar = working_calendar()
    meeting = a_plan(office)
    assert [(d.kind, d.due) for d in find_duties(office.actor("product"), LATER, calendar)] == [
        (DutyKind.INVITE, meeting.invite_due_at)
    ]
    send(meeting.pk, by=office.actor("product"), at=LATER)
    assert not find_duties(office.actor("product"), LATER, calendar)
    owed = find_duties(office.actor("tech"), LATER, calendar)
    assert [(d.kind, d.due.isoformat(), d.title) for d in owed] == [
        (DutyKind.REPLY, "2026-12-03T06:00:00+00:00", meeting.title)
    ]
    assert len(find_duties(None, LATER, calendar)) == 4
    reply(meeting.pk, "tentative", by=office.actor("tech"), at=LATER)
    assert not find_duties(office.actor("tech"), LATER, calendar)
    assert not find_duties(None, meeting.starts_at, calendar)


def test_an_optional_seat_makes_an_optional_invitee(office):
    meeting = a_plan(office)
    by = office.actor("product")
    seat = Seat.objects.get(meeting=meeting, department=office.departments["tech"])
    set_need(meeting.pk, seat.pk, FieldWrite("need", "optional", "required", seat.version), by=by, at=MORNING)
    found = {i.person.name: i.optional for i in invitees_of(meeting.pk)}
    assert found == {"沈一舟": False, "陆青禾": False, "方砚": True, "乔北": False, "邵明远": False}
    send(meeting.pk, by=by, at=LATER)
    assert event_of(letters("invitation")["方砚"])["ATTENDEE"].params["ROLE"] == "OPT-PARTICIPANT"
