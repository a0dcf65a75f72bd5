# SPDX-License-Identifier: Apache-2.0
"""Who may see and do what: the table of ``contracts`` as one pure function. Deny by default.

A person has *standings* towards a meeting (several at once). A deed is allowed when one of them grants it in the
present state. Absent and forbidden look alike to the reader: the caller raises ``NotFound`` where the meeting may
not even be seen.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """What a person is to a meeting."""

    ORGANISER = "organiser"
    HOST = "host"
    FACILITATOR = "facilitator"
    RECORDER = "recorder"
    COORDINATOR = "coordinator"
    ATTENDEE = "attendee"  # fills a seat
    GUEST = "guest"
    WALK_IN = "walk_in"
    INFORMED = "informed"
    HEAD = "head"  # of a seated department
    OWNER = "owner"  # owns or supports an action of the meeting
    ADMINISTRATOR = "administrator"


class Deed(StrEnum):
    """What somebody may want to do; one word per row and cell of the table."""

    SEE_MEETING = "see_meeting"  # that it exists, when
    SEE_PLAN = "see_plan"
    EDIT_PLAN = "edit_plan"
    READ_ROOM = "read_room"
    TYPE = "type"
    HOST = "host_acts"
    NAME_STAND_IN = "name_stand_in"
    TAKE_ATTENDANCE = "take_attendance"
    CALL = "call"  # ask the seats for consensus
    VOTE = "vote"
    PRIVATE_NOTES = "private_notes"
    GIVE_FLOOR = "give_floor"
    SEE_SHARES = "see_shares"
    SEE_DRAFT = "see_draft"
    EDIT_DRAFT = "edit_draft"
    REVIEW = "review"
    SEE_MINUTES = "see_minutes"
    ANSWER_MINUTES = "answer_minutes"
    SEE_OBJECTIONS = "see_objections"
    ANSWER_OBJECTION = "answer_objection"
    SEE_ACTIONS = "see_actions"
    EDIT_ACTIONS = "edit_actions"
    SEE_RETROSPECTIVE = "see_retrospective"  # every answer; one's own needs no right
    SEE_RETROSPECTIVE_SUMMARY = "see_retrospective_summary"  # once it is closed
    SEE_AUDIT = "see_audit"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table depends on besides the standing.

    ``invited``: the invitation went out (or the meeting started). ``asked``: the person was asked to contribute or
    to name somebody before. ``circulated`` and ``final``: the state the minutes have reached.
    """

    invited: bool = False
    asked: bool = False
    circulated: bool = False
    final: bool = False


ROLES = frozenset({Standing.ORGANISER, Standing.HOST, Standing.FACILITATOR, Standing.RECORDER, Standing.COORDINATOR})
PLANNERS = frozenset({Standing.ORGANISER, Standing.HOST, Standing.COORDINATOR})
SEATED = frozenset({Standing.ATTENDEE, Standing.GUEST, Standing.WALK_IN})
RECORDER_AND_HOST = frozenset({Standing.RECORDER, Standing.HOST})

ALWAYS: dict[Deed, frozenset[Standing]] = {
    Deed.SEE_MEETING: ROLES | {Standing.HEAD, Standing.ADMINISTRATOR},
    Deed.SEE_PLAN: ROLES,
    Deed.EDIT_PLAN: PLANNERS,
    Deed.READ_ROOM: ROLES,
    Deed.TYPE: ROLES,
    Deed.HOST: frozenset({Standing.HOST}),
    Deed.CALL: frozenset({Standing.HOST, Standing.FACILITATOR}),
    Deed.NAME_STAND_IN: frozenset({Standing.HOST, Standing.ORGANISER}),
    Deed.TAKE_ATTENDANCE: RECORDER_AND_HOST,
    Deed.PRIVATE_NOTES: frozenset({Standing.RECORDER}),
    Deed.GIVE_FLOOR: RECORDER_AND_HOST | {Standing.FACILITATOR},
    Deed.SEE_SHARES: frozenset({Standing.HOST}),
    Deed.SEE_DRAFT: RECORDER_AND_HOST | {Standing.COORDINATOR},
    Deed.EDIT_DRAFT: RECORDER_AND_HOST,
    Deed.REVIEW: frozenset({Standing.HOST}),
    Deed.SEE_OBJECTIONS: RECORDER_AND_HOST,
    Deed.ANSWER_OBJECTION: RECORDER_AND_HOST,
    Deed.SEE_ACTIONS: ROLES,
    Deed.EDIT_ACTIONS: frozenset({Standing.HOST, Standing.COORDINATOR}),
    Deed.SEE_RETROSPECTIVE: frozenset({Standing.HOST, Standing.ORGANISER}),
    Deed.SEE_RETROSPECTIVE_SUMMARY: ROLES | SEATED | {Standing.HEAD},
    Deed.SEE_AUDIT: ROLES,
}

ONCE_INVITED: dict[Deed, frozenset[Standing]] = {
    Deed.SEE_MEETING: SEATED | {Standing.INFORMED},
    Deed.SEE_PLAN: SEATED | {Standing.INFORMED},
    Deed.READ_ROOM: SEATED | {Standing.INFORMED},
    Deed.TYPE: SEATED,
    Deed.VOTE: frozenset({Standing.ATTENDEE}),
}

ONCE_ASKED: dict[Deed, frozenset[Standing]] = {
    Deed.SEE_MEETING: SEATED,
    Deed.SEE_PLAN: SEATED | {Standing.HEAD},
}

ONCE_CIRCULATED: dict[Deed, frozenset[Standing]] = {
    Deed.SEE_MINUTES: ROLES | SEATED | {Standing.INFORMED, Standing.HEAD},
    Deed.ANSWER_MINUTES: ROLES | SEATED | {Standing.HEAD},  # a head who is asked for an absent department
    Deed.SEE_ACTIONS: SEATED | {Standing.INFORMED},
}

ONCE_FINAL: dict[Deed, frozenset[Standing]] = {
    Deed.SEE_OBJECTIONS: ROLES | SEATED | {Standing.INFORMED, Standing.HEAD},
}


def may(standings: Collection[Standing], deed: Deed, facts: Facts) -> bool:
    """Whether somebody with these standings may do the deed now."""
    granting = set(ALWAYS.get(deed, ()))
    for reached, table in (
        (facts.invited, ONCE_INVITED),
        (facts.asked, ONCE_ASKED),
        (facts.circulated, ONCE_CIRCULATED),
        (facts.final, ONCE_FINAL),
    ):
        if reached:
            granting |= table.get(deed, frozenset())
    return not granting.isdisjoint(standings)
