# SPDX-License-Identifier: Apache-2.0
"""The part ``acceptances``: what owners said to their actions."""

from typing import Any

from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings.reads.facts.instants import instant
from huiyao.features.sittings.reads.held import find_acceptances


def acceptances_part(meeting: Meeting) -> dict[str, dict[str, Any]]:
    """The part ``acceptances``, by entry id."""
    return {
        entry: {"state": said.state, "by": str(said.by_id), "at": instant(said.at), "reason": said.reason}
        for entry, said in find_acceptances(meeting.pk).items()
    }
