# SPDX-License-Identifier: Apache-2.0
"""Putting one letter about a meeting into the outbox, with its links and its calendar object."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.conf import settings

from huiyao.documents.calendar_files import Party
from huiyao.features.invitations.mails.calendar_object import FALLBACK_ADDRESS, calendar_object
from huiyao.features.invitations.mails.content import Content
from huiyao.features.invitations.mails.words import Addressed, Letter, words
from huiyao.features.invitations.models import Invitation
from huiyao.features.meetings.models import Meeting
from huiyao.features.people.models import Person
from huiyao.features.people.reads import recipient_of
from huiyao.plumbing import bundles, links, messages

REPLY, ROOM = "reply", "room"
LINKS_LIVE_ON = timedelta(days=1)
"""How long after the planned end the links of an invitation still open (the reply itself closes at the start)."""


@dataclass(frozen=True, slots=True)
class Posting:
    """What all letters of one sending share. ``note`` is told to those who were invited before."""

    meeting: Meeting
    content: Content
    at: datetime
    note: str = ""


def post(posting: Posting, letter: Letter, row: Invitation, person: Person, *, optional: bool = False) -> None:
    """Put one letter into the outbox; earlier ones to the same person not sent yet are taken back."""
    cancelled = letter is Letter.CANCELLATION
    plan_url = "" if person.guest or cancelled else plan_address(posting.content.meeting_id)
    reply_url = room_url = ""
    if not cancelled and not row.informed:
        reply_url = _link(REPLY, posting, person)
    if not cancelled and person.guest:
        room_url = _link(ROOM, posting, person)
    prefix = f"invitation:{row.meeting_id}:{person.pk}:"
    changes = letter is Letter.UPDATE
    notes = [*bundles.unsent_notes(prefix, person.pk), *([posting.note] if posting.note else [])] if changes else []
    posting = replace(posting, note="\n".join(dict.fromkeys(notes))) if changes else posting
    told = words(letter, posting.content, _addressed(posting, letter, row, person, (plan_url, reply_url, room_url)))
    calendar = ""
    if not row.informed:
        calendar = calendar_object(
            posting.content,
            person,
            uid=row.uid,
            sequence=row.sequence,
            cancelled=cancelled,
            organiser=_organiser(posting.meeting.organiser),
            reply_url=reply_url,
            plan_url=plan_url,
            optional=optional,
            stamp=posting.at,
        )
    if not changes:
        messages.retire(prefix=prefix)
    messages.put(
        key=f"{prefix}{row.times_sent}",
        kind=str(letter),
        to=recipient_of(person),
        title=told.title,
        text=told.text,
        calendar=calendar,
        calendar_method=("CANCEL" if cancelled else "REQUEST") if calendar else "",
        context=row.meeting_id,
        at=posting.at,
        not_before=posting.at + bundles.SETTLE if changes else None,
        bundle=prefix,
        notes=list(dict.fromkeys(notes)),
    )


def plan_address(meeting_id: str) -> str:
    """Where the plan of a meeting is read."""
    return f"{settings.HUIYAO.base_url}/meetings/{meeting_id}/plan/"


def _addressed(
    posting: Posting, letter: Letter, row: Invitation, person: Person, urls: tuple[str, str, str]
) -> Addressed:
    plan_url, reply_url, room_url = urls
    return Addressed(
        name=person.name,
        language=person.language or "zh-hans",
        plan_url=plan_url,
        reply_url=reply_url,
        room_url=room_url,
        reply_due_at=row.reply_due_at,
        informed=row.informed,
        note="" if letter is Letter.INVITATION else posting.note,
    )


def _link(purpose: str, posting: Posting, person: Person) -> str:
    token = links.make(
        purpose=purpose,
        person_id=person.pk,
        subject=posting.content.meeting_id,
        at=posting.at,
        expires_at=posting.content.ends_at + LINKS_LIVE_ON,
    )
    return f"{settings.HUIYAO.base_url}/l/{purpose}/{token}/"


def _organiser(person: Person) -> Party:
    return Party(person.name, messages.sender_address() or person.email or FALLBACK_ADDRESS)
