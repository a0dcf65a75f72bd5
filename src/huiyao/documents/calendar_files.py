# SPDX-License-Identifier: Apache-2.0
"""Invitations and feeds as calendar objects (RFC 5545, 5546, 6047). No clock: the stamp is an argument."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, Todo, vCalAddress, vDuration, vText, vUri

from huiyao.documents.calendar_words import description_of
from huiyao.documents.cleaning import clean, one_line

PRODUCT = "-//Huiyao//Huiyao//EN"


class Method(StrEnum):
    """What the message asks for (RFC 5546 section 3.2)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Party:
    """A person and their mail address."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Invitation:
    """One meeting for one recipient.

    ``uid`` stays for life; ``sequence`` grows with each change of time, place or state. ``organiser`` must be
    the mailbox the message comes from, not the attendee's own, or there are no buttons. The instants
    are aware; ``zone`` is the IANA name in which the meeting is shown.
    """

    uid: str
    sequence: int
    method: Method
    title: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    organiser: Party
    attendee: Party
    place: str = ""
    online: str = ""
    objective: str = ""
    agenda: tuple[str, ...] = ()
    reply_url: str = ""
    meeting_url: str = ""
    language: str = "zh-hans"
    optional: bool = False


@dataclass(frozen=True, slots=True)
class FeedEvent:
    """An entry of a feed: a meeting (instants) or a due date (a civil date, the whole day).

    ``sequence`` grows with each change of a meeting; ``status`` is RFC 5545's, empty for none. ``busy``: takes the
    reader's time. ``todo``: written as VTODO, due at ``starts_at``.
    """

    uid: str
    title: str
    starts_at: datetime | date
    ends_at: datetime | date | None = None
    description: str = ""
    place: str = ""
    url: str = ""
    updated_at: datetime | None = None
    sequence: int = 0
    status: str = ""
    busy: bool = True
    todo: bool = False


REFRESH = timedelta(hours=1)
"""How often programs are asked to look again (RFC 7986, 5.7; X-PUBLISHED-TTL for Outlook)."""


def invitation_ics(invitation: Invitation, *, stamp: datetime) -> bytes:
    """The calendar object of an invitation, an update or a cancellation; ``stamp`` is when it is sent."""
    cancelled = invitation.method is Method.CANCEL
    zone = ZoneInfo(invitation.zone)
    event = Event()
    event.add("uid", invitation.uid)
    event.add("sequence", invitation.sequence)
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("dtstart", invitation.starts_at.astimezone(zone))
    event.add("dtend", invitation.ends_at.astimezone(zone))
    event.add("summary", vText(one_line(invitation.title), params={"LANGUAGE": _tag(invitation.language)}))
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    event.add("transp", "OPAQUE")
    event.add("organizer", _address(invitation.organiser))
    event.add("attendee", _attendee(invitation, cancelled=cancelled))
    _texts(event, invitation)
    calendar = _calendar(invitation.method.value)
    calendar.add_component(event)
    calendar.add_missing_timezones(
        first_date=invitation.starts_at.date().replace(month=1, day=1),
        last_date=invitation.ends_at.date().replace(year=invitation.ends_at.year + 2, month=1, day=1),
    )
    return bytes(calendar.to_ical())


def feed_ics(name: str, events: Sequence[FeedEvent], *, stamp: datetime, zone: str) -> bytes:
    """A subscribed calendar (METHOD:PUBLISH) of meetings and due dates; instants are written in UTC.

    Apple and Thunderbird heed REFRESH-INTERVAL, Outlook X-PUBLISHED-TTL, Google neither (it looks once or twice a day).
    """
    calendar = _calendar("PUBLISH")
    for key in ("name", "x-wr-calname"):
        calendar.add(key, one_line(name))
    calendar.add("x-wr-timezone", zone)
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(REFRESH))
    for entry in events:
        calendar.add_component(_feed_todo(entry, stamp) if entry.todo else _feed_event(entry, stamp))
    return bytes(calendar.to_ical())


def _calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _feed_event(entry: FeedEvent, stamp: datetime) -> Event:
    event = Event()
    event.add("dtstart", _in_utc(entry.starts_at))
    if entry.ends_at is not None:
        event.add("dtend", _in_utc(entry.ends_at))
    if not entry.busy or not isinstance(entry.starts_at, datetime):
        event.add("transp", "TRANSPARENT")  # a due date takes no time of the day
    _fill(event, entry, stamp)
    return event


def _feed_todo(entry: FeedEvent, stamp: datetime) -> Todo:
    todo = Todo()
    todo.add("due", _in_utc(entry.starts_at))
    _fill(todo, entry, stamp)
    return todo


def _fill(component: Event | Todo, entry: FeedEvent, stamp: datetime) -> None:
    component.add("uid", entry.uid)
    component.add("dtstamp", (entry.updated_at or stamp).astimezone(UTC))
    component.add("summary", one_line(entry.title))
    if entry.sequence:
        component.add("sequence", entry.sequence)
    if entry.status:
        component.add("status", entry.status)
    for key, text in (("description", clean(entry.description)), ("location", one_line(entry.place))):
        if text:
            component.add(key, text)
    if entry.url:
        component.add("url", vUri(entry.url))


def _in_utc(moment: datetime | date) -> datetime | date:
    return moment.astimezone(UTC) if isinstance(moment, datetime) else moment


def _address(party: Party) -> vCalAddress:
    address = vCalAddress(f"mailto:{party.email.strip()}")
    name = one_line(party.name).replace('"', "'")
    if name:
        address.params["CN"] = name
    return address


def _attendee(invitation: Invitation, *, cancelled: bool) -> vCalAddress:
    address = _address(invitation.attendee)
    address.params["CUTYPE"] = "INDIVIDUAL"
    address.params["ROLE"] = "OPT-PARTICIPANT" if invitation.optional else "REQ-PARTICIPANT"
    if not cancelled:
        address.params["PARTSTAT"] = "NEEDS-ACTION"
        address.params["RSVP"] = "TRUE"
    return address


def _texts(event: Event, invitation: Invitation) -> None:
    place = " / ".join(filter(None, (one_line(invitation.place), one_line(invitation.online))))
    if place:
        event.add("location", place)
    description = description_of(
        invitation.language,
        objective=clean(invitation.objective),
        agenda=[one_line(line) for line in invitation.agenda],
        reply_url=invitation.reply_url,
        meeting_url=invitation.meeting_url,
    )
    if description:
        event.add("description", description)
    url = invitation.meeting_url or invitation.reply_url
    if url:
        event.add("url", vUri(url))


def _tag(language: str) -> str:
    return {"zh-hans": "zh-CN", "zh-hant": "zh-TW"}.get(language, "en")
