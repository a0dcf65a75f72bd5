# SPDX-License-Identifier: Apache-2.0
"""Who owes an invitation (the organiser) and who owes a reply (each invitee), from the instants stored."""

from datetime import datetime
from uuid import UUID

from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind
from huiyao.domain.invitations import Reply
from huiyao.domain.stage import Stage
from huiyao.features.invitations.models import Invitation
from huiyao.features.meetings.models import Meeting


def find_duties(actor: Actor | None, now: datetime, calendar: WorkingCalendar) -> list[Duty]:
    """The invitations to send and to answer, one person's or everybody's."""
    del calendar
    return [*_to_send(actor), *_to_answer(actor, now)]


def _to_send(actor: Actor | None) -> list[Duty]:
    rows = Meeting.objects.filter(stage=Stage.PREPARING, invite_due_at__isnull=False)
    if actor is not None:
        rows = rows.filter(organiser_id=UUID(actor.id))
    rows = rows.only("organiser_id", "invite_due_at", "title", "created_at")
    return [
        Duty(
            DutyKind.INVITE,
            str(row.organiser_id),
            row.invite_due_at,
            str(row.pk),
            str(row.pk),
            row.title,
            since=row.created_at,
        )
        for row in rows
        if row.invite_due_at is not None
    ]


def _to_answer(actor: Actor | None, now: datetime) -> list[Duty]:
    rows = Invitation.objects.filter(
        reply=Reply.PENDING,
        withdrawn_at=None,
        reply_due_at__isnull=False,
        meeting__stage=Stage.INVITED,
        meeting__starts_at__gt=now,
    ).select_related("meeting")
    rows = rows.only("person_id", "reply_due_at", "sent_at", "meeting__title")
    if actor is not None:
        rows = rows.filter(person_id=actor.id)
    return [
        Duty(
            DutyKind.REPLY,
            str(row.person_id),
            row.reply_due_at,
            str(row.pk),
            str(row.meeting_id),
            row.meeting.title,
            since=row.sent_at,
        )
        for row in rows
        if row.reply_due_at is not None
    ]
