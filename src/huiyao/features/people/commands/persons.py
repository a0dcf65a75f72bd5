# SPDX-License-Identifier: Apache-2.0
"""Persons of the directory: add, change, deactivate with hand-over, take back."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue, Conflict, NotFound, Refusal
from huiyao.domain.values import clean_email, clean_line, clean_login
from huiyao.features.people.commands.name_keys import keys_of
from huiyao.features.people.events import HeadsChanged, PersonLeft
from huiyao.features.people.models import ApiToken, Department, Person
from huiyao.plumbing import audit, events, links, messages
from huiyao.plumbing.ids import Id, is_uuid

FIELDS = ("login", "name", "email", "title", "department", "administrator", "language")


class LastAdministrator(Refusal):
    """Nobody would be left to run the installation."""

    code = "last_administrator"


@transaction.atomic
def add_person(values: Mapping[str, object], *, by: Actor, at: datetime) -> Person:
    """Add a person who cannot sign in yet: send them a link to set a password.

    Raises:
        BadValue: a value cannot be used, or the login name is taken.
    """
    clean = clean_person({"login": "", "name": "", **values})
    person = Person(**clean, name_keys=keys_of(str(clean["name"])))
    person.set_unusable_password()
    person.save()
    audit.record("person.added", by=by, at=at, subject=person.pk, facts={"login": person.login, "name": person.name})
    return person


@transaction.atomic
def change_person(person_id: Id, values: Mapping[str, object], *, version: int, by: Actor, at: datetime) -> Person:
    """Change what is named; unsent messages follow a new mail address.

    Raises:
        NotFound: there is no such person.
        Conflict: somebody else changed them since ``version``.
        BadValue: a value cannot be used.
        LastAdministrator: nobody would be left to run the installation.
    """
    person = get_person(person_id)
    clean = clean_person(values, person)
    changes = {f: [_plain(getattr(person, f)), _plain(v)] for f, v in clean.items() if getattr(person, f) != v}
    if not changes:
        return person
    if person.version != version:
        field = next(iter(changes))
        raise Conflict(field=field, yours=changes[field][1], theirs=changes[field][0], version=person.version)
    if "administrator" in changes and person.administrator:
        _keep_an_administrator(person)
    for field, value in clean.items():
        setattr(person, field, value)
    if "name" in changes:
        person.name_keys = keys_of(person.name)
    if "email" in changes:
        messages.readdress(person.pk, person.email)
    person.version += 1
    person.save()
    audit.record("person.changed", by=by, at=at, subject=person.pk, facts=changes)
    return person


@transaction.atomic
def deactivate_person(person_id: Id, *, successor_id: Id = "", by: Actor, at: datetime) -> Person:
    """End a person's time here in one step: no sign-in, no links, no tokens; their duties go to the successor.

    Departments they head go to the successor too; without one they have no head for now.

    Raises:
        NotFound: there is no such active person.
        BadValue: the successor is nobody active, or the same person.
        LastAdministrator: nobody would be left to run the installation.
    """
    person = get_person(person_id)
    if not person.is_active:
        raise NotFound
    successor = _successor(person, successor_id)
    if person.administrator:
        _keep_an_administrator(person)
    person.is_active, person.deactivated_at, person.handed_to = False, at, successor
    person.version += 1
    person.save()
    ApiToken.objects.filter(person=person, revoked_at=None).update(revoked_at=at)
    revoked = links.revoke_all_of(person.pk, at=at)
    for department in Department.objects.filter(head=person):
        department.head = successor
        department.version += 1
        department.save()
        events.put(HeadsChanged(str(department.pk)), at=at)
    facts = {"name": person.name, "successor": successor.name if successor else "", "links": revoked}
    audit.record("person.deactivated", by=by, at=at, subject=person.pk, facts=facts)
    successor_text = str(successor.pk) if successor else ""
    events.put(PersonLeft(str(person.pk), successor_text, by_id=by.id, by_name=by.name), at=at)
    return person


@transaction.atomic
def reactivate_person(person_id: Id, *, by: Actor, at: datetime) -> Person:
    """Let a person who left come back, with no duties and with the password they had.

    Raises:
        NotFound: there is no such person, or they are active.
    """
    person = get_person(person_id)
    if person.is_active:
        raise NotFound
    person.is_active, person.deactivated_at, person.handed_to = True, None, None
    person.version += 1
    person.save()
    audit.record("person.reactivated", by=by, at=at, subject=person.pk, facts={"name": person.name})
    return person


@transaction.atomic
def set_language(person_id: Id, language: str, *, by: Actor, at: datetime) -> None:
    """The language of a person's pages and messages; empty follows the browser.

    Raises:
        BadValue: there is no such language.
    """
    person = get_person(person_id)
    person.language = str(clean_person({"language": language}, person)["language"])
    person.save(update_fields=["language"])
    audit.record("person.language", by=by, at=at, subject=person.pk, facts={"language": language})


def get_person(person_id: Id) -> Person:
    """A person of the directory, active or not; guests are not of the directory.

    Raises:
        NotFound: there is none.
    """
    rows = Person.objects.select_related("department")
    person = rows.filter(pk=person_id, guest=False).first() if is_uuid(str(person_id)) else None
    if person is None:
        raise NotFound
    return person


def clean_person(values: Mapping[str, object], person: Person | None = None) -> dict[str, object]:
    """The values of a person, checked; ``person`` is who they are for.

    Raises:
        BadValue: one cannot be used, or the login name is somebody else's.
    """
    clean: dict[str, object] = {}
    for field, value in values.items():
        clean[field] = _clean_field(field, value)
    login = clean.get("login")
    taken = Person.objects.filter(login__iexact=login).exclude(pk__in=[person.pk] if person else [])
    if login and taken.exists():
        raise BadValue(field="login", reason="taken")
    return clean


def _clean_field(field: str, value: object) -> object:
    if field == "login":
        return clean_login(field, value)
    if field == "email":
        return clean_email(field, value)
    if field in ("name", "title"):
        return clean_line(field, value, most=80, required=field == "name")
    if field == "administrator":
        return bool(value)
    if field == "department":
        return _department(value)
    if field == "language" and (value == "" or value in dict(settings.LANGUAGES)):
        return value
    raise BadValue(field=field, reason="unknown")


def _department(value: object) -> Department | None:
    if not value:
        return None
    rows = Department.objects.filter(archived_at=None)
    found = rows.filter(pk=str(value)).first() if is_uuid(str(value)) else None
    if found is None:
        raise BadValue(field="department", reason="department")
    return found


def _plain(value: object) -> object:
    return str(value) if isinstance(value, Department) else value


def _successor(person: Person, successor_id: Id) -> Person | None:
    if not successor_id:
        return None
    others = Person.objects.filter(is_active=True, guest=False).exclude(pk=person.pk)
    successor = others.filter(pk=successor_id).first() if is_uuid(str(successor_id)) else None
    if successor is None:
        raise BadValue(field="successor", reason="person")
    return successor


def _keep_an_administrator(person: Person) -> None:
    others = Person.objects.filter(administrator=True, is_active=True, guest=False).exclude(pk=person.pk)
    if not others.exists():
        raise LastAdministrator
