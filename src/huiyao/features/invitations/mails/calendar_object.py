# SPDX-License-Identifier: Apache-2.0
"""The calendar object that goes with a message (RFC 5546: REQUEST and CANCEL, one attendee each)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from huiyao.documents import calendar_files
from huiyao.features.invitations.mails.content import Content
from huiyao.features.people.models import Person

FALLBACK_ADDRESS = "huiyao@localhost"


def calendar_object(
    content: Content,
    person: Person,
    *,
    uid: str,
    sequence: int,
    cancelled: bool,
    organiser: calendar_files.Party,
    reply_url: str,
    plan_url: str,
    optional: bool,
    stamp: datetime,
) -> str:
    """The object as text, for one attendee; empty where they have no mail address to be an attendee with."""
    if not person.email:
        return ""
    zone = ZoneInfo(content.zone)
    invitation = calendar_files.Invitation(
        uid=uid,
        sequence=sequence,
        method=calendar_files.Method.CANCEL if cancelled else calendar_files.Method.REQUEST,
        title=content.title,
        starts_at=content.starts_at.astimezone(zone),
        ends_at=content.ends_at.astimezone(zone),
        zone=content.zone,
        organiser=organiser,
        attendee=calendar_files.Party(person.name, person.email),
        place=content.place,
        online=content.online,
        objective=content.objective,
        agenda=tuple(f"{n}. {item.title} ({item.minutes}′)" for n, item in enumerate(content.agenda, 1)),
        reply_url=reply_url,
        meeting_url=plan_url,
        language=person.language or "zh-hans",
        optional=optional,
    )
    return calendar_files.invitation_ics(invitation, stamp=stamp).decode()
