# SPDX-License-Identifier: Apache-2.0
"""Actions as to-dos of their owners in DingTalk: made when adopted, changed with them, ticked off, taken away.

The action is the truth: what somebody does to the to-do over there changes nothing here.
"""

import logging
from datetime import date, datetime, time

from django.conf import settings

from huiyao.domain.actions import LIVE, ActionState
from huiyao.domain.channels import Rate
from huiyao.features.actions.events import ActionMoved, ActionsAdopted
from huiyao.features.actions.reads import ActionItem, actions_of_meeting
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.minutes.events import MinutesCirculated
from huiyao.features.organisation.reads import ChannelRow, live_channels
from huiyao.features.people.reads import Reach, reach_of
from huiyao.flows.carriers import makes_to_dos, open_to_dos
from huiyao.gateways.dingtalk_to_dos import ToDo, ToDos
from huiyao.gateways.outcome import Later, Outcome, Refused, Taken
from huiyao.plumbing import pacing, to_dos
from huiyao.plumbing.models import RemoteToDo
from huiyao.plumbing.to_dos import Shape, Wish

logger = logging.getLogger(__name__)

ADDRESS = "dingtalk_union_id"
RATE = Rate(burst=20, per_minute=300)
DUE_AT = time(18)
"""DingTalk wants an instant for a due date: the end of an office day, in the organisation's zone."""
MISCONFIGURED_SECONDS = 600.0


def follow_actions(event: ActionsAdopted | ActionMoved | MinutesCirculated, at: datetime) -> None:
    """Note how the to-dos of the meeting's actions shall be from now on; twice is once."""
    channels = to_do_channels()
    if not channels:
        return
    actions = actions_of_meeting(event.meeting_id)
    reaches = reach_of(str(action.person_id) for action in actions if action.person_id)
    known = to_dos.held_for(action.pk for action in actions)
    for action in actions:
        for channel in channels:
            _wish(channel, action, reaches.get(str(action.person_id or "")), at)
        for row in known:
            if row.subject == str(action.pk) and row.person_id != str(action.person_id or ""):
                to_dos.wish(row.channel, row.subject, row.person_id, row.address, Wish(Shape.GONE), at=at)


def to_do_channels() -> list[ChannelRow]:
    """The channels that make to-dos."""
    return [channel for channel in live_channels() if makes_to_dos(channel)]


def _wish(channel: ChannelRow, action: ActionItem, reach: Reach | None, at: datetime) -> None:
    address = reach.addresses.get(ADDRESS, "") if reach else ""
    if address:
        to_dos.wish(channel.pk, action.pk, action.person_id, address, _wanted(action), at=at)


def _wanted(action: ActionItem) -> Wish:
    state = ActionState(action.state)
    shape = Shape.OPEN if state in LIVE else Shape.DONE if state is ActionState.DONE else Shape.GONE
    url = f"{settings.HUIYAO.base_url}/actions/{action.pk}/"
    return Wish(str(shape), action.task, action.meeting.title, url, _instant(action.due))


def _instant(due: date | None) -> str:
    return working_calendar().at(due, DUE_AT).isoformat() if due else ""


def carry_to_dos(now: datetime, *, limit: int = 50) -> int:
    """Bring the services up to date; returns how many to-dos were taken up. Several workers may do this."""
    return sum(_carry(channel, now, limit) for channel in to_do_channels() if to_dos.is_due(str(channel.pk), now))


def _carry(channel: ChannelRow, now: datetime, limit: int) -> int:
    word = f"{channel.pk}:t"  # a right that is missing for to-dos must not close the messages' way
    turn = pacing.begin(word, RATE, now, most=limit)
    if turn is None:
        return 0
    used = 0
    try:
        with open_to_dos(channel) as service:
            for row in to_dos.lease(str(channel.pk), now, limit=turn.allowed):
                used += 1
                stopped = _note(row, _tell(service, row, now), now)
                if stopped is not None:
                    seconds = stopped.retry_after if isinstance(stopped, Later) else MISCONFIGURED_SECONDS
                    pacing.close(word, now, seconds=seconds, error=f"{stopped.code} {stopped.detail}".strip())
                    break
            else:
                pacing.opened(word)
    finally:
        pacing.end(turn, used=used)
    return used


def _tell(service: ToDos, row: RemoteToDo, now: datetime) -> Outcome:
    wanted = Wish(**row.wanted)
    due = datetime.fromisoformat(wanted.due) if wanted.due else None
    done = wanted.shape == Shape.DONE
    to_do = ToDo(row.pk.hex, row.address, wanted.title, wanted.text, wanted.url, due, done)
    if wanted.shape == Shape.GONE and row.reference:
        return service.remove(row.reference, row.address, now)
    if row.reference:
        return service.change(row.reference, to_do, now)
    made = service.make(to_do, now)
    if isinstance(made, Taken) and wanted.shape == Shape.GONE:
        return service.remove(made.reference, row.address, now)
    return service.change(made.reference, to_do, now) if isinstance(made, Taken) and done else made


def _note(row: RemoteToDo, outcome: Outcome, now: datetime) -> Later | Refused | None:
    """Write down what came of it; gives the outcome when it speaks of the channel."""
    if isinstance(outcome, Taken):
        to_dos.told(row, outcome.reference or row.reference)
        return None
    error = f"{outcome.code} {outcome.detail}".strip()
    logger.info("to-do %s not told: %s", row.pk, error)
    if isinstance(outcome, Later) or outcome.channel:
        to_dos.later(row, at=now, error=error, counts=not outcome.channel)
    else:
        to_dos.refused(row, error=error)
    return outcome if outcome.channel else None
