# SPDX-License-Identifier: Apache-2.0
"""Answering an invitation; until the start one may change one's mind."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.invitations import Reply, ReplyClosed, check_reply
from huiyao.domain.refusals import NotFound
from huiyao.domain.values import clean_line
from huiyao.features.invitations.models import Invitation
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id, is_uuid


@transaction.atomic
def reply(meeting_id: Id, answer: str, *, by: Actor, at: datetime, comment: str = "") -> Invitation:
    """Give or change the reply of ``by`` to their own invitation.

    Raises:
        NotFound: they have no invitation, or need not answer it.
        BadValue: no such answer, or the comment is too long.
        ReplyClosed: the meeting has begun or will not be held.
    """
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("meeting")
    mine = rows.filter(meeting_id=meeting_id, person_id=by.id, informed=False)
    row = mine.first() if is_uuid(str(meeting_id)) else None
    if row is None:
        raise NotFound
    if row.withdrawn_at is not None:
        raise ReplyClosed(state=row.meeting.stage)
    given = check_reply(answer, stage=row.meeting.stage, starts_at=row.meeting.starts_at, at=at)
    said = clean_line("comment", comment, most=500, required=False)
    before = Reply(row.reply)
    if (before, row.comment) == (given, said):
        return row
    row.reply, row.comment, row.replied_at = given, said, at
    row.save(update_fields=["reply", "comment", "replied_at"])
    facts = {"from": str(before), "to": str(given), "comment": said}
    audit.record("invitation.reply", by=by, at=at, subject=row.pk, context=meeting_id, facts=facts)
    return row
