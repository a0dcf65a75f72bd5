# SPDX-License-Identifier: Apache-2.0
"""Time and order within a meeting: what is left of the plan once topics run, grow, are skipped or moved.

Sources: R31, R37, R101, R103.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

LEAST_MINUTES = 1


@dataclass(frozen=True, slots=True)
class Pace:
    """A topic on its way. ``minutes`` are planned, with what the host gave or took; ``spent`` are finished stretches.

    ``running_since`` is set for the running topic only. Begun without running means done for now.
    """

    id: str
    minutes: int
    spent: timedelta = timedelta()
    running_since: datetime | None = None
    begun: bool = False
    skipped: bool = False

    @property
    def remains(self) -> bool:
        """Whether it is still to come."""
        return not self.begun and not self.skipped


def taken_from_later(later: Sequence[int], minutes: int) -> list[int]:
    """How many minutes each later topic gives up so that another gets ``minutes`` more.

    ``later`` are their remaining planned minutes in order. Each gives in proportion to what it has, keeping one
    minute; what they cannot give makes the meeting longer. A negative ``minutes`` gives back nothing.
    """
    spare = [max(0, planned - LEAST_MINUTES) for planned in later]
    wanted = min(max(0, minutes), sum(spare))
    given = [wanted * have // sum(spare) if sum(spare) else 0 for have in spare]
    left = wanted - sum(given)
    for place in reversed(range(len(spare))):
        more = min(left, spare[place] - given[place])
        given[place] += more
        left -= more
    return given


def planned_ends(topics: Sequence[Pace], begins: datetime) -> dict[str, datetime]:
    """When the running topic and each that remains should end, by id, in agenda order.

    The running one ends when its minutes are used up, even if that was a while ago: whoever shows the plan shifts the
    rest by what it has run over. Where none runs, the rest begins at ``begins`` (the planned start, or the end of the
    last topic). Done and skipped topics have no end any more, so their unused minutes make the others earlier.
    """
    ends: dict[str, datetime] = {}
    at = begins
    running = next((topic for topic in topics if topic.running_since is not None), None)
    if running is not None and running.running_since is not None:
        at = running.running_since + max(timedelta(), timedelta(minutes=running.minutes) - running.spent)
        ends[running.id] = at
    for topic in topics:
        if topic.remains and topic is not running:
            at += timedelta(minutes=max(0, topic.minutes))
            ends[topic.id] = at
    return ends


def following(topics: Sequence[Pace]) -> str | None:
    """The topic whose turn is next: the first after the running one that remains, else the first that remains."""
    places = [place for place, topic in enumerate(topics) if topic.running_since is not None]
    after = topics[places[0] + 1 :] if places else topics
    return next((topic.id for topic in [*after, *topics] if topic.remains), None)


def moved(order: Sequence[str], begun: Collection[str], topic: str, after: str | None) -> list[str]:
    """The order once ``topic``, not begun, stands right behind ``after`` (None: it is the next).

    What was begun keeps its place in front: nothing is moved before the last topic that was begun.
    """
    rest = [one for one in order if one != topic]
    first = max((place + 1 for place, one in enumerate(rest) if one in begun), default=0)
    place = first if after is None else max(first, rest.index(after) + 1)
    return [*rest[:place], topic, *rest[place:]]
