# SPDX-License-Identifier: Apache-2.0
"""An office with people and a meeting planned, or invited, as far as a test needs it. All names are invented."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from huiyao.domain.actor import Actor
from huiyao.domain.editing import FieldWrite
from huiyao.features.invitations.commands.send import send
from huiyao.features.meetings.commands.fields import set_field
from huiyao.features.meetings.commands.roles import set_role
from huiyao.features.meetings.commands.seats import add_representative, add_seat
from huiyao.features.meetings.models import Meeting
from huiyao.features.organisation.models import Organisation
from huiyao.features.people.models import Department, Person
from huiyao.features.people.reads import actor_of
from huiyao.flows.begin_plan import begin_plan

MORNING = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""Tuesday 10:00 in Shanghai: the instant plans of these tests are made at."""
FRIDAY_WEEK = "2026-12-04T14:00"
"""Eight working days later, in the afternoon, as the plan's field spells it."""


@dataclass
class Office:
    """Six departments with one person each, named by department; ``stranger`` belongs to a seventh."""

    people: dict[str, Person] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The person as the rules see them."""
        return actor_of(self.people[name])


NAMES = {
    "product": ("产品部", "沈一舟"),
    "market": ("市场部", "陆青禾"),
    "tech": ("技术部", "方砚"),
    "sales": ("销售部", "乔北"),
    "service": ("客服部", "温夏"),
    "ops": ("运营部", "邵明远"),
    "stranger": ("法务部", "虞白"),
}


def an_office(language: str = "zh-hans") -> Office:
    """The organisation, its departments, each with a head, and their people."""
    Organisation.objects.create(name="云杉制造", created_at=MORNING, language=language)
    office = Office()
    for position, (key, (department, name)) in enumerate(NAMES.items()):
        row = Department.objects.create(name=department, position=position)
        person = Person.objects.create_user(
            key, name=name, department=row, email=f"{key}@example.com", language=language
        )
        row.head = person
        row.save()
        office.departments[key], office.people[key] = row, person
    return office


def a_plan(office: Office, at: datetime = MORNING, **fields: str) -> Meeting:
    """A plan of product's: four departments seated, host product, recorder ops, complete enough to be sent."""
    by = office.actor("product")
    meeting_id = begin_plan(by=by, at=at, title=fields.pop("title", "春季新品协调会"))
    values = {
        "objective": "定下春季新品的分工和先后",
        "starts_at": FRIDAY_WEEK,
        "place": "3 楼西会议室",
        **fields,
    }
    for name, value in values.items():
        write_field(meeting_id, name, value, by, at)
    for key in ("market", "tech", "sales", "ops"):
        seat = add_seat(meeting_id, office.departments[key].pk, by=by, at=at)
        add_representative(meeting_id, seat.pk, office.people[key].pk, by=by, at=at)
    version = Meeting.objects.get(pk=meeting_id).version
    write = FieldWrite("recorder", str(office.people["ops"].pk), "", version)
    set_role(meeting_id, write, by=by, at=at)
    return Meeting.objects.get(pk=meeting_id)


def write_field(meeting_id: object, name: str, value: str, by: Actor, at: datetime = MORNING) -> Meeting:
    """One field written by somebody who saw the present version."""
    version = Meeting.objects.get(pk=meeting_id).version
    return set_field(meeting_id, FieldWrite(name, value, "", version), by=by, at=at)


def an_invited_meeting(office: Office, at: datetime = MORNING, **fields: str) -> Meeting:
    """The plan, sent."""
    meeting = a_plan(office, at, **fields)
    send(meeting.pk, by=office.actor("product"), at=at + timedelta(minutes=5))
    meeting.refresh_from_db()
    return meeting
