# SPDX-License-Identifier: Apache-2.0
"""Invitations and feeds, parsed back (RFC 5545, 5546)."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from icalendar import Calendar, Component

from huiyao.documents.calendar_files import FeedEvent, Invitation, Method, Party, feed_ics, invitation_ics
from tests.documents.samples import END, START

STAMP = datetime(2026, 11, 20, 1, 2, 3, tzinfo=UTC)
INVITATION = Invitation(
    uid="m-1@huiyao",
    sequence=3,
    method=Method.REQUEST,
    title="冬季仓储切换协调会",
    starts_at=START,
    ends_at=END,
    zone="Asia/Shanghai",
    organiser=Party("会要", "huiyao@company.test"),
    attendee=Party("林晓", "lin@company.test"),
    place="3 楼 A 室",
    online="https://meet.test/881",
    objective="定下切换的范围与分工。",
    agenda=("1. 开场（5 分钟）", "2. 进展（15 分钟）"),
    reply_url="https://h.test/r/abc",
    meeting_url="https://h.test/m/1",
)


def event_of(content: bytes) -> Component:
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    return event


def test_a_request_carries_what_a_calendar_needs_for_its_buttons() -> None:
    calendar = Calendar.from_ical(invitation_ics(INVITATION, stamp=STAMP))
    event = event_of(calendar.to_ical())
    assert calendar["METHOD"] == "REQUEST"
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("m-1@huiyao", 3, "CONFIRMED")
    assert event["DTSTAMP"].dt == STAMP
    assert str(event["ORGANIZER"]) == "mailto:huiyao@company.test"
    attendee = event["ATTENDEE"]
    assert str(attendee) == "mailto:lin@company.test"
    assert {key: attendee.params[key] for key in ("CN", "ROLE", "PARTSTAT", "RSVP")} == {
        "CN": "林晓",
        "ROLE": "REQ-PARTICIPANT",
        "PARTSTAT": "NEEDS-ACTION",
        "RSVP": "TRUE",
    }


def test_times_stand_in_the_zone_of_the_meeting_with_its_definition() -> None:
    content = invitation_ics(replace(INVITATION, starts_at=START.astimezone(UTC)), stamp=STAMP)
    assert b"DTSTART;TZID=Asia/Shanghai:20261124T140000" in content
    (zone,) = Calendar.from_ical(content).walk("VTIMEZONE")
    assert zone["TZID"] == "Asia/Shanghai"


def test_a_zone_with_summer_time_defines_both_halves() -> None:
    content = invitation_ics(replace(INVITATION, zone="Europe/Berlin"), stamp=STAMP)
    (zone,) = Calendar.from_ical(content).walk("VTIMEZONE")
    assert {part.name for part in zone.subcomponents} == {"STANDARD", "DAYLIGHT"}


def test_the_description_tells_objective_agenda_and_where_to_reply() -> None:
    event = event_of(invitation_ics(INVITATION, stamp=STAMP))
    assert str(event["DESCRIPTION"]) == (
        "目标：定下切换的范围与分工。\n\n议程：\n1. 开场（5 分钟）\n2. 进展（15 分钟）\n\n"
        "请回复是否出席：https://h.test/r/abc\n\n会议页面：https://h.test/m/1"
    )
    assert str(event["LOCATION"]) == "3 楼 A 室 / https://meet.test/881"
    assert str(event["URL"]) == "https://h.test/m/1"


def test_a_cancellation_keeps_the_uid_and_asks_for_no_answer() -> None:
    content = invitation_ics(replace(INVITATION, method=Method.CANCEL, sequence=4), stamp=STAMP)
    event = event_of(content)
    assert b"METHOD:CANCEL" in content
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("m-1@huiyao", 4, "CANCELLED")
    assert "RSVP" not in event["ATTENDEE"].params


def test_lines_are_folded_at_75_octets_and_no_character_is_cut() -> None:
    content = invitation_ics(replace(INVITATION, objective="切换" * 400, title="很长" * 60), stamp=STAMP)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    assert "切换" * 400 in str(event_of(content)["DESCRIPTION"])


@pytest.mark.parametrize("evil", ["x\r\nATTENDEE:mailto:evil@x.test", 'a";X=1:b', "a\x00b", "x\\, y; z"])
def test_what_people_type_adds_no_lines(evil: str) -> None:
    made = replace(INVITATION, title=evil, place=evil, objective=evil, attendee=Party(evil, "lin@company.test"))
    event = event_of(invitation_ics(made, stamp=STAMP))
    assert str(event["ATTENDEE"]) == "mailto:lin@company.test"
    assert not isinstance(event["ATTENDEE"], list)


def test_an_optional_attendee_is_marked_so() -> None:
    event = event_of(invitation_ics(replace(INVITATION, optional=True), stamp=STAMP))
    assert event["ATTENDEE"].params["ROLE"] == "OPT-PARTICIPANT"


def test_a_feed_holds_meetings_and_due_dates() -> None:
    entries = [
        FeedEvent("d-1", "截止：写好脚本", date(2026, 12, 2), url="https://h.test/a/1"),
        FeedEvent("m-1", "协调会", START, END, "说明", "3 楼", updated_at=STAMP),
    ]
    calendar = Calendar.from_ical(feed_ics("我的会要", entries, stamp=STAMP, zone="Asia/Shanghai"))
    due, meeting = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "PUBLISH"
    assert (due["DTSTART"].dt, due["TRANSP"]) == (date(2026, 12, 2), "TRANSPARENT")
    assert (meeting["DTSTART"].dt, meeting["DTEND"].dt) == (START, END)
