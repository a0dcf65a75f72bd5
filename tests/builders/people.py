# SPDX-License-Identifier: Apache-2.0
"""An organisation, departments and persons, in one line each. All names are invented."""

from datetime import UTC, datetime
from itertools import count
from uuid import uuid4

from django.test import Client

from huiyao.domain.actor import Actor
from huiyao.features.organisation.models import Organisation
from huiyao.features.people.models import Department, Person
from huiyao.features.people.reads import actor_of

FOUNDED = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
PASSWORD = "paper-and-ink-42"
_numbers = count(1)


def an_organisation(**fields: object) -> Organisation:
    """The organisation, with the guide's policy."""
    return Organisation.objects.create(**{"name": "云杉制造", "created_at": FOUNDED, **fields})


def a_department(name: str = "", parent: Department | None = None, **fields: object) -> Department:
    """A department at the top or below another."""
    return Department.objects.create(name=name or f"部门{next(_numbers)}", parent=parent, **fields)


def a_person(name: str = "林一", **fields: object) -> Person:
    """Somebody who may sign in by session, without a password of their own."""
    login = str(fields.pop("login", f"person{next(_numbers)}-{uuid4().hex[:6]}"))
    defaults = {"email": f"{login}@example.com", "language": "en"}
    return Person.objects.create_user(login, name=name, **{**defaults, **fields})


def an_administrator(name: str = "周岚", **fields: object) -> Person:
    """Somebody who runs the installation."""
    return a_person(name, administrator=True, **fields)


def an_actor(**fields: object) -> Actor:
    """A person made for the purpose, as the rules see them."""
    return actor_of(a_person(**fields))


def client_of(person: Person | None = None, **defaults: str) -> Client:
    """A browser, with the person signed in."""
    client = Client(**defaults)
    if person is not None:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client
