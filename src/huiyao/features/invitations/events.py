# SPDX-License-Identifier: Apache-2.0
"""Facts about invitations that other features may act upon. Ids are text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InvitationSent:
    """Invitations or changes went out; ``sequence`` is that of the calendar object, ``invited`` how many are new."""

    meeting_id: str
    sequence: int
    invited: int
