# SPDX-License-Identifier: Apache-2.0
"""Who has to decide by when where consensus was not reached (R49)."""

from datetime import datetime

from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind
from huiyao.features.sittings.reads.calls import undecided_calls


def find_duties(actor: Actor | None, now: datetime, calendar: WorkingCalendar) -> list[Duty]:
    """The decisions one person owes, or everybody; a day is over at its end. Without a day nothing is due."""
    del now
    rows = undecided_calls().filter(decided_at=None, decide_by__isnull=False, decider__is_active=True)
    if actor is not None:
        rows = rows.filter(decider__in=[actor.id])
    return [
        Duty(
            kind=DutyKind.DECIDE,
            owner=str(row.decider_id),
            due=calendar.end_of(row.decide_by),
            subject=str(row.pk),
            meeting=str(row.meeting_id),
            title=row.text[:120],
            facts=(("meeting", row.meeting.title),),
            whole_day=True,
            since=row.closed_at,
        )
        for row in rows
        if row.decide_by is not None
    ]
