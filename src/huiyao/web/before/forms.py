# SPDX-License-Identifier: Apache-2.0
"""Reading the plan's small forms: which fields somebody changed, and whom they mean by a name."""

from collections.abc import Collection

from huiyao.domain.editing import FieldWrite
from huiyao.domain.refusals import BadValue
from huiyao.features.people.reads import find_person, search_persons
from huiyao.plumbing.ids import is_uuid
from huiyao.web.shell.request import Request


def writes_of(request: Request, fields: Collection[str]) -> list[FieldWrite]:
    """The fields of the form that differ from what its page showed (``was.<field>``), with the version seen."""
    version = version_of(request)
    found = []
    for field in fields:
        if f"was.{field}" not in request.POST:
            continue
        value, was = request.POST.get(field, ""), request.POST[f"was.{field}"]
        if value != was:
            found.append(FieldWrite(field, value, was, version))
    return found


def version_of(request: Request) -> int:
    """The row's version that the page showed; 0, which fits none, when it is missing."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def person_of(request: Request, field: str) -> str:
    """The id of the person a picker means: chosen from the list, or typed by name or login.

    ``<field>`` holds the id chosen, ``<field>.name`` what stands in the box, ``<field>.shown`` the name of the id.

    Raises:
        BadValue: nobody bears the name (``nobody``), or several do (``several``, with their ``names``).
    """
    chosen, typed = request.POST.get(field, ""), request.POST.get(f"{field}.name")
    if typed is None or (chosen and typed.strip() == request.POST.get(f"{field}.shown", "")):
        return chosen
    text = typed.strip()
    if not text:
        return ""
    if is_uuid(text):
        person = find_person(text)
        return str(person.pk) if person else ""
    found = search_persons(text)
    exact = [person for person in found if text in (person.name, person.login)]
    fitting = exact if len(exact) == 1 else found
    if len(fitting) == 1:
        return str(fitting[0].pk)
    if not found:
        raise BadValue(field=field, reason="nobody", name=text)
    names = ", ".join(f"{p.name} ({p.department.name if p.department else p.login})" for p in found)
    raise BadValue(field=field, reason="several", names=names)
