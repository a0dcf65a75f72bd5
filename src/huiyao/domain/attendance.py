# SPDX-License-Identifier: Apache-2.0
"""Who is new among those who come (R33)."""

from collections.abc import Collection


def newcomers(coming: Collection[str], known: Collection[str]) -> set[str]:
    """Who of those coming was at none of the meetings before; nobody, where everybody would be."""
    new = set(coming) - set(known)
    return new if len(new) < len(set(coming)) else set()
