# SPDX-License-Identifier: Apache-2.0
"""What a person decides about messages to themselves: zone, digest, switched-off kinds, calendar feed."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.notices import Digest, check_switchable
from huiyao.domain.refusals import BadValue, NotAllowed
from huiyao.features.people.commands.persons import get_person
from huiyao.features.people.models import Person
from huiyao.features.people.reads import actor_of
from huiyao.plumbing import audit, links, messages, routing
from huiyao.plumbing.ids import Id

FEED, UNSUBSCRIBE = "feed", "unsubscribe"
FEED_LIFE = timedelta(days=3650)
"""A calendar program keeps its address for years; it is taken back by making a new one."""
UNSUBSCRIBE_LIFE = timedelta(days=60)
FEED_DUTIES = ("events", "todos", "none")


@transaction.atomic
def set_zone(person_id: Id, zone: str, *, by: Actor, at: datetime) -> Person:
    """The zone a person lives in; empty for the organisation's. Their unsent reminders keep their moment.

    Raises:
        NotAllowed: it is neither the person nor an administrator.
        NotFound: there is no such person.
        BadValue: no IANA zone.
    """
    person = get_person(person_id)
    if by.id != str(person.pk) and not by.administrator:
        raise NotAllowed(deed="zone")
    if zone and zone not in available_timezones():
        raise BadValue(field="zone", reason="unknown")
    return _set(person, {"zone": zone}, by=by, at=at)


@transaction.atomic
def choose_messages(person_id: Id, *, digest: str, muted: tuple[str, ...], by: Actor, at: datetime) -> Person:
    """How the digest comes and which informing kinds stay away; ``muted`` replaces what was switched off before.

    Raises:
        NotAllowed: it is not the person.
        NotFound: there is no such person.
        BadValue: an unknown way, an unknown kind, or one that cannot be switched off (``reason="kept"``).
    """
    person = _own(person_id, by)
    if digest not in set(Digest):
        raise BadValue(field="digest", reason="unknown")
    check_switchable(muted)
    person = Person.objects.select_for_update().get(pk=person.pk)
    changed = _set(person, {"digest": digest, "muted": sorted(set(muted))}, by=by, at=at)
    for kind in changed.muted:
        messages.retire(kind=kind, recipient_id=person.pk)
    routing.reconsider(recipient_id=person.pk)
    return changed


@transaction.atomic
def make_unsubscribe_link(person: Person, kind: str, *, at: datetime) -> str:
    """The token of a link that switches one kind off for one person.

    Raises:
        BadValue: the kind cannot be switched off.
    """
    check_switchable((kind,))
    return links.make(purpose=UNSUBSCRIBE, person_id=person.pk, subject=kind, at=at, expires_at=at + UNSUBSCRIBE_LIFE)


def open_unsubscribe_link(token: str, *, at: datetime) -> tuple[Person, str]:
    """Whose link it is and which kind it switches off; changes nothing.

    Raises:
        LinkUnknown, LinkExpired, LinkRevoked: see ``plumbing.links``; unknown also when the person has left.
    """
    opened = links.open_link(token, purpose=UNSUBSCRIBE, at=at)
    person = Person.objects.filter(pk=opened.person_id, is_active=True).first()
    if person is None:
        raise links.LinkUnknown
    return person, opened.subject


@transaction.atomic
def unsubscribe(token: str, *, at: datetime) -> tuple[Person, str]:
    """Switch off the kind the link stands for, as its owner; twice is once. Unsent ones of this kind are taken back.

    Raises:
        LinkUnknown, LinkExpired, LinkRevoked: as ``open_unsubscribe_link``.
    """
    person, kind = open_unsubscribe_link(token, at=at)
    person = Person.objects.select_for_update().get(pk=person.pk)
    links.mark_used(token, at=at)
    _set(person, {"muted": sorted({*person.muted, kind})}, by=actor_of(person), at=at)
    messages.retire(kind=kind, recipient_id=person.pk)
    return person, kind


@transaction.atomic
def set_feed(person_id: Id, *, meetings: bool, duties: str, by: Actor, at: datetime) -> Person:
    """What the calendar feed holds; ``duties`` as ``events``, ``todos`` or ``none``.

    Raises:
        NotAllowed: it is not the person.
        NotFound: there is no such person.
        BadValue: no such form of duties.
    """
    person = _own(person_id, by)
    if duties not in FEED_DUTIES:
        raise BadValue(field="duties", reason="unknown")
    return _set(person, {"feed_meetings": meetings, "feed_duties": duties}, by=by, at=at)


@transaction.atomic
def make_feed(person_id: Id, *, by: Actor, at: datetime) -> str:
    """A new token for the person's calendar feed; the one before stops working at once.

    Raises:
        NotAllowed: it is not the person.
        NotFound: there is no such person.
    """
    person = _own(person_id, by)
    links.revoke(subject=person.pk, purpose=FEED, at=at)
    audit.record("feed.made", by=by, at=at, subject=person.pk)
    return links.make(purpose=FEED, person_id=person.pk, subject=person.pk, at=at, expires_at=at + FEED_LIFE)


@transaction.atomic
def revoke_feed(person_id: Id, *, by: Actor, at: datetime) -> None:
    """End the person's calendar feed.

    Raises:
        NotAllowed: it is not the person.
        NotFound: there is no such person.
    """
    person = _own(person_id, by)
    if links.revoke(subject=person.pk, purpose=FEED, at=at):
        audit.record("feed.ended", by=by, at=at, subject=person.pk)


def open_feed(token: str, *, at: datetime) -> Person:
    """Whose feed the token opens; changes nothing.

    Raises:
        LinkUnknown, LinkExpired, LinkRevoked: see ``plumbing.links``; unknown also when the person has left.
    """
    opened = links.open_link(token, purpose=FEED, at=at)
    person = Person.objects.filter(pk=opened.person_id, is_active=True, guest=False).first()
    if person is None:
        raise links.LinkUnknown
    return person


def _own(person_id: Id, by: Actor) -> Person:
    person = get_person(person_id)
    if by.id != str(person.pk):
        raise NotAllowed(deed="own_messages")
    return person


def _set(person: Person, values: Mapping[str, object], *, by: Actor, at: datetime) -> Person:
    changes = {name: [getattr(person, name), value] for name, value in values.items() if getattr(person, name) != value}
    for name, value in values.items():
        setattr(person, name, value)
    if changes:
        person.save(update_fields=list(changes))
        audit.record("person.messages", by=by, at=at, subject=person.pk, facts=changes)
    return person
