# SPDX-License-Identifier: Apache-2.0
"""Reading meetings as they are or were held. ``find_*`` asks for no permission."""

from huiyao.features.sittings.reads.calls import calls_in, find_calls, find_said_calls, find_threads
from huiyao.features.sittings.reads.entries import entries_in, find_entries, find_entry
from huiyao.features.sittings.reads.held import (
    find_acceptances,
    find_attendance,
    find_late_edits,
    find_open_rooms,
    find_room,
    find_snapshot,
    find_spans,
    find_topic_times,
    notes_name,
    record_name,
)

__all__ = [
    "calls_in",
    "entries_in",
    "find_acceptances",
    "find_attendance",
    "find_calls",
    "find_entries",
    "find_entry",
    "find_late_edits",
    "find_open_rooms",
    "find_room",
    "find_said_calls",
    "find_snapshot",
    "find_spans",
    "find_threads",
    "find_topic_times",
    "notes_name",
    "record_name",
]
