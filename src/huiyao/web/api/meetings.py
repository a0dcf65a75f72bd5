# SPDX-License-Identifier: Apache-2.0
"""Planning a meeting: its fields, seats, guests, roles, and the acts on it as a whole."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ninja import Query, Router, Schema, Status

from huiyao.domain.editing import FieldWrite
from huiyao.domain.rights import Deed
from huiyao.features.invitations.commands.reply import reply
from huiyao.features.invitations.commands.send import send
from huiyao.features.invitations.reads.invitees import invitations_of
from huiyao.features.meetings.access import get_meeting_for
from huiyao.features.meetings.commands import cancel, fields, reschedule, roles, seats
from huiyao.features.meetings.reads import seats_of, visible_to
from huiyao.flows.begin_plan import begin_like, begin_plan
from huiyao.web.api.door import Done, Page
from huiyao.web.shell.request import Request

router = Router(tags=["meetings"])


class MeetingOut(Schema):
    """A meeting as everybody who may know of it sees it. Instants are UTC; ``zone`` is the meeting's."""

    id: str
    title: str
    stage: str
    starts_at: datetime | None
    zone: str
    version: int


class RoleIds(Schema):
    """Who holds which role; empty for nobody."""

    organiser: str
    host: str
    facilitator: str
    recorder: str
    coordinator: str


class SeatOut(Schema):
    """A department's seat with its representatives."""

    id: str
    department: str
    need: str
    representatives: list[str]
    version: int


class PlanOut(MeetingOut):
    """The plan."""

    objective: str
    occasion: str
    language: str
    place: str
    online: str
    over_budget_reason: str
    roles: RoleIds
    seats: list[SeatOut]
    invited_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None


class MeetingIn(Schema):
    """A new meeting; everything may be filled in later."""

    title: str = ""
    occasion: str = "other"
    language: str = ""


class FieldIn(Schema):
    """One field with the version it was read at and the value shown then."""

    field: str
    value: str
    was: str = ""
    version: int

    def write(self) -> FieldWrite:
        """As the rules take it."""
        return FieldWrite(field=self.field, value=self.value, was=self.was, version=self.version)


class RoleIn(Schema):
    """Whom to give a role; empty for nobody."""

    person: str


class SeatIn(Schema):
    """A department to seat."""

    department: str
    need: str = "required"


class PersonIdIn(Schema):
    """A person by id."""

    person: str


class RescheduleIn(Schema):
    """New time and place; ``starts_at`` is wall-clock time of the organisation, ``2026-11-27T14:00``."""

    starts_at: str
    place: str
    online: str
    version: int
    note: str = ""


class ReasonIn(Schema):
    """Why."""

    reason: str = ""


class SentOut(Schema):
    """How many letters went out, and whether the invitation was late."""

    invited: int
    updated: int
    withdrawn: int
    late: bool


class InvitationOut(Schema):
    """One person's invitation and answer."""

    person: str
    reply: str
    comment: str
    sent_at: datetime | None
    replied_at: datetime | None
    informed: bool


class ReplyIn(Schema):
    """One's own answer: accepted, tentative or declined."""

    answer: str
    comment: str = ""


def meeting_out(meeting: Any) -> dict[str, object]:
    """What everybody who may know of it sees."""
    return {
        "id": str(meeting.pk),
        "title": meeting.title,
        "stage": str(meeting.stage),
        "starts_at": meeting.starts_at,
        "zone": meeting.zone,
        "version": meeting.version,
    }


def _seat_out(seat: Any) -> dict[str, object]:
    return {
        "id": str(seat.pk),
        "department": str(seat.department_id),
        "need": seat.need,
        "representatives": [str(r.person_id) for r in seat.representatives.all()],
        "version": seat.version,
    }


def _plan_out(meeting: Any) -> dict[str, object]:
    held = ("organiser", "host", "facilitator", "recorder", "coordinator")
    plain = (
        "objective", "occasion", "language", "place", "online", "over_budget_reason",
        "invited_at", "started_at", "ended_at",
    )  # fmt: skip
    return {
        **meeting_out(meeting),
        **{name: getattr(meeting, name) for name in plain},
        "roles": {name: str(getattr(meeting, f"{name}_id") or "") for name in held},
        "seats": [_seat_out(seat) for seat in seats_of(meeting.pk)],
    }


def plan_of(request: Request, meeting_id: str) -> dict[str, object]:
    """The plan of a meeting for its reader."""
    return _plan_out(get_meeting_for(request.actor, meeting_id, Deed.SEE_PLAN).meeting)


@router.get("", response=list[MeetingOut])
def list_meetings(request: Request, page: Query[Page], stage: str = "") -> list[dict[str, object]]:
    """The meetings one may know of, newest start first."""
    rows = visible_to(request.actor).order_by("-starts_at", "-created_at")
    return [meeting_out(m) for m in page.cut(rows.filter(stage=stage) if stage else rows)]


@router.post("", response={201: PlanOut})
def call_meeting(request: Request, body: MeetingIn) -> Status[dict[str, object]]:
    """A new meeting with the guide's five topics; its caller organises and hosts it."""
    made = begin_plan(by=request.actor, at=request.at, title=body.title, occasion=body.occasion, language=body.language)
    return Status(201, plan_of(request, str(made)))


