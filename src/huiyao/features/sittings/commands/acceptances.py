# SPDX-License-Identifier: Apache-2.0
"""The owner of an action accepts or contests it on his own screen (R50); adoption carries it over."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.record import Kind
from huiyao.domain.refusals import NotAllowed, NotFound, WrongStage
from huiyao.domain.rights import Deed
from huiyao.domain.stage import Stage
from huiyao.domain.values import clean_line
from huiyao.features.sittings.access import get_room_for
from huiyao.features.sittings.commands.rooms import tell
from huiyao.features.sittings.models import Acceptance
from huiyao.features.sittings.reads import find_entry, record_name
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id
from huiyao.room import door

OPEN_STAGES = frozenset({Stage.IN_SESSION, Stage.RECORDED})


def accept(meeting_id: Id, entry_id: str, *, by: Actor, at: datetime) -> None:
    """Take an action on. See ``_say`` for refusals. Never inside a transaction, as with all that reads fresh rows."""
    door.settle(record_name(meeting_id))
    _say(meeting_id, entry_id, "accepted", "", by=by, at=at)


def contest(meeting_id: Id, entry_id: str, reason: str, *, by: Actor, at: datetime) -> None:
    """Say why one cannot take an action on. See ``_say`` for refusals; BadValue: no reason."""
    door.settle(record_name(meeting_id))
    _say(meeting_id, entry_id, "contested", clean_line("reason", reason, most=500), by=by, at=at)


@transaction.atomic
def _say(meeting_id: Id, entry_id: str, state: str, reason: str, *, by: Actor, at: datetime) -> None:
    """Keep the owner's last word.

    Raises:
        NotFound: no such meeting for this person, or no such action in its record.
        NotAllowed: somebody else owns the action.
        WrongStage: the meeting has not begun, or is filed.
    """
    meeting = get_room_for(by, meeting_id).meeting
    if Stage(meeting.stage) not in OPEN_STAGES:
        raise WrongStage(state=meeting.stage, deed="accept")
    entry = find_entry(meeting.pk, entry_id)
    if entry is None or entry.kind is not Kind.ACTION:
        raise NotFound(entry=entry_id)
    if entry.person != by.id:
        raise NotAllowed(deed=str(Deed.TYPE))
    Acceptance.objects.update_or_create(
        meeting=meeting, entry=entry_id, defaults={"state": state, "by_id": by.id, "at": at, "reason": reason}
    )
    facts = {"state": state, "task": entry.text[:120]}
    audit.record("action.answer", by=by, at=at, subject=entry_id[:40], context=meeting.pk, facts=facts)
    tell(meeting.pk, "acceptances")
