# SPDX-License-Identifier: Apache-2.0
"""The directory: the tree of departments and the persons, each with a page of their own."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from huiyao.domain.refusals import BadValue, Conflict, NotFound, Refusal
from huiyao.features.people.commands import accounts, departments, persons
from huiyao.features.people.reads import (
    archived_departments,
    department_tree,
    directory,
    find_by_login,
    find_department,
    search_persons,
)
from huiyao.web.shell import notice
from huiyao.web.shell.entered import entered, errors_of, number
from huiyao.web.shell.gate import administrator_only
from huiyao.web.shell.refusals import status_of
from huiyao.web.shell.request import Request

PERSONS_A_PAGE = 50
PERSON_FIELDS = ("login", "name", "email", "title", "department", "language")


@administrator_only
def people(request: Request) -> HttpResponse:
    """Departments on one side, persons on the other."""
    query, department = request.GET.get("q", "")[:80], request.GET.get("department", "")
    left = request.GET.get("left") == "1"
    pages = Paginator(directory(query, department_id=department, left=left), PERSONS_A_PAGE)
    context = {
        "tree": department_tree(),
        "archived": archived_departments(),
        "page": pages.get_page(request.GET.get("page")),
        "query": query,
        "department": department,
        "left": left,
        "all": directory().count(),
    }
    return render(request, "shell/people.html", context)


@administrator_only
@require_POST
def add_department(request: Request) -> HttpResponse:
    """Add a department and stay on the page."""
    name, parent = request.POST.get("name", ""), request.POST.get("parent", "")
    try:
        departments.add_department(name, parent_id=parent, by=request.actor, at=request.at)
    except BadValue as refusal:
        notice.add(request, next(iter(errors_of(refusal).values())), tone="late")
    return redirect("/settings/people/")


@administrator_only
def department(request: Request, department_id: str) -> HttpResponse:
    """A department's name, place in the tree and head."""
    row = find_department(department_id)
    if row is None:
        raise NotFound
    values = {"name": row.name, "parent": str(row.parent_id or ""), "head": row.head.login if row.head else ""}
    errors: dict[str, str] = {}
    status = 200
    if request.method == "POST":
        values = entered(request, values)
        try:
            departments.change_department(
                department_id,
                name=values["name"],
                parent_id=values["parent"],
                head_id=_head_id(values["head"]),
                version=number(request),
                by=request.actor,
                at=request.at,
            )
        except (BadValue, Conflict) as refusal:
            errors, status = errors_of(refusal), status_of(refusal)
        else:
            notice.add(request, gettext("Saved."))
            return redirect("/settings/people/")
    members = directory(department_id=department_id)
    context = {
        "row": row,
        "values": values,
        "errors": errors,
        "tree": department_tree(),
        "members": members[:200],
        "count": members.count(),
    }
    return render(request, "shell/department.html", context, status=status)


def _head_id(text: str) -> str:
    """The id behind a login name; the name itself, which no id is, when nobody has it."""
    if not text.strip():
        return ""
    person = find_by_login(text)
    return str(person.pk) if person else text


@administrator_only
@require_POST
def archive_department(request: Request, department_id: str) -> HttpResponse:
    """Take a department out of force."""
    row = departments.archive_department(department_id, by=request.actor, at=request.at)
    undo = f"/settings/departments/{row.pk}/restore/"
    notice.add(request, gettext("%(name)s is archived.") % {"name": row.name}, undo=undo)
    return redirect("/settings/people/")


@administrator_only
@require_POST
def restore_department(request: Request, department_id: str) -> HttpResponse:
    """Put a department in force again."""
    departments.restore_department(department_id, by=request.actor, at=request.at)
    return redirect("/settings/people/")


@administrator_only
def new_person(request: Request) -> HttpResponse:
    """Add a person; the link to set a password is shown on their page afterwards."""
    values = entered(request, PERSON_FIELDS)
    if request.method == "GET":
        values["department"] = request.GET.get("department", "")
        return _person_page(request, None, values)
    try:
        administrator = request.POST.get("administrator") == "yes"
        person = persons.add_person({**values, "administrator": administrator}, by=request.actor, at=request.at)
    except BadValue as refusal:
        return _person_page(request, None, values, refusal=refusal)
    return redirect(f"/settings/persons/{person.pk}/")


@administrator_only
def person(request: Request, person_id: str) -> HttpResponse:
    """A person's entry in the directory and their account."""
    row = persons.get_person(person_id)
    values = {field: str(getattr(row, field) or "") for field in PERSON_FIELDS}
    values["department"] = str(row.department_id or "")
    if request.method == "GET":
        return _person_page(request, row, values)
    values = entered(request, PERSON_FIELDS)
    changes = {**values, "administrator": request.POST.get("administrator") == "yes"}
    try:
        persons.change_person(person_id, changes, version=number(request), by=request.actor, at=request.at)
    except (BadValue, Conflict, persons.LastAdministrator) as refusal:
        return _person_page(request, persons.get_person(person_id), values, refusal=refusal)
    notice.add(request, gettext("Saved."))
    return redirect(f"/settings/persons/{person_id}/")


def _person_page(
    request: Request,
    row: object,
    values: dict[str, str],
    *,
    refusal: Refusal | None = None,
    link: accounts.AccountLink | None = None,
) -> HttpResponse:
    context = {
        "row": row,
        "values": values,
        "errors": errors_of(refusal) if refusal else {},
        "tree": department_tree(),
        "link": link,
    }
    return render(request, "shell/person.html", context, status=status_of(refusal) if refusal else 200)


@administrator_only
@require_POST
def send_account_link(request: Request, person_id: str) -> HttpResponse:
    """Make the link to set a password; it is mailed where mail is set up and shown here this once."""
    link = accounts.send_link(person_id, by=request.actor, at=request.at)
    row = persons.get_person(person_id)
    values = {field: str(getattr(row, field) or "") for field in PERSON_FIELDS}
    values["department"] = str(row.department_id or "")
    return _person_page(request, row, values, link=link)


@administrator_only
def leaving(request: Request, person_id: str) -> HttpResponse:
    """Deactivate a person: choose who takes over their duties."""
    row = persons.get_person(person_id)
    query = request.GET.get("q", "")[:80]
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            persons.deactivate_person(
                person_id, successor_id=request.POST.get("successor", ""), by=request.actor, at=request.at
            )
        except (BadValue, persons.LastAdministrator) as refusal:
            errors = errors_of(refusal)
        else:
            notice.add(request, gettext("%(name)s can no longer sign in.") % {"name": row.name})
            return redirect("/settings/people/")
    colleagues = list(directory(department_id=row.department_id)[:13]) if row.department_id else []
    if query or len(colleagues) < 2:
        colleagues = search_persons(query, limit=13)
    context = {"row": row, "found": [one for one in colleagues if one.pk != row.pk], "query": query, "errors": errors}
    return render(request, "shell/leaving.html", context, status=422 if errors else 200)


@administrator_only
@require_POST
def reactivate(request: Request, person_id: str) -> HttpResponse:
    """Let somebody who left come back."""
    persons.reactivate_person(person_id, by=request.actor, at=request.at)
    return redirect(f"/settings/persons/{person_id}/")
