# SPDX-License-Identifier: Apache-2.0
"""What administrators set: the organisation, its calendar, departments and persons, and import of the directory."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ninja import File, Router, Schema
from ninja.files import UploadedFile

from huiyao.domain.refusals import NotFound
from huiyao.features.calendars.commands.days import DayOfCalendar, clear_day, set_days
from huiyao.features.calendars.reads import decided_days
from huiyao.features.organisation.commands.details import change_details
from huiyao.features.organisation.reads import find_organisation, working_hours, working_weekdays
from huiyao.features.people.commands import accounts, departments, persons
from huiyao.features.people.commands.directory import DryRun, apply_directory, dry_run, read_table
from huiyao.language.uploads.tables import MAX_BYTES
from huiyao.web.api.directory import DepartmentOut, PersonOut, administrator, department_out, person_out
from huiyao.web.api.door import Done
from huiyao.web.shell.request import Request

router = Router(tags=["administration"])


class OrganisationOut(Schema):
    """The organisation; ``hours`` are spans of a working day, ``weekdays`` count from Monday = 0."""

    name: str
    zone: str
    language: str
    hours: list[list[str]]
    weekdays: list[int]
    version: int


class OrganisationIn(Schema):
    """What is to change, with the version read; what is left out stays."""

    version: int
    name: str | None = None
    zone: str | None = None
    language: str | None = None
    hours: list[list[str]] | None = None
    weekdays: list[int] | None = None


class DayOut(Schema):
    """A day the organisation has set itself."""

    day: date
    working: bool
    name: str = ""


class DepartmentChange(Schema):
    """The department as it shall be, with the version read."""

    name: str
    parent: str = ""
    head: str = ""
    version: int


class PersonChange(Schema):
    """What is to change of a person, with the version read."""

    version: int
    name: str | None = None
    email: str | None = None
    title: str | None = None
    department: str | None = None
    administrator: bool | None = None
    language: str | None = None


class PersonRecord(PersonOut):
    """A person as administrators see them."""

    email: str
    language: str
    administrator: bool
    active: bool
    version: int


class LeavingIn(Schema):
    """Who takes over; empty for nobody."""

    successor: str = ""


class LinkOut(Schema):
    """The link to set a password; shown this once."""

    address: str
    purpose: str
    expires_at: datetime


class ImportRow(Schema):
    """A row of the table: new, changed, same or wrong, with what is wrong by column."""

    number: int
    verdict: str
    errors: dict[str, str]


class ImportOut(Schema):
    """What the table does or would do."""

    applied: bool
    rows: list[ImportRow]
    new_departments: list[str]


def _organisation() -> Mapping[str, object]:
    row = find_organisation()
    if row is None:
        raise NotFound
    return {
        "name": row.name,
        "zone": row.zone,
        "language": row.language,
        "hours": [[f"{a:%H:%M}", f"{b:%H:%M}"] for a, b in working_hours(row)],
        "weekdays": sorted(working_weekdays(row)),
        "version": row.version,
    }


def _record(person_id: str) -> Mapping[str, object]:
    row = persons.get_person(person_id)
    plain = ("email", "language", "administrator", "version")
    return {**person_out(row), "active": row.is_active, **{name: getattr(row, name) for name in plain}}


def _import(checked: DryRun, *, applied: bool) -> Mapping[str, object]:
    rows = [
        {
            "number": r.row.number,
            "verdict": r.verdict,
            "errors": {column: str(facts.get("reason", "")) for column, facts in r.errors.items()},
        }
        for r in checked.rows
    ]
    return {"applied": applied, "rows": rows, "new_departments": ["/".join(path) for path in checked.new_departments]}


@router.get("/organisation", response=OrganisationOut)
def organisation(request: Request) -> Mapping[str, object]:
    """Name, zone, hours and working days; administrators only."""
    administrator(request)
    return _organisation()


@router.patch("/organisation", response=OrganisationOut)
def change_organisation(request: Request, body: OrganisationIn) -> Mapping[str, object]:
    """Change what is named; running clocks keep their times; administrators only."""
    administrator(request)
    values: dict[str, Any] = body.dict(exclude_none=True, exclude={"version"})
    change_details(values, version=body.version, by=request.actor, at=request.at)
    return _organisation()


@router.get("/calendar", response=list[DayOut])
def calendar(request: Request) -> list[Mapping[str, object]]:
    """The days the organisation has set itself; administrators only."""
    administrator(request)
    return [{"day": row.day, "working": row.working, "name": row.name} for row in decided_days()]


@router.put("/calendar", response=list[DayOut])
def set_calendar(request: Request, body: list[DayOut]) -> list[Mapping[str, object]]:
    """Put days into the calendar, replacing what was set for them; administrators only."""
    administrator(request)
    days = [DayOfCalendar(one.day, one.working, one.name[:80]) for one in body[:1000]]
    set_days(days, by=request.actor, at=request.at)
    return calendar(request)


@router.delete("/calendar/{day}", response=list[DayOut])
def clear_calendar(request: Request, day: date) -> list[Mapping[str, object]]:
    """Let a day follow weekday and holidays again; administrators only."""
    administrator(request)
    clear_day(day, by=request.actor, at=request.at)
    return calendar(request)


@router.put("/departments/{department_id}", response=DepartmentOut)
def change_department(request: Request, department_id: str, body: DepartmentChange) -> Mapping[str, object]:
    """Rename, move, or name a head; administrators only."""
    administrator(request)
    row = departments.change_department(
        department_id, name=body.name, parent_id=body.parent, head_id=body.head, version=body.version,
        by=request.actor, at=request.at,
    )  # fmt: skip
    return department_out(row)


@router.delete("/departments/{department_id}", response=DepartmentOut)
def archive_department(request: Request, department_id: str) -> Mapping[str, object]:
    """Take an empty department out of force; administrators only."""
    administrator(request)
    return department_out(departments.archive_department(department_id, by=request.actor, at=request.at))


@router.post("/departments/{department_id}/restore", response=Done)
def restore_department(request: Request, department_id: str) -> Done:
    """Put a department in force again; administrators only."""
    administrator(request)
    departments.restore_department(department_id, by=request.actor, at=request.at)
    return Done()


@router.get("/persons/{person_id}", response=PersonRecord)
def read_person(request: Request, person_id: str) -> Mapping[str, object]:
    """A person with address and state; administrators only."""
    administrator(request)
    return _record(person_id)


@router.patch("/persons/{person_id}", response=PersonRecord)
def change_person(request: Request, person_id: str, body: PersonChange) -> Mapping[str, object]:
    """Change what is named; administrators only."""
    administrator(request)
    values: dict[str, Any] = body.dict(exclude_none=True, exclude={"version"})
    persons.change_person(person_id, values, version=body.version, by=request.actor, at=request.at)
    return _record(person_id)


@router.post("/persons/{person_id}/link", response=LinkOut)
def send_link(request: Request, person_id: str) -> Mapping[str, object]:
    """Make the link to set a password; it is mailed where mail is set up; administrators only."""
    administrator(request)
    link = accounts.send_link(person_id, by=request.actor, at=request.at)
    return {"address": link.address, "purpose": link.purpose, "expires_at": link.expires_at}


@router.post("/persons/{person_id}/leave", response=PersonRecord)
def leave(request: Request, person_id: str, body: LeavingIn) -> Mapping[str, object]:
    """Deactivate a person and hand their duties over; administrators only."""
    administrator(request)
    persons.deactivate_person(person_id, successor_id=body.successor, by=request.actor, at=request.at)
    return _record(person_id)


@router.post("/persons/{person_id}/reactivate", response=PersonRecord)
def reactivate(request: Request, person_id: str) -> Mapping[str, object]:
    """Let somebody who left come back; administrators only."""
    administrator(request)
    persons.reactivate_person(person_id, by=request.actor, at=request.at)
    return _record(person_id)


@router.post("/import", response=ImportOut)
def import_directory(request: Request, file: File[UploadedFile], *, apply: bool = False) -> Mapping[str, object]:
    """Check a table of persons (multipart, field ``file``); ``apply=true`` changes the directory; administrators."""
    administrator(request)
    table = read_table(file.read(MAX_BYTES + 1))
    if apply:
        return _import(apply_directory(table, by=request.actor, at=request.at), applied=True)
    return _import(dry_run(table), applied=False)
