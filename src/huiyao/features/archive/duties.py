# SPDX-License-Identifier: Apache-2.0
"""Who owes an answer to the retrospective (R82): everybody who was there and has not said a word yet."""

from datetime import datetime

from django.db.models import Exists, OuterRef

from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind
from huiyao.features.archive.models import Retrospective, RetrospectiveAnswer
from huiyao.features.archive.reads import WAS_THERE
from huiyao.features.sittings.models import Attendance


def find_duties(actor: Actor | None, now: datetime, calendar: WorkingCalendar) -> list[Duty]:
    """The answers owed by one person, or by everybody; guests have no page to owe them on."""
    del calendar
    asked = {
        row.meeting_id: row
        for row in Retrospective.objects.filter(closed_at=None, withdrawn_at=None, closes_at__gt=now)
        .select_related("meeting")
        .only("meeting_id", "due_at", "opened_at", "meeting__title")
    }
    if not asked:
        return []
    said = RetrospectiveAnswer.objects.filter(
        retrospective__meeting=OuterRef("meeting_id"), person=OuterRef("person_id")
    )
    there = Attendance.objects.filter(~Exists(said), meeting__in=list(asked), state__in=WAS_THERE)
    there = there.filter(person__is_active=True, person__guest=False)
    if actor is not None:
        there = there.filter(person__in=[actor.id])
    return [_duty(asked[meeting], str(person)) for meeting, person in there.values_list("meeting_id", "person_id")]


def _duty(row: Retrospective, person: str) -> Duty:
    return Duty(
        kind=DutyKind.RETROSPECTIVE,
        owner=person,
        due=row.due_at,
        subject=str(row.pk),
        meeting=str(row.meeting_id),
        title=row.meeting.title,
        since=row.opened_at,
    )
