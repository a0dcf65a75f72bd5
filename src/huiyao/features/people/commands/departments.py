# SPDX-License-Identifier: Apache-2.0
"""The tree of departments: add, rename, move, give a head, archive, bring back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue, Conflict, NotFound, Refusal
from huiyao.domain.values import clean_line
from huiyao.features.people.events import HeadsChanged
from huiyao.features.people.models import Department, Person
from huiyao.plumbing import audit, events
from huiyao.plumbing.ids import Id, is_uuid

NAME_MOST = 80
DEPTH_MOST = 10


class DepartmentInUse(Refusal):
    """It still has persons or departments below. Facts: ``persons``, ``departments``."""

    code = "department_in_use"


@transaction.atomic
def add_department(name: object, *, parent_id: Id = "", by: Actor, at: datetime) -> Department:
    """Add a department at the end of its siblings.

    Raises:
        BadValue: no name, a name its siblings have (``taken``), no such parent, or too deep in the tree.
    """
    parent = _parent(parent_id)
    text = _free_name(name, parent)
    last = Department.objects.filter(parent=parent).aggregate(last=Max("position"))["last"]
    row = Department.objects.create(name=text, parent=parent, position=0 if last is None else last + 1)
    audit.record("department.added", by=by, at=at, subject=row.pk, facts={"name": text, "parent": str(parent or "")})
    return row


@transaction.atomic
def change_department(
    department_id: Id,
    *,
    name: object,
    parent_id: Id,
    head_id: Id,
    version: int,
    by: Actor,
    at: datetime,
) -> Department:
    """Give a department its name, its place in the tree and its head (empty: nobody).

    Raises:
        NotFound: there is none.
        Conflict: somebody else changed it since ``version``.
        BadValue: a value cannot be used; ``reason="loop"`` when it would lie below itself.
    """
    row = _live(department_id)
    parent, head = _parent(parent_id, inside=row), _head(head_id)
    text = _free_name(name, parent, but=row.pk)
    changes = {
        field: [str(old or ""), str(new or "")]
        for field, old, new in (
            ("name", row.name, text),
            ("parent", row.parent, parent),
            ("head", row.head, head),
        )
        if old != new
    }
    if not changes:
        return row
    if row.version != version:
        field = next(iter(changes))
        raise Conflict(field=field, yours=changes[field][1], theirs=changes[field][0], version=row.version)
    row.name, row.parent, row.head = text, parent, head
    row.version += 1
    row.save()
    audit.record("department.changed", by=by, at=at, subject=row.pk, facts=changes)
    if "head" in changes or "parent" in changes:
        events.put(HeadsChanged(str(row.pk)), at=at)
    return row


@transaction.atomic
def archive_department(department_id: Id, *, by: Actor, at: datetime) -> Department:
    """Take a department out of force; its past stays.

    Raises:
        NotFound: there is none in force.
        DepartmentInUse: persons or departments are still in it.
    """
    row = _live(department_id)
    persons = Person.objects.filter(department=row, is_active=True).count()
    departments = row.children.filter(archived_at=None).count()
    if persons or departments:
        raise DepartmentInUse(persons=persons, departments=departments)
    row.archived_at = at
    row.version += 1
    row.save(update_fields=["archived_at", "version"])
    audit.record("department.archived", by=by, at=at, subject=row.pk, facts={"name": row.name})
    return row


@transaction.atomic
def restore_department(department_id: Id, *, by: Actor, at: datetime) -> Department:
    """Put an archived department in force again; below nothing when its parent is archived too.

    Raises:
        NotFound: there is none.
        BadValue: a sibling has taken its name.
    """
    row = Department.objects.filter(pk=department_id).first() if is_uuid(str(department_id)) else None
    if row is None:
        raise NotFound
    if row.parent is not None and row.parent.archived_at is not None:
        row.parent = None
    _free_name(row.name, row.parent, but=row.pk)
    row.archived_at = None
    row.version += 1
    row.save()
    audit.record("department.restored", by=by, at=at, subject=row.pk, facts={"name": row.name})
    return row


def _live(department_id: Id) -> Department:
    rows = Department.objects.select_related("parent", "head")
    found = rows.filter(pk=department_id, archived_at=None).first() if is_uuid(str(department_id)) else None
    if found is None:
        raise NotFound
    return found


def _parent(parent_id: Id, inside: Department | None = None) -> Department | None:
    """The department to lie under; refuses one that is ``inside`` or lies below it."""
    if not parent_id:
        return None
    try:
        parent = _live(parent_id)
    except NotFound:
        raise BadValue(field="parent", reason="department") from None
    depth, above = 1, parent
    while True:
        if inside is not None and above.pk == inside.pk:
            raise BadValue(field="parent", reason="loop")
        if above.parent is None:
            break
        above, depth = above.parent, depth + 1
    if depth + (_height(inside) if inside else 0) >= DEPTH_MOST:
        raise BadValue(field="parent", reason="too_deep", most=DEPTH_MOST)
    return parent


def _height(department: Department) -> int:
    return max((1 + _height(child) for child in department.children.all()), default=0)


def _head(head_id: Id) -> Person | None:
    if not head_id:
        return None
    head = Person.objects.filter(pk=head_id, is_active=True, guest=False).first() if is_uuid(str(head_id)) else None
    if head is None:
        raise BadValue(field="head", reason="person")
    return head


def _free_name(name: object, parent: Department | None, but: UUID | None = None) -> str:
    text = clean_line("name", name, most=NAME_MOST)
    if "/" in text:
        raise BadValue(field="name", reason="slash")
    if Department.objects.filter(parent=parent, name=text).exclude(pk__in=[but] if but else []).exists():
        raise BadValue(field="name", reason="taken")
    return text
