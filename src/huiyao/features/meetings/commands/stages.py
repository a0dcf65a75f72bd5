# SPDX-License-Identifier: Apache-2.0
"""Moving a meeting from stage to stage; called inside the transaction of the act that moves it."""

from datetime import datetime

from huiyao.domain.actor import Actor
from huiyao.domain.stage import Stage, move
from huiyao.features.meetings.models import Meeting
from huiyao.plumbing import audit

INSTANT_OF_ACT = {"start": "started_at", "close": "ended_at", "cancel": "cancelled_at"}


def move_meeting(meeting: Meeting, act: str, *, by: Actor, at: datetime) -> None:
    """Carry out one move and keep its instant; reopening clears the end and keeps the first start.

    Raises:
        WrongStage: the act does not fit the stage.
    """
    before = meeting.stage
    meeting.stage = move(Stage(meeting.stage), act)
    field = INSTANT_OF_ACT.get(act)
    if act == "reopen":
        meeting.ended_at = None
    elif field is not None and getattr(meeting, field) is None:
        setattr(meeting, field, at)
    meeting.version += 1
    meeting.save(update_fields=["stage", "started_at", "ended_at", "cancelled_at", "version"])
    audit.record(
        f"meeting.{act}",
        by=by,
        at=at,
        subject=meeting.pk,
        context=meeting.pk,
        facts={"from": before, "to": meeting.stage},
    )
