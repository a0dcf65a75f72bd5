# SPDX-License-Identifier: Apache-2.0
"""A person was deactivated: roles, seats, live actions and decisions to take go to the successor.

Rooms that are open show it at once.
"""

from datetime import datetime

from huiyao.domain.actor import Actor
from huiyao.features.actions.commands.succession import hand_over_actions
from huiyao.features.meetings.commands.succession import hand_over_all
from huiyao.features.people.events import PersonLeft
from huiyao.features.sittings.commands import hand_over_decisions, leave_rooms
from huiyao.features.sittings.reads import find_open_rooms


def hand_over_meetings(event: PersonLeft, at: datetime) -> None:
    """Hand over what is still to be done; doing it twice changes nothing."""
    by = Actor(id=event.by_id, name=event.by_name)
    rooms = find_open_rooms([event.person_id, event.successor_id])
    hand_over_all(event.person_id, event.successor_id, by=by, at=at)
    hand_over_actions(event.person_id, event.successor_id, by=by, at=at)
    hand_over_decisions(event.person_id, event.successor_id, by=by, at=at)
    leave_rooms(rooms, event.person_id, at=at)
