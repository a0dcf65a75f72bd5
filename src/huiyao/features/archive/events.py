# SPDX-License-Identifier: Apache-2.0
"""Facts about the archive. Ids are text."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MeetingFiled:
    """Minutes, action table and materials lie in the archive."""

    meeting_id: str
    filing_id: str
    name: str
