# SPDX-License-Identifier: Apache-2.0
"""Reaching an action with permission, or being refused. Absent and forbidden look alike."""

from dataclasses import dataclass
from uuid import UUID

from huiyao.domain.actions import ALLOWED, ActionAct, Party, check_party
from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotFound
from huiyao.domain.rights import Deed, Facts, may
from huiyao.features.actions.models import Action
from huiyao.features.actions.reads import find_action, live_supports
from huiyao.features.meetings.reads import facts_of, standings_of
from huiyao.plumbing.ids import is_uuid


@dataclass(frozen=True, slots=True)
class ActionAccess:
    """An action reached by an actor, and what they are to it."""

    action: Action
    actor: Actor
    parties: frozenset[Party]

    def may(self, act: ActionAct) -> bool:
        """Whether the actor may do the act in some state of the action."""
        return not ALLOWED[act].isdisjoint(self.parties)


def parties_of(actor: Actor, action: Action) -> frozenset[Party]:
    """What a person is to an action; an action exists once its minutes were circulated."""
    found: set[Party] = set()
    if str(action.person_id or "") == actor.id:
        found.add(Party.OWNER)
    if any(str(s.person_id or "") == actor.id for s in live_supports(action)):
        found.add(Party.SUPPORTER)
    if any(s.person_id is None and str(s.department_id or "") in actor.headed for s in live_supports(action)):
        found.add(Party.SUPPORT_HEAD)
    if str(action.department_id or "") in actor.headed or str(action.named_by_id or "") == actor.id:
        found.add(Party.HEAD)
    standings = standings_of(actor, action.meeting_id)
    facts: Facts = facts_of(action.meeting, circulated=True)
    if may(standings, Deed.EDIT_ACTIONS, facts):
        found.add(Party.EDITOR)
    if may(standings, Deed.SEE_ACTIONS, facts):
        found.add(Party.READER)
    return frozenset(found)


def get_action_for(actor: Actor, action_id: UUID | str, act: ActionAct | None = None) -> ActionAccess:
    """The action for one act, or for reading.

    Raises:
        NotFound: there is none, or the actor may not see it.
        NotAllowed: the actor may see it but not do the act.
    """
    action = find_action(action_id) if is_uuid(str(action_id)) else None
    if action is None:
        raise NotFound
    access = ActionAccess(action, actor, parties_of(actor, action))
    if not access.parties:
        raise NotFound
    if act is not None:
        check_party(access.parties, act)
    return access
