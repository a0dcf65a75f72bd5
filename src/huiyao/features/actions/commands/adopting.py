# SPDX-License-Identifier: Apache-2.0
"""Adoption: circulated minutes become action rows once; corrected minutes update the same rows."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.db import transaction

from huiyao.domain.actions import LIVE, Acceptance, ActionState, Commitment
from huiyao.domain.actor import CLOCK, Actor
from huiyao.domain.record import SupportAsked
from huiyao.features.actions.events import ActionsAdopted
from huiyao.features.actions.models import Action, ProgressUpdate, SupportDuty
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.meetings.models import Meeting
from huiyao.features.organisation.reads import policy_in_force
from huiyao.features.people.reads import find_persons
from huiyao.plumbing import audit, events
from huiyao.plumbing.ids import is_uuid


class _Settled(NamedTuple):
    """What a correction leaves alone: the actions as last sent, by entry id, and the persons who have left."""

    before: Mapping[str, Commitment]
    gone: frozenset[str]

    def owner_stays(self, commitment: Commitment) -> bool:
        """Whether the owner found since (a successor, somebody named) remains: nothing new was minuted."""
        old = self.before.get(commitment.id)
        return commitment.person in self.gone or (old is not None and _ownership(old) == _ownership(commitment))

    def due_stays(self, commitment: Commitment) -> bool:
        """Whether a postponement agreed since remains: the minuted date is the one sent before."""
        old = self.before.get(commitment.id)
        return old is not None and old.due == commitment.due

    def supporter_stays(self, commitment: Commitment, asked: SupportAsked) -> bool:
        """The same for one promised support."""
        old = self.before.get(commitment.id)
        return asked.person in self.gone or (old is not None and asked in (old.support or ()))


@transaction.atomic
def adopt(
    meeting_id: UUID | str,
    commitments: Sequence[Commitment],
    *,
    acceptances: Mapping[str, Acceptance],
    minutes_version: int,
    at: datetime,
    by: Actor = CLOCK,
    before: Iterable[Commitment] = (),
) -> list[Action]:
    """Make or update one row per commitment; returns the new ones. Twice is once.

    An action taken out of corrected minutes is cancelled, never deleted. A row closed meanwhile keeps its state.
    ``before`` are the actions as last sent: an owner or supporter the correction does not change stays who it became
    since, and nothing goes back to somebody who left.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting_id)
    known = {action.entry: action for action in Action.objects.filter(meeting=meeting)}
    accept_days = policy_in_force().policy.accept_days
    calendar = working_calendar()
    local = calendar.local(at)
    accept_due = calendar.at(calendar.shift(local.date(), accept_days), local.time())
    settled = _settled(before, commitments)
    new: list[Action] = []
    for commitment in commitments:
        row = known.get(commitment.id)
        if row is None:
            row = Action(meeting=meeting, entry=commitment.id, adopted_at=at, accept_due_at=accept_due)
            _carry_over(row, acceptances.get(commitment.id))
            new.append(row)
        elif row.minutes_version >= minutes_version:
            continue
        _write(row, commitment, minutes_version, settled=None if row in new else settled, at=at, by=by)
    _cancel_dropped(known, commitments, minutes_version, at=at, by=by)
    if new:
        ids = [str(row.pk) for row in new]
        audit.record("actions.adopt", by=by, at=at, subject=meeting.pk, context=meeting.pk, facts={"actions": ids})
        events.put(ActionsAdopted(str(meeting.pk), ids), at=at)
    return new


def _settled(before: Iterable[Commitment], commitments: Sequence[Commitment]) -> _Settled:
    people = find_persons({i for commitment in commitments for i in commitment.people if is_uuid(i)})
    return _Settled({c.id: c for c in before}, frozenset(i for i, person in people.items() if not person.is_active))


def _ownership(commitment: Commitment) -> tuple[object, ...]:
    return commitment.department, commitment.person, commitment.named_by


def _id(text: str) -> UUID | None:
    """The id, or None where the record holds something that is none."""
    return UUID(text) if is_uuid(text) else None


def _carry_over(row: Action, said: Acceptance | None) -> None:
    if said is None:
        return
    if said.accepted:
        row.accepted_at = said.at
    else:
        row.contested_at, row.contest_reason = said.at, said.reason[:500]


def _write(
    row: Action, commitment: Commitment, minutes_version: int, *, settled: _Settled | None, at: datetime, by: Actor
) -> None:
    before = {"task": row.task, "due": str(row.due or ""), "person": str(row.person_id or "")}
    row.number, row.task = commitment.number, commitment.task
    if settled is None or not settled.owner_stays(commitment):
        _write_owner(row, commitment, is_new=settled is None)
    if settled is None or not settled.due_stays(commitment):
        row.due = commitment.due
    row.support_said = commitment.support is not None
    row.minutes_version, row.under = minutes_version, list(commitment.under)
    row.version += 0 if settled is None else 1
    row.save()
    _write_supports(row, commitment, settled, at)
    after = {"task": row.task, "due": str(row.due or ""), "person": str(row.person_id or "")}
    if settled is not None and before != after:
        ProgressUpdate.objects.create(action=row, by_id=by.id or None, at=at, act="correct", state=row.state)
        facts = {"from": before, "to": after, "minutes_version": minutes_version}
        audit.record("action.correct", by=by, at=at, subject=row.pk, context=row.meeting_id, facts=facts)


def _write_owner(row: Action, commitment: Commitment, *, is_new: bool) -> None:
    if not is_new and str(row.person_id or "") != commitment.person:
        row.accepted_at = row.contested_at = None
    row.department_id, row.person_id = _id(commitment.department), _id(commitment.person)
    named_date, head = commitment.named_by or (None, "")
    row.named_by_date, row.named_by_id = named_date, _id(head)


def _write_supports(row: Action, commitment: Commitment, settled: _Settled | None, at: datetime) -> None:
    """Support that stays as it was keeps its row, so that what was given stays given."""
    wanted = list(commitment.support or ())
    for kept in SupportDuty.objects.filter(action=row, dropped_at=None):
        key, person = (kept.what, str(kept.department_id or ""), kept.due), str(kept.person_id or "")
        alike = [s for s in wanted if (s.what[:500], s.department, s.due) == key]
        stays = [s for s in alike if settled is not None and settled.supporter_stays(commitment, s)]
        match = next((s for s in alike if s.person == person), stays[0] if stays else None)
        if match is None:
            kept.dropped_at = at
            kept.save(update_fields=["dropped_at"])
        else:
            wanted.remove(match)
    SupportDuty.objects.bulk_create(
        SupportDuty(
            action=row,
            position=position,
            department_id=_id(s.department),
            person_id=_id(s.person),
            what=s.what[:500],
            due=s.due,
        )
        for position, s in enumerate(wanted)
    )


def _cancel_dropped(
    known: Mapping[str, Action],
    commitments: Sequence[Commitment],
    minutes_version: int,
    *,
    at: datetime,
    by: Actor,
) -> None:
    kept = {commitment.id for commitment in commitments}
    for entry, row in known.items():
        if entry in kept or row.state not in LIVE or row.minutes_version >= minutes_version:
            continue
        row.state, row.minutes_version = ActionState.CANCELLED, minutes_version
        row.version += 1
        row.save()
        ProgressUpdate.objects.create(action=row, by_id=by.id or None, at=at, act="drop", state=row.state)
        facts = {"minutes_version": minutes_version}
        audit.record("action.drop", by=by, at=at, subject=row.pk, context=row.meeting_id, facts=facts)
