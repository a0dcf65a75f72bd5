# SPDX-License-Identifier: Apache-2.0
"""Who am I, what waits for me, and the directory."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ninja import Router, Schema, Status

from huiyao.domain.policy import as_figures
from huiyao.domain.refusals import NotAllowed, NotFound
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.organisation.commands.policy import set_policy
from huiyao.features.organisation.reads import policy_in_force
from huiyao.features.people.commands import departments, persons
from huiyao.features.people.reads import live_departments, search_persons
from huiyao.flows.duties import duties_of
from huiyao.web.shell.request import Request

router = Router(tags=["directory"])


class Me(Schema):
    """The owner of the token."""

    id: str
    name: str
    department: str
    administrator: bool


class DutyOut(Schema):
    """Something the owner owes by an instant."""

    kind: str
    due: datetime
    subject: str
    meeting: str
    title: str
    whole_day: bool


class DepartmentOut(Schema):
    """A department in force; ``parent`` and ``head`` may be empty."""

    id: str
    name: str
    parent: str
    head: str
    version: int


class PersonOut(Schema):
    """A person of the directory."""

    id: str
    login: str
    name: str
    department: str
    title: str


class DepartmentIn(Schema):
    """A new department, below ``parent`` where given."""

    name: str
    parent: str = ""


class NewPersonIn(Schema):
    """A new person; ``department`` is an id."""

    login: str
    name: str
    email: str = ""
    title: str = ""
    department: str = ""
    administrator: bool = False


class PolicyIn(Schema):
    """Figures to change, by name, with the version they were read at."""

    figures: dict[str, int | bool]
    version: int


class PolicyOut(Schema):
    """The figures in force."""

    number: int
    figures: dict[str, int | bool]


def person_out(person: Any) -> Mapping[str, object]:
    """A person as the API shows them."""
    return {
        "id": str(person.pk),
        "login": person.login,
        "name": person.name,
        "department": str(person.department_id or ""),
        "title": person.title,
    }


def department_out(row: Any) -> Mapping[str, object]:
    """A department as the API shows it."""
    return {
        "id": str(row.pk),
        "name": row.name,
        "parent": str(row.parent_id or ""),
        "head": str(row.head_id or ""),
        "version": row.version,
    }


def administrator(request: Request) -> None:
    """Let administrators in only.

    Raises:
        NotAllowed: it is somebody else.
    """
    if not request.actor.administrator:
        raise NotAllowed(deed="administer")


@router.get("/me", response=Me)
def me(request: Request) -> Me:
    """Who the token belongs to."""
    actor = request.actor
    return Me(id=actor.id, name=actor.name, department=actor.department, administrator=actor.administrator)


@router.get("/duties", response=list[DutyOut])
def duties(request: Request) -> list[DutyOut]:
    """What waits for the owner of the token, by due instant."""
    found = duties_of(request.actor, request.at, working_calendar())
    return [
        DutyOut(kind=d.kind, due=d.due, subject=d.subject, meeting=d.meeting, title=d.title, whole_day=d.whole_day)
        for d in sorted(found, key=lambda duty: duty.due)
    ]


@router.get("/departments", response=list[DepartmentOut])
def list_departments(request: Request) -> list[Mapping[str, object]]:
    """The departments in force."""
    _member(request)
    return [department_out(row) for row in live_departments()]


@router.post("/departments", response={201: DepartmentOut})
def add_department(request: Request, body: DepartmentIn) -> Status[Mapping[str, object]]:
    """A new department; administrators only."""
    administrator(request)
    row = departments.add_department(body.name, parent_id=body.parent, by=request.actor, at=request.at)
    return Status(201, department_out(row))


@router.get("/persons", response=list[PersonOut])
def find_persons(request: Request, q: str = "", limit: int = 50) -> list[Mapping[str, object]]:
    """Active persons by name, login, pinyin or department."""
    _member(request)
    return [person_out(person) for person in search_persons(q, limit=min(max(limit, 1), 200))]


@router.post("/persons", response={201: PersonOut})
def add_person(request: Request, body: NewPersonIn) -> Status[Mapping[str, object]]:
    """A new person; administrators only."""
    administrator(request)
    return Status(201, person_out(persons.add_person(body.dict(), by=request.actor, at=request.at)))


@router.get("/policy", response=PolicyOut)
def policy(request: Request) -> PolicyOut:
    """The figures the organisation keeps."""
    _member(request)
    found = policy_in_force()
    return PolicyOut(number=found.number, figures=as_figures(found.policy))


@router.put("/policy", response=PolicyOut)
def change_policy(request: Request, body: PolicyIn) -> PolicyOut:
    """New figures as a new version; administrators only."""
    administrator(request)
    found = set_policy(body.figures, version=body.version, by=request.actor, at=request.at)
    return PolicyOut(number=found.number, figures=as_figures(found.policy))


def _member(request: Request) -> None:
    """Guests see no directory."""
    if request.actor.guest:
        raise NotFound