@router.get("/{meeting_id}", response=PlanOut)
def plan(request: Request, meeting_id: str) -> dict[str, object]:
    """The plan."""
    return plan_of(request, meeting_id)


@router.patch("/{meeting_id}", response=PlanOut)
def set_field(request: Request, meeting_id: str, body: FieldIn) -> dict[str, object]:
    """Write one field of the plan; ``starts_at`` is wall-clock time of the organisation."""
    fields.set_field(meeting_id, body.write(), by=request.actor, at=request.at)
    return plan_of(request, meeting_id)


@router.put("/{meeting_id}/roles/{role}", response=PlanOut)
def set_role(request: Request, meeting_id: str, role: str, body: RoleIn) -> dict[str, object]:
    """Hand a role over."""
    access = get_meeting_for(request.actor, meeting_id)
    access.require(Deed.EDIT_PLAN if access.may(Deed.EDIT_PLAN) else Deed.NAME_STAND_IN)
    roles.hand_over(access.meeting, role, body.person, by=request.actor, at=request.at)
    return plan_of(request, meeting_id)


@router.post("/{meeting_id}/seats", response={201: PlanOut})
def add_seat(request: Request, meeting_id: str, body: SeatIn) -> Status[dict[str, object]]:
    """Seat a department."""
    seats.add_seat(meeting_id, body.department, by=request.actor, at=request.at, need=body.need)
    return Status(201, plan_of(request, meeting_id))


@router.patch("/{meeting_id}/seats/{seat_id}", response=PlanOut)
def set_need(request: Request, meeting_id: str, seat_id: str, body: FieldIn) -> dict[str, object]:
    """Write ``need`` of a seat: required, optional or informed."""
    seats.set_need(meeting_id, seat_id, body.write(), by=request.actor, at=request.at)
    return plan_of(request, meeting_id)


@router.delete("/{meeting_id}/seats/{seat_id}", response=PlanOut)
def remove_seat(request: Request, meeting_id: str, seat_id: str) -> dict[str, object]:
    """Take a seat away."""
    seats.remove_seat(meeting_id, seat_id, by=request.actor, at=request.at)
    return plan_of(request, meeting_id)


@router.post("/{meeting_id}/seats/{seat_id}/representatives", response={201: PlanOut})
def add_representative(request: Request, meeting_id: str, seat_id: str, body: PersonIdIn) -> Status[dict[str, object]]:
    """Let somebody speak for the department."""
    seats.add_representative(meeting_id, seat_id, body.person, by=request.actor, at=request.at)
    return Status(201, plan_of(request, meeting_id))


@router.delete("/{meeting_id}/seats/{seat_id}/representatives/{person_id}", response=PlanOut)
def remove_representative(request: Request, meeting_id: str, seat_id: str, person_id: str) -> dict[str, object]:
    """Take a representative from the seat."""
    seats.remove_representative(meeting_id, seat_id, person_id, by=request.actor, at=request.at)
    return plan_of(request, meeting_id)


@router.post("/{meeting_id}/invitation", response=SentOut)
def invite(request: Request, meeting_id: str, body: ReasonIn) -> Mapping[str, object]:
    """Send the invitation, or bring everybody up to date."""
    sent = send(meeting_id, by=request.actor, at=request.at, because=body.reason)
    return {name: getattr(sent, name) for name in ("invited", "updated", "withdrawn", "late")}


@router.get("/{meeting_id}/invitations", response=list[InvitationOut])
def invitations(request: Request, meeting_id: str) -> list[Mapping[str, object]]:
    """Who was invited and what they answered."""
    get_meeting_for(request.actor, meeting_id, Deed.SEE_PLAN)
    plain = ("reply", "comment", "sent_at", "replied_at", "informed")
    return [
        {"person": str(row.person_id), **{name: getattr(row, name) for name in plain}}
        for row in invitations_of(meeting_id)
    ]


@router.put("/{meeting_id}/reply", response=Done)
def answer(request: Request, meeting_id: str, body: ReplyIn) -> Done:
    """Answer one's own invitation."""
    reply(meeting_id, body.answer, by=request.actor, at=request.at, comment=body.comment)
    return Done()


@router.post("/{meeting_id}/reschedule", response=PlanOut)
def move(request: Request, meeting_id: str, body: RescheduleIn) -> dict[str, object]:
    """Another time or place after the invitation went out; everybody is told."""
    reschedule.reschedule(meeting_id, **body.dict(), by=request.actor, at=request.at)
    return plan_of(request, meeting_id)


@router.post("/{meeting_id}/cancel", response=MeetingOut)
def call_off(request: Request, meeting_id: str, body: ReasonIn) -> dict[str, object]:
    """Call the meeting off; everybody invited is told why."""
    return meeting_out(cancel.cancel(meeting_id, body.reason, by=request.actor, at=request.at))


@router.post("/{meeting_id}/restore", response=MeetingOut)
def restore(request: Request, meeting_id: str) -> dict[str, object]:
    """Take a cancellation back."""
    return meeting_out(cancel.restore(meeting_id, by=request.actor, at=request.at))


@router.post("/{meeting_id}/copy", response={201: PlanOut})
def copy_plan(request: Request, meeting_id: str) -> Status[dict[str, object]]:
    """A new meeting with the same plan, without its time."""
    made = begin_like(meeting_id, by=request.actor, at=request.at)
    return Status(201, plan_of(request, str(made)))
