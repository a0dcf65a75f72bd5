# SPDX-License-Identifier: Apache-2.0
"""Somebody left the company: they neither speak nor wait any more; rooms show who is there and in which role."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from huiyao.features.sittings.commands.floor import step_down
from huiyao.features.sittings.commands.rooms import tell
from huiyao.plumbing.ids import Id


@transaction.atomic
def leave_rooms(meetings: Collection[Id], person_id: str, *, at: datetime) -> None:
    """Take somebody off the floor of these meetings and have their rooms look again at people, roles and rights.

    Called after roles and seats were handed over. Twice is once.
    """
    step_down(meetings, person_id, at)
    for meeting in sorted(meetings, key=str):  # always in the same order: two who leave at once do not block each other
        tell(meeting, "people", "roles", "meeting", "turns", "you")
