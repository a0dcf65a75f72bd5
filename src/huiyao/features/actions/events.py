# SPDX-License-Identifier: Apache-2.0
"""Facts about actions that other features may act upon. Ids are text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionsAdopted:
    """The actions of a meeting became rows; ``ids`` are the new ones."""

    meeting_id: str
    ids: list[str]


@dataclass(frozen=True, slots=True)
class ActionMoved:
    """An action changed its state or its due date; ``act`` says how."""

    action_id: str
    meeting_id: str
    act: str
    by: str
