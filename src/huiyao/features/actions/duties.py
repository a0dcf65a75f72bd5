# SPDX-License-Identifier: Apache-2.0
"""Who owes what on actions by when: owner named, accepted, progress told, finished, delay explained, support given."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q

from huiyao.domain.actions import LIVE
from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind
from huiyao.domain.policy import Policy
from huiyao.domain.reminding import SPARE, near_days
from huiyao.features.actions.models import Action, SupportDuty
from huiyao.features.actions.reads import head_for
from huiyao.features.organisation.reads import policy_in_force

PRINTED = (
    "meeting_id",
    "person_id",
    "named_by_id",
    "named_by_date",
    "task",
    "due",
    "adopted_at",
    "accept_due_at",
    "accepted_at",
    "contested_at",
    "progress_at",
)
"""What a duty tells of an action; the rest of so wide a row is not read."""


def find_duties(actor: Actor | None, now: datetime, calendar: WorkingCalendar) -> list[Duty]:
    """The open duties of one person, or everybody's as far as reminders look (``domain.reminding.near_days``).

    A civil due date is due at the end of that day. An action has one of finish and say why it slips at a time.
    """
    policy = policy_in_force().policy
    return [*_of_actions(actor, now, calendar, policy), *_of_supports(actor, now, calendar, policy)]


def _of_actions(actor: Actor | None, now: datetime, calendar: WorkingCalendar, policy: Policy) -> Iterator[Duty]:
    rows = Action.objects.filter(state__in=LIVE).select_related("meeting").only(*PRINTED, "meeting__title")
    if actor is not None:
        rows = rows.filter(Q(person_id=actor.id) | Q(person=None, named_by_id=actor.id))
    else:
        rows = rows.filter(_near(now, calendar, policy))
    for action in rows:
        yield from _duties_of(action, now, calendar, policy)


def _near(now: datetime, calendar: WorkingCalendar, policy: Policy) -> Q:
    """What may have a reminder to send now: of many thousand live actions a few hundred."""
    days = near_days(calendar.local(now).date(), calendar, policy)
    first, last = (calendar.end_of(day) for day in days)
    # the last word was a week before the day the next one is due on, or some days of rest more
    told = first - timedelta(days=policy.progress_days) - SPARE, now - timedelta(days=policy.progress_days - 1)
    return (
        Q(due__range=days)
        | Q(person=None, named_by_date__range=days)
        | Q(accepted_at=None, contested_at=None, accept_due_at__range=(first, last))
        | Q(progress_at__range=told)
        | Q(progress_at=None, accepted_at__range=told)
    )


def _duties_of(action: Action, now: datetime, calendar: WorkingCalendar, policy: Policy) -> Iterator[Duty]:
    subject, meeting = str(action.pk), str(action.meeting_id)
    facts = (("meeting", action.meeting.title),)
    if action.person_id is None:
        if action.named_by_id and action.named_by_date:
            due, owner = calendar.end_of(action.named_by_date), str(action.named_by_id)
            since = action.adopted_at
            yield Duty(DutyKind.NAME_OWNER, owner, due, subject, meeting, action.task, facts, True, since)
        return
    owner = str(action.person_id)
    if action.accepted_at is None and action.contested_at is None:
        due = action.accept_due_at
        since = action.adopted_at
        yield Duty(DutyKind.ACCEPT_ACTION, owner, due, subject, meeting, action.task, facts, since=since)
        return
    if (day := _word_due(action, now, calendar, policy)) is not None:
        due, said_at = calendar.end_of(day), action.progress_at or action.accepted_at
        yield Duty(DutyKind.UPDATE_PROGRESS, owner, due, subject, meeting, action.task, facts, True, said_at)
    if action.due is not None:
        due, said_at = calendar.end_of(action.due), action.accepted_at or action.contested_at
        kind = DutyKind.FINISH_ACTION if now < due else DutyKind.EXPLAIN_DELAY
        yield Duty(kind, owner, due, subject, meeting, action.task, facts, True, said_at)


def _word_due(action: Action, now: datetime, calendar: WorkingCalendar, policy: Policy) -> date | None:
    """The working day on which the next word on an accepted action is due (R73); None from its due date on."""
    if action.accepted_at is None:
        return None
    last = max(action.progress_at or action.accepted_at, action.accepted_at)
    day = calendar.local(last).date() + timedelta(days=policy.progress_days)
    if not calendar.is_working(day):
        day = calendar.next_working_day(day)
    if action.due is not None and (day >= action.due or now >= calendar.end_of(action.due)):
        return None
    return day


def _of_supports(actor: Actor | None, now: datetime, calendar: WorkingCalendar, policy: Policy) -> Iterator[Duty]:
    """Support falls to whoever is named; while nobody is, the head of the giving department names somebody."""
    rows = SupportDuty.objects.filter(given_at=None, dropped_at=None, action__state__in=LIVE)
    rows = rows.select_related("action__meeting", "department")
    told = ("due", "task", "adopted_at", "meeting__title", "meeting__host_id")
    rows = rows.only("person_id", "what", "due", "department__head_id", *(f"action__{name}" for name in told))
    if actor is not None:
        rows = rows.filter(_falls_to(actor))
    else:
        days = near_days(calendar.local(now).date(), calendar, policy)
        rows = rows.filter(Q(due__range=days) | Q(due=None, action__due__range=days))
    for support in rows:
        action = support.action
        day = support.due or action.due
        owner = support.person_id or head_for(support)
        if day is not None and owner is not None:
            facts = (("task", action.task), ("meeting", action.meeting.title))
            yield Duty(
                DutyKind.SUPPORT_ACTION if support.person_id else DutyKind.NAME_SUPPORTER,
                str(owner),
                calendar.end_of(day),
                str(action.pk),
                str(action.meeting_id),
                support.what,
                facts,
                whole_day=True,
                since=action.adopted_at,
            )


def _falls_to(actor: Actor) -> Q:
    head = Q(department__head=None) | Q(department=None)
    return (
        Q(person__in=[actor.id])
        | Q(person=None, department__head__in=[actor.id])
        | Q(person=None, action__meeting__host__in=[actor.id]) & head
    )
