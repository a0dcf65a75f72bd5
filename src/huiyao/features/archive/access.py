# SPDX-License-Identifier: Apache-2.0
"""Reaching a filing or a retrospective with permission, or being refused. Absent and forbidden look alike."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotFound
from huiyao.domain.rights import Deed, may
from huiyao.features.archive.models import FiledItem, Filing, Retrospective
from huiyao.features.archive.reads import find_retrospective, persons_there, replies_of, summarised, visible_to
from huiyao.features.meetings.access import get_meeting_for
from huiyao.features.meetings.models import Meeting
from huiyao.features.meetings.reads import facts_of
from huiyao.features.sittings.access import standings_in
from huiyao.features.sittings.reads.facts.instants import instant
from huiyao.plumbing.ids import Id, is_uuid


def get_filing_for(actor: Actor, filing_id: UUID | str) -> Filing:
    """The filing, for whoever may read its minutes.

    Raises:
        NotFound: there is none, or the actor may not see it.
    """
    rows = visible_to(actor).select_related("meeting")
    filing = rows.filter(pk=filing_id).first() if is_uuid(str(filing_id)) else None
    if filing is None:
        raise NotFound
    return filing


def get_item_for(actor: Actor, filing_id: UUID | str, item_id: UUID | str) -> FiledItem:
    """One file of a filing.

    Raises:
        NotFound: as for the filing, or it has no such file.
    """
    filing = get_filing_for(actor, filing_id)
    item = FiledItem.objects.filter(filing=filing, pk=item_id).first() if is_uuid(str(item_id)) else None
    if item is None:
        raise NotFound
    return item


@dataclass(frozen=True, slots=True)
class RetrospectiveAccess:
    """A retrospective reached by an actor: whether they were there, and which answers they may see now."""

    retrospective: Retrospective
    actor: Actor
    was_there: bool
    sees_answers: bool
    sees_summary: bool

    @property
    def meeting(self) -> Meeting:
        """The meeting it looks back on."""
        return self.retrospective.meeting


def get_retrospective_for(actor: Actor, meeting_id: Id) -> RetrospectiveAccess:
    """The retrospective, for who was there, host and organiser, and for its summary.

    Raises:
        NotFound: the meeting is none for the actor, nothing is asked about it, or they have no part in it.
    """
    access = get_meeting_for(actor, meeting_id)
    row = find_retrospective(access.meeting.pk)
    if row is None:
        raise NotFound
    there = actor.id in persons_there(access.meeting.pk)
    every, summary = access.may(Deed.SEE_RETROSPECTIVE), access.may(Deed.SEE_RETROSPECTIVE_SUMMARY)
    if not (there or every or summary):
        raise NotFound
    return RetrospectiveAccess(row, actor, there, every, summary and row.closed_at is not None)


def retrospective_parts(meeting: Meeting, persons: Collection[str]) -> dict[str, dict[str, Any] | None]:
    """The part ``retro`` of the room, each person's own; null for whom it does not concern."""
    row = find_retrospective(meeting.pk)
    if row is None:
        return dict.fromkeys(persons)
    there, answers, facts = persons_there(meeting.pk), replies_of(row), facts_of(meeting)
    summary = summarised(answers)
    counts = {"yes": summary.yes, "partly": summary.partly, "no": summary.no}
    own = {str(answer.person_id): {"met": answer.met, "improve": answer.improve} for answer in answers}
    shown: dict[str, dict[str, Any] | None] = {}
    for person, standings in standings_in(meeting.pk, persons).items():
        every = may(standings, Deed.SEE_RETROSPECTIVE, facts)
        told = every or (row.closed_at is not None and may(standings, Deed.SEE_RETROSPECTIVE_SUMMARY, facts))
        shown[person] = None
        if told or person in there:
            shown[person] = {
                "open": row.closed_at is None,
                "asked": person in there,
                "due_at": instant(row.due_at),
                "closes_at": instant(row.closes_at),
                "met": counts if told else None,
                "answered": len(answers),
                "mine": own.get(person),
            }
    return shown
