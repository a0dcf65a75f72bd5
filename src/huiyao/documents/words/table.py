# SPDX-License-Identifier: Apache-2.0
"""The shape of a document's words: one field for each label, so that a language cannot lack one."""

from collections.abc import Mapping
from dataclasses import dataclass

from huiyao.documents.states import PaperState


@dataclass(frozen=True, slots=True)
class Words:
    """The labels of one language. Templates hold ``str.format`` fields named for what they take."""

    language: str
    html_language: str
    heading: str
    name: str
    time: str
    place: str
    online: str
    objective: str
    host: str
    recorder: str
    attendees: str
    guests: str
    absent: str
    walk_in: str
    discussion: str
    other_notes: str
    consensus: str
    actions: str
    next_plan: str
    parked: str
    problem: str
    solution: str
    minutes_planned: str
    minutes_both: str
    minutes_actual: str
    skipped: str
    unanimous: str
    majority: str
    not_reached: str
    count_of_all: str
    counts: str
    decided_by: str
    decided_by_date: str
    call_open: str
    reserved: str
    objected: str
    silent: str
    task: str
    owner: str
    due: str
    support: str
    others: str
    named_later: str
    support_none: str
    support_unsaid: str
    support_by: str
    not_given: str
    done_mark: str
    next_meeting: str
    next_focus: str
    next_only_focus: str
    none: str
    correction: str
    version: str
    page: str
    state_label: str
    seals: Mapping[PaperState, tuple[str, ...]]
    states: Mapping[PaperState, str]
    colon: str
    semicolon: str
    comma: str
    full_stop: str
    brackets: tuple[str, str]
    section: str
    ordinals: tuple[str, ...]
    department: str
    person: str
    also: str
    action_state: str
    progress: str
    meeting: str
    in_progress: str
    done: str
    postponed: str
    action_table: str
