# SPDX-License-Identifier: Apache-2.0
"""Guests of a meeting, and a meeting that begins at once."""

from collections.abc import Mapping

from ninja import Router, Schema, Status

from huiyao.domain.rights import Deed
from huiyao.features.invitations.reads.invitees import invitees_of
from huiyao.features.meetings.access import get_meeting_for
from huiyao.features.meetings.commands import guests
from huiyao.flows.start_now import start_meeting_now
from huiyao.web.api.meetings import PlanOut, plan_of
from huiyao.web.shell.request import Request

router = Router(tags=["meetings"])


class GuestIn(Schema):
    """Somebody from outside."""

    name: str
    company: str = ""
    email: str = ""
    language: str = ""


class GuestOut(Schema):
    """A guest of the meeting."""

    id: str
    name: str
    company: str
    email: str


class NowIn(Schema):
    """What the meeting is called; may be empty."""

    title: str = ""


def _guests(meeting_id: str) -> list[Mapping[str, object]]:
    found = [invitee.person for invitee in invitees_of(meeting_id) if invitee.person.guest]
    return [{"id": str(p.pk), "name": p.name, "company": p.company, "email": p.email} for p in found]


@router.post("/now", response={201: PlanOut})
def start_now(request: Request, body: NowIn) -> Status[dict[str, object]]:
    """A meeting that begins at once, without a plan."""
    made = start_meeting_now(by=request.actor, at=request.at, title=body.title)
    return Status(201, plan_of(request, str(made)))


@router.get("/{meeting_id}/guests", response=list[GuestOut])
def list_guests(request: Request, meeting_id: str) -> list[Mapping[str, object]]:
    """Who is asked to come from outside."""
    get_meeting_for(request.actor, meeting_id, Deed.SEE_PLAN)
    return _guests(meeting_id)


@router.post("/{meeting_id}/guests", response={201: list[GuestOut]})
def add_guest(request: Request, meeting_id: str, body: GuestIn) -> Status[list[Mapping[str, object]]]:
    """Ask somebody from outside to come."""
    guests.add_guest(meeting_id, **body.dict(), by=request.actor, at=request.at)
    return Status(201, _guests(meeting_id))


@router.delete("/{meeting_id}/guests/{person_id}", response=list[GuestOut])
def remove_guest(request: Request, meeting_id: str, person_id: str) -> list[Mapping[str, object]]:
    """A guest need not come."""
    guests.remove_guest(meeting_id, person_id, by=request.actor, at=request.at)
    return _guests(meeting_id)
