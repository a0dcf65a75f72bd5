# SPDX-License-Identifier: Apache-2.0
"""What minutes are (R60-R65, R86-R98): plain data that a draft, a document and a reader of old minutes share.

The shape follows the guide's table: basic information, agenda with discussion, consensus, actions, next plan.
Every line that came from the record carries the id of its entry, so that a review comment, an objection or an
action row can point at it; lines that came from elsewhere have their own id.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class Presence(StrEnum):
    """How a person took part."""

    PRESENT = "present"
    ABSENT = "absent"
    WALK_IN = "walk_in"


@dataclass(frozen=True, slots=True)
class Attendee:
    """One participant, as the guide asks: department and name (R91)."""

    name: str
    department: str = ""
    presence: Presence = Presence.PRESENT
    guest: bool = False


@dataclass(frozen=True, slots=True)
class SeatRemark:
    """What a seat said against a proposal, and why."""

    department: str
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a consensus call ended (R49). Counts are seats; ``silent`` are the departments that said nothing.

    ``result`` is unanimous, majority or not_reached, or open where the meeting closed before the call did.
    ``decider`` decides next by ``decide_by``, where consensus was not reached.
    """

    result: str
    agree: int = 0
    reserve: int = 0
    object: int = 0
    decider: str = ""
    decide_by: date | None = None
    reservations: tuple[SeatRemark, ...] = ()
    objections: tuple[SeatRemark, ...] = ()
    silent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text. ``id`` is the entry's, ``kind`` an entry kind (note, parked, ...), ``department`` who spoke.

    ``person`` is the owner of a parked subject; ``outcome`` that of a solution that stands by itself.
    """

    id: str
    text: str
    kind: str = "note"
    department: str = ""
    person: str = ""
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Solution:
    """A proposal for a problem (R46), with the outcome of its consensus call where there was one."""

    id: str
    text: str
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem and its solutions (R44, R95). ``number`` counts through the meeting."""

    id: str
    number: int
    text: str
    department: str = ""
    solutions: tuple[Solution, ...] = ()


@dataclass(frozen=True, slots=True)
class TopicMinutes:
    """One agenda item and what was said under it (R93, R94). Minutes are planned and actual, both in minutes.

    ``skipped``: the host left it out, or broke it off (R37).
    """

    id: str
    number: int
    title: str
    lead: str = ""
    planned_minutes: int | None = None
    actual_minutes: int | None = None
    lines: tuple[Line, ...] = ()
    problems: tuple[Problem, ...] = ()
    skipped: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """A consensus item (R96)."""

    id: str
    number: int
    text: str
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class Support:
    """What another department gives to an action (R54)."""

    what: str
    department: str = ""
    person: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class NamedLater:
    """The legal open owner: ``head`` names the person by ``by``."""

    by: date
    head: str


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One row of the action list (R51-R54, R97).

    ``support`` is None while nobody has said (a gap the gate and the hints point out), ``()`` for an explicit "none".
    ``due_text`` keeps the wording where no civil date could be read from it.
    """

    id: str
    number: int
    task: str
    department: str = ""
    person: str = ""
    others: tuple[str, ...] = ()
    due: date | None = None
    due_text: str = ""
    support: tuple[Support, ...] | None = None
    named_later: NamedLater | None = None
    done: bool = False


@dataclass(frozen=True, slots=True)
class NextPlan:
    """The next step (R57, R98): when the next meeting is, and what it follows up."""

    when: str = ""
    focus: str = ""


@dataclass(frozen=True, slots=True)
class Minutes:
    """A whole set of minutes. Instants carry their zone; ``language`` is the language of the document."""

    title: str
    language: str = "zh-hans"
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    time_text: str = ""
    place: str = ""
    online: str = ""
    objective: str = ""
    organisation: str = ""
    host: str = ""
    recorder: str = ""
    attendees: tuple[Attendee, ...] = ()
    topics: tuple[TopicMinutes, ...] = ()
    decisions: tuple[Decision, ...] = ()
    actions: tuple[ActionLine, ...] = ()
    next_plan: NextPlan | None = None
    parked: tuple[Line, ...] = ()
    notes: tuple[Line, ...] = field(default=())
    version: int = 1
    correction: str = ""
