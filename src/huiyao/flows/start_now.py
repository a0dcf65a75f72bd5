# SPDX-License-Identifier: Apache-2.0
"""A meeting without a plan: it has the guide's agenda, whoever called it hosts, and it is in session at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.rights import Deed
from huiyao.features.meetings.access import lock_meeting_for
from huiyao.features.meetings.commands.stages import move_meeting
from huiyao.flows.begin_plan import begin_plan
from huiyao.plumbing.ids import Id


@transaction.atomic
def start_meeting_now(*, by: Actor, at: datetime, title: str = "") -> UUID:
    """A new meeting in session, by its id; refusals as in ``meetings.commands.create``."""
    meeting_id = begin_plan(by=by, at=at, title=title)
    begin(meeting_id, by=by, at=at)
    return meeting_id


@transaction.atomic
def begin(meeting_id: Id, *, by: Actor, at: datetime) -> None:
    """Begin a planned or invited meeting.

    Raises:
        NotFound, NotAllowed: only its host begins it.
        WrongStage: it has begun, is over or was cancelled.
    """
    meeting = lock_meeting_for(by, meeting_id, Deed.HOST)
    move_meeting(meeting, "start", by=by, at=at)
