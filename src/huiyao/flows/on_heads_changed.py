# SPDX-License-Identifier: Apache-2.0
"""Who answers for a department changed: who may see the meetings it is seated at follows."""

from datetime import datetime

from huiyao.features.meetings.commands.succession import refresh_seated
from huiyao.features.people.events import HeadsChanged


def refresh_standings(event: HeadsChanged, at: datetime) -> None:
    """Rewrite the standings at meetings with a seat of this department or one below it."""
    del at
    refresh_seated(event.department_id)
