# SPDX-License-Identifier: Apache-2.0
"""An invited meeting ready to be held: people by role, three topics. All names are invented."""

from dataclasses import dataclass
from datetime import UTC, datetime

from huiyao.domain.actor import Actor
from huiyao.domain.agenda import Lead, TopicKind
from huiyao.domain.stage import Stage
from huiyao.features.agenda.models import Topic
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Meeting, Need, Representative, Seat
from huiyao.features.people.commands.tokens import make_token
from huiyao.features.people.models import Department, Person
from huiyao.features.people.reads import actor_of
from huiyao.features.sittings.commands import start
from huiyao.plumbing.ids import uuid7

INVITED = datetime(2026, 11, 20, 2, 0, tzinfo=UTC)
STARTS = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@dataclass
class Held:
    """A meeting with who is who in it: host, recorder, seat, informed; ``outside`` has nothing to do with it."""

    meeting: Meeting
    people: dict[str, Person]
    topics: list[Topic]

    def actor(self, name: str) -> Actor:
        return actor_of(self.people[name])

    @property
    def id(self) -> str:
        return str(self.meeting.pk)


def a_person(name: str, department: Department | None = None) -> Person:
    return Person.objects.create(login=f"{name}-{uuid7()}", name=name, department=department)


def a_meeting(organiser: Person | None = None, **fields: object) -> Meeting:
    values = {"title": "仓配协调会", "zone": "Asia/Shanghai", "language": "zh-hans", "created_at": INVITED, **fields}
    return Meeting.objects.create(organiser=organiser or a_person("发起"), **values)


def an_invited_meeting() -> Held:
    names = {"host": "沈青", "recorder": "罗素", "seat": "杜衡", "informed": "叶知", "outside": "路人"}
    departments = {key: Department.objects.create(name=f"{key}-{uuid7()}") for key in names}
    people = {key: a_person(name, departments[key]) for key, name in names.items()}
    meeting = a_meeting(
        people["host"], host=people["host"], recorder=people["recorder"], stage=Stage.INVITED,
        invited_at=INVITED, starts_at=STARTS, objective="定下换季备货的分工",
    )  # fmt: skip
    for key, need in (("seat", Need.REQUIRED), ("informed", Need.INFORMED)):
        seat = Seat.objects.create(meeting=meeting, department=departments[key], need=need)
        Representative.objects.create(seat=seat, person=people[key])
    refresh(meeting)
    topics = [
        Topic.objects.create(meeting=meeting, position=n, title=title, kind=kind, minutes=minutes, lead_role=Lead.HOST)
        for n, (title, kind, minutes) in enumerate(
            [("开场", TopicKind.OPENING, 5), ("问题", TopicKind.PROBLEMS, 20), ("收尾", TopicKind.CLOSING, 10)]
        )
    ]
    return Held(meeting, people, topics)


def a_running_meeting(size: int, at: datetime, *, started: bool = True) -> dict[str, object]:
    """A started meeting whose ``size`` people each have a token: plain values for another process."""
    departments = [Department.objects.create(name=f"部门{n}-{uuid7()}") for n in range(2)]
    people = [a_person(f"人{n}", departments[n % 2]) for n in range(size)]
    meeting = a_meeting(
        people[0], host=people[0], recorder=people[-1], stage=Stage.INVITED, invited_at=at, starts_at=at
    )
    for department in departments:
        seat = Seat.objects.create(meeting=meeting, department=department, need=Need.REQUIRED)
        for person in people:
            if person.department_id == department.pk:
                Representative.objects.create(seat=seat, person=person)
    refresh(meeting)
    topic = Topic.objects.create(meeting=meeting, title="进展", kind=TopicKind.PROGRESS, minutes=30)
    if started:
        start(meeting.pk, by=actor_of(people[0]), at=at)
    tokens = [make_token(person.pk, "bench", by=actor_of(person), at=at) for person in people]
    return {
        "meeting": str(meeting.pk),
        "topic": str(topic.pk),
        "people": [{"id": str(p.pk), "token": token} for p, token in zip(people, tokens, strict=True)],
    }
