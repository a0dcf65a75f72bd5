# SPDX-License-Identifier: Apache-2.0
"""The recorder takes over what somebody typed late: its lines go into the draft."""

from collections.abc import Sequence
from datetime import datetime

from huiyao.domain.record import Entry
from huiyao.domain.refusals import WrongStage
from huiyao.features.minutes.commands.amending import amend
from huiyao.features.people.reads import actor_of, find_person
from huiyao.features.sittings.events import LateEditTaken
from huiyao.features.sittings.reads import find_entries
from huiyao.features.sittings.reads.late import find_taken


def on_late_edit_taken(event: LateEditTaken, at: datetime) -> None:
    """Amend the draft; minutes that were sent already are left as they are, the late edit stays in history."""
    offer, person = find_taken(event.late_edit_id), find_person(event.by)
    if offer is None or person is None:
        return
    changes = [(change.before, change.after) for change in offer.changes]
    topics = topics_of_entries([*find_entries(event.meeting_id), *(after for _, after in changes)])
    try:
        amend(event.meeting_id, changes, topics, by=actor_of(person), at=at)
    except WrongStage:
        return


def topics_of_entries(entries: Sequence[Entry]) -> dict[str, str]:
    """The topic each entry stands under, by entry id."""
    parents = {entry.id: entry.parent for entry in entries}
    found: dict[str, str] = {}
    for entry in entries:
        current, seen = entry.id, {entry.id}
        while parents.get(current) and parents[current] not in seen:
            current = parents[current]
            seen.add(current)
        found[entry.id] = current
    return found
