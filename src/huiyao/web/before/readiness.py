# SPDX-License-Identifier: Apache-2.0
"""The readiness card: what the plan has and what it lacks, in words; and what is pointed out before sending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext, ngettext

from huiyao.domain.agenda import PlanWarning, Warn
from huiyao.domain.policy import Policy
from huiyao.plumbing import formatting


@dataclass(frozen=True, slots=True)
class Check:
    """One line of the card. ``anchor`` is the section of the plan where it is put right."""

    done: bool
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """The card."""

    checks: tuple[Check, ...]

    @property
    def done(self) -> int:
        """How many checks hold."""
        return sum(check.done for check in self.checks)

    @property
    def missing(self) -> tuple[Check, ...]:
        """The checks that do not hold."""
        return tuple(check for check in self.checks if not check.done)

    def section(self, anchor: str) -> str:
        """``done``, ``part`` or ``open``: how far a section of the plan is."""
        own = [check.done for check in self.checks if check.anchor == anchor]
        return "done" if all(own) else "part" if any(own) else "open"


GROUPS: tuple[tuple[str, tuple[Warn, ...]], ...] = (
    ("objective", (Warn.OBJECTIVE,)),
    ("people", (Warn.ONE_DEPARTMENT,)),
    ("people", (Warn.SEAT_EMPTY,)),
    ("roles", (Warn.NO_RECORDER, Warn.RECORDER_HOSTS, Warn.RECORDER_LEADS)),
    ("when", (Warn.NO_TIME, Warn.REST_DAY, Warn.OUTSIDE_HOURS)),
    ("when", (Warn.SHORT_NOTICE,)),
    ("when", (Warn.NO_PLACE,)),
    ("agenda", (Warn.OVER_BUDGET,)),
    ("agenda", (Warn.NO_LEAD,)),
)


def readiness(
    warnings: Sequence[PlanWarning], *, departments: dict[str, str], minutes: int, sent: bool, policy: Policy
) -> Readiness:
    """The card from the warnings of ``domain.agenda``. ``departments`` are names by id."""
    checks: list[Check] = []
    for anchor, kinds in GROUPS:
        found = [warning for warning in warnings if warning.what in kinds]
        checks += [Check(done=False, text=warned(w, departments, policy), anchor=anchor) for w in found]
        if not found and not _moot(kinds[0], warnings, departments):
            checks.append(Check(done=True, text=_held(kinds[0], departments, minutes, policy), anchor=anchor))
    text = gettext("The invitation is sent") if sent else gettext("The invitation is not sent yet")
    checks.append(Check(done=sent, text=text, anchor="invitation"))
    return Readiness(tuple(checks))


def _moot(kind: Warn, warnings: Sequence[PlanWarning], departments: dict[str, str]) -> bool:
    """Whether there is nothing yet that the check could hold for."""
    if kind is Warn.SHORT_NOTICE:
        return any(warning.what is Warn.NO_TIME for warning in warnings)
    return kind is Warn.SEAT_EMPTY and not departments


def _held(kind: Warn, departments: dict[str, str], minutes: int, policy: Policy) -> str:
    if kind is Warn.ONE_DEPARTMENT:
        n = len(departments)
        return ngettext("%(n)s department takes part", "%(n)s departments take part", n) % {"n": n}
    if kind is Warn.OVER_BUDGET and minutes > policy.meeting_minutes:
        return gettext("Longer than %(n)s minutes, with a reason") % {"n": policy.meeting_minutes}
    words = {
        Warn.OBJECTIVE: gettext("The objective is written"),
        Warn.SEAT_EMPTY: gettext("Every required seat has a representative"),
        Warn.NO_RECORDER: gettext("The recorder is free to record"),
        Warn.NO_TIME: gettext("The time is within working hours"),
        Warn.SHORT_NOTICE: gettext("At least %(n)s working days ahead") % {"n": policy.invite_days},
        Warn.NO_PLACE: gettext("Place or online address is given"),
        Warn.OVER_BUDGET: gettext("The agenda keeps to %(n)s minutes") % {"n": policy.meeting_minutes},
        Warn.NO_LEAD: gettext("Every topic has a lead"),
    }
    return words[kind]


def warned(warning: PlanWarning, departments: dict[str, str], policy: Policy) -> str:
    """A warning in words, in the active language."""
    subject = warning.subject
    if warning.what is Warn.SEAT_EMPTY:
        subject = departments.get(subject, "")
    elif warning.what is Warn.REST_DAY:
        subject = formatting.long_day(date.fromisoformat(subject), get_language() or "zh-hans")
    words = {
        Warn.SEAT_EMPTY: gettext("%(subject)s has no representative"),
        Warn.REST_DAY: gettext("%(subject)s is a day of rest"),
        Warn.OUTSIDE_HOURS: gettext("%(subject)s is outside working hours"),
        Warn.SHORT_NOTICE: gettext("Only %(subject)s working days ahead; the policy says %(days)s"),
        Warn.OVER_BUDGET: gettext("%(subject)s minutes: longer than %(minutes)s needs a reason"),
        Warn.NO_LEAD: gettext("“%(subject)s” has no lead"),
        Warn.OBJECTIVE: gettext("The objective is missing"),
        Warn.ONE_DEPARTMENT: gettext("Fewer than two departments take part"),
        Warn.NO_TIME: gettext("There is no time yet"),
        Warn.NO_PLACE: gettext("Neither place nor online address is given"),
        Warn.NO_RECORDER: gettext("There is no recorder"),
        Warn.RECORDER_LEADS: gettext("The recorder leads a topic; somebody else should record"),
        Warn.RECORDER_HOSTS: gettext("The recorder is also the host; somebody else should record"),
    }
    facts = {"subject": subject, "days": policy.invite_days, "minutes": policy.meeting_minutes}
    return words[warning.what] % facts
