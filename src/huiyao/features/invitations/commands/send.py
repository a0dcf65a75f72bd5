# SPDX-License-Identifier: Apache-2.0
"""Sending the invitation to whom it is new or changed, and a word to those who need not come any more."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.invitations import NothingToSend, Reply, Sendable, check_sendable, reply_due
from huiyao.domain.rights import Standing
from huiyao.domain.stage import Stage
from huiyao.domain.values import clean_line
from huiyao.features.agenda.reads import planned_minutes
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.invitations.commands.post import ROOM, Posting, post
from huiyao.features.invitations.events import InvitationSent
from huiyao.features.invitations.mails.content import Content, content_of
from huiyao.features.invitations.mails.words import Letter
from huiyao.features.invitations.models import Invitation
from huiyao.features.invitations.reads.invitees import Invitee, invitees_of
from huiyao.features.meetings.access import get_plan_for
from huiyao.features.meetings.commands.stages import move_meeting
from huiyao.features.meetings.models import Meeting
from huiyao.features.organisation.reads import policy_in_force
from huiyao.plumbing import audit, events, links
from huiyao.plumbing.ids import Id


@dataclass(frozen=True, slots=True)
class Sent:
    """How many letters went out, and whether the invitation was late (R15)."""

    invited: int
    updated: int
    withdrawn: int
    late: bool


@transaction.atomic
def send(meeting_id: Id, *, by: Actor, at: datetime, because: str = "") -> Sent:
    """Bring everybody up to date with the plan: invite, tell of changes, withdraw. Twice sends nothing.

    ``because`` is why it goes out in spite of warnings (late, a rest day); it is kept in the trail.

    Raises:
        NotFound, NotAllowed, WrongStage: this person cannot send it, or not at this stage.
        InvitationIncomplete: what a calendar cannot do without is missing.
        NothingToSend: everybody has the plan as it is.
    """
    meeting = get_plan_for(by, meeting_id)
    invitees = invitees_of(meeting.pk)
    coming = sum(not invitee.informed for invitee in invitees)
    check_sendable(Sendable(meeting.title, meeting.starts_at, planned_minutes(meeting.pk), coming), at)
    reason = clean_line("because", because, most=300, required=False)
    sent = _bring_up_to_date(meeting, invitees, by=by, at=at, note=reason)
    if sent is None:
        raise NothingToSend
    return sent


@transaction.atomic
def send_changes(meeting: Meeting, *, by: Actor, at: datetime, note: str) -> Sent | None:
    """Tell those invited of a change that was already decided (rescheduling); None when all know of it."""
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if meeting.stage != Stage.INVITED:
        return None
    return _bring_up_to_date(meeting, invitees_of(meeting.pk), by=by, at=at, note=note)


def _bring_up_to_date(meeting: Meeting, invitees: list[Invitee], *, by: Actor, at: datetime, note: str) -> Sent | None:
    content = content_of(meeting)
    if content is None:
        return None
    digest = content.digest()
    rows = {row.person_id: row for row in Invitation.objects.filter(meeting=meeting).select_related("person")}
    wanted = {invitee.person.pk for invitee in invitees}
    gone = [row for pk, row in rows.items() if row.withdrawn_at is None and pk not in wanted]
    due = [invitee for invitee in invitees if _is_due(rows.get(invitee.person.pk), invitee, digest)]
    if not due and not gone:
        return None
    late = _mark_sent(meeting, [rows[i.person.pk] for i in due if i.person.pk in rows], by=by, at=at)
    posting = Posting(meeting, content, at, note)
    letters = [_invite(posting, invitee, rows.get(invitee.person.pk), digest) for invitee in due]
    for row in gone:
        withdraw(posting, row)
    sent = Sent(letters.count(Letter.INVITATION), letters.count(Letter.UPDATE), len(gone), late)
    facts = {
        "invited": sent.invited,
        "updated": sent.updated,
        "withdrawn": sent.withdrawn,
        "late": late,
        "because": note,
        "sequence": meeting.sequence,
    }
    audit.record("invitation.send", by=by, at=at, subject=meeting.pk, context=meeting.pk, facts=facts)
    events.put(InvitationSent(str(meeting.pk), meeting.sequence, sent.invited), at=at)
    return sent


def _is_due(row: Invitation | None, invitee: Invitee, digest: str) -> bool:
    return row is None or row.withdrawn_at is not None or row.digest != digest or row.informed != invitee.informed


def _mark_sent(meeting: Meeting, again: list[Invitation], *, by: Actor, at: datetime) -> bool:
    """Note that it was sent; whoever gets it again gets a higher SEQUENCE. Tells whether it is late."""
    first = meeting.invited_at is None
    if meeting.stage == Stage.PREPARING:
        move_meeting(meeting, "invite", by=by, at=at)
        meeting.invited_at = at
    if any(row.sequence >= meeting.sequence for row in again):
        meeting.sequence += 1
    meeting.version += 1
    meeting.save(update_fields=["invited_at", "sequence", "version"])
    return first and meeting.invite_due_at is not None and at > meeting.invite_due_at


def _invite(posting: Posting, invitee: Invitee, row: Invitation | None, digest: str) -> Letter:
    known = row is not None and row.withdrawn_at is None
    if row is None:
        row = Invitation(meeting=posting.meeting, person=invitee.person, times_sent=0)
        row.uid = f"{posting.meeting.pk}@huiyao"
    _put_reply(row, invitee, posting.content, posting.at, fresh=not known)
    row.sequence, row.digest, row.sent_at = posting.meeting.sequence, digest, posting.at
    row.starts_at, row.informed, row.withdrawn_at = posting.content.starts_at, invitee.informed, None
    row.times_sent += 1
    row.save()
    letter = Letter.UPDATE if known else Letter.INVITATION
    post(posting, letter, row, invitee.person, optional=invitee.optional)
    return letter


def _put_reply(row: Invitation, invitee: Invitee, content: Content, at: datetime, *, fresh: bool) -> None:
    """A reply speaks of one time: another time asks again. Who called the meeting comes to it."""
    if not fresh and row.starts_at == content.starts_at and row.informed == invitee.informed:
        return
    force = policy_in_force()
    row.reply, row.comment, row.replied_at = Reply.PENDING, "", None
    row.reply_due_at, row.reply_policy = None, force.number
    if invitee.informed:
        return
    row.reply_due_at = reply_due(content.starts_at, at, working_calendar(), force.policy)
    if Standing.ORGANISER in invitee.standings:
        row.reply, row.replied_at = Reply.ACCEPTED, at


def withdraw(posting: Posting, row: Invitation) -> None:
    """Tell one person that they need not come (CANCEL), and close their way into the room."""
    row.sequence = max(row.sequence + 1, posting.meeting.sequence)
    row.times_sent += 1
    row.withdrawn_at = posting.at
    row.save(update_fields=["sequence", "times_sent", "withdrawn_at"])
    links.revoke(subject=posting.meeting.pk, purpose=ROOM, person_id=row.person_id, at=posting.at)
    post(posting, Letter.CANCELLATION, row, row.person)


@transaction.atomic
def withdraw_all(meeting: Meeting, *, at: datetime, reason: str) -> int:
    """Tell everybody invited that a cancelled meeting will not be held; returns how many were told."""
    content = content_of(meeting)
    if content is None or meeting.stage != Stage.CANCELLED:
        return 0
    rows = list(Invitation.objects.filter(meeting=meeting, withdrawn_at=None).select_related("person"))
    for row in rows:
        withdraw(Posting(meeting, content, at, reason), row)
    return len(rows)
