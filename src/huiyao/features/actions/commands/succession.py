# SPDX-License-Identifier: Apache-2.0
"""Who takes over live actions and promised support when somebody leaves."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from huiyao.domain.actions import LIVE, ActionAct
from huiyao.domain.actor import Actor
from huiyao.features.actions.models import Action, ProgressUpdate, SupportDuty
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.organisation.reads import policy_in_force
from huiyao.features.people.models import Person
from huiyao.features.people.reads import find_person
from huiyao.plumbing import audit
from huiyao.plumbing.ids import is_uuid


@transaction.atomic
def hand_over_actions(person_id: str, successor_id: str, *, by: Actor, at: datetime) -> int:
    """Give the live actions of somebody who left to the successor, who has to accept them anew.

    Without a successor the owner is open again: the department's head, or else the meeting's host, is to name one
    within the days the policy gives for accepting. Returns how many actions changed; a second call finds none.
    """
    successor = find_person(successor_id) if is_uuid(successor_id) else None
    rows = Action.objects.select_related("department__head", "meeting__host").filter(state__in=LIVE)
    mine = list(rows.filter(Q(person_id=person_id) | Q(person=None, named_by_id=person_id)))
    accept_days = policy_in_force().policy.accept_days
    calendar = working_calendar()
    local = calendar.local(at)
    day = calendar.shift(local.date(), accept_days)
    for row in mine:
        if str(row.named_by_id) == person_id:
            row.named_by = successor or _who_names(row, person_id)
        if str(row.person_id) == person_id:
            row.person, row.accepted_at, row.contested_at = successor, None, None
            row.accept_due_at = calendar.at(day, local.time())
            if successor is None:
                row.named_by, row.named_by_date = _who_names(row, person_id), day
        row.version += 1
        row.save()
        _note(row, person_id, by=by, at=at)
    supports = SupportDuty.objects.filter(person_id=person_id, given_at=None, dropped_at=None)
    supports.filter(action__state__in=LIVE).update(person=successor)
    return len(mine)


def _who_names(row: Action, leaver_id: str) -> Person | None:
    head = row.department.head if row.department else None
    return next((one for one in (head, row.meeting.host) if one and str(one.pk) != leaver_id), None)


def _note(row: Action, leaver_id: str, *, by: Actor, at: datetime) -> None:
    name = row.person.name if row.person else ""
    ProgressUpdate.objects.create(
        action=row, by_id=by.id or None, at=at, act=str(ActionAct.NAME_OWNER), state=row.state, text=name
    )
    facts = {"from": leaver_id, "to": str(row.person_id or "")}
    audit.record("action.handed_over", by=by, at=at, subject=row.pk, context=row.meeting_id, facts=facts)
