# SPDX-License-Identifier: Apache-2.0
"""Which reminders a duty has, to whom, and when each goes out: in working time, never twice, never after the fact.

A reminder's key is (kind, subject, person, rule, due instant): a moved date makes new reminders (``contracts``).
Two calendars are at work: lateness counts in the organisation's working time, and whoever is told is told in their own.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from huiyao.domain.calendar import WorkingCalendar, after_working_hours
from huiyao.domain.duties import Duty, DutyKind, day_of
from huiyao.domain.policy import Policy
from huiyao.domain.sending import QUIET_UNTIL, good_moment


class Rule(StrEnum):
    """Which of a duty's reminders it is."""

    FIRST = "first"  # R74: two working days before
    LAST = "last"  # R74: one working day before
    HALF = "half"  # half of a window is over
    SOON = "soon"  # shortly before an instant
    AT = "at"  # when due, or in the morning of a due date
    AFTER = "after"  # one working day late
    ABOVE = "above"  # late, told to the next person
    TOP = "top"  # still late, told to the person after that


PREFIX = "duty:"
"""What the keys of all reminders of duties begin with."""
CATCH_UP = timedelta(days=2)
"""A reminder missed for longer (nothing was running) is not sent any more."""
JITTER_MOST = timedelta(minutes=15)
SPARE = timedelta(days=6)
START_SOON = timedelta(minutes=15)
ABOVE_HOURS, TOP_HOURS = 1, 4
"""Working hours a draft or a sending is late before the first and the second person above are told."""
SOON_HOURS = 2
"""Plain hours before minutes have to be out."""
RULES: dict[DutyKind, tuple[Rule, ...]] = {
    DutyKind.UPLOAD_MATERIAL: (Rule.LAST, Rule.AT),
    DutyKind.INVITE: (Rule.LAST, Rule.AT, Rule.AFTER),
    DutyKind.REPLY: (Rule.LAST, Rule.AT),
    DutyKind.START: (Rule.SOON,),
    DutyKind.DRAFT: (Rule.HALF, Rule.AT, Rule.ABOVE, Rule.TOP),
    DutyKind.REVIEW: (Rule.SOON, Rule.AT, Rule.ABOVE, Rule.TOP),
    DutyKind.CIRCULATE: (Rule.SOON, Rule.AT, Rule.ABOVE, Rule.TOP),
    DutyKind.ANSWER_MINUTES: (),  # the window reminds those who have not opened the minutes, once
    DutyKind.ANSWER_OBJECTION: (Rule.AT, Rule.AFTER),
    DutyKind.NAME_OWNER: (Rule.LAST, Rule.AT, Rule.AFTER),
    DutyKind.ACCEPT_ACTION: (Rule.AT, Rule.AFTER),
    DutyKind.UPDATE_PROGRESS: (Rule.AT, Rule.AFTER),  # R73
    DutyKind.FINISH_ACTION: (Rule.FIRST, Rule.LAST, Rule.AT),
    DutyKind.EXPLAIN_DELAY: (Rule.AFTER,),  # R75; on the due date itself the reminder to finish asks for the reason
    DutyKind.SUPPORT_ACTION: (Rule.FIRST, Rule.LAST, Rule.AT, Rule.AFTER),
    DutyKind.NAME_SUPPORTER: (Rule.FIRST, Rule.LAST, Rule.AT, Rule.AFTER),
    DutyKind.DECIDE: (Rule.FIRST, Rule.LAST, Rule.AT, Rule.AFTER),
    DutyKind.RETROSPECTIVE: (Rule.AT,),
}
CalendarOf = Callable[[str], WorkingCalendar]
"""The working calendar a person lives in, by their id."""
BEFORE = frozenset({Rule.FIRST, Rule.LAST, Rule.HALF, Rule.SOON})


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of a duty to one person, not before ``at``."""

    duty: Duty
    rule: Rule
    person: str
    at: datetime

    @property
    def key(self) -> str:
        """What makes it one: (kind, subject, person, rule, due instant)."""
        return key_of(self.duty, self.rule, self.person)


def key_of(duty: Duty, rule: Rule, person: str) -> str:
    """The key of a reminder."""
    due = duty.due.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    return f"{PREFIX}{duty.kind}:{duty.subject}:{person}:{rule}:{due}"


def possible(duty: Duty, at: datetime) -> list[Reminder]:
    """The reminders this duty can have at all, as if each went out at ``at``."""
    return [Reminder(duty, rule, person, at) for rule in RULES[duty.kind] if (person := _person(duty, rule))]


def keys_of(duty: Duty) -> list[str]:
    """The keys of all reminders this duty can have; what is unsent under another key speaks of the past."""
    return [one.key for one in possible(duty, duty.due)]


def reminders_of(
    duty: Duty, calendar: WorkingCalendar, policy: Policy, calendar_of: CalendarOf | None = None
) -> list[Reminder]:
    """The reminders of a duty in order of time. ``calendar`` is the organisation's, ``calendar_of`` each person's own.

    Left out: those whose moment came before the duty was owed, and those meant for before (or the day of) the due
    instant that the calendar moves to it or beyond.
    """
    found = []
    for rule in RULES[duty.kind]:
        person = _person(duty, rule)
        own = calendar_of(person) if person and calendar_of is not None else calendar
        raw = _raw(duty, rule, calendar, own, policy) if person else None
        if raw is None or (duty.since is not None and raw <= duty.since):
            continue
        at = working_moment(raw, own, person)
        if at >= duty.due and (rule in BEFORE or (rule is Rule.AT and duty.whole_day)):
            continue
        found.append(Reminder(duty, rule, person, at))
    return sorted(found, key=lambda reminder: reminder.at)


def near_days(today: date, calendar: WorkingCalendar, policy: Policy) -> tuple[date, date]:
    """The due days, first and last, of which something may have to be reminded today.

    With days to spare, since whoever lives elsewhere has other days of rest.
    """
    before = max(policy.remind_days_first, policy.remind_days_last, 1)
    return calendar.shift(today, -1) - CATCH_UP - SPARE, calendar.shift(today, before) + SPARE


class _Looks:
    """Tells quickly that a duty has nothing to be reminded of now: most have not, and many share their due date."""

    def __init__(
        self, now: datetime, calendar: WorkingCalendar, policy: Policy, calendar_of: CalendarOf | None
    ) -> None:
        self.now, self.calendar, self.policy, self.calendar_of = now, calendar, policy, calendar_of
        self.known: dict[tuple[DutyKind, datetime, str], bool] = {}

    def worth(self, duty: Duty) -> bool:
        """False only where no reminder's moment lies within ``CATCH_UP`` before now."""
        if duty.above or Rule.HALF in RULES[duty.kind]:
            return True
        own = self.calendar_of(duty.owner) if self.calendar_of else self.calendar
        same = duty.kind, duty.due, own.zone
        if same not in self.known:
            self.known[same] = any(self._around(duty, rule, own) for rule in RULES[duty.kind])
        return self.known[same]

    def _around(self, duty: Duty, rule: Rule, own: WorkingCalendar) -> bool:
        raw = _raw(duty, rule, self.calendar, own, self.policy)
        if raw is None:
            return False
        begins = _next_working(raw, own)
        return begins <= self.now < _next_working(begins + JITTER_MOST, own) + JITTER_MOST + CATCH_UP


