# SPDX-License-Identifier: Apache-2.0
"""The dry run: what each row would do and what is wrong with each cell; changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from huiyao.domain.channels import ADDRESS_KINDS
from huiyao.domain.refusals import BadValue, Facts
from huiyao.domain.values import clean_email, clean_line, clean_login
from huiyao.features.people.commands.departments import DEPTH_MOST, NAME_MOST
from huiyao.features.people.commands.directory.reading import Table, TableRow
from huiyao.features.people.models import Department, Person, PersonAddress

YES = frozenset({"是", "有", "y", "yes", "1", "true", "√", "✓", "v"})
NO = frozenset({"", "否", "无", "無", "n", "no", "0", "false", "×", "-"})

Path = tuple[str, ...]
Verdict = Literal["new", "changed", "same", "wrong"]


@dataclass(frozen=True, slots=True)
class RowCheck:
    """What a row would do. ``values`` are clean (``department`` a path), ``errors`` facts of ``BadValue`` by column."""

    row: TableRow
    verdict: Verdict
    values: Mapping[str, object]
    errors: Mapping[str, Facts] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DryRun:
    """The whole table, checked."""

    table: Table
    rows: tuple[RowCheck, ...]
    new_departments: tuple[Path, ...]

    def count(self, verdict: Verdict) -> int:
        """How many rows have this verdict."""
        return sum(row.verdict == verdict for row in self.rows)

    @property
    def wrong_cells(self) -> int:
        """How many cells must be put right."""
        return sum(len(row.errors) for row in self.rows)


@dataclass(slots=True)
class Known:
    """The directory as it is: persons by login, departments by path, and whose each id at a vendor is.

    ``ids`` takes in what the table gives, so that one id for two persons is found.
    """

    persons: Mapping[str, Person]
    paths: Mapping[Path, Department]
    ids: dict[tuple[str, str], str]


def vendor_ids() -> dict[tuple[str, str], str]:
    """The login name, in lower case, each id at a vendor belongs to, by kind and id."""
    rows = PersonAddress.objects.values_list("kind", "value", "person__login")
    return {(kind, value): login.lower() for kind, value, login in rows}


def dry_run(table: Table) -> DryRun:
    """Check every cell against the directory as it is now."""
    persons = {p.login.lower(): p for p in Person.objects.select_related("department")}
    known = Known(persons, department_paths(), vendor_ids())
    paths = known.paths
    seen: dict[str, int] = {}
    rows = tuple(_check(row, known, seen) for row in table.rows)
    wanted: dict[Path, None] = {}
    for row in rows:
        path = row.values.get("department")
        if row.verdict != "wrong" and isinstance(path, tuple):
            wanted |= {path[:n]: None for n in range(1, len(path) + 1) if path[:n] not in paths}
    return DryRun(table, rows, tuple(wanted))


def department_paths(*, archived: bool = False) -> dict[Path, Department]:
    """Departments by their path from the top; those in force, or all."""
    rows = {row.pk: row for row in Department.objects.all()}
    found: dict[Path, Department] = {}
    for row in rows.values():
        names, current, live = [], row, True
        while True:
            names.append(current.name)
            live = live and current.archived_at is None
            if current.parent_id is None:
                break
            current = rows[current.parent_id]
        if live or archived:
            found[tuple(reversed(names))] = row
    return found


def _check(row: TableRow, known: Known, seen: dict[str, int]) -> RowCheck:
    values: dict[str, object] = {}
    errors: dict[str, Facts] = {}
    for column, text in row.cells.items():
        try:
            values[column] = _clean(column, text)
        except BadValue as refused:
            errors[column] = refused.facts
    login = str(values.get("login", "")).lower()
    person = known.persons.get(login)
    given = [(kind, str(values[kind])) for kind in ADDRESS_KINDS if values.get(kind)]
    new_ids = any(pair not in known.ids for pair in given)
    errors |= {pair[0]: {"reason": "taken"} for pair in given if known.ids.setdefault(pair, login) != login}
    if login and login in seen:
        errors["login"] = {"reason": "repeated", "row": seen[login]}
    elif person is not None and (person.guest or not person.is_active):
        errors["login"] = {"reason": "left"}
    if values.get("head") and not values.get("department"):
        errors.setdefault("head", {"reason": "head_of_nothing"})
    seen.setdefault(login, row.number)
    if errors:
        return RowCheck(row, "wrong", values, errors)
    if person is None:
        return RowCheck(row, "new", values)
    return RowCheck(row, "changed" if new_ids or _differs(person, values, known.paths) else "same", values)


def _clean(column: str, text: str) -> object:
    if column == "login":
        return clean_login(column, text)
    if column == "email":
        return clean_email(column, text)
    if column == "department":
        return _path(text)
    if column == "head":
        word = text.strip().lower()
        if word not in YES | NO:
            raise BadValue(field=column, reason="yes_or_no")
        return word in YES
    if column in ADDRESS_KINDS:
        return clean_line(column, text, most=128, required=False)
    return clean_line(column, text, most=80, required=column == "name")


def _path(text: str) -> Path:
    parts = [clean_line("department", part, most=NAME_MOST, required=False) for part in text.split("/")]
    if not any(parts):
        return ()
    if not all(parts):
        raise BadValue(field="department", reason="path")
    if len(parts) > DEPTH_MOST:
        raise BadValue(field="department", reason="too_deep", most=DEPTH_MOST)
    return tuple(parts)


def _differs(person: Person, values: Mapping[str, object], paths: Mapping[Path, Department]) -> bool:
    """Whether the row changes the person; an empty cell leaves what is there."""
    plain = any(values.get(name) and values[name] != getattr(person, name) for name in ("name", "email", "title"))
    path = values.get("department")
    if not path or not isinstance(path, tuple):
        return plain
    department = paths.get(path)
    heads = bool(values.get("head")) and (department is None or department.head_id != person.pk)
    return plain or department is None or person.department_id != department.pk or heads
