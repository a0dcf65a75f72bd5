# SPDX-License-Identifier: Apache-2.0
"""Who owes what on actions by when: name the owner, accept, finish, give support."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from huiyao.domain.actions import LIVE
from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind
from huiyao.features.actions.models import Action, SupportDuty

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
)
"""What a duty tells of an action; the rest of so wide a row is not read."""


def find_duties(actor: Actor | None, now: datetime, calendar: WorkingCalendar) -> list[Duty]:
    """The open duties of one person, or of everybody. A civil due date is due at the end of that day."""
    del now
    return [*_of_actions(actor, calendar), *_of_supports(actor, calendar)]


def end_of(day: date, calendar: WorkingCalendar) -> datetime:
    """The instant a civil day is over in the organisation's zone."""
    return calendar.at(day + timedelta(days=1), time(0))


def _of_actions(actor: Actor | None, calendar: WorkingCalendar) -> Iterator[Duty]:
    rows = Action.objects.filter(state__in=LIVE).select_related("meeting").only(*PRINTED, "meeting__title")
    if actor is not None:
        rows = rows.filter(Q(person_id=actor.id) | Q(person=None, named_by_id=actor.id))
    for action in rows:
        yield from _duties_of(action, calendar)


def _duties_of(action: Action, calendar: WorkingCalendar) -> Iterator[Duty]:
    subject, meeting = str(action.pk), str(action.meeting_id)
    facts = (("meeting", action.meeting.title),)
    if action.person_id is None:
        if action.named_by_id and action.named_by_date:
            due, owner = end_of(action.named_by_date, calendar), str(action.named_by_id)
            since = action.adopted_at
            yield Duty(DutyKind.NAME_OWNER, owner, due, subject, meeting, action.task, facts, True, since)
        return
    owner = str(action.person_id)
    if action.accepted_at is None and action.contested_at is None:
        due = action.accept_due_at
        since = action.adopted_at
        yield Duty(DutyKind.ACCEPT_ACTION, owner, due, subject, meeting, action.task, facts, since=since)
    elif action.due is not None:
        due = end_of(action.due, calendar)
        said_at = action.accepted_at or action.contested_at
        yield Duty(DutyKind.FINISH_ACTION, owner, due, subject, meeting, action.task, facts, True, said_at)


def _of_supports(actor: Actor | None, calendar: WorkingCalendar) -> Iterator[Duty]:
    rows = SupportDuty.objects.filter(
        given_at=None, dropped_at=None, person__isnull=False, action__state__in=LIVE
    ).select_related("action__meeting")
    rows = rows.only(
        "person_id", "what", "due", *(f"action__{name}" for name in ("due", "task", "adopted_at", "meeting__title"))
    )
    if actor is not None:
        rows = rows.filter(person_id=actor.id)
    for support in rows:
        action = support.action
        day = support.due or action.due
        if day is not None:
            facts = (("task", action.task), ("meeting", action.meeting.title))
            yield Duty(
                DutyKind.SUPPORT_ACTION,
                str(support.person_id),
                end_of(day, calendar),
                str(action.pk),
                str(action.meeting_id),
                support.what,
                facts,
                whole_day=True,
                since=action.adopted_at,
            )
