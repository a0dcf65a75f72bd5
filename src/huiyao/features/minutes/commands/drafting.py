# SPDX-License-Identifier: Apache-2.0
"""The draft made from a closed record, and voided when the record is opened again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actions import Acceptance
from huiyao.domain.actor import CLOCK, Actor
from huiyao.domain.consensus import Call
from huiyao.domain.drafting import MeetingFacts, Names, TopicFacts, draft, outcomes_of
from huiyao.domain.minutes import Attendee, NextPlan
from huiyao.domain.minutes_data import to_data
from huiyao.domain.record import Entry
from huiyao.domain.review import Act, State, decide, start_clocks
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.meetings.models import Meeting
from huiyao.features.minutes.commands.versions import newest, seal, write
from huiyao.features.minutes.events import MinutesDrafted
from huiyao.features.minutes.mails import with_department
from huiyao.features.minutes.models import Minutes
from huiyao.features.minutes.reads import find_minutes, names_in, names_of, position_of
from huiyao.features.organisation.reads import find_organisation, policy_in_force
from huiyao.plumbing import audit, events
from huiyao.plumbing.formatting import wall


@dataclass(frozen=True, slots=True)
class SnapshotTaken:
    """What a closed record hands over: its number and hash, the rows, and what happened around them."""

    number: int
    sha256: str
    entries: tuple[Entry, ...]
    topics: tuple[TopicFacts, ...] = ()
    attendees: tuple[Attendee, ...] = ()
    calls: tuple[Call, ...] = ()
    acceptances: Mapping[str, Acceptance] = field(default_factory=dict)


@transaction.atomic
def draft_from_snapshot(meeting_id: UUID | str, taken: SnapshotTaken, *, at: datetime, by: Actor = CLOCK) -> Minutes:
    """Make the draft and start its clocks; the same snapshot again changes nothing.

    The clocks count from the end of the meeting under the policy in force, in working time unless policy
    or host chose plain hours.
    """
    meeting = Meeting.objects.select_related("host__department", "recorder__department").get(pk=meeting_id)
    existing = Minutes.objects.select_for_update().filter(meeting=meeting).first()
    if existing is not None and existing.snapshot >= taken.number:
        return existing
    policy = policy_in_force()
    working = policy.policy.working_time and not meeting.plain_hours
    clocks = start_clocks(meeting.ended_at or at, working_calendar(), policy.policy, working=working)
    minutes = existing or Minutes(meeting=meeting)
    minutes.state, minutes.voided_at = State.DRAFT, None
    minutes.submitted_at = minutes.approved_at = None
    minutes.snapshot, minutes.snapshot_sha256 = taken.number, taken.sha256
    minutes.acceptances = {entry: to_data(said) for entry, said in taken.acceptances.items()}
    minutes.policy_number, minutes.working = policy.number, working
    minutes.drafted_at = at
    minutes.draft_due_at, minutes.circulate_due_at = clocks.draft_due_at, clocks.circulate_due_at
    minutes.version += 1 if existing else 0
    minutes.save()
    outcomes = outcomes_of(taken.calls, _names_in(taken.calls))
    paper = draft(taken.entries, _facts(meeting, taken), taken.topics, names_in(taken.entries), outcomes)
    seal(write(minutes, paper, cause="draft", by=CLOCK, at=at), at=at)
    audit.record(
        "minutes.draft",
        by=by,
        at=at,
        subject=minutes.pk,
        context=meeting.pk,
        facts={"snapshot": taken.number},
    )
    events.put(MinutesDrafted(str(meeting.pk), taken.number), at=at)
    return minutes


def _names_in(calls: Sequence[Call]) -> Names:
    return names_of({seat.department for call in calls for seat in call.asked}, {call.decider for call in calls})


def _facts(meeting: Meeting, taken: SnapshotTaken) -> MeetingFacts:
    organisation = find_organisation()
    starts, ends = meeting.started_at or meeting.starts_at, meeting.ended_at
    return MeetingFacts(
        title=meeting.title,
        language=meeting.language,
        starts_at=wall(starts, meeting.zone) if starts else None,
        ends_at=wall(ends, meeting.zone) if ends else None,
        place=meeting.place,
        online=meeting.online,
        objective=meeting.objective,
        organisation=organisation.name if organisation else "",
        host=with_department(meeting.host, meeting.language),
        recorder=with_department(meeting.recorder, meeting.language),
        attendees=taken.attendees,
        next_plan=NextPlan(meeting.next_when, meeting.next_focus) if meeting.next_when or meeting.next_focus else None,
    )


@transaction.atomic
def void_draft(meeting_id: UUID | str, *, snapshot: int, by: Actor, at: datetime, reason: str = "") -> bool:
    """Void the draft of a snapshot because the meeting is opened again; False when there is none.

    Raises:
        WrongStage: the draft was submitted already.
    """
    found = find_minutes(meeting_id)
    if found is None or found.snapshot > snapshot:
        return False
    minutes = Minutes.objects.select_for_update().get(pk=found.pk)
    decide(position_of(minutes), Act.VOID, at=at)
    version = newest(minutes)
    if version is not None:
        seal(version, at=at)
    minutes.voided_at = at
    minutes.version += 1
    minutes.save(update_fields=["voided_at", "version"])
    facts = {"snapshot": minutes.snapshot, "reason": reason}
    audit.record("minutes.void", by=by, at=at, subject=minutes.pk, context=minutes.meeting_id, facts=facts)
    return True
