# SPDX-License-Identifier: Apache-2.0
"""A meeting with everybody the table of rights knows, at three stages, and what the table lets each of them do."""

from datetime import timedelta

from django.utils import timezone

from huiyao.domain.rights import Deed, Facts, Standing, may
from huiyao.domain.stage import Stage
from huiyao.features.agenda.models import Topic
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Guest, Need, Representative, Seat
from huiyao.features.minutes.commands.closing import close_window
from tests.builders import minutes as build
from tests.web.rights_table import ADMINISTRATOR, LINK, MEMBER, OWN, PUBLIC, Wanted

STAGES = ("preparing", "circulated", "final")
FACTS = {
    "preparing": Facts(),
    "circulated": Facts(invited=True, circulated=True),
    "final": Facts(invited=True, circulated=True, final=True),
}
ROLES = {
    "organiser": Standing.ORGANISER,
    "product": Standing.HOST,
    "facilitator": Standing.FACILITATOR,
    "ops": Standing.RECORDER,
    "coordinator": Standing.COORDINATOR,
    "attendee": Standing.ATTENDEE,
    "guest": Standing.GUEST,
    "informed": Standing.INFORMED,
    "head": Standing.HEAD,
    "administrator": Standing.ADMINISTRATOR,
    "stranger": None,
    "nobody": None,
}


def a_company_at(stage: str) -> build.Company:
    """Everybody of ``ROLES`` but nobody, around one meeting that has reached the stage."""
    found = build.a_company()
    meeting, market = found.meeting, found.departments["market"]
    for key, name, more in (
        ("organiser", "贺兰", {}),
        ("facilitator", "霍然", {}),
        ("attendee", "安禾", {}),
        ("informed", "纪宁", {}),
        ("head", "司徒岸", {}),
        ("administrator", "欧阳简", {"administrator": True}),
        ("guest", "外部宾客", {"guest": True}),
    ):
        found.people[key] = build.a_person(key, name, None, **more)
    market.head = found.people["head"]
    market.save()
    meeting.organiser, meeting.facilitator = found.people["organiser"], found.people["facilitator"]
    meeting.save()
    for seat in Seat.objects.filter(meeting=meeting):
        seat.department.head = seat.department.head if seat.department == market else None
        seat.department.save()
        seat.representatives.all().delete()
    seat = Seat.objects.get(meeting=meeting, department=found.departments["tech"])
    Representative.objects.create(seat=seat, person=found.people["attendee"])
    informed = Seat.objects.get(meeting=meeting, department=found.departments["sales"])
    informed.need = Need.INFORMED
    informed.save()
    Representative.objects.create(seat=informed, person=found.people["informed"])
    Guest.objects.create(meeting=meeting, person=found.people["guest"])
    Topic.objects.create(meeting=meeting, title="进展", position=1)
    refresh(meeting)
    _reach(found, stage)
    return found


def _reach(company: build.Company, stage: str) -> None:
    meeting = company.meeting
    company.stage = stage  # type: ignore[attr-defined]
    if stage == "preparing":
        meeting.stage, meeting.invited_at, meeting.started_at, meeting.ended_at = Stage.PREPARING, None, None, None
        meeting.starts_at = timezone.now() + timedelta(days=9)
        meeting.save()
        return
    build.circulated(company)
    if stage == "final":
        close_window(meeting.pk, at=build.ENDED + timedelta(days=3))


def allowed(name: str, wants: Wanted, facts: Facts) -> bool:
    """Whether the table lets somebody in."""
    if wants in (PUBLIC, LINK):
        return True
    if name == "nobody":
        return False
    if wants in (MEMBER, OWN):
        return name != "guest" or wants == OWN
    if wants == ADMINISTRATOR:
        return name == "administrator"
    standing = ROLES[name]
    held = {standing} if standing else set()
    deeds = wants if isinstance(wants, tuple) else (wants,)
    if wants == Deed.SEE_MINUTES:
        deeds = (Deed.SEE_MINUTES, Deed.SEE_DRAFT)
    return any(may(held, deed, facts) for deed in deeds)
