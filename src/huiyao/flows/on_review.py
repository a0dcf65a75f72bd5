# SPDX-License-Identifier: Apache-2.0
"""Turns of the review in mails: submitted (to the host), returned and objected (to the recorder), declined."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from huiyao.features.meetings.reads import MeetingRow, find_meeting
from huiyao.features.minutes.duties import reviewer_of, writer_of
from huiyao.features.minutes.events import (
    MinutesReopened,
    MinutesReturned,
    MinutesSubmitted,
    ObjectionAnswered,
    ObjectionRaised,
)
from huiyao.features.minutes.mails import Mail, Raised, declined, objected, reopened, returned, submitted
from huiyao.features.minutes.reads import answers_of, find_minutes, find_objection
from huiyao.features.people.reads import PersonRow, find_person, recipient_of
from huiyao.features.sittings.commands import seal_snapshot
from huiyao.flows.on_minutes_circulated import language_of
from huiyao.plumbing import bundles, formatting, messages


def on_minutes_submitted(event: MinutesSubmitted, at: datetime) -> None:
    """The record cannot be opened again; tell the host that the draft waits."""
    seal_snapshot(event.meeting_id, at=at)
    meeting, minutes = find_meeting(event.meeting_id), find_minutes(event.meeting_id)
    host = find_person(reviewer_of(meeting)) if meeting else None
    if meeting is None or minutes is None or host is None or str(host.pk) == event.by:
        return
    author, language = find_person(event.by), language_of(host)
    until = formatting.day_and_time(minutes.going_out_by, meeting.zone, language)
    mail = submitted(meeting.title, author.name if author else "", until, url_of(meeting), language=language)
    _put(f"minutes-submitted:{meeting.pk}:{at.isoformat()}", host, mail, meeting, at)


def on_minutes_returned(event: MinutesReturned, at: datetime) -> None:
    """Tell the recorder what the host wants changed."""
    meeting = find_meeting(event.meeting_id)
    writer = find_person(writer_of(meeting)) if meeting else None
    if meeting is None or writer is None or str(writer.pk) == event.by:
        return
    host, language = find_person(event.by), language_of(writer)
    mail = returned(meeting.title, host.name if host else "", event.reason, url_of(meeting), language=language)
    _put(f"minutes-returned:{meeting.pk}:{at.isoformat()}", writer, mail, meeting, at)


def on_minutes_reopened(event: MinutesReopened, at: datetime) -> None:
    """Tell everybody who has the final version, and who writes, that it is being corrected and why."""
    meeting, minutes, who = find_meeting(event.meeting_id), find_minutes(event.meeting_id), find_person(event.by)
    if meeting is None or minutes is None:
        return
    reached = {answer.person_id: answer.person for answer in answers_of(minutes)}
    writer = find_person(writer_of(meeting))
    for person in {**reached, **({writer.pk: writer} if writer else {})}.values():
        if str(person.pk) == event.by or not person.is_active:
            continue
        url = "" if person.guest else url_of(meeting)
        mail = reopened(meeting.title, who.name if who else "", event.reason, url, language=language_of(person))
        _put(f"minutes-reopened:{minutes.pk}:{at.isoformat()}:{person.pk}"[:200], person, mail, meeting, at)


@transaction.atomic
def on_objection_raised(event: ObjectionRaised, at: datetime) -> None:
    """Tell the recorder who objects to what; objections within minutes of each other come together."""
    meeting, objection = find_meeting(event.meeting_id), find_objection(event.objection_id)
    writer = find_person(writer_of(meeting)) if meeting else None
    if meeting is None or objection is None or writer is None:
        return
    bundle = f"objections:{meeting.pk}"
    note = [objection.answer.person.name, objection.quoted, objection.text]
    known = bundles.unsent_notes(bundle, writer.pk)
    notes = known if note in known else [*known, note]
    raised = [Raised(*one) for one in notes]
    mail = objected(meeting.title, raised, url_of(meeting), language=language_of(writer))
    messages.put(
        key=f"objection:{objection.pk}",
        kind="review",
        to=recipient_of(writer),
        title=mail.title,
        text=mail.text,
        context=meeting.pk,
        at=at,
        not_before=at + bundles.SETTLE,
        bundle=bundle,
        notes=notes,
    )


def on_objection_answered(event: ObjectionAnswered, at: datetime) -> None:
    """Tell whoever objected why it was declined; an accepted objection shows in the corrected minutes they get."""
    meeting, objection = find_meeting(event.meeting_id), find_objection(event.objection_id)
    if event.accepted or meeting is None or objection is None or objection.answered_by is None:
        return
    person = objection.answer.person
    mail = declined(
        meeting.title,
        objection.answered_by.name,
        objection.text,
        objection.reason,
        language=language_of(person),
    )
    _put(f"objection-declined:{objection.pk}", person, mail, meeting, at)


def url_of(meeting: MeetingRow) -> str:
    """Where the minutes of a meeting are, for those who sign in."""
    return f"{settings.HUIYAO.base_url}/meetings/{meeting.pk}/minutes/"


def _put(key: str, person: PersonRow, mail: Mail, meeting: MeetingRow, at: datetime) -> None:
    messages.put(
        key=key,
        kind="review",
        to=recipient_of(person),
        title=mail.title,
        text=mail.text,
        context=meeting.pk,
        at=at,
    )
