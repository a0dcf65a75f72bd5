# SPDX-License-Identifier: Apache-2.0
"""The bar of planned minutes against the budget, as the rectangles of an SVG (R19, R20)."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """``width`` is the picture's in minutes; ``parts`` are start and length of each topic; ``limit`` the budget."""

    width: int
    limit: int
    total: int
    parts: tuple[tuple[int, int], ...]

    @property
    def over(self) -> bool:
        """Whether the topics take longer than the budget."""
        return self.total > self.limit


def bar_of(minutes: Sequence[int], limit: int) -> Bar:
    """The bar of topics in their order; as wide as the budget, or wider where they need more."""
    parts, start = [], 0
    for length in minutes:
        parts.append((start, length))
        start += length
    return Bar(width=max(start, limit, 1), limit=limit, total=start, parts=tuple(parts))
