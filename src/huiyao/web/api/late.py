# SPDX-License-Identifier: Apache-2.0
"""What was typed after closing: read, taken into the minutes, or left."""

from datetime import datetime
from typing import Any

from ninja import Router, Schema

from huiyao.domain.rights import Deed
from huiyao.features.sittings import commands
from huiyao.features.sittings.access import get_room_for
from huiyao.features.sittings.reads.late import LateOffer, find_late_offers
from huiyao.web.api.door import Done
from huiyao.web.shell.request import Request

router = Router(tags=["room"])


class LateLine(Schema):
    """One entry as it was at closing (empty: it was not there) and as it was typed."""

    entry: str
    before: str
    after: str


class LateOut(Schema):
    """Everything one person typed after closing that nobody has decided on."""

    id: str
    person: str
    at: datetime
    lines: list[LateLine]


def _out(offer: LateOffer) -> dict[str, Any]:
    lines = [
        {"entry": c.after.id, "before": c.before.text if c.before else "", "after": c.after.text} for c in offer.changes
    ]
    return {"id": offer.id, "person": offer.person, "at": offer.at, "lines": lines}


@router.get("/{meeting_id}/late-edits", response=list[LateOut])
def list_late(request: Request, meeting_id: str) -> list[dict[str, Any]]:
    """Waiting late edits by person; recorder and host."""
    get_room_for(request.actor, meeting_id, Deed.EDIT_DRAFT)
    return [_out(offer) for offer in find_late_offers(meeting_id)]


@router.post("/{meeting_id}/late-edits/{late_id}/take", response=Done)
def take(request: Request, meeting_id: str, late_id: str) -> Done:
    """Take them as an amendment of the minutes."""
    commands.amend_late(meeting_id, late_id, by=request.actor, at=request.at)
    return Done()


@router.post("/{meeting_id}/late-edits/{late_id}/dismiss", response=Done)
def dismiss(request: Request, meeting_id: str, late_id: str) -> Done:
    """Leave them; history keeps them."""
    commands.dismiss_late(meeting_id, late_id, by=request.actor, at=request.at)
    return Done()
