# SPDX-License-Identifier: Apache-2.0
"""Calling a meeting off, and taking a wrong cancellation back."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.rights import Deed
from huiyao.domain.stage import Stage
from huiyao.domain.values import clean_line
from huiyao.features.meetings.access import get_plan_for, lock_meeting_for
from huiyao.features.meetings.commands.stages import move_meeting
from huiyao.features.meetings.events import MeetingCancelled
from huiyao.features.meetings.models import Meeting
from huiyao.plumbing import events
from huiyao.plumbing.ids import Id


@transaction.atomic
def cancel(meeting_id: Id, reason: str, *, by: Actor, at: datetime) -> Meeting:
    """Call the meeting off; those invited are told why and their calendars are cleared.

    Raises:
        NotFound, NotAllowed: not this person's to cancel.
        WrongStage: it has begun, is over or was cancelled already.
        BadValue: people were invited and there is no reason to tell them.
    """
    meeting = get_plan_for(by, meeting_id)
    invited = meeting.stage == Stage.INVITED
    meeting.cancel_reason = clean_line("reason", reason, most=300, required=invited)
    meeting.sequence += invited
    move_meeting(meeting, "cancel", by=by, at=at)
    meeting.save(update_fields=["cancel_reason", "sequence"])
    events.put(MeetingCancelled(str(meeting.pk), by.id, meeting.cancel_reason, invited), at=at)
    return meeting


@transaction.atomic
def restore(meeting_id: Id, *, by: Actor, at: datetime) -> Meeting:
    """Take a cancellation back: the meeting is in preparation again and has to be sent out anew.

    Raises:
        NotFound, NotAllowed: not this person's to restore.
        WrongStage: it was not cancelled.
    """
    meeting = lock_meeting_for(by, meeting_id, Deed.EDIT_PLAN)
    move_meeting(meeting, "restore", by=by, at=at)
    meeting.cancelled_at = None
    meeting.invited_at = None
    meeting.cancel_reason = ""
    meeting.save(update_fields=["cancelled_at", "invited_at", "cancel_reason"])
    return meeting
