# SPDX-License-Identifier: Apache-2.0
"""Minutes went out: their actions are adopted, then everybody gets the mail with what falls to them (R69, R70)."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from huiyao.domain.notices import INFORMED
from huiyao.domain.paper import lines_of
from huiyao.features.actions.commands.adopting import adopt
from huiyao.features.actions.mails import own_line
from huiyao.features.actions.reads import ActionItem, involved_in
from huiyao.features.minutes.events import MinutesCirculated
from huiyao.features.minutes.mails import Changed, Sent, circulated
from huiyao.features.minutes.reads import (
    AnswerRow,
    CirculationRow,
    acceptances_of,
    answers_of,
    circulated_before,
    find_circulation,
    last_circulation,
    paper_in,
)
from huiyao.features.organisation.reads import find_organisation
from huiyao.features.people.commands.own_messages import UNSUBSCRIBE, make_unsubscribe_link
from huiyao.features.people.reads import PersonRow, find_persons, recipient_of, wants
from huiyao.flows.correction_notes import bundle_of, changes_of, combined, notes_for
from huiyao.flows.enclose_minutes import enclosed
from huiyao.plumbing import bundles, links, messages

LINK_PURPOSE = "minutes"
LINK_LIFE = timedelta(days=30)
"""How long after the window the link still shows the minutes; answering ends with the window."""


def on_minutes_circulated(event: MinutesCirculated, at: datetime) -> None:
    """Adopt, then write to everybody; each message is written once per circulation and person."""
    circulation = find_circulation(event.circulation_id)
    if circulation is None:
        return
    paper = paper_in(circulation.version)
    last = circulated_before(circulation)
    adopt(
        event.meeting_id,
        paper.commitments,
        acceptances=acceptances_of(circulation.minutes),
        minutes_version=circulation.version.number,
        at=at,
        before=last.commitments if last else (),
    )
    write_to_all(circulation, at)


def write_to_all(circulation: CirculationRow, at: datetime) -> None:
    """Mail every recipient, and owners and supporters who were not at the meeting."""
    minutes = circulation.minutes
    changes = changes_of(circulation)
    sent = _sent(circulation, changes)
    involved = involved_in(minutes.meeting_id)
    answers = [answer for answer in answers_of(minutes) if answer.circulation_id == circulation.pk]
    newest = last_circulation(minutes) or circulation  # a later one may be told already where this was held up
    files = enclosed(newest, at)
    for answer in answers:
        _write(circulation, (sent, changes, newest), answer, involved.get(str(answer.person_id), []), files, at)
    known = {str(answer.person_id) for answer in answers} | {str(circulation.by_id)}
    outside = find_persons(set(involved) - known)
    for person in outside.values():
        if person.is_active:
            _write_own(circulation, sent, person, involved[str(person.pk)], at)


def _sent(circulation: CirculationRow, changes: Mapping[str, str]) -> Sent:
    paper = paper_in(circulation.version)
    lines = lines_of(paper.minutes)
    return Sent(
        title=paper.minutes.title,
        sender=circulation.by.name,
        hours=circulation.objection_hours,
        until=circulation.window_ends_at,
        zone=circulation.minutes.meeting.zone,
        correction=paper.minutes.correction,
        changed=[Changed(lines[i].text, was) for i, was in changes.items() if i in lines and lines[i].text],
    )


def language_of(person: PersonRow) -> str:
    """The language a message to this person is in: theirs, or the installation's."""
    organisation = find_organisation()
    return person.language or (organisation.language if organisation else settings.LANGUAGE_CODE)


def without(person: PersonRow, kind: str, at: datetime) -> str:
    """The last lines of an informing message: the link that switches its kind off for this person."""
    with override(language_of(person)):
        token = make_unsubscribe_link(person, kind, at=at)
        return f"\n\n{gettext('No more messages of this kind')}: {settings.HUIYAO.base_url}/l/{UNSUBSCRIBE}/{token}/"


@transaction.atomic
def _write(
    circulation: CirculationRow,
    news: tuple[Sent, Mapping[str, str], CirculationRow],
    answer: AnswerRow,
    own: list[ActionItem],
    files: list[messages.Attachment],
    at: datetime,
) -> None:
    """``news`` is what was sent, the lines it changed, and the newest circulation, whose words are told."""
    sent, changes, newest = news
    person = answer.person
    notes = notes_for(circulation, answer, changes, sent.correction)
    told, absent, asked = combined(sent, notes, newest)
    key, kind = f"minutes:{circulation.pk}:{person.pk}", "minutes" if asked or own else INFORMED
    if not wants(person, kind) or messages.find_messages(recipient_id=person.pk).filter(key=key).exists():
        return
    token = links.make(
        purpose=LINK_PURPOSE,
        person_id=person.pk,
        subject=circulation.minutes.meeting_id,
        at=at,
        expires_at=circulation.window_ends_at + LINK_LIFE,
    )
    language = language_of(person)
    url = f"{settings.HUIYAO.base_url}/l/{LINK_PURPOSE}/{token}/"
    words = [own_line(action, str(person.pk), language=language) for action in own]
    mail = circulated(told, words, url, asked=asked, language=language, absent=absent)
    bundle = bundle_of(circulation)
    messages.put(
        key=key,
        kind=kind,
        to=recipient_of(person),
        title=mail.title,
        text=mail.text + (without(person, kind, at) if kind == INFORMED else ""),
        attachments=files,
        context=circulation.minutes.meeting_id,
        at=at,
        not_before=at + bundles.SETTLE if bundle else None,
        bundle=bundle,
        notes=notes,
    )


def _write_own(circulation: CirculationRow, sent: Sent, person: PersonRow, own: list[ActionItem], at: datetime) -> None:
    """Owners and supporters from outside the meeting see their own actions only, signed in."""
    language = language_of(person)
    words = [own_line(action, str(person.pk), language=language) for action in own]
    url = f"{settings.HUIYAO.base_url}/actions/?whose=mine"
    mail = circulated(sent, words, url, asked=False, language=language)
    messages.put(
        key=f"minutes:{circulation.pk}:{person.pk}",
        kind="minutes",
        to=recipient_of(person),
        title=mail.title,
        text=mail.text,
        context=circulation.minutes.meeting_id,
        at=at,
    )
