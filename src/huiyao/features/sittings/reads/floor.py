# SPDX-License-Identifier: Apache-2.0
"""Reading turns and hands of one meeting."""

from huiyao.domain.turns import Floor, Spoken
from huiyao.features.sittings.models import Hand, Turn
from huiyao.plumbing.ids import Id


def find_running_turn(meeting_id: Id) -> Turn | None:
    """The turn that has not ended."""
    return Turn.objects.filter(meeting_id=meeting_id, ended_at=None).first()


def find_hands(meeting_id: Id) -> list[Hand]:
    """Who waits for the floor, longest first."""
    return list(Hand.objects.filter(meeting_id=meeting_id))


def find_floor(meeting_id: Id) -> Floor:
    """Who speaks and who waits, as the rules see it."""
    running = find_running_turn(meeting_id)
    queue = tuple(str(hand.person_id) for hand in find_hands(meeting_id))
    return Floor(str(running.person_id) if running else "", queue)


def find_turns(meeting_id: Id) -> list[Spoken]:
    """All turns of a meeting in order, with the department each speaker belongs to now."""
    rows = Turn.objects.filter(meeting_id=meeting_id)
    found = rows.values_list("person_id", "person__department_id", "started_at", "ended_at")
    return [Spoken(str(person), str(dep or ""), started, ended) for person, dep, started, ended in found]
