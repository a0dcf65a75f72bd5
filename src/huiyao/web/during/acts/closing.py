# SPDX-License-Identifier: Apache-2.0
"""Looking at the record before it closes, closing it, and taking that back."""

from huiyao.domain.record import Gap, RecordIncomplete, check_closing
from huiyao.features.sittings import commands
from huiyao.features.sittings.access import get_room_for
from huiyao.features.sittings.reads import find_entries, find_threads
from huiyao.web.during.acts.call import Call


def check(call: Call) -> dict[str, object]:
    """What the closing gate would miss, and threads left open."""
    get_room_for(call.by, call.meeting_id)
    entries = find_entries(call.meeting_id)
    gaps: object = []
    try:
        check_closing(entries)
    except RecordIncomplete as refusal:
        gaps = refusal.facts["gaps"]
    return {"gaps": gaps, "dangling": [_gap(gap) for gap in find_threads(call.meeting_id)]}


def _gap(gap: Gap) -> dict[str, str]:
    return {"entry": gap.entry, "what": gap.what, "text": gap.text}


def close(call: Call) -> dict[str, object]:
    """Close the record."""
    snapshot = commands.close(
        call.meeting_id,
        by=call.by,
        at=call.at,
        next_when=call.text("next_when"),
        next_focus=call.text("next_focus"),
    )
    return {"snapshot": snapshot.number, "sha256": snapshot.sha256}


def reopen(call: Call) -> None:
    """Take the closing back."""
    commands.reopen(call.meeting_id, call.text("reason"), by=call.by, at=call.at)
