# SPDX-License-Identifier: Apache-2.0
"""What happened in the directory that other features must follow."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PersonLeft:
    """A person was deactivated; ``successor_id`` takes over their duties (empty: nobody, each is left open).

    ``by_id`` and ``by_name`` are the administrator's, for the audit rows of what follows.
    """

    person_id: str
    successor_id: str
    by_id: str
    by_name: str


@dataclass(frozen=True, slots=True)
class HeadsChanged:
    """Who answers for departments changed (a new head, a move in the tree): standings at meetings follow."""

    department_id: str
