# SPDX-License-Identifier: Apache-2.0
"""Who acts. Every command names its actor; nothing reads a hidden current user."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person as the rules see them. Ids are strings of UUIDs.

    ``headed`` are the departments this person answers for, including those below them in the tree.
    """

    id: str
    name: str
    department: str = ""
    headed: frozenset[str] = frozenset()
    administrator: bool = False
    guest: bool = False
    language: str = "zh-hans"


CLOCK = Actor(id="", name="clock")
"""The actor of what happens because time passed (a window closed), where the policy says so."""
