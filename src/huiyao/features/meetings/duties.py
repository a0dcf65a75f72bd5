# SPDX-License-Identifier: Apache-2.0
"""Who owes what about a meeting itself: its host starts it on time (R29)."""

from datetime import datetime
from uuid import UUID

from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind
from huiyao.domain.stage import Stage
from huiyao.features.meetings.models import Meeting


def find_duties(actor: Actor | None, now: datetime, calendar: WorkingCalendar) -> list[Duty]:
    """The starts owed by hosts, one person's or everybody's; late ones stay until begun or cancelled."""
    del now, calendar
    rows = Meeting.objects.filter(stage=Stage.INVITED, starts_at__isnull=False, host__isnull=False)
    if actor is not None:
        rows = rows.filter(host_id=UUID(actor.id))
    rows = rows.only("host_id", "starts_at", "title", "place", "online")
    return [
        Duty(
            kind=DutyKind.START,
            owner=str(row.host_id),
            due=row.starts_at,
            subject=str(row.pk),
            meeting=str(row.pk),
            title=row.title,
            facts=(("place", row.place or row.online),) if row.place or row.online else (),
        )
        for row in rows
        if row.starts_at is not None
    ]
