# SPDX-License-Identifier: Apache-2.0
"""The clock of the host and the floor: topics as they go, who speaks, who waits. Shares of speaking time stay away."""

from datetime import datetime
from typing import Any

from ninja import Router, Schema

from huiyao.domain.rights import Deed
from huiyao.features.sittings import commands
from huiyao.features.sittings.access import get_room_for
from huiyao.features.sittings.reads.facts.topics import topics_part
from huiyao.features.sittings.reads.facts.turns import turns_part
from huiyao.web.api.door import Done
from huiyao.web.api.meetings import PersonIdIn
from huiyao.web.shell.request import Request

router = Router(tags=["room"])


class MinutesIn(Schema):
    """How many minutes more; fewer with a minus."""

    minutes: int


class SkipIn(Schema):
    """Why, if it is to be kept."""

    reason: str = ""


class BehindIn(Schema):
    """Behind which topic; null: it is the next."""

    after: str | None = None


class TakenOut(Schema):
    """How many minutes each later topic gives, by id; what is missing makes the meeting longer."""

    taken: dict[str, int]


class ClockOut(Schema):
    """A topic on its way. ``planned_end`` moves with what the host does; null for what is over or left out."""

    id: str
    title: str
    minutes: int
    extra_minutes: int
    spent_seconds: int
    running_since: datetime | None
    started_at: datetime | None
    skipped: bool
    planned_end: datetime | None


class WaitingOut(Schema):
    """Somebody who waits for the floor."""

    person: str
    at: datetime


class FloorOut(Schema):
    """Who speaks since when, for how many seconds at most, and who waits, longest first."""

    speaker: str | None
    since: datetime | None
    seconds: int
    queue: list[WaitingOut]


class StepOut(Schema):
    """``speaks``, ``waits`` (the hand went up), or ``stays`` (nothing changed)."""

    step: str


@router.get("/{meeting_id}/clock", response=list[ClockOut])
def clock(request: Request, meeting_id: str) -> list[dict[str, Any]]:
    """The topics with their time, in order."""
    return topics_part(get_room_for(request.actor, meeting_id, Deed.READ_ROOM).meeting)


@router.put("/{meeting_id}/clock/{topic_id}", response=Done)
def go_to_topic(request: Request, meeting_id: str, topic_id: str) -> Done:
    """Go to a topic."""
    commands.go_to_topic(meeting_id, topic_id, by=request.actor, at=request.at)
    return Done()


@router.post("/{meeting_id}/clock/{topic_id}/extend", response=TakenOut)
def extend(request: Request, meeting_id: str, topic_id: str, body: MinutesIn) -> dict[str, dict[str, int]]:
    """Give a topic more minutes, taken from those still to come."""
    return {"taken": commands.extend(meeting_id, topic_id, body.minutes, by=request.actor, at=request.at)}


@router.post("/{meeting_id}/clock/{topic_id}/skip", response=Done)
def skip_topic(request: Request, meeting_id: str, topic_id: str, body: SkipIn) -> Done:
    """Leave a topic out; in place of the running one the next begins."""
    commands.skip_topic(meeting_id, topic_id, by=request.actor, at=request.at, reason=body.reason)
    return Done()


@router.post("/{meeting_id}/clock/{topic_id}/move", response=Done)
def move_topic(request: Request, meeting_id: str, topic_id: str, body: BehindIn) -> Done:
    """Take a topic that was not begun up earlier or later."""
    commands.move_topic(meeting_id, topic_id, body.after, by=request.actor, at=request.at)
    return Done()


@router.get("/{meeting_id}/floor", response=FloorOut)
def floor(request: Request, meeting_id: str) -> dict[str, Any]:
    """Who speaks and who waits."""
    return turns_part(get_room_for(request.actor, meeting_id, Deed.READ_ROOM).meeting)


@router.put("/{meeting_id}/floor", response=StepOut)
def take_floor(request: Request, meeting_id: str, body: PersonIdIn) -> dict[str, str]:
    """Give the floor to somebody, or take it oneself where it is free."""
    return {"step": str(commands.take_floor(meeting_id, body.person, by=request.actor, at=request.at))}


@router.delete("/{meeting_id}/floor", response=Done)
def yield_floor(request: Request, meeting_id: str) -> Done:
    """End the running turn."""
    commands.yield_floor(meeting_id, by=request.actor, at=request.at)
    return Done()


@router.put("/{meeting_id}/hands/{person_id}", response=Done)
def raise_hand(request: Request, meeting_id: str, person_id: str) -> Done:
    """Wait for the floor."""
    commands.raise_hand(meeting_id, up=True, by=request.actor, at=request.at, person_id=person_id)
    return Done()


@router.delete("/{meeting_id}/hands/{person_id}", response=Done)
def lower_hand(request: Request, meeting_id: str, person_id: str) -> Done:
    """Wait no longer."""
    commands.raise_hand(meeting_id, up=False, by=request.actor, at=request.at, person_id=person_id)
    return Done()
