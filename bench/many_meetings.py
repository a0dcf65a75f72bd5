# SPDX-License-Identifier: Apache-2.0
"""Many finished meetings at once, written straight into the tables: material for measuring lists, not a demo."""

from datetime import timedelta

import django


def grow(count: int) -> None:
    """Add ``count`` filed meetings over the past years, each with its people and two actions."""
    django.setup(set_prefix=False)
    from huiyao.domain.rights import Standing
    from huiyao.features.actions.models import Action
    from huiyao.features.meetings.models import Meeting, Participation
    from huiyao.features.people.models import Person
    from huiyao.plumbing import clock

    people = list(Person.objects.filter(guest=False).order_by("login"))
    now = clock.now()
    meetings = [
        Meeting(
            title=f"Load {n}", objective="load", stage="filed", organiser=people[n % 7], host=people[n % 7],
            recorder=people[(n + 3) % 7], starts_at=now - timedelta(hours=2 * n + 200), zone="Asia/Shanghai",
            language="zh-hans", place="B", invited_at=now, started_at=now, ended_at=now, created_at=now,
        )
        for n in range(count)
    ]  # fmt: skip
    Meeting.objects.bulk_create(meetings, batch_size=500)
    standings = []
    actions = []
    for n, meeting in enumerate(meetings):
        held = {(people[n % 7].pk, Standing.HOST), (people[(n + 3) % 7].pk, Standing.RECORDER)}
        held |= {(people[(n + k) % len(people)].pk, Standing.ATTENDEE) for k in range(6)}
        standings += [Participation(meeting=meeting, person_id=p, standing=s) for p, s in held]
        for k in range(2):
            owner = people[(n + k) % len(people)]
            actions.append(
                Action(
                    meeting=meeting, entry=f"load{n:08}{k}", number=k + 1, task="load", department=owner.department,
                    person=owner, due=(now - timedelta(days=n % 300)).date(), state="done" if n % 20 else "open",
                    accept_due_at=now, adopted_at=now, minutes_version=1,
                )
            )  # fmt: skip
    Participation.objects.bulk_create(standings, batch_size=500)
    Action.objects.bulk_create(actions, batch_size=500)
