# SPDX-License-Identifier: Apache-2.0
"""Sending approved minutes and opening the objection window (R68-R70)."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.paper import changed_lines
from huiyao.domain.review import Act, objection_window
from huiyao.domain.rights import Deed
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.minutes.access import MinutesAccess
from huiyao.features.minutes.commands.reaching import keep, reach
from huiyao.features.minutes.commands.reviewing import approve
from huiyao.features.minutes.commands.versions import seal
from huiyao.features.minutes.events import MinutesCirculated
from huiyao.features.minutes.models import Answer, Circulation, MinutesVersion
from huiyao.features.minutes.reads import (
    Recipient,
    current_version,
    last_circulation,
    paper_in,
    recipients_for,
)
from huiyao.features.organisation.reads import policy_in_force
from huiyao.plumbing import events


@transaction.atomic
def approve_and_send(meeting_id: UUID | str, *, by: Actor, at: datetime, seen: int | None = None) -> Circulation:
    """One button, two audited acts: approve, then circulate; both or neither."""
    approve(meeting_id, by=by, at=at, seen=seen)
    return circulate(meeting_id, by=by, at=at)


@transaction.atomic
def circulate(meeting_id: UUID | str, *, by: Actor, at: datetime, seen: int | None = None) -> Circulation:
    """Send the approved version to everybody concerned and open the window.

    Raises:
        NotApproved: the host has not approved what would be sent.
    """
    access = reach(meeting_id, Deed.REVIEW, Act.CIRCULATE, by=by, at=at, seen=seen)
    version = current_version(access.minutes)
    before = last_circulation(access.minutes)
    changed: Sequence[str] = ()
    if before is not None:
        changed = changed_lines(paper_in(before.version).minutes, paper_in(version).minutes)
    late = access.minutes.circulated_at is None and at > access.minutes.circulate_due_at
    circulation = send(access, version, changed=changed, asked=None, by=by, at=at)
    keep(access, "circulate", by=by, at=at, facts={"version": version.number, "late": late})
    return circulation


def send(
    access: MinutesAccess,
    version: MinutesVersion,
    *,
    changed: Sequence[str],
    asked: Collection[str] | None,
    by: Actor,
    at: datetime,
) -> Circulation:
    """Seal the version, open a window and note who is asked (``asked`` None: everybody who answers).

    The caller saves the minutes and writes the audit row.
    """
    minutes, policy = access.minutes, policy_in_force()
    seal(version, at=at)
    ends_at = objection_window(at, working_calendar(), policy.policy, working=minutes.working)
    last = last_circulation(minutes)
    circulation = Circulation.objects.create(
        minutes=minutes,
        version=version,
        number=last.number + 1 if last else 1,
        changed=list(changed),
        by_id=by.id,
        at=at,
        window_ends_at=ends_at,
        objection_hours=policy.policy.objection_hours,
        policy_number=policy.number,
    )
    recipients = recipients_for(access.meeting, paper_in(version))
    Answer.objects.bulk_create([_answer(circulation, recipient, asked) for recipient in recipients])
    minutes.circulated_at = minutes.circulated_at or at
    minutes.window_ends_at = max(ends_at, minutes.window_ends_at or ends_at)
    events.put(MinutesCirculated(str(minutes.meeting_id), str(circulation.pk), circulation.number, by.id), at=at)
    return circulation


def _answer(circulation: Circulation, recipient: Recipient, asked: Collection[str] | None) -> Answer:
    """What a recipient is asked; a correction asks an absent department only about what changed of its lines."""
    lines, person = list(recipient.lines), recipient.person
    if asked is not None:
        lines = [line for line in lines if line in circulation.changed]
    return Answer(
        circulation=circulation,
        person_id=person.pk,
        asked=recipient.asked and (asked is None or str(person.pk) in asked or bool(lines)),
        lines=lines,
        absent=list(recipient.absent) if lines else [],
    )
