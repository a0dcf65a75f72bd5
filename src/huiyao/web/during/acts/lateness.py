# SPDX-License-Identifier: Apache-2.0
"""What was typed after closing."""

from huiyao.domain.minutes_data import to_data
from huiyao.domain.rights import Deed
from huiyao.features.sittings import commands
from huiyao.features.sittings.access import get_room_for
from huiyao.features.sittings.reads.facts import instant
from huiyao.features.sittings.reads.late import LateOffer, find_late_offers
from huiyao.web.during.acts.call import Call


def late_edits(call: Call) -> list[dict[str, object]]:
    """What was typed after closing, by person."""
    get_room_for(call.by, call.meeting_id, Deed.EDIT_DRAFT)
    return [_offer(offer) for offer in find_late_offers(call.meeting_id)]


def _offer(offer: LateOffer) -> dict[str, object]:
    entries = [
        {
            "entry": change.after.id,
            "text": change.after.text,
            "before": to_data(change.before),
            "after": to_data(change.after),
        }
        for change in offer.changes
    ]
    return {"id": offer.id, "person": offer.person, "at": instant(offer.at), "entries": entries}


def amend(call: Call) -> None:
    """Take what somebody typed late as an amendment."""
    commands.amend_late(call.meeting_id, call.text("id"), by=call.by, at=call.at)


def dismiss(call: Call) -> None:
    """Leave what somebody typed late."""
    commands.dismiss_late(call.meeting_id, call.text("id"), by=call.by, at=call.at)
