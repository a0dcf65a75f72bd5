# SPDX-License-Identifier: Apache-2.0
"""``python -m tests.e2e.closed_meeting``: over HUIYAO_DATA a meeting that ended ten minutes ago, its draft made, nobody of
the technical department there; prints logins and the meeting's id.
"""

import json
import os
import sys
from datetime import timedelta

import django
from django.core.management import call_command

PASSWORD = "paper-ink-seal-4"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyao.project.settings")
    django.setup(set_prefix=False)
    call_command("migrate", verbosity=0, interactive=False)
    from huiyao.features.sittings.models import Attendance, Presence
    from huiyao.plumbing import clock
    from tests.builders.minutes import a_company, a_draft

    company = a_company(plain_hours=True)
    meeting, ended = company.meeting, clock.now() - timedelta(minutes=10)
    meeting.started_at = meeting.starts_at = ended - timedelta(minutes=90)
    meeting.ended_at, meeting.invited_at = ended, ended - timedelta(days=4)
    meeting.save()
    for name in ("product", "ops", "market", "sales"):
        Attendance.objects.create(meeting=meeting, person=company.people[name], state=Presence.PRESENT)
    a_draft(company, at=ended)
    for person in company.people.values():
        person.set_password(PASSWORD)
        person.save(update_fields=["password"])
    people = {name: str(person.pk) for name, person in company.people.items()}
    json.dump({"meeting": str(meeting.pk), "people": people}, sys.stdout)


if __name__ == "__main__":
    main()
