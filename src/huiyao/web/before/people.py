# SPDX-License-Identifier: Apache-2.0
"""Who comes: seats, representatives and guests of a plan, and the search for persons."""

from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from huiyao.domain.refusals import NotFound
from huiyao.features.invitations.commands.guest_link import hand_out_link
from huiyao.features.meetings.commands import guests, seats
from huiyao.features.people.reads import search_persons
from huiyao.web.before.edits import answered
from huiyao.web.before.forms import person_of, version_of, writes_of
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request

QUERY_MOST = 60


@require_GET
@signed_in
def search(request: Request) -> HttpResponse:
    """Persons whose name, login, department or pinyin fits ``q``, as JSON. Guests see no directory."""
    if request.actor.guest:
        raise NotFound
    query, department = request.GET.get("q", "")[:QUERY_MOST], request.GET.get("department", "")
    found = search_persons(query, limit=60 if department and not query else 12)
    rows = [
        {
            "id": str(person.pk),
            "name": person.name,
            "title": person.title,
            "department": person.department.name if person.department else "",
        }
        for person in sorted(found, key=lambda p: str(p.department_id) != department)
    ]
    return JsonResponse({"persons": rows[:12]})


@require_POST
@signed_in
def add_seat(request: Request, meeting_id: UUID) -> HttpResponse:
    """A department gets a seat."""

    def save() -> int:
        need = request.POST.get("need", "required")
        department = request.POST.get("department", "")
        return seats.add_seat(meeting_id, department, need=need, by=request.actor, at=request.at).version

    return answered(request, meeting_id, save, "people")


@require_POST
@signed_in
def save_seat(request: Request, meeting_id: UUID, seat_id: UUID) -> HttpResponse:
    """How much the department is needed."""

    def save() -> int:
        version = version_of(request)
        for write in writes_of(request, ("need",)):
            version = seats.set_need(meeting_id, seat_id, write, by=request.actor, at=request.at).version
        return version

    return answered(request, meeting_id, save, "people")


@require_POST
@signed_in
def remove_seat(request: Request, meeting_id: UUID, seat_id: UUID) -> HttpResponse:
    """The department has no seat any more."""

    def save() -> int:
        seats.remove_seat(meeting_id, seat_id, by=request.actor, at=request.at)
        return 0

    return answered(request, meeting_id, save, "people")


@require_POST
@signed_in
def add_representative(request: Request, meeting_id: UUID, seat_id: UUID) -> HttpResponse:
    """Somebody may fill the seat."""

    def save() -> int:
        person = person_of(request, "person")
        seats.add_representative(meeting_id, seat_id, person, by=request.actor, at=request.at)
        return 0

    return answered(request, meeting_id, save, "people")


@require_POST
@signed_in
def remove_representative(request: Request, meeting_id: UUID, seat_id: UUID, person_id: UUID) -> HttpResponse:
    """Somebody may not fill the seat any more."""

    def save() -> int:
        seats.remove_representative(meeting_id, seat_id, person_id, by=request.actor, at=request.at)
        return 0

    return answered(request, meeting_id, save, "people")


@require_POST
@signed_in
def add_guest(request: Request, meeting_id: UUID) -> HttpResponse:
    """Somebody from outside is asked to come."""

    def save() -> int:
        fields = {name: request.POST.get(name, "") for name in ("name", "company", "email")}
        return guests.add_guest(meeting_id, **fields, by=request.actor, at=request.at).version

    return answered(request, meeting_id, save, "people")


@require_POST
@signed_in
def remove_guest(request: Request, meeting_id: UUID, person_id: UUID) -> HttpResponse:
    """The guest need not come."""

    def save() -> int:
        guests.remove_guest(meeting_id, person_id, by=request.actor, at=request.at)
        return 0

    return answered(request, meeting_id, save, "people")


@require_POST
@signed_in
def guest_link(request: Request, meeting_id: UUID, person_id: UUID) -> HttpResponse:
    """A guest's way into the room, shown once to whoever runs the meeting."""
    address = hand_out_link(meeting_id, person_id, by=request.actor, at=request.at)
    return render(request, "before/guest_link.html", {"address": address, "meeting_id": meeting_id})
