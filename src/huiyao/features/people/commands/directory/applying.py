# SPDX-License-Identifier: Apache-2.0
"""Applying a table that the dry run finds no fault with: all of it or nothing."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.channels import ADDRESS_KINDS
from huiyao.domain.refusals import Refusal
from huiyao.features.people.commands.directory.checking import (
    DryRun,
    Path,
    RowCheck,
    department_paths,
    dry_run,
)
from huiyao.features.people.commands.directory.reading import Table
from huiyao.features.people.commands.name_keys import keys_of
from huiyao.features.people.events import HeadsChanged
from huiyao.features.people.models import Department, Person, PersonAddress
from huiyao.plumbing import audit, events, messages, routing


class ImportHasErrors(Refusal):
    """Some cells cannot be used. Facts: ``cells``."""

    code = "import_has_errors"


def apply_directory(table: Table, *, by: Actor, at: datetime) -> DryRun:
    """Add and change what the table says, checked again against the directory as it is now.

    Raises:
        ImportHasErrors: a cell cannot be used; nothing was changed.
    """
    with transaction.atomic():
        checked = dry_run(table)
        if checked.wrong_cells:
            raise ImportHasErrors(cells=checked.wrong_cells)
        departments = department_paths(archived=True)
        for path in checked.new_departments:
            departments[path] = _put_in_force(path, departments)
        persons = {person.login.lower(): person for person in Person.objects.filter(guest=False)}
        for row in checked.rows:
            if row.verdict != "same":
                _apply(row, persons, departments, at)
        facts = {
            "new": checked.count("new"),
            "changed": checked.count("changed"),
            "departments": len(checked.new_departments),
        }
        audit.record("directory.imported", by=by, at=at, subject="directory", facts=facts)
    return checked


def _put_in_force(path: Path, departments: dict[Path, Department]) -> Department:
    """Make a department, or bring the archived one of this path back."""
    found = departments.get(path)
    if found is not None:
        found.archived_at = None
        found.version += 1
        found.save(update_fields=["archived_at", "version"])
        return found
    parent = departments.get(path[:-1]) if len(path) > 1 else None
    position = sum(len(other) == len(path) and other[:-1] == path[:-1] for other in departments)
    return Department.objects.create(name=path[-1], parent=parent, position=position)


def _apply(
    row: RowCheck,
    persons: dict[str, Person],
    departments: dict[Path, Department],
    at: datetime,
) -> None:
    login = str(row.values["login"])
    person = persons.get(login.lower())
    if person is None:
        person = Person(login=login)
        person.set_unusable_password()
        persons[login.lower()] = person
    for name in ("name", "email", "title"):
        value = row.values.get(name)
        if value:
            setattr(person, name, value)
    path = row.values.get("department")
    department = departments[path] if isinstance(path, tuple) and path else None
    person.department = department or person.department
    person.name_keys = keys_of(person.name)
    person.version += 1
    person.save()
    _set_ids(row, person)
    if row.values.get("email"):
        messages.readdress(person.pk, person.email)
    if row.values.get("head") and department is not None and department.head_id != person.pk:
        department.head = person
        department.version += 1
        department.save(update_fields=["head", "version"])
        events.put(HeadsChanged(str(department.pk)), at=at)


def _set_ids(row: RowCheck, person: Person) -> None:
    """Ids at the vendors; an empty cell leaves what is there."""
    given = {kind: str(row.values[kind]) for kind in ADDRESS_KINDS if row.values.get(kind)}
    for kind, value in given.items():
        PersonAddress.objects.update_or_create(person=person, kind=kind, defaults={"value": value})
    if given:
        routing.reconsider(recipient_id=person.pk)
