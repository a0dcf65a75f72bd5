# SPDX-License-Identifier: Apache-2.0
"""The retrospective of a meeting: asked at closing, answered, taken back with a reopening, closed by the clock."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import CLOCK, Actor
from huiyao.domain.refusals import NotAllowed, NotFound, WrongStage
from huiyao.domain.retrospective import checked_reply, clocks_of
from huiyao.domain.rights import Deed
from huiyao.features.archive.access import get_retrospective_for
from huiyao.features.archive.models import Retrospective, RetrospectiveAnswer
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.meetings.models import Meeting
from huiyao.features.organisation.reads import policy_in_force
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id


@transaction.atomic
def ask_retrospective(meeting_id: Id, *, snapshot: int, at: datetime) -> Retrospective:
    """Ask the two questions after closing ``snapshot``; the same closing again changes nothing.

    The clocks count from the end of the meeting under the policy in force. Answers given before a reopening stay.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    row = Retrospective.objects.filter(meeting=meeting).first()
    if row is not None and row.snapshot >= snapshot:
        return row
    policy = policy_in_force()
    working = policy.policy.working_time and not meeting.plain_hours
    clocks = clocks_of(meeting.ended_at or at, working_calendar(), policy.policy, working=working)
    row = row or Retrospective(meeting=meeting)
    row.snapshot, row.policy_number = snapshot, policy.number
    row.opened_at, row.due_at, row.closes_at = at, clocks.due_at, clocks.closes_at
    row.withdrawn_at = row.closed_at = None
    row.save()
    facts = {"snapshot": snapshot, "closes_at": clocks.closes_at.isoformat()}
    audit.record("retrospective.ask", by=CLOCK, at=at, subject=row.pk, context=meeting.pk, facts=facts)
    return row


@transaction.atomic
def withdraw_retrospective(meeting_id: Id, *, snapshot: int, at: datetime) -> bool:
    """The closing was taken back: no more is asked until the next one; whether there was anything to withdraw."""
    rows = Retrospective.objects.filter(meeting_id=meeting_id, snapshot__lte=snapshot, closed_at=None)
    return bool(rows.filter(withdrawn_at=None).update(withdrawn_at=at))


@transaction.atomic
def answer_retrospective(meeting_id: Id, met: str, improve: str = "", *, by: Actor, at: datetime) -> None:
    """Answer the two questions; the last word counts while answers are taken.

    Raises:
        NotFound: no such meeting for the actor, or nothing is asked.
        NotAllowed: the actor was not there.
        WrongStage: the retrospective is closed.
        BadValue: no such answer, or too long a text.
    """
    access = get_retrospective_for(by, meeting_id)
    reply = checked_reply(met, improve)
    if not access.was_there:
        raise NotAllowed(deed=str(Deed.SEE_RETROSPECTIVE))
    row = Retrospective.objects.select_for_update(of=("self",)).get(pk=access.retrospective.pk)
    if row.withdrawn_at is not None:
        raise NotFound
    if row.closed_at is not None or at >= row.closes_at:
        raise WrongStage(state="closed", deed="answer_retrospective")
    RetrospectiveAnswer.objects.update_or_create(
        retrospective=row, person_id=by.id, defaults={"met": reply.met, "improve": reply.improve, "at": at}
    )
    # that somebody answered is an act, what they said is not for the audit trail
    audit.record("retrospective.answer", by=by, at=at, subject=row.pk, context=row.meeting_id, facts={})


@transaction.atomic
def close_retrospective(meeting_id: Id, *, at: datetime) -> bool:
    """Take no more answers once the time is over; whether that is news."""
    rows = Retrospective.objects.select_for_update(of=("self",)).filter(meeting_id=meeting_id, closed_at=None)
    row = rows.filter(withdrawn_at=None, closes_at__lte=at).first()
    if row is None:
        return False
    row.closed_at = at
    row.save(update_fields=["closed_at"])
    facts = {"answers": row.answers.count()}
    audit.record("retrospective.close", by=CLOCK, at=at, subject=row.pk, context=row.meeting_id, facts=facts)
    return True