def due_reminders(
    duties: Iterable[Duty],
    now: datetime,
    calendar: WorkingCalendar,
    policy: Policy,
    calendar_of: CalendarOf | None = None,
) -> Iterator[Reminder]:
    """What is to be sent now: of each duty and person the newest reminder whose moment has come, unless long past."""
    looks = _Looks(now, calendar, policy, calendar_of)
    for duty in duties:
        if not looks.worth(duty):
            continue
        newest: dict[str, Reminder] = {}
        for reminder in reminders_of(duty, calendar, policy, calendar_of):
            if reminder.at <= now and (now < duty.due or reminder.rule not in BEFORE):
                newest[reminder.person] = reminder
        yield from (reminder for reminder in newest.values() if now - reminder.at < CATCH_UP)


def working_moment(at: datetime, calendar: WorkingCalendar, seed: str) -> datetime:
    """The first good instant from ``at`` in working time, away from full and half hours by an amount ``seed`` gives.

    The seed is a person: what falls to one of them in the same moment goes out together.
    """
    moment = at
    for _ in range(4):
        moment = good_moment(_next_working(moment, calendar), calendar.zone, seed)
        if _next_working(moment, calendar) == moment:
            break
    return moment.astimezone(UTC)


def waking_moment(at: datetime, calendar: WorkingCalendar, seed: str) -> datetime:
    """The first instant from ``at`` that is neither in the night nor on a rest day of ``calendar``, nor crowded.

    For what is bound to an instant and cannot wait for the office to open.
    """
    moment = at
    for _ in range(4):
        local = calendar.local(moment)
        if not calendar.is_working(local.date()):
            moment = calendar.at(calendar.next_working_day(local.date()), QUIET_UNTIL)
        moment = good_moment(moment, calendar.zone, seed)
        if calendar.is_working(calendar.local(moment).date()):
            break
    return moment.astimezone(UTC)


