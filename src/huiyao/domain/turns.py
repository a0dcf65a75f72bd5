# SPDX-License-Identifier: Apache-2.0
"""Speaking in turn: who gets the floor, who waits, and how the time was shared between departments (R31, R47)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Step(StrEnum):
    """What becomes of a wish for the floor."""

    SPEAKS = "speaks"
    WAITS = "waits"
    STAYS = "stays"


@dataclass(frozen=True, slots=True)
class Floor:
    """Who speaks (empty: nobody) and who waits, longest first. Ids of persons."""

    speaker: str = ""
    queue: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Spoken:
    """One turn; ``ended_at`` is None while it runs. ``department`` is empty for who belongs to none."""

    person: str
    department: str
    started_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Shares:
    """Finished speaking time in whole seconds, the most talkative department first, and who was not heard."""

    total: int
    departments: tuple[tuple[str, int], ...]
    quiet: tuple[str, ...]


def asks(floor: Floor, person: str, *, gives: bool) -> Step:
    """What follows when somebody is to have the floor. ``gives``: whoever wants it so may give it to anybody.

    Without that right one takes a free floor, unless others have waited longer; else one waits in the queue.
    """
    if floor.speaker == person:
        return Step.STAYS
    if gives or (not floor.speaker and (not floor.queue or floor.queue[0] == person)):
        return Step.SPEAKS
    return Step.STAYS if person in floor.queue else Step.WAITS


def speakers(turns: Iterable[Spoken]) -> list[str]:
    """Who had the floor at least once, in the order of their first turn."""
    return list(dict.fromkeys(turn.person for turn in sorted(turns, key=lambda turn: turn.started_at)))


def shares(turns: Sequence[Spoken], present: Collection[str]) -> Shares:
    """How finished turns divide between departments. ``present`` are the departments with somebody there, in order.

    The running turn is left out, so that the same rows always give the same figures; its department is heard all
    the same. Persons of no department count in the total only.
    """
    spent: dict[str, timedelta] = {}
    for turn in turns:
        if turn.ended_at is not None:
            spent[turn.department] = spent.get(turn.department, timedelta()) + (turn.ended_at - turn.started_at)
    seconds = {department: int(time.total_seconds()) for department, time in spent.items()}
    heard = {turn.department for turn in turns}
    ranked = sorted(((d, s) for d, s in seconds.items() if d), key=lambda one: (-one[1], one[0]))
    quiet = tuple(dict.fromkeys(d for d in present if d and d not in heard))
    return Shares(sum(seconds.values()), tuple(ranked), quiet)
