# SPDX-License-Identifier: Apache-2.0
"""The calendar feed: only what is one's own, by a link that ends when it is taken back, and 304 while nothing changes."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from icalendar import Calendar

from huiyao.domain.rights import Standing
from huiyao.domain.stage import Stage
from huiyao.features.agenda.models import Topic
from huiyao.features.invitations.models import Invitation
from huiyao.features.meetings.models import Meeting, Participation
from huiyao.features.people.commands.own_messages import make_feed, revoke_feed, set_feed
from huiyao.features.people.models import Person
from huiyao.features.people.reads import actor_of
from huiyao.flows.feed import feed_of
from huiyao.plumbing import clock
from huiyao.plumbing.ids import uuid7
from huiyao.plumbing.redaction import redact
from huiyao.project.wiring import wire
from tests.builders.people import a_person, an_administrator, an_organisation, client_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 24, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def wired() -> None:
    wire()
    cache.clear()


def a_meeting(person: Person, title: str = "仓配协调会", stage: Stage = Stage.INVITED, **more: object) -> Meeting:
    row = Meeting.objects.create(
        title=title, organiser=a_person("发起"), zone="Asia/Shanghai", language="zh-hans", stage=stage,
        created_at=NOW, invited_at=None if stage == Stage.PREPARING else NOW,
        **{"starts_at": NOW + timedelta(days=2), **more},
    )  # fmt: skip
    Participation.objects.create(meeting=row, person=person, standing=Standing.ATTENDEE)
    Topic.objects.create(meeting=row, title="进展", minutes=40)
    return row


def an_invitation(meeting: Meeting, person: Person, **more: object) -> Invitation:
    return Invitation.objects.create(
        meeting=meeting, person=person, uid=f"{meeting.pk}@huiyao", digest="", starts_at=meeting.starts_at,
        sent_at=NOW, reply_due_at=NOW + timedelta(days=1), **more,
    )  # fmt: skip


def parsed(person: Person, now: datetime = NOW) -> Calendar:
    return Calendar.from_ical(feed_of(person, now))


def events(person: Person) -> dict[str, object]:
    return {str(one["uid"]): one for one in parsed(person).walk("VEVENT")}


def test_a_meeting_has_the_uid_of_its_invitation_and_its_sequence() -> None:
    an_organisation()
    person = a_person()
    meeting = a_meeting(person, sequence=3, place="三楼")
    invitation = an_invitation(meeting, person)
    event = events(person)[invitation.uid]
    assert (event["sequence"], event["status"], event["location"]) == (3, "CONFIRMED", "三楼")  # type: ignore[index]
    assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=40)  # type: ignore[index]
    assert f"reply-{invitation.pk}@huiyao" in events(person)  # the reply it waits for is a duty
    calendar = parsed(person)
    assert calendar["refresh-interval"].dt == timedelta(hours=1)
    assert calendar["x-published-ttl"].to_ical() == b"PT1H"


def test_cancelled_stays_with_its_status_and_declined_is_left_out() -> None:
    an_organisation()
    person = a_person()
    cancelled = a_meeting(person, stage=Stage.CANCELLED)
    declined = a_meeting(person)
    an_invitation(declined, person, reply="declined")
    found = events(person)
    assert [one["status"] for one in found.values()] == ["CANCELLED"]  # type: ignore[index]
    assert list(found) == [f"{cancelled.pk}@huiyao"]


def test_nobody_elses_meetings_and_none_before_the_invitation_not_even_for_an_administrator() -> None:
    an_organisation()
    person, administrator = a_person(), an_administrator()
    a_meeting(person)
    a_meeting(administrator, "未发的会", Stage.PREPARING)
    assert events(administrator) == {}


def test_duties_as_tasks_where_chosen() -> None:
    an_organisation()
    person = a_person()
    meeting = a_meeting(person)
    an_invitation(meeting, person)
    person = set_feed(person.pk, meetings=False, duties="todos", by=actor_of(person), at=NOW)
    calendar = parsed(person)
    assert not calendar.walk("VEVENT")
    (todo,) = calendar.walk("VTODO")
    assert (todo["due"].dt, todo["status"]) == (NOW + timedelta(days=1), "NEEDS-ACTION")


def test_the_address_answers_304_until_something_changes() -> None:
    an_organisation()
    person = a_person()
    meeting = a_meeting(person, starts_at=clock.now() + timedelta(days=1))
    token = make_feed(person.pk, by=actor_of(person), at=clock.now())
    first = Client().get(f"/feeds/{token}.ics")
    assert first.status_code == 200
    assert first.headers["Content-Type"].startswith("text/calendar")
    again = {"HTTP_IF_NONE_MATCH": first.headers["ETag"]}
    since = {"HTTP_IF_MODIFIED_SINCE": first.headers["Last-Modified"]}
    assert Client().get(f"/feeds/{token}.ics", **again).status_code == 304
    assert Client().get(f"/feeds/{token}.ics", **since).status_code == 304
    assert Client().head(f"/feeds/{token}.ics").status_code == 200
    assert Client().post(f"/feeds/{token}.ics").status_code == 405
    Meeting.objects.filter(pk=meeting.pk).update(title="改了名")
    cache.clear()
    assert Client().get(f"/feeds/{token}.ics", **again).status_code == 200


def test_the_same_rows_give_the_same_bytes_whenever_asked() -> None:
    an_organisation()
    person = a_person()
    an_invitation(a_meeting(person), person)
    assert feed_of(person, NOW) == feed_of(person, NOW + timedelta(hours=5))


def test_an_address_that_was_replaced_or_taken_back_ends_at_once() -> None:
    an_organisation()
    person = a_person()
    by, now = actor_of(person), clock.now()
    old = make_feed(person.pk, by=by, at=now)
    assert Client().get(f"/feeds/{old}.ics").status_code == 200
    new = make_feed(person.pk, by=by, at=now)
    assert (Client().get(f"/feeds/{old}.ics").status_code, Client().get(f"/feeds/{new}.ics").status_code) == (410, 200)
    revoke_feed(person.pk, by=by, at=now)
    assert Client().get(f"/feeds/{new}.ics").status_code == 410
    assert Client().get("/feeds/nobody-knows-this.ics").status_code == 404


def test_who_left_has_no_feed_any_more() -> None:
    an_organisation()
    person = a_person()
    token = make_feed(person.pk, by=actor_of(person), at=clock.now())
    Person.objects.filter(pk=person.pk).update(is_active=False)
    assert Client().get(f"/feeds/{token}.ics").status_code == 404


def test_the_page_shows_the_address_once_and_logs_never() -> None:
    an_organisation()
    client = client_of(a_person())
    made = client.post("/profile/calendar/new/").content.decode()
    assert "/feeds/" in made
    assert "/feeds/" not in client.get("/profile/calendar/").content.decode()
    assert redact("GET /feeds/abcdefghijkl.ics") == "GET /feeds/…"


def test_a_thousand_meetings_are_read_in_few_queries(django_assert_max_num_queries: object) -> None:
    an_organisation()
    person, host = a_person(), a_person()
    meetings = Meeting.objects.bulk_create(
        Meeting(id=uuid7(), title=f"会 {n}", organiser=host, zone="Asia/Shanghai", language="zh-hans", created_at=NOW,
                invited_at=NOW, stage=Stage.INVITED, starts_at=NOW + timedelta(hours=n))
        for n in range(1000)
    )  # fmt: skip
    Participation.objects.bulk_create(
        Participation(meeting=m, person=person, standing=Standing.ATTENDEE) for m in meetings
    )
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        body = feed_of(person, NOW)
    assert body.count(b"BEGIN:VEVENT") == 1000
