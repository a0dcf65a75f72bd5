# SPDX-License-Identifier: Apache-2.0
"""Reaching minutes with permission, or being refused. Absent and forbidden look alike."""

from dataclasses import dataclass
from uuid import UUID

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotAllowed, NotFound
from huiyao.domain.review import State
from huiyao.domain.rights import Deed, Facts, Standing, may
from huiyao.features.meetings.models import Meeting
from huiyao.features.meetings.reads import facts_of, find_meeting, standings_of
from huiyao.features.minutes.models import Minutes, MinutesVersion
from huiyao.features.minutes.reads import circulated_version, current_version, find_minutes
from huiyao.plumbing.ids import is_uuid


@dataclass(frozen=True, slots=True)
class MinutesAccess:
    """Minutes reached by an actor."""

    minutes: Minutes
    meeting: Meeting
    actor: Actor
    standings: frozenset[Standing]
    facts: Facts

    def may(self, deed: Deed) -> bool:
        """Whether the table allows the deed in the present state."""
        return may(self.standings, deed, self.facts)

    def require(self, deed: Deed) -> None:
        """Refuse unless the table allows the deed.

        Raises:
            NotAllowed: it does not.
        """
        if not self.may(deed):
            raise NotAllowed(deed=str(deed))

    def shown_state(self) -> State:
        """The state this actor is shown: who reads the version last sent sees it as sent."""
        state = State(self.minutes.state)
        writing = state not in (State.CIRCULATED, State.FINAL)
        return State.CIRCULATED if writing and not self.may(Deed.SEE_DRAFT) else state

    def readable_version(self) -> MinutesVersion:
        """The version this actor reads: the newest, or for those who may not see drafts the one last sent."""
        if self.may(Deed.SEE_DRAFT) or self.minutes.state in (State.CIRCULATED, State.FINAL):
            return current_version(self.minutes)
        sent = circulated_version(self.minutes)
        if sent is None:
            raise NotFound
        return sent


def facts_for(meeting: Meeting, minutes: Minutes) -> Facts:
    """The facts of the rights table; once sent, minutes stay readable while reopened."""
    return facts_of(meeting, circulated=minutes.circulated_at is not None, final=minutes.state == State.FINAL)


def get_minutes_for(actor: Actor, meeting_id: UUID | str, deed: Deed = Deed.SEE_MINUTES) -> MinutesAccess:
    """The minutes of a meeting for one deed; ``SEE_MINUTES`` is granted by the right to the draft too.

    Raises:
        NotFound: there are none, or the actor may not read them.
        NotAllowed: the actor may read them but may not do the deed.
    """
    meeting = find_meeting(meeting_id) if is_uuid(str(meeting_id)) else None
    minutes = find_minutes(meeting.pk) if meeting else None
    if meeting is None or minutes is None:
        raise NotFound
    access = MinutesAccess(minutes, meeting, actor, standings_of(actor, meeting.pk), facts_for(meeting, minutes))
    if not (access.may(Deed.SEE_DRAFT) or access.may(Deed.SEE_MINUTES)):
        raise NotFound
    if deed not in (Deed.SEE_MINUTES, Deed.SEE_DRAFT):
        access.require(deed)
    elif deed is Deed.SEE_DRAFT and not access.may(deed):
        raise NotFound
    return access
