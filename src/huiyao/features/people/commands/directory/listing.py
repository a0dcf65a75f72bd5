# SPDX-License-Identifier: Apache-2.0
"""The directory as rows of the table that is imported: columns in the order of ``COLUMNS``."""

from huiyao.features.people.commands.directory.checking import department_paths
from huiyao.features.people.commands.directory.reading import COLUMNS
from huiyao.features.people.models import Department, Person, PersonAddress


def directory_rows() -> list[list[str]]:
    """One row a person in force, by department and name; guests are not in it."""
    paths = {row.pk: "/".join(path) for path, row in department_paths(archived=True).items()}
    heads = set(Department.objects.exclude(head=None).values_list("pk", "head_id"))
    ids: dict[object, dict[str, str]] = {}
    for pk, kind, value in PersonAddress.objects.values_list("person_id", "kind", "value"):
        ids.setdefault(pk, {})[kind] = value
    people = Person.objects.filter(is_active=True, guest=False).order_by("department__position", "name", "login")
    rows = []
    for person in people:
        told = {
            **ids.get(person.pk, {}),
            "login": person.login,
            "name": person.name,
            "department": paths.get(person.department_id, "") if person.department_id else "",
            "email": person.email,
            "title": person.title,
            "head": "是" if (person.department_id, person.pk) in heads else "",
        }
        rows.append([told.get(column, "") for column in COLUMNS])
    return rows
