# SPDX-License-Identifier: Apache-2.0
"""Changing one field of the plan, with the version seen and the value shown (``contracts``: autosave)."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.editing import FieldWrite, accept, as_wall, choice, instant
from huiyao.domain.invitations import invite_due
from huiyao.domain.refusals import BadValue, Refusal
from huiyao.domain.stage import Stage
from huiyao.domain.values import clean_line
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.meetings.access import get_plan_for
from huiyao.features.meetings.commands.create import LANGUAGES
from huiyao.features.meetings.events import MeetingLanguageChanged
from huiyao.features.meetings.models import Meeting, Occasion
from huiyao.features.organisation.reads import policy_in_force
from huiyao.plumbing import audit, events
from huiyao.plumbing.ids import Id

FIXED_BY_INVITATION = frozenset({"starts_at", "place", "online"})


class RescheduleInstead(Refusal):
    """The invitation is out: time and place change by rescheduling, which tells all. Facts: ``field``."""

    code = "reschedule_instead"


CLEAN: dict[str, Callable[[str], object]] = {
    "title": lambda value: clean_line("title", value, most=120, required=False),
    "occasion": lambda value: choice("occasion", value, Occasion.values),
    "objective": lambda value: clean_line("objective", value, most=500, required=False),
    "place": lambda value: clean_line("place", value, most=120, required=False),
    "online": lambda value: clean_line("online", value, most=300, required=False),
    "language": lambda value: choice("language", value, LANGUAGES),
    "over_budget_reason": lambda value: clean_line("over_budget_reason", value, most=300, required=False),
    "plain_hours": lambda value: choice("plain_hours", value, ("1", "")) == "1",
}


@transaction.atomic
def set_field(meeting_id: Id, write: FieldWrite, *, by: Actor, at: datetime) -> Meeting:
    """Write one field; a value that is there already changes nothing.

    Raises:
        NotFound, NotAllowed, WrongStage: the plan cannot be changed by this person or at this stage.
        Conflict: somebody else changed the same field in between.
        BadValue: unknown field or unusable value.
        RescheduleInstead: time or place after the invitation went out.
    """
    meeting = get_plan_for(by, meeting_id)
    if write.field not in CLEAN and write.field != "starts_at":
        raise BadValue(field=write.field, reason="unknown")
    calendar = working_calendar()
    before = shown(meeting, write.field, calendar)
    accept(write, present=before, version=meeting.version)
    changed = _change(meeting, write, calendar, at)
    after = shown(meeting, write.field, calendar)
    if after == before:
        return meeting
    if meeting.stage == Stage.INVITED and write.field in FIXED_BY_INVITATION:
        raise RescheduleInstead(field=write.field)
    meeting.version += 1
    meeting.save(update_fields=[*changed, "version"])
    audit.record(
        "meeting.field",
        by=by,
        at=at,
        subject=meeting.pk,
        context=meeting.pk,
        facts={"field": write.field, "from": before, "to": after},
    )
    if write.field == "language":
        events.put(MeetingLanguageChanged(str(meeting.pk), before), at=at)
    return meeting


def shown(meeting: Meeting, field: str, calendar: WorkingCalendar) -> str:
    """The field's value as text, in the form a page shows and sends back."""
    if field == "starts_at":
        return as_wall(meeting.starts_at, calendar)
    if field == "plain_hours":
        return "1" if meeting.plain_hours else ""
    return str(getattr(meeting, field))


def put_start(meeting: Meeting, starts_at: datetime | None, calendar: WorkingCalendar, at: datetime) -> list[str]:
    """Set the start on the row (not saved) and start the clock of the invitation; returns the fields changed.

    Raises:
        BadValue: the start lies in the past.
    """
    if starts_at is not None and starts_at <= at and starts_at != meeting.starts_at:
        raise BadValue(field="starts_at", reason="past")
    meeting.starts_at = starts_at
    if meeting.invited_at is None:
        force = policy_in_force()
        meeting.invite_due_at = invite_due(starts_at, calendar, force.policy) if starts_at else None
        meeting.invite_policy = force.number
    return ["starts_at", "invite_due_at", "invite_policy"]


def _change(meeting: Meeting, write: FieldWrite, calendar: WorkingCalendar, at: datetime) -> list[str]:
    if write.field == "starts_at":
        return put_start(meeting, instant("starts_at", write.value, calendar), calendar, at)
    setattr(meeting, write.field, CLEAN[write.field](write.value))
    return [write.field]
