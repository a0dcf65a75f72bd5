# SPDX-License-Identifier: Apache-2.0
"""What a minute of reminding costs with 1,000 meetings and 20,000 live actions: time, CPU and queries."""

import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

MEETINGS, ACTIONS_EACH, PEOPLE, LOOKS = 1_000, 20, 500, 10


def _set_up(folder: Path) -> None:
    os.environ.update(HUIYAO_DATA=str(folder), DJANGO_SETTINGS_MODULE="huiyao.project.settings")
    import django
    from django.core.management import call_command

    django.setup(set_prefix=False)
    call_command("migrate", verbosity=0)


def grow(now: datetime) -> None:
    """Meetings of the last half year, their actions all live, due and told of at all distances."""
    from huiyao.domain.rights import Standing
    from huiyao.features.actions.models import Action
    from huiyao.features.meetings.models import Meeting, Participation
    from huiyao.features.organisation.models import Organisation
    from huiyao.features.people.models import Person

    Organisation.objects.create(name="Bench", created_at=now)
    zones = ("", "", "", "Europe/Berlin")
    people = Person.objects.bulk_create(
        Person(login=f"p{n}", name=f"P{n}", email=f"p{n}@example.com", zone=zones[n % 4]) for n in range(PEOPLE)
    )
    meetings = Meeting.objects.bulk_create(
        Meeting(
            title=f"M{n}", organiser=people[n % PEOPLE], host=people[n % PEOPLE], recorder=people[(n + 1) % PEOPLE],
            stage="invited" if n % 10 == 0 else "filed", zone="Asia/Shanghai", language="zh-hans", created_at=now,
            starts_at=now + timedelta(hours=3 * n + 3 if n % 10 == 0 else -4 * n - 30), invited_at=now,
        )
        for n in range(MEETINGS)
    )  # fmt: skip
    Participation.objects.bulk_create(
        [Participation(meeting=m, person=people[(n + k) % PEOPLE], standing=Standing.ATTENDEE)
         for n, m in enumerate(meetings) for k in range(6)], batch_size=2000,
    )  # fmt: skip
    Action.objects.bulk_create(
        [
            Action(
                meeting=meeting, entry=f"a{k}", number=k + 1, task=f"T{n}-{k}", person=people[(7 * n + k) % PEOPLE],
                due=(now + timedelta(days=(n * 20 + k) % 180 - 40)).date(), state="open", accept_due_at=now,
                accepted_at=now - timedelta(days=(n + 3 * k) % 60), adopted_at=now - timedelta(days=60),
                minutes_version=1,
            )
            for n, meeting in enumerate(meetings) for k in range(ACTIONS_EACH)
        ], batch_size=1000,
    )  # fmt: skip


def look(what: Callable[[datetime], object], now: datetime) -> dict[str, float]:
    """The median of some looks in minutes in which nothing new is due, and the queries of one."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    wall, cpu = [], []
    for n in range(LOOKS):
        began, worked = time.perf_counter(), time.process_time()
        what(now + timedelta(seconds=n))
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - worked) * 1000)
    with CaptureQueriesContext(connection) as queries:
        what(now + timedelta(seconds=LOOKS))
    return {
        "ms": round(statistics.median(wall), 1),
        "cpu_ms": round(statistics.median(cpu), 1),
        "queries": len(queries),
    }


def feed(now: datetime) -> dict[str, float]:
    """One person's calendar with a thousand meetings."""
    from huiyao.domain.rights import Standing
    from huiyao.features.meetings.models import Meeting, Participation
    from huiyao.features.people.models import Person
    from huiyao.flows.feed import feed_of

    person = Person.objects.create(login="reader", name="Reader")
    rows = Meeting.objects.bulk_create(
        Meeting(
            title=f"F{n}", organiser=person, stage="invited", zone="Asia/Shanghai", language="zh-hans", created_at=now,
            starts_at=now + timedelta(hours=n), invited_at=now,
        )
        for n in range(1000)
    )  # fmt: skip
    Participation.objects.bulk_create(Participation(meeting=m, person=person, standing=Standing.ATTENDEE) for m in rows)
    times = []
    for _ in range(LOOKS):
        began = time.perf_counter()
        body = feed_of(person, now)
        times.append((time.perf_counter() - began) * 1000)
    return {"ms": round(statistics.median(times), 1), "bytes": len(body)}


def main() -> None:
    """Print figures as JSON."""
    with tempfile.TemporaryDirectory(prefix="huiyao-bench-") as name:
        _set_up(Path(name))
        from huiyao.features.actions.models import Action
        from huiyao.features.people.models import Told
        from huiyao.flows.digest import digest
        from huiyao.flows.remind import remind
        from huiyao.plumbing.models import Message
        from huiyao.project.wiring import wire

        wire()
        morning = datetime.fromisoformat("2026-11-24T01:11:00+00:00")  # 09:11 in Shanghai, every reminder's moment past
        grow(morning)
        result: dict[str, object] = {"meetings": MEETINGS, "live_actions": MEETINGS * ACTIONS_EACH, "people": PEOPLE}
        began, digests = time.perf_counter(), 0
        while written := digest(morning):
            digests += written
        seconds = time.perf_counter() - began
        result["digests"] = {"written": digests, "ms_each": round(seconds * 1000 / digests, 1)}
        began = time.perf_counter()
        written = remind(morning)
        told = Told.objects.exclude(key__startswith="digest:").count()
        result["morning"] = {
            "reminders": told, "messages": written, "seconds": round(time.perf_counter() - began, 2),
        }  # fmt: skip
        result["digest_quiet_minute"] = look(digest, morning)
        result["digest_afternoon"] = look(digest, morning + timedelta(hours=5))
        result["remind_with_unsent"] = look(remind, morning)
        result["feed_of_1000_meetings"] = feed(morning)
        Message.objects.update(state="sent")
        result["remind_quiet_minute"] = look(remind, morning)
        Action.objects.exclude(number=1).exclude(number=11).update(state="done")
        result["remind_one_in_ten_live"] = look(remind, morning)
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
