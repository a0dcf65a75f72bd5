# SPDX-License-Identifier: Apache-2.0
"""The state of a room as named parts (``room.ports.FactSource``): each is read whole and told whole.

One file per part or family of parts. What only one person may see is not here but in ``stores.facts``.
"""

from collections.abc import Callable, Collection
from typing import Any

from huiyao.features.meetings.models import Meeting
from huiyao.features.meetings.reads import find_meeting
from huiyao.features.sittings.reads.facts.acceptances import acceptances_part
from huiyao.features.sittings.reads.facts.calls import calls_part
from huiyao.features.sittings.reads.facts.instants import instant
from huiyao.features.sittings.reads.facts.meeting import departments_part, meeting_part, roles_part
from huiyao.features.sittings.reads.facts.people import people_part
from huiyao.features.sittings.reads.facts.topics import topics_part
from huiyao.features.sittings.reads.facts.turns import turns_part

__all__ = ["PARTS", "instant", "read_parts"]

PARTS: dict[str, Callable[[Meeting], Any]] = {
    "meeting": meeting_part,
    "roles": roles_part,
    "people": people_part,
    "departments": departments_part,
    "topics": topics_part,
    "turns": turns_part,
    "acceptances": acceptances_part,
    "calls": calls_part,
}


def read_parts(meeting_id: str, names: Collection[str] | None) -> tuple[Meeting | None, dict[str, Any]]:
    """The meeting and these parts of its room's state (None: all)."""
    meeting = find_meeting(meeting_id)
    if meeting is None:
        return None, {}
    return meeting, {name: part(meeting) for name, part in PARTS.items() if names is None or name in names}
