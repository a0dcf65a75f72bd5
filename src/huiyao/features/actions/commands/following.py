# SPDX-License-Identifier: Apache-2.0
"""Following an action: accept, contest, progress, finish, postpone, cancel, name the owner, support."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actions import ActionAct, ActionState, check_party, check_postponement, decide
from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue, Conflict, NotFound
from huiyao.features.actions.access import ActionAccess, get_action_for
from huiyao.features.actions.events import ActionMoved
from huiyao.features.actions.models import Action, Postponement, ProgressUpdate, SupportDuty
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.people.reads import find_person
from huiyao.plumbing import audit, events
from huiyao.plumbing.ids import is_uuid

MAX_WORDS = 500


@dataclass(frozen=True, slots=True)
class Said:
    """What comes with an act: words, and a percentage where progress is told."""

    text: str = ""
    percent: int | None = None


@transaction.atomic
def act_on(
    action_id: UUID | str,
    act: ActionAct,
    said: Said | None = None,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Action:
    """Start, report progress, finish, reopen, accept, contest or cancel; the last two need words.

    Raises:
        NotFound, NotAllowed: as ``access`` says.
        WrongStage: the act does not fit the state.
        Conflict: somebody changed the action since the page was shown.
        BadValue: words are missing or too long, or the percentage is none.
    """
    said = _checked(act, said or Said())
    access = _reach(action_id, act, by=by, seen=seen)
    action = access.action
    action.state = decide(ActionState(action.state), act)
    _note(action, act, said, at)
    _keep(action, act, said, by=by, at=at)
    return action


def _note(action: Action, act: ActionAct, said: Said, at: datetime) -> None:
    if act is ActionAct.ACCEPT:
        action.accepted_at, action.contested_at, action.contest_reason = at, None, ""
    elif act is ActionAct.CONTEST:
        action.contested_at, action.contest_reason, action.accepted_at = at, said.text, None
    elif act is ActionAct.FINISH:
        action.done_on, action.percent = working_calendar().local(at).date(), 100
    elif act is ActionAct.REOPEN:
        action.done_on, action.cancel_reason = None, ""
    elif act is ActionAct.CANCEL:
        action.cancel_reason = said.text
    if act in (ActionAct.START, ActionAct.PROGRESS, ActionAct.FINISH) and action.accepted_at is None:
        # whoever works on it has taken it
        action.accepted_at, action.contested_at = at, None
    if said.percent is not None:
        action.percent = said.percent
    if act in (ActionAct.PROGRESS, ActionAct.FINISH, ActionAct.START):
        action.progress, action.progress_at = said.text or action.progress, at


@transaction.atomic
def postpone(
    action_id: UUID | str,
    new_due: date,
    reason: str,
    *,
    agreed_by: UUID | str | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> Action:
    """Give the action a later due date with the reason and who agreed (R75).

    Raises:
        BadValue: no reason, the date is not later, or nobody like that agreed.
    """
    access = _reach(action_id, ActionAct.POSTPONE, by=by, seen=seen)
    action = access.action
    check_postponement(action.due, new_due, reason)
    said = _checked(ActionAct.POSTPONE, Said(reason))
    agreed = find_person(agreed_by) if agreed_by else None
    if agreed_by and agreed is None:
        raise BadValue(field="agreed_by", reason="person")
    state = decide(ActionState(action.state), ActionAct.POSTPONE)
    Postponement.objects.create(
        action=action,
        from_due=action.due,
        to_due=new_due,
        reason=said.text,
        agreed_by=agreed,
        by_id=by.id,
        at=at,
    )
    facts = {"from": str(action.due or ""), "to": new_due.isoformat()}
    action.state, action.due = state, new_due
    _keep(action, ActionAct.POSTPONE, said, by=by, at=at, facts=facts)
    return action


@transaction.atomic
def name_owner(
    action_id: UUID | str, person_id: UUID | str, *, by: Actor, at: datetime, seen: int | None = None
) -> Action:
    """Name the owner of an action that was left open, or hand it to somebody else in the department.

    Raises:
        BadValue: no such person, or they have left.
    """
    access = _reach(action_id, ActionAct.NAME_OWNER, by=by, seen=seen)
    action = access.action
    decide(ActionState(action.state), ActionAct.NAME_OWNER)
    person = find_person(person_id) if is_uuid(str(person_id)) else None
    if person is None or not person.is_active or person.guest:
        raise BadValue(field="person", reason="person")
    facts = {"from": str(action.person_id or ""), "to": str(person.pk)}
    action.person, action.accepted_at, action.contested_at = person, None, None
    if action.department_id is None:
        action.department = person.department
    _keep(action, ActionAct.NAME_OWNER, Said(person.name), by=by, at=at, facts=facts)
    return action


@transaction.atomic
def give_support(
    action_id: UUID | str, support_id: UUID | str, said: Said | None = None, *, by: Actor, at: datetime
) -> SupportDuty:
    """Note that promised support was given; twice is once.

    Raises:
        NotFound: no such support.
        NotAllowed: it is neither the supporter's own nor does the actor edit the meeting's actions.
    """
    said = _checked(ActionAct.GIVE_SUPPORT, said or Said())
    access = _reach(action_id, ActionAct.GIVE_SUPPORT, by=by, seen=None)
    support = _support(access.action, support_id)
    if str(support.person_id or "") != by.id and not _heads(by, support):
        check_party(access.parties, ActionAct.CANCEL)  # somebody else's: only who edits the actions
    if support.given_at is None:
        support.given_at = at
        support.save(update_fields=["given_at"])
        text = said.text or support.what
        _keep(access.action, ActionAct.GIVE_SUPPORT, Said(text), by=by, at=at)
    return support


@transaction.atomic
def name_supporter(
    action_id: UUID | str, support_id: UUID | str, person_id: UUID | str, *, by: Actor, at: datetime
) -> SupportDuty:
    """Name who gives promised support where only the department was minuted, or somebody else instead.

    Raises:
        NotFound: no such support.
        NotAllowed: only the head of the giving department while nobody is named, and who edits the meeting's actions.
        WrongStage: the action is closed.
        BadValue: no such person, or they have left.
    """
    access = _reach(action_id, ActionAct.NAME_SUPPORTER, by=by, seen=None)
    decide(ActionState(access.action.state), ActionAct.NAME_SUPPORTER)
    support = _support(access.action, support_id)
    if not _heads(by, support):
        check_party(access.parties, ActionAct.CANCEL)  # another department's, or already named
    person = find_person(person_id) if is_uuid(str(person_id)) else None
    if person is None or not person.is_active or person.guest:
        raise BadValue(field="person", reason="person")
    facts = {"support": str(support.pk), "from": str(support.person_id or ""), "to": str(person.pk)}
    support.person = person
    support.save(update_fields=["person"])
    _keep(access.action, ActionAct.NAME_SUPPORTER, Said(person.name), by=by, at=at, facts=facts)
    return support


def _support(action: Action, support_id: UUID | str) -> SupportDuty:
    rows = SupportDuty.objects.filter(action=action, dropped_at=None)
    support = rows.filter(pk=support_id).first() if is_uuid(str(support_id)) else None
    if support is None:
        raise NotFound
    return support


def _heads(by: Actor, support: SupportDuty) -> bool:
    return support.person_id is None and str(support.department_id or "") in by.headed


def _checked(act: ActionAct, said: Said) -> Said:
    text = " ".join(said.text.split())
    if len(text) > MAX_WORDS:
        raise BadValue(field="text", reason="too_long", most=MAX_WORDS)
    if act in (ActionAct.CONTEST, ActionAct.CANCEL) and not text:
        raise BadValue(field="text", reason="required")
    if said.percent is not None and not 0 <= said.percent <= 100:
        raise BadValue(field="percent", reason="range", least=0, most=100)
    return Said(text, said.percent)


def _reach(action_id: UUID | str, act: ActionAct, *, by: Actor, seen: int | None) -> ActionAccess:
    access = get_action_for(by, action_id, act)
    version = Action.objects.select_for_update().values_list("version", flat=True).get(pk=access.action.pk)
    if version != access.action.version:
        access = get_action_for(by, action_id, act)
    if seen is not None and seen != access.action.version:
        raise Conflict(field="action", yours=seen, theirs=version, version=version)
    return access


def _keep(
    action: Action,
    act: ActionAct,
    said: Said,
    *,
    by: Actor,
    at: datetime,
    facts: Mapping[str, object] | None = None,
) -> None:
    action.version += 1
    action.save()
    ProgressUpdate.objects.create(
        action=action,
        by_id=by.id or None,
        at=at,
        act=str(act),
        state=action.state,
        percent=said.percent,
        text=said.text,
    )
    audit.record(
        f"action.{act}",
        by=by,
        at=at,
        subject=action.pk,
        context=action.meeting_id,
        facts={"text": said.text, **(facts or {})},
    )
    events.put(ActionMoved(str(action.pk), str(action.meeting_id), str(act), by.id), at=at)
