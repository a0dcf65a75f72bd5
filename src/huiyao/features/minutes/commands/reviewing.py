# SPDX-License-Identifier: Apache-2.0
"""The review: hand the draft in, remark on lines, return it with a reason, approve it (R67)."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.calendar import deadline_after
from huiyao.domain.paper import line_of
from huiyao.domain.refusals import BadValue, NotFound
from huiyao.domain.review import Act
from huiyao.domain.rights import Deed
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.minutes.commands.reaching import keep, reach
from huiyao.features.minutes.commands.versions import seal, write
from huiyao.features.minutes.events import MinutesReopened, MinutesReturned, MinutesSubmitted
from huiyao.features.minutes.models import HintDismissal, Minutes, ReviewComment
from huiyao.features.minutes.reads import current_version, paper_in
from huiyao.features.organisation.reads import policy_in_force
from huiyao.features.sittings.commands.closing import seal_snapshot
from huiyao.plumbing import events


@transaction.atomic
def submit(meeting_id: UUID | str, *, by: Actor, at: datetime, seen: int | None = None) -> Minutes:
    """Hand the draft to the host; its real time is kept, late or not. From now on the record stays closed."""
    access = reach(meeting_id, Deed.EDIT_DRAFT, Act.SUBMIT, by=by, at=at, seen=seen)
    minutes = access.minutes
    late = minutes.submitted_at is None and at > minutes.draft_due_at
    minutes.submitted_at = minutes.submitted_at or at
    version = current_version(minutes)
    seal(version, at=at)
    seal_snapshot(minutes.meeting_id, at=at)
    keep(access, "submit", by=by, at=at, facts={"version": version.number, "late": late})
    events.put(MinutesSubmitted(str(minutes.meeting_id), by.id), at=at)
    return minutes


@transaction.atomic
def approve(meeting_id: UUID | str, *, by: Actor, at: datetime, seen: int | None = None) -> Minutes:
    """The host finds the minutes right; an edit afterwards takes the approval back."""
    access = reach(meeting_id, Deed.REVIEW, Act.APPROVE, by=by, at=at, seen=seen)
    access.minutes.approved_at = at
    version = current_version(access.minutes)
    seal(version, at=at)
    keep(access, "approve", by=by, at=at, facts={"version": version.number})
    return access.minutes


@transaction.atomic
def return_with_comment(
    meeting_id: UUID | str, reason: str, *, by: Actor, at: datetime, seen: int | None = None
) -> Minutes:
    """Send the draft back to the recorder with what is to be changed.

    Raises:
        BadValue: no reason.
    """
    access = reach(meeting_id, Deed.REVIEW, Act.RETURN, by=by, at=at, seen=seen, reason=reason)
    minutes = access.minutes
    seal(current_version(minutes), at=at)
    ReviewComment.objects.create(minutes=minutes, text=reason.strip(), author_id=by.id, at=at, returned=True)
    keep(access, "return", by=by, at=at, facts={"reason": reason.strip()})
    events.put(MinutesReturned(str(minutes.meeting_id), by.id, reason.strip()), at=at)
    return minutes


@transaction.atomic
def comment(meeting_id: UUID | str, line: str, text: str, *, by: Actor, at: datetime) -> ReviewComment:
    """Remark on a line (empty: on the whole). The coordinator, who only reads the draft, may remark as well.

    Raises:
        NotFound: no such line.
        BadValue: no text.
    """
    access = reach(meeting_id, Deed.SEE_DRAFT, Act.COMMENT, by=by, at=at, reason=text)
    if line:
        line_of(paper_in(current_version(access.minutes)).minutes, line)
    row = ReviewComment.objects.create(minutes=access.minutes, line=line, text=text.strip(), author_id=by.id, at=at)
    keep(access, "comment", by=by, at=at, facts={"line": line})
    return row


@transaction.atomic
def settle_comment(meeting_id: UUID | str, comment_id: UUID | str, *, by: Actor, at: datetime) -> None:
    """Mark a remark as dealt with; twice is once.

    Raises:
        NotFound: no such remark.
    """
    access = reach(meeting_id, Deed.EDIT_DRAFT, Act.EDIT, by=by, at=at)
    row = ReviewComment.objects.filter(minutes=access.minutes, pk=comment_id).first()
    if row is None:
        raise NotFound
    if row.settled_at is None:
        row.settled_at, row.settled_by_id = at, by.id
        row.save(update_fields=["settled_at", "settled_by"])


@transaction.atomic
def dismiss_hint(meeting_id: UUID | str, key: str, reason: str, *, by: Actor, at: datetime) -> None:
    """Put a hint aside with a reason; the reason stays with the minutes.

    Raises:
        BadValue: no reason, or a longer one than 300 characters.
    """
    reason = reason.strip()
    access = reach(meeting_id, Deed.EDIT_DRAFT, Act.COMMENT, by=by, at=at, reason=reason)
    if not reason:
        raise BadValue(field="reason", reason="required")
    if len(reason) > 300:
        raise BadValue(field="reason", reason="too_long", most=300)
    HintDismissal.objects.update_or_create(
        minutes=access.minutes, key=key[:64], defaults={"reason": reason, "by_id": by.id, "at": at}
    )
    keep(access, "dismiss_hint", by=by, at=at, facts={"hint": key[:64], "reason": reason})


@transaction.atomic
def reopen(meeting_id: UUID | str, reason: str, *, by: Actor, at: datetime) -> Minutes:
    """Open final minutes again; they stay readable as sent until a new version goes out.

    The chain goes on: a new version, of which the reason is the notice of correction. When it has to be out is
    counted from now under the policy in force, and kept.

    Raises:
        BadValue: no reason.
    """
    access = reach(meeting_id, Deed.REVIEW, Act.REOPEN, by=by, at=at, reason=reason)
    minutes = access.minutes
    policy = policy_in_force()
    minutes.approved_at = minutes.final_at = minutes.window_ends_at = None
    minutes.reopened_at = at
    minutes.reopened_due_at = deadline_after(
        working_calendar(), at, policy.policy.circulate_hours, working=minutes.working
    )
    paper = paper_in(current_version(minutes))
    paper = replace(paper, minutes=replace(paper.minutes, correction=reason.strip()))
    version = write(minutes, paper, cause="reopening", by=by, at=at)
    ReviewComment.objects.create(minutes=minutes, text=reason.strip(), author_id=by.id, at=at, returned=True)
    facts = {"reason": reason.strip(), "version": version.number, "policy": policy.number}
    keep(access, "reopen", by=by, at=at, facts=facts)
    events.put(MinutesReopened(str(minutes.meeting_id), by.id, reason.strip()), at=at)
    return minutes
