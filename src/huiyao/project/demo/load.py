# SPDX-License-Identifier: Apache-2.0
"""Loading the demo: the company, then each story from its plan to as far as it reaches."""

from datetime import date, datetime, time, timedelta

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.organisation.commands.details import found
from huiyao.features.people.commands import departments, persons
from huiyao.features.people.reads import actor_of
from huiyao.project.demo.cast import CAST, COMPANY, DEPARTMENTS, PASSWORD, SHOWN
from huiyao.project.demo.stories import STORIES
from huiyao.project.demo.telling import Company, tell

LOADER = Actor(id="", name="demo", administrator=True)


def load(now: datetime) -> None:
    """Load the demo organisation; dates count from ``now`` on the working calendar."""
    with transaction.atomic():
        company = _company(now - timedelta(days=40))
    calendar = working_calendar()
    today = _working_day(calendar, now)
    for story in STORIES:
        day = calendar.shift(today, story.days)
        tell(story, company, calendar, calendar.at(day, time(*story.hour)), now)


def _working_day(calendar: WorkingCalendar, now: datetime) -> date:
    """Today, or the next working day when today is one of rest."""
    day = calendar.local(now).date()
    return day if calendar.is_working(day) else calendar.next_working_day(day)


def _company(at: datetime) -> Company:
    found({"name": COMPANY, "zone": "Asia/Shanghai", "language": "zh-hans"}, by=LOADER, at=at, demo=True)
    made = {name: departments.add_department(name, by=LOADER, at=at) for name in DEPARTMENTS}
    actors: dict[str, Actor] = {}
    shown = {login for login, _ in SHOWN}
    for member in CAST:
        person = persons.add_person(
            {
                "login": member.login,
                "name": member.name,
                "title": member.title,
                "department": str(made[member.department].pk),
                "email": f"{member.login}@yunzhan.example",
                "administrator": member.administrator,
                "language": "zh-hans",
            },
            by=LOADER,
            at=at,
        )
        if member.login in shown:
            person.set_password(PASSWORD)
            person.save(update_fields=["password"])
        if member.head:
            row = made[member.department]
            departments.change_department(
                row.pk, name=row.name, parent_id="", head_id=str(person.pk), version=row.version, by=LOADER, at=at
            )
        actors[member.login] = actor_of(person)
    return Company(actors=actors, departments={name: str(row.pk) for name, row in made.items()})
