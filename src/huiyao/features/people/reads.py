# SPDX-License-Identifier: Apache-2.0
"""Reading the directory. Every signed-in person may see names and departments; nothing here asks for more."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from huiyao.domain.actor import Actor
from huiyao.features.people.models import Department, Person
from huiyao.plumbing.ids import Id
from huiyao.plumbing.messages import Recipient


def actor_of(person: Person) -> Actor:
    """The person as the rules see them, with every department they answer for."""
    return Actor(
        id=str(person.pk),
        name=person.name,
        department=str(person.department_id or ""),
        headed=headed_departments(person.pk),
        administrator=person.administrator and not person.guest,
        guest=person.guest,
        language=person.language or "zh-hans",
    )


def recipient_of(person: Person) -> Recipient:
    """The person as somebody messages go to."""
    return Recipient(str(person.pk), person.name, person.email)


def headed_departments(person_id: UUID) -> frozenset[str]:
    """The departments a person answers for: those they head and all below them."""
    rows = list(Department.objects.filter(archived_at=None).values_list("id", "parent_id", "head_id"))
    below: dict[UUID | None, list[UUID]] = {}
    for pk, parent, _ in rows:
        below.setdefault(parent, []).append(pk)
    found: set[UUID] = set()
    waiting = [pk for pk, _, head in rows if head == person_id]
    while waiting:
        pk = waiting.pop()
        if pk not in found:
            found.add(pk)
            waiting.extend(below.get(pk, ()))
    return frozenset(str(pk) for pk in found)


def find_person(person_id: Id) -> Person | None:
    """The person with this id, active or not."""
    return Person.objects.select_related("department").filter(pk=person_id).first()


def find_persons(ids: Iterable[object]) -> dict[str, Person]:
    """Persons by id as text, with their departments."""
    rows = Person.objects.select_related("department").filter(pk__in={i for i in ids if i})
    return {str(person.pk): person for person in rows}


def live_persons() -> QuerySet[Person]:
    """Everybody who can be given something to do, in the order of departments and names."""
    return (
        Person.objects.select_related("department")
        .filter(is_active=True, guest=False)
        .order_by("department__position", "department__name", "name")
    )


def live_departments() -> QuerySet[Department]:
    """The departments in force, in their order."""
    return Department.objects.filter(archived_at=None).select_related("head")


def search_persons(query: str, *, limit: int = 12) -> list[Person]:
    """Active persons whose name, login, department or pinyin begins with or contains the query."""
    text = query.strip().lower()
    rows = live_persons()
    if text:
        rows = rows.filter(
            Q(name__icontains=text)
            | Q(login__istartswith=text)
            | Q(name_keys__contains=text)
            | Q(department__name__icontains=text)
        )
    return list(rows[:limit])


def find_by_login(login: str) -> Person | None:
    """The person who signs in under this name, in any case of letters."""
    return Person.objects.filter(login__iexact=login.strip()).first()