def _next_working(at: datetime, calendar: WorkingCalendar) -> datetime:
    return next(begin for begin, _ in calendar.spans(at))


def _person(duty: Duty, rule: Rule) -> str:
    """Who is told: the owner, or who stands above; empty when there is nobody."""
    if rule is Rule.ABOVE:
        return duty.above[0] if duty.above else ""
    if rule is Rule.TOP:
        return duty.above[1] if len(duty.above) > 1 else ""
    return duty.owner


def _raw(duty: Duty, rule: Rule, calendar: WorkingCalendar, own: WorkingCalendar, policy: Policy) -> datetime | None:
    """When a reminder would go out if it were always working time; None when this duty has no such moment."""
    match rule:
        case Rule.FIRST:
            return _days_away(duty, -policy.remind_days_first, calendar, own) if policy.remind_days_first else None
        case Rule.LAST:
            return _days_away(duty, -policy.remind_days_last, calendar, own) if policy.remind_days_last else None
        case Rule.HALF:
            return None if duty.since is None else _half(duty.since, duty.due, calendar)
        case Rule.SOON:
            return duty.due - (START_SOON if duty.kind is DutyKind.START else timedelta(hours=SOON_HOURS))
        case Rule.AT:
            return _days_away(duty, 0, calendar, own) if duty.whole_day else duty.due
        case Rule.AFTER:
            return _days_away(duty, 1, calendar, own)
        case Rule.ABOVE:
            return after_working_hours(calendar, duty.due, ABOVE_HOURS)
        case Rule.TOP:
            return after_working_hours(calendar, duty.due, TOP_HOURS)


def _days_away(duty: Duty, count: int, calendar: WorkingCalendar, own: WorkingCalendar) -> datetime:
    """``count`` working days of the person's own from the due date in the morning, or at the due instant's wall clock.

    A due date is a date of the organisation's; somebody elsewhere has until it ends there, but counts their own days.
    """
    if duty.whole_day:
        return own.at(own.shift(day_of(duty, calendar), count), time(0))
    local = own.local(duty.due)
    return own.at(own.shift(local.date(), count), local.time())


def _half(since: datetime, due: datetime, calendar: WorkingCalendar) -> datetime | None:
    """When half of the working time of a window is over; half of plain time where it has no working time."""
    if due <= since:
        return None
    worked = timedelta()
    for begin, end in calendar.spans(since):
        if begin >= due:
            break
        worked += min(end, due) - begin
    if not worked:
        return since + (due - since) / 2
    return after_working_hours(calendar, since, worked / timedelta(hours=2))
