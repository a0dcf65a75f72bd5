# SPDX-License-Identifier: Apache-2.0
"""Accounts: the link to set a password (first or anew), setting it, and the administrator made on the command line."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue, NotFound
from huiyao.features.people.commands.persons import add_person, get_person
from huiyao.features.people.mails import address_of, send_account_link
from huiyao.features.people.models import Person
from huiyao.features.people.reads import actor_of
from huiyao.plumbing import audit, links, messages
from huiyao.plumbing.ids import Id

INVITE, PASSWORD = "invite", "password"
LIFETIME = {INVITE: timedelta(days=7), PASSWORD: timedelta(hours=24)}
PASSWORD_MOST = 200


class AccountLink(NamedTuple):
    """A link somebody sets their password with; ``address`` can be shown this once only."""

    address: str
    purpose: str
    expires_at: datetime


@transaction.atomic
def send_link(person_id: Id, *, by: Actor, at: datetime, mail: bool = True) -> AccountLink:
    """Make a person's link to set a password and put it into the outbox; older ones stop working.

    An invitation for somebody who never had a password, otherwise a reset. The present password works until then.

    Raises:
        NotFound: there is no such active person.
    """
    person = get_person(person_id)
    if not person.is_active:
        raise NotFound
    purpose = PASSWORD if person.has_usable_password() else INVITE
    _withdraw(person, at)
    expires_at = at + LIFETIME[purpose]
    token = links.make(purpose=purpose, person_id=person.pk, subject=person.pk, at=at, expires_at=expires_at)
    if mail:
        send_account_link(person, purpose, token, expires_at=expires_at, at=at)
    audit.record(f"account.{purpose}_link", by=by, at=at, subject=person.pk, facts={"name": person.name})
    return AccountLink(address_of(purpose, token), purpose, expires_at)


def _withdraw(person: Person, at: datetime) -> None:
    """Take back the person's links and the messages that carry them."""
    for purpose in LIFETIME:
        links.revoke(subject=person.pk, purpose=purpose, at=at)
        messages.retire(kind=f"account.{purpose}", recipient_id=person.pk)


def open_account_link(token: str, *, purpose: str, at: datetime) -> Person:
    """Whose password the link sets; changes nothing.

    Raises:
        LinkUnknown, LinkExpired, LinkRevoked: see ``plumbing.links``; unknown also when the person has left.
    """
    if purpose not in LIFETIME:
        raise links.LinkUnknown
    opened = links.open_link(token, purpose=purpose, at=at)
    person = Person.objects.filter(pk=opened.person_id, is_active=True, guest=False).first()
    if person is None:
        raise links.LinkUnknown
    return person


@transaction.atomic
def set_password_by_link(token: str, password: str, *, purpose: str, at: datetime) -> Person:
    """Set the password; the link and its sisters stop working, sessions under the old password end.

    Raises:
        LinkUnknown, LinkExpired, LinkRevoked: see ``plumbing.links``.
        BadValue: the password is too weak; ``reason`` says how.
    """
    person = open_account_link(token, purpose=purpose, at=at)
    check_password_strength(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    links.mark_used(token, at=at)
    _withdraw(person, at)
    audit.record("account.password_set", by=actor_of(person), at=at, subject=person.pk, facts={"by": purpose})
    return person


@transaction.atomic
def change_password(person_id: Id, old: str, new: str, *, by: Actor, at: datetime) -> Person:
    """Change one's own password.

    Raises:
        BadValue: the old one is wrong (``reason="wrong_password"``), or the new one is too weak.
    """
    person = get_person(person_id)
    if not person.check_password(old):
        raise BadValue(field="old", reason="wrong_password")
    check_password_strength(new, person)
    person.set_password(new)
    person.save(update_fields=["password"])
    _withdraw(person, at)
    audit.record("account.password_changed", by=by, at=at, subject=person.pk)
    return person


def check_password_strength(password: str, person: Person | None = None) -> None:
    """Refuse a weak password.

    Raises:
        BadValue: ``reason`` is ``password_too_short``, ``password_too_common``, ``password_too_similar``
            or ``too_long``.
    """
    if len(password) > PASSWORD_MOST:
        raise BadValue(field="password", reason="too_long", most=PASSWORD_MOST)
    try:
        validate_password(password, person)
    except ValidationError as weak:
        first = weak.error_list[0]
        raise BadValue(field="password", reason=first.code, least=(first.params or {}).get("min_length", 10)) from weak


@transaction.atomic
def make_administrator(login: str, name: str, *, email: str = "", by: Actor, at: datetime) -> AccountLink:
    """Make an administrator, or make one of an existing person, and return the link that sets their password.

    For the command line of whoever runs the machine. No message is sent.

    Raises:
        BadValue: a value cannot be used.
    """
    person = Person.objects.filter(login__iexact=login, guest=False).first()
    if person is None:
        values = {"login": login, "name": name or login, "email": email, "administrator": True}
        person = add_person(values, by=by, at=at)
    elif not (person.administrator and person.is_active):
        person.administrator, person.is_active, person.deactivated_at = True, True, None
        person.version += 1
        person.save()
        audit.record("person.administrator", by=by, at=at, subject=person.pk, facts={"name": person.name})
    return send_link(person.pk, by=by, at=at, mail=False)


@transaction.atomic
def first_administrator(login: object, name: object, email: object, password: str, *, at: datetime) -> Person:
    """The administrator who founds the organisation, with the password they chose.

    Raises:
        BadValue: a value cannot be used or the password is too weak.
    """
    by = Actor(id="", name=str(name))
    values = {"login": login, "name": name, "email": email, "administrator": True}
    person = add_person(values, by=by, at=at)
    check_password_strength(password, person)
    person.set_password(password)
    person.save(update_fields=["password"])
    return person
