# SPDX-License-Identifier: Apache-2.0
"""Reading the directory. Every signed-in person may see names and departments; nothing here asks for more."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from huiyao.domain.actor import Actor
from huiyao.domain.notices import SWITCHABLE
from huiyao.features.people.models import ApiToken, Department, Person, PersonAddress, Told
from huiyao.plumbing.ids import Id, is_uuid
from huiyao.plumbing.messages import Recipient

PersonRow = Person
"""A person as pages and flows name its type."""


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


def own_zones(ids: Iterable[object] | None = None) -> dict[str, str]:
    """The zones of those who live elsewhere than the organisation, by id as text; without ids, of everybody."""
    rows = Person.objects.exclude(zone="")
    if ids is not None:
        rows = rows.filter(pk__in={i for i in ids if is_uuid(str(i))})
    return {str(pk): zone for pk, zone in rows.values_list("pk", "zone")}


def wants(person: Person, kind: str) -> bool:
    """Whether the person has not switched this kind of message off; obligations cannot be (``domain.notices``)."""
    return kind not in SWITCHABLE or kind not in person.muted


def who_wants(kind: str) -> list[str]:
    """The ids of the active persons of the directory who have not switched this kind off."""
    rows = Person.objects.filter(is_active=True, guest=False).values_list("pk", "muted")
    return [str(pk) for pk, muted in rows if kind not in SWITCHABLE or kind not in muted]


def told_of(keys: Iterable[str]) -> dict[str, str]:
    """Those of these reminders somebody was given, with the key of the message that told them."""
    wanted, found = list(keys), dict[str, str]()
    for start in range(0, len(wanted), 500):
        found.update(Told.objects.filter(key__in=wanted[start : start + 500]).values_list("key", "message"))
    return found


def told_in(message_keys: Iterable[str]) -> dict[str, list[str]]:
    """The reminders each of these messages gives, by the message's key."""
    found: dict[str, list[str]] = {}
    for message, key in Told.objects.filter(message__in=list(message_keys)).values_list("message", "key"):
        found.setdefault(message, []).append(key)
    return found


def headed_departments(person_id: UUID) -> frozenset[str]:
    """The departments a person answers for: those they head and all below them."""
    rows = list(Department.objects.filter(archived_at=None).order_by().values_list("id", "parent_id", "head_id"))
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


def search_persons(query: str, *, limit: int = 12, among: Collection[UUID] | None = None) -> list[Person]:
    """Active persons (``among`` these) whose name, login, department or pinyin begins with or contains the query."""
    text = query.strip().lower()
    rows = live_persons() if among is None else live_persons().filter(pk__in=among)
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
    return Person.objects.filter(login__iexact=login.strip(), guest=False).first()


def directory(query: str = "", *, department_id: Id = "", left: bool = False) -> QuerySet[Person]:
    """The persons of the directory, those who left or those who did not, narrowed by words and department."""
    rows = Person.objects.select_related("department").filter(guest=False, is_active=not left)
    text = query.strip().lower()
    if text:
        found = Q(name__icontains=text) | Q(login__icontains=text) | Q(email__icontains=text)
        rows = rows.filter(found | Q(name_keys__contains=text) | Q(department__name__icontains=text))
    if is_uuid(str(department_id)):
        rows = rows.filter(department_id=department_id)
    return rows.order_by("department__position", "department__name", "name", "id")


@dataclass(frozen=True, slots=True)
class TreeRow:
    """A department in the tree: its depth from 0, its path, how many active persons belong to it itself."""

    department: Department
    depth: int
    path: str
    persons: int


def department_tree() -> list[TreeRow]:
    """The departments in force, parents before children, siblings in their order."""
    counts = dict(
        Person.objects.filter(is_active=True, guest=False)
        .order_by()
        .values_list("department_id")
        .annotate(number=Count("pk"))
    )
    below: dict[UUID | None, list[Department]] = {}
    for row in live_departments():
        below.setdefault(row.parent_id, []).append(row)
    found: list[TreeRow] = []
    waiting = [(row, 0, row.name) for row in reversed(below.get(None, []))]
    while waiting:
        row, depth, path = waiting.pop()
        found.append(TreeRow(row, depth, path, counts.get(row.pk, 0)))
        waiting += [(child, depth + 1, f"{path}/{child.name}") for child in reversed(below.get(row.pk, []))]
    return found


def archived_departments() -> list[Department]:
    """The departments no longer in force, by name."""
    return list(Department.objects.exclude(archived_at=None).order_by("name"))


def find_department(department_id: Id) -> Department | None:
    """The department with this id, in force or not."""
    rows = Department.objects.select_related("parent", "head")
    return rows.filter(pk=department_id).first() if is_uuid(str(department_id)) else None


def live_tokens(person_id: Id) -> list[ApiToken]:
    """A person's tokens in force, newest first."""
    return list(ApiToken.objects.filter(person_id=person_id, revoked_at=None).order_by("-at"))


def addresses_of(person_id: Id) -> dict[str, str]:
    """A person's ids at the vendors, by kind."""
    return dict(PersonAddress.objects.filter(person_id=person_id).values_list("kind", "value"))


@dataclass(frozen=True, slots=True)
class Reach:
    """How a person may be reached: the kinds of channels they prefer, in order, and their ids by kind.

    ``digest`` is over what they want the morning's digest (``domain.notices``).
    """

    preferred: tuple[str, ...]
    addresses: dict[str, str]
    digest: str = ""


def find_somebody_at(kind: str) -> str:
    """Anybody's id of this kind, to try a service with; empty when nobody has one."""
    rows = PersonAddress.objects.filter(kind=kind, person__is_active=True)
    return rows.order_by("pk").values_list("value", flat=True).first() or ""


def reach_of(ids: Iterable[object]) -> dict[str, Reach]:
    """How persons may be reached, by id as text."""
    wanted = {str(one) for one in ids if is_uuid(str(one))}
    found = {
        str(pk): Reach(tuple(channels), {}, digest)
        for pk, channels, digest in Person.objects.filter(pk__in=wanted).values_list("pk", "channels", "digest")
    }
    for pk, kind, value in PersonAddress.objects.filter(person_id__in=wanted).values_list("person_id", "kind", "value"):
        found[str(pk)].addresses[kind] = value
    return found
