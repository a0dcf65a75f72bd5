# SPDX-License-Identifier: Apache-2.0
"""Who owes the material of a topic: its lead, with the invitation (R22, R24)."""

from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q

from huiyao.domain.actor import Actor
from huiyao.domain.agenda import TopicKind
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind
from huiyao.domain.stage import Stage
from huiyao.features.agenda.models import Material, Topic

WITH_MATERIAL = (TopicKind.PROGRESS, TopicKind.PROBLEMS)
"""What is talked about on the strength of figures and tables; the other kinds need none."""
PLANNERS = ("organiser_id", "host_id", "coordinator_id")


def find_duties(actor: Actor | None, now: datetime, calendar: WorkingCalendar) -> list[Duty]:
    """The topics without material of those who can add it: leads who plan the meeting; one person's or everybody's."""
    del now, calendar
    leads_and_plans = Q()
    for role in PLANNERS:
        leads_and_plans |= Q(lead_id=F(f"meeting__{role}"))
    rows = Topic.objects.filter(
        leads_and_plans,
        ~Exists(Material.objects.filter(topic=OuterRef("pk"), removed_at=None)),
        kind__in=WITH_MATERIAL,
        removed_at=None,
        meeting__stage=Stage.PREPARING,
        meeting__invite_due_at__isnull=False,
    ).select_related("meeting")
    if actor is not None:
        rows = rows.filter(lead_id=UUID(actor.id))
    rows = rows.only("title", "lead_id", "meeting__title", "meeting__invite_due_at", "meeting__created_at")
    return [
        Duty(
            DutyKind.UPLOAD_MATERIAL,
            str(row.lead_id),
            row.meeting.invite_due_at,
            str(row.pk),
            str(row.meeting_id),
            row.title,
            (("meeting", row.meeting.title),),
            since=row.meeting.created_at,
        )
        for row in rows
        if row.meeting.invite_due_at is not None
    ]
