# SPDX-License-Identifier: Apache-2.0
"""A closed meeting with its record, and its minutes taken as far as a test needs them. All names are invented."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from django.test import Client

from huiyao.domain.actions import Acceptance
from huiyao.domain.actor import Actor
from huiyao.domain.drafting import TopicFacts
from huiyao.domain.minutes import Attendee
from huiyao.domain.record import Entry, Kind, SupportAsked
from huiyao.domain.stage import Stage
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Meeting, Need, Representative, Seat
from huiyao.features.minutes.commands import circulating, reviewing
from huiyao.features.minutes.commands.drafting import SnapshotTaken, draft_from_snapshot
from huiyao.features.minutes.models import Circulation, Minutes
from huiyao.features.organisation.models import Organisation
from huiyao.features.people.models import Department, Person
from huiyao.features.people.reads import actor_of

ENDED = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)
"""Tuesday 15:30 in Shanghai."""
CHINESE = {
    "product": ("产品部", "林乔"),
    "market": ("市场部", "陈墨"),
    "tech": ("技术部", "许恒"),
    "sales": ("销售部", "赵凝"),
    "ops": ("运营部", "周澜"),
}


@dataclass
class Company:
    """A closed meeting of five departments: product hosts, operations records, the others are seated."""

    meeting: Meeting
    people: dict[str, Person] = field(default_factory=dict)
    departments: dict[str, Department] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """The person as the rules see them."""
        return actor_of(self.people[name])

    @property
    def host(self) -> Actor:
        return self.actor("product")

    @property
    def recorder(self) -> Actor:
        return self.actor("ops")


def a_company(*, language: str = "zh-hans", title: str = "订单页改版协调会", **meeting: object) -> Company:
    """The organisation, its people and a meeting that ended at ``ENDED``; besides them a stranger and a coordinator."""
    Organisation.objects.get_or_create(name="青岚科技", defaults={"created_at": ENDED, "language": language})
    departments, people = {}, {}
    for position, (key, (department, name)) in enumerate(CHINESE.items()):
        departments[key] = Department.objects.create(name=department, position=position)
        people[key] = a_person(key, name, departments[key], language)
        departments[key].head = people[key]
        departments[key].save()
    people["stranger"] = a_person("stranger", "吴渺", Department.objects.create(name="法务部", position=9), language)
    people["coordinator"] = a_person("coordinator", "孟棠", departments["product"], language)
    row = Meeting.objects.create(
        title=title,
        objective="定下订单页改版的分工和先后",
        stage=Stage.RECORDED,
        organiser=people["product"],
        host=people["product"],
        recorder=people["ops"],
        coordinator=people["coordinator"],
        starts_at=ENDED - timedelta(minutes=90),
        started_at=ENDED - timedelta(minutes=90),
        ended_at=ENDED,
        invited_at=ENDED - timedelta(days=4),
        zone="Asia/Shanghai",
        language=language,
        place="3 楼东会议室",
        next_when="2026年12月9日 14:00",
        next_focus="改版排期与埋点",
        created_at=ENDED - timedelta(days=6),
        **meeting,
    )
    for position, key in enumerate(("market", "tech", "sales", "ops")):
        seat = Seat.objects.create(meeting=row, department=departments[key], need=Need.REQUIRED, position=position)
        Representative.objects.create(seat=seat, person=people[key])
    refresh(row)
    return Company(row, people, departments)


def a_person(login: str, name: str, department: Department | None, language: str = "zh-hans", **more: object) -> Person:
    """A person of the directory with an address."""
    return Person.objects.create_user(
        login, name=name, department=department, email=f"{login}@example.com", language=language, **more
    )


def a_record(company: Company) -> list[Entry]:
    """A record as the room leaves it: a problem with two solutions, a decision, three actions, a note, a parked one."""
    return list(_entries(company))


def _entries(company: Company) -> Iterator[Entry]:
    people = {key: str(person.pk) for key, person in company.people.items()}
    departments = {key: str(department.pk) for key, department in company.departments.items()}
    yield Entry("topic-progress", Kind.TOPIC, order="a", text="各部门进展")
    yield Entry("topic-problems", Kind.TOPIC, order="b", text="问题与方案")
    yield Entry(
        "note-1",
        Kind.NOTE,
        "topic-progress",
        "a",
        "问卷已回收 312 份，结论本周整理完。",
        department=departments["market"],
    )
    yield Entry("prob-1", Kind.PROBLEM, "topic-problems", "a", "改版范围没有写清，排期估不出来。")
    yield Entry("solu-1", Kind.SOLUTION, "prob-1", "a", "先列必做与可选两栏，再估排期。")
    yield Entry("deci-1", Kind.DECISION, "prob-1", "b", "必做清单由市场部出，技术部收到后两天内回复。")
    yield Entry(
        "acti-1",
        Kind.ACTION,
        "deci-1",
        "a",
        "写出改版必做清单",
        department=departments["market"],
        person=people["market"],
        due=date(2026, 12, 4),
        support=(),
    )
    yield Entry(
        "acti-2",
        Kind.ACTION,
        "deci-1",
        "b",
        "评估清单并给出排期",
        department=departments["tech"],
        person=people["tech"],
        due=date(2026, 12, 8),
        support=(SupportAsked("问卷原始数据", departments["market"], people["market"], date(2026, 12, 1)),),
    )
    yield Entry(
        "acti-3",
        Kind.ACTION,
        "topic-problems",
        "c",
        "通知重点客户改版时间",
        department=departments["sales"],
        named_by=(date(2026, 11, 27), people["sales"]),
        due=date(2026, 12, 11),
        support=(),
    )
    yield Entry("park-1", Kind.PARKED, "topic-problems", "d", "会员价展示另找时间谈。")
    yield Entry("gone-1", Kind.NOTE, "topic-progress", "z", "删掉的一行", deleted=True)


def a_snapshot(company: Company, number: int = 1, entries: list[Entry] | None = None) -> SnapshotTaken:
    """The closed record with its topics, attendance and one acceptance in the room."""
    attendees = tuple(Attendee(company.people[key].name, company.departments[key].name) for key in CHINESE)
    return SnapshotTaken(
        number=number,
        sha256=f"{number:064}",
        entries=tuple(a_record(company) if entries is None else entries),
        topics=(
            TopicFacts("topic-progress", "各部门进展", "各部门代表", 15, 18),
            TopicFacts("topic-problems", "问题与方案", company.people["product"].name, 40, 42),
        ),
        attendees=attendees,
        acceptances={"acti-1": Acceptance(accepted=True, at=ENDED - timedelta(minutes=5))},
    )


def a_draft(company: Company, *, at: datetime = ENDED) -> Minutes:
    """The draft as closing makes it."""
    return draft_from_snapshot(company.meeting.pk, a_snapshot(company), at=at)


def in_review(company: Company, *, at: datetime = ENDED + timedelta(minutes=40)) -> Minutes:
    """A draft the recorder has submitted."""
    a_draft(company)
    return reviewing.submit(company.meeting.pk, by=company.recorder, at=at)


def circulated(company: Company, *, at: datetime = ENDED + timedelta(hours=1)) -> Circulation:
    """Minutes that were approved and sent at 16:30."""
    in_review(company)
    return circulating.approve_and_send(company.meeting.pk, by=company.host, at=at)


def browser(company: Company, name: str) -> Client:
    """A browser in which this person is signed in."""
    client = Client()
    client.force_login(company.people[name])
    return client


def address(company: Company, rest: str = "") -> str:
    """The minutes page of the meeting, or something below it."""
    return f"/meetings/{company.meeting.pk}/minutes/{rest}"
