# SPDX-License-Identifier: Apache-2.0
"""A consensus call: each seat agrees, reserves or objects, and what follows from their answers (R49).

One voice per seat, whichever of its representatives gives it. Silence is never agreement: a seat that said nothing is
told as silent, and where somebody is there for it, it counts among those that did not agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from huiyao.domain.record import Entry, Gap, Kind
from huiyao.domain.refusals import BadValue
from huiyao.domain.values import clean_line

MAX_REASON = 500
CALLABLE = frozenset({Kind.SOLUTION, Kind.DECISION})
"""What seats can be asked to agree to."""


class Agreement(StrEnum):
    """What one seat says."""

    AGREE = "agree"
    RESERVE = "reserve"
    OBJECT = "object"


class Outcome(StrEnum):
    """What a call came to."""

    UNANIMOUS = "unanimous"
    MAJORITY = "majority"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class SeatAsked:
    """A seat that is asked: required or optional. ``present``: one of its representatives is at the meeting."""

    department: str
    required: bool = True
    present: bool = False


@dataclass(frozen=True, slots=True)
class SeatVoice:
    """What a seat said, by department id, and the person who said it; ``at`` is ISO 8601."""

    department: str
    person: str
    answer: Agreement
    reason: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Call:
    """A consensus call on one entry; ids are text, instants ISO 8601. ``outcome`` is empty while it is open.

    ``text`` is what the entry said when the seats were asked. ``decider`` decides next, by ``decide_by``, where
    consensus was not reached.
    """

    entry: str
    text: str = ""
    outcome: str = ""
    opened_at: str = ""
    closed_at: str = ""
    decider: str = ""
    decide_by: date | None = None
    asked: tuple[SeatAsked, ...] = ()
    voices: tuple[SeatVoice, ...] = ()

    @property
    def silent(self) -> tuple[str, ...]:
        """The departments that were asked and said nothing, there or not."""
        spoke = {voice.department for voice in self.voices}
        return tuple(seat.department for seat in self.asked if seat.department not in spoke)


def outcome_of(asked: Sequence[SeatAsked], voices: Iterable[SeatVoice]) -> Outcome:
    """What the voices come to.

    *There* are the seats with a representative present and those that spoke; a seat nobody is there for counts
    neither way and is told as silent.

    1. Not reached, unless more than half of the seats that are there agree. Silent seats are in that half.
    2. Unanimous, if besides nobody reserved or objected and every required seat that is there has spoken.
    3. Majority otherwise. Reservations and objections do not fall away: their reasons stand with the outcome.
    """
    said = {voice.department: voice.answer for voice in voices}
    there = [seat for seat in asked if seat.present or seat.department in said]
    answers = [said.get(seat.department) for seat in there]
    if answers.count(Agreement.AGREE) * 2 <= len(there):
        return Outcome.NOT_REACHED
    against = any(answer in (Agreement.RESERVE, Agreement.OBJECT) for answer in answers)
    missed = any(seat.required and seat.department not in said for seat in there)
    return Outcome.MAJORITY if against or missed else Outcome.UNANIMOUS


def checked_voice(answer: str, reason: str) -> tuple[Agreement, str]:
    """An answer and its reason; reserving and objecting need one.

    Raises:
        BadValue: no such answer, or the reason is missing or too long.
    """
    if answer not in list(Agreement):
        raise BadValue(field="answer", reason="unknown")
    agreement = Agreement(answer)
    needed = agreement is not Agreement.AGREE
    return agreement, clean_line("reason", reason, most=MAX_REASON, required=needed)


def check_next(outcome: Outcome, decider: str, decide_by: date | None, today: date) -> None:
    """Where consensus was not reached, somebody decides next, not in the past.

    Raises:
        BadValue: nobody is named (field ``decider``), or the day is over (field ``decide_by``).
    """
    if outcome is not Outcome.NOT_REACHED:
        return
    if not decider:
        raise BadValue(field="decider", reason="required")
    if decide_by is not None and decide_by < today:
        raise BadValue(field="decide_by", reason="past")


def standing_calls(calls: Iterable[Call], entries: Iterable[Entry]) -> list[Call]:
    """The calls on entries that live and can still be agreed to, in the order given."""
    living = {entry.id for entry in entries if not entry.deleted and entry.kind in CALLABLE}
    return [call for call in calls if call.entry in living]


def open_threads(calls: Iterable[Call], entries: Sequence[Entry]) -> tuple[Gap, ...]:
    """Calls left open (``call``) and consensus not reached without anybody to decide (``decider``)."""
    texts = {entry.id: entry.text for entry in entries}
    found = []
    for call in standing_calls(calls, entries):
        if not call.outcome:
            found.append(Gap(call.entry, "call", texts[call.entry][:80]))
        elif call.outcome == Outcome.NOT_REACHED and not call.decider:
            found.append(Gap(call.entry, "decider", texts[call.entry][:80]))
    return tuple(found)
