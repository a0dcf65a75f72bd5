# SPDX-License-Identifier: Apache-2.0
"""Time within a meeting: giving one topic more takes it from those still to come (R31, R101)."""

from collections.abc import Sequence

LEAST_MINUTES = 1


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
