# SPDX-License-Identifier: Apache-2.0
"""Reaching a meeting with permission, or being refused. Absent and forbidden look alike."""

from dataclasses import dataclass

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotAllowed, NotFound, WrongStage
from huiyao.domain.rights import Deed, Facts, Standing, may
from huiyao.domain.stage import PLANNABLE, Stage
from huiyao.features.meetings.models import Meeting
from huiyao.features.meetings.reads import facts_of, find_meeting, participation_of
from huiyao.plumbing.ids import Id, is_uuid


@dataclass(frozen=True, slots=True)
class Access:
    """A meeting reached by an actor: what they are to it and what the table lets them do."""

    meeting: Meeting
    actor: Actor
    standings: frozenset[Standing]
    facts: Facts

    def may(self, deed: Deed) -> bool:
        """Whether the table allows the deed."""
        return may(self.standings, deed, self.facts)

    def require(self, deed: Deed) -> None:
        """Refuse unless the table allows the deed.

        Raises:
            NotAllowed: it does not.
        """
        if not self.may(deed):
            raise NotAllowed(deed=str(deed))


def get_meeting_for(actor: Actor, meeting_id: Id, deed: Deed = Deed.SEE_MEETING) -> Access:
    """The meeting for one deed.

    Raises:
        NotFound: there is none, or the actor may not know of it.
        NotAllowed: the actor knows of it but may not do the deed.
    """
    meeting = find_meeting(meeting_id) if is_uuid(str(meeting_id)) else None
    if meeting is None:
        raise NotFound
    standings, asked = participation_of(actor, meeting.pk)
    access = Access(meeting, actor, standings, facts_of(meeting, asked=asked))
    if not access.may(Deed.SEE_MEETING):
        raise NotFound
    if deed is not Deed.SEE_MEETING:
        access.require(deed)
    return access


def lock_meeting_for(actor: Actor, meeting_id: Id, deed: Deed) -> Meeting:
    """The meeting for a deed, its row locked until the present transaction ends.

    Raises:
        NotFound: there is none, or the actor may not know of it.
        NotAllowed: the actor knows of it but may not do the deed.
    """
    access = get_meeting_for(actor, meeting_id, deed)
    return Meeting.objects.select_for_update().get(pk=access.meeting.pk)


def get_plan_for(actor: Actor, meeting_id: Id) -> Meeting:
    """The meeting for a change of its plan, its row locked until the present transaction ends.

    Raises:
        NotFound: there is none, or the actor may not know of it.
        NotAllowed: the actor may not change the plan.
        WrongStage: the meeting has begun, is over or was cancelled.
    """
    meeting = lock_meeting_for(actor, meeting_id, Deed.EDIT_PLAN)
    if Stage(meeting.stage) not in PLANNABLE:
        raise WrongStage(state=meeting.stage, deed=str(Deed.EDIT_PLAN))
    return meeting
