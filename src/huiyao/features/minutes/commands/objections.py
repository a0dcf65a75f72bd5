# SPDX-License-Identifier: Apache-2.0
"""Answering an objection: accepted, it makes a new version; declined, it keeps its reason."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actions import Commitment
from huiyao.domain.actor import Actor
from huiyao.domain.drafting import Paper
from huiyao.domain.paper import changed_lines, lines_of, with_commitment, with_text
from huiyao.domain.refusals import BadValue, Conflict, NotFound, WrongStage
from huiyao.domain.review import Act, ObjectionState, concerned
from huiyao.domain.rights import Deed
from huiyao.features.minutes.access import MinutesAccess
from huiyao.features.minutes.commands.circulating import send
from huiyao.features.minutes.commands.reaching import keep, reach
from huiyao.features.minutes.commands.versions import write
from huiyao.features.minutes.events import ObjectionAnswered
from huiyao.features.minutes.models import Circulation, Objection
from huiyao.features.minutes.reads import (
    current_version,
    names_of_commitment,
    paper_in,
    recipients_for,
)
from huiyao.plumbing import events
from huiyao.plumbing.ids import is_uuid


@dataclass(frozen=True, slots=True)
class Correction:
    """What an accepted objection changes: words by line id, actions as they shall read, the notice."""

    texts: Mapping[str, str] = field(default_factory=dict)
    commitments: Sequence[Commitment] = ()
    notice: str = ""


@transaction.atomic
def accept(
    meeting_id: UUID | str,
    objection_id: UUID | str,
    correction: Correction,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Circulation:
    """Correct the minutes, send the changed part, open a new window for those it concerns.

    ``seen`` is the number of the version the page showed: of two who correct it at once, one is told.

    Raises:
        NotFound: no such objection.
        Conflict: somebody else corrected the minutes since that version.
        WrongStage: it was answered already.
        BadValue: the correction changes nothing (``reason="unchanged"``) or a line cannot read like that.
    """
    access = reach(meeting_id, Deed.ANSWER_OBJECTION, Act.ACCEPT_OBJECTION, by=by, at=at)
    objection = _open_objection(access, objection_id)
    last = current_version(access.minutes)
    before = paper_in(last)
    if seen is not None and seen != last.number:
        raise _conflict(correction, before, last.number)
    after = _corrected(before, correction)
    changed = changed_lines(before.minutes, after.minutes)
    if not changed:
        raise BadValue(field="text", reason="unchanged")
    notice = correction.notice.strip() or objection.text
    after = replace(after, minutes=replace(after.minutes, correction=notice))
    version = write(access.minutes, after, cause="correction", by=by, at=at)
    asked = _concerned(access, before, after, changed, objection)
    circulation = send(access, version, changed=changed, asked=asked, by=by, at=at)
    objection.version = version
    _answer(access, objection, ObjectionState.ACCEPTED, notice, by=by, at=at)
    return circulation


@transaction.atomic
def decline(meeting_id: UUID | str, objection_id: UUID | str, reason: str, *, by: Actor, at: datetime) -> Objection:
    """Decline an objection with a reason that stays with the minutes; that releases them to become final.

    Raises:
        NotFound: no such objection.
        WrongStage: it was answered already.
        BadValue: no reason.
    """
    access = reach(meeting_id, Deed.ANSWER_OBJECTION, Act.DECLINE_OBJECTION, by=by, at=at, reason=reason)
    objection = _open_objection(access, objection_id)
    _answer(access, objection, ObjectionState.DECLINED, reason.strip(), by=by, at=at)
    return objection


def _open_objection(access: MinutesAccess, objection_id: UUID | str) -> Objection:
    rows = Objection.objects.select_related("answer")
    mine = rows.filter(answer__circulation__minutes=access.minutes)
    objection = mine.filter(pk=objection_id).first() if is_uuid(str(objection_id)) else None
    if objection is None:
        raise NotFound
    if objection.state != ObjectionState.OPEN:
        raise WrongStage(state=objection.state, deed="answer_objection")
    return objection


def _conflict(correction: Correction, paper: Paper, number: int) -> Conflict:
    """What one wanted a line to read, and how it reads by now."""
    wanted = {**correction.texts, **{c.id: c.task for c in correction.commitments}}
    line, yours = next(iter(wanted.items()), ("", ""))
    theirs = lines_of(paper.minutes).get(line)
    return Conflict(field=line, yours=yours, theirs=theirs.text if theirs else "", version=number)


def _corrected(paper: Paper, correction: Correction) -> Paper:
    for line, text in correction.texts.items():
        paper = with_text(paper, line, text)
    for commitment in correction.commitments:
        paper = with_commitment(paper, commitment, names_of_commitment(commitment))
    return paper


def _concerned(
    access: MinutesAccess, before: Paper, after: Paper, changed: Sequence[str], objection: Objection
) -> frozenset[str]:
    involved: dict[str, frozenset[str]] = {}
    for commitment in (*before.commitments, *after.commitments):
        involved[commitment.id] = involved.get(commitment.id, frozenset()) | commitment.people
    everyone = frozenset(str(r.person.pk) for r in recipients_for(access.meeting, after) if r.asked)
    return concerned(changed, involved, everyone, frozenset({str(objection.answer.person_id)}))


def _answer(
    access: MinutesAccess,
    objection: Objection,
    state: ObjectionState,
    reason: str,
    *,
    by: Actor,
    at: datetime,
) -> None:
    objection.state, objection.reason = state, reason
    objection.answered_by_id, objection.answered_at = by.id, at
    objection.save()
    accepted = state is ObjectionState.ACCEPTED
    facts = {"objection": str(objection.pk), "reason": reason}
    keep(access, "accept_objection" if accepted else "decline_objection", by=by, at=at, facts=facts)
    meeting_id = str(access.minutes.meeting_id)
    events.put(ObjectionAnswered(meeting_id, str(objection.pk), accepted), at=at)
