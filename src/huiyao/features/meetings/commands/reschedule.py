# SPDX-License-Identifier: Apache-2.0
"""Another time or place once the invitation is out: all are told (SEQUENCE + 1, RFC 5546, 3.2.2)."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.editing import as_wall, instant
from huiyao.domain.refusals import BadValue, Conflict, WrongStage
from huiyao.domain.stage import Stage
from huiyao.domain.values import clean_line
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.meetings.access import get_plan_for
from huiyao.features.meetings.commands.fields import put_start
from huiyao.features.meetings.events import MeetingRescheduled
from huiyao.features.meetings.models import Meeting
from huiyao.plumbing import audit, events
from huiyao.plumbing.ids import Id


@transaction.atomic
def reschedule(
    meeting_id: Id,
    *,
    starts_at: str,
    place: str,
    online: str,
    version: int,
    by: Actor,
    at: datetime,
    note: str = "",
) -> Meeting:
    """Set start, place and online address together. ``starts_at`` as in ``domain.editing.instant``.

    Raises:
        NotFound, NotAllowed: not this person's to change.
        WrongStage: no invitation is out, or the meeting has begun.
        Conflict: the plan changed since ``version``.
        BadValue: no start, a start in the past, or nothing changed (``reason="same"``).
    """
    meeting = get_plan_for(by, meeting_id)
    if meeting.stage != Stage.INVITED:
        raise WrongStage(state=meeting.stage, deed="reschedule")
    calendar = working_calendar()
    wanted = instant("starts_at", starts_at, calendar)
    if wanted is None:
        raise BadValue(field="starts_at", reason="required")
    before = _where_and_when(meeting, as_wall(meeting.starts_at, calendar))
    put_start(meeting, wanted, calendar, at)
    meeting.place, meeting.online = (
        clean_line("place", place, most=120, required=False),
        clean_line("online", online, most=300, required=False),
    )
    after = _where_and_when(meeting, as_wall(meeting.starts_at, calendar))
    if before == after:
        raise BadValue(field="starts_at", reason="same")
    if version != meeting.version:
        raise Conflict(field="starts_at", yours=after["starts_at"], theirs=before["starts_at"], version=meeting.version)
    meeting.sequence += 1
    meeting.version += 1
    meeting.save(update_fields=["starts_at", "place", "online", "sequence", "version"])
    told = clean_line("note", note, most=300, required=False)
    facts = {"from": before, "to": after, "note": told, "sequence": meeting.sequence}
    audit.record("meeting.reschedule", by=by, at=at, subject=meeting.pk, context=meeting.pk, facts=facts)
    events.put(MeetingRescheduled(str(meeting.pk), by.id, told), at=at)
    return meeting


def _where_and_when(meeting: Meeting, wall: str) -> dict[str, str]:
    return {"starts_at": wall, "place": meeting.place, "online": meeting.online}
