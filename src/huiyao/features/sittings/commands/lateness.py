# SPDX-License-Identifier: Apache-2.0
"""The recorder decides on what was typed after closing: taken as an amendment of the minutes, or left."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotFound
from huiyao.domain.rights import Deed
from huiyao.features.meetings.access import lock_meeting_for
from huiyao.features.sittings.events import LateEditTaken
from huiyao.features.sittings.models import LateEdit
from huiyao.features.sittings.reads import record_name
from huiyao.plumbing import audit, events
from huiyao.plumbing.ids import Id, is_uuid


def amend_late(meeting_id: Id, late_id: str, *, by: Actor, at: datetime) -> None:
    """Take over what a person typed late; its lines go into the minutes by ``LateEditTaken``. See ``_decide``."""
    _decide(meeting_id, late_id, "taken", by=by, at=at)


def dismiss_late(meeting_id: Id, late_id: str, *, by: Actor, at: datetime) -> None:
    """Leave what a person typed late as it is; it stays in history. See ``_decide``."""
    _decide(meeting_id, late_id, "dismissed", by=by, at=at)


@transaction.atomic
def _decide(meeting_id: Id, late_id: str, state: str, *, by: Actor, at: datetime) -> None:
    """Decide on everything one person typed late so far.

    Raises:
        NotFound, NotAllowed: only recorder and host may; or there is no such undecided edit.
    """
    meeting = lock_meeting_for(by, meeting_id, Deed.EDIT_DRAFT)
    waiting = LateEdit.objects.filter(room__name=record_name(meeting.pk), state="waiting")
    edit = waiting.filter(pk=late_id).first() if is_uuid(late_id) else None
    if edit is None:
        raise NotFound(late=late_id)
    waiting.filter(person=edit.person, at__lte=edit.at).update(state=state, decided_by=by.id, decided_at=at)
    facts = {"state": state, "person": edit.person}
    audit.record("late_edit", by=by, at=at, subject=edit.pk, context=meeting.pk, facts=facts)
    if state == "taken":
        events.put(LateEditTaken(str(meeting.pk), str(edit.pk), edit.person, by.id), at=at)
