# SPDX-License-Identifier: Apache-2.0
"""The next meeting grows out of this one (R57, R98): its plan, the focus that was named, and what was parked.

Asked for again it answers the same plan and adds what was parked since; a cancelled plan is replaced by a new one.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.editing import FieldWrite
from huiyao.domain.record import MAX_TEXT, Entry, Kind, grow, walk
from huiyao.domain.refusals import WrongStage
from huiyao.domain.rights import Deed
from huiyao.domain.stage import PLANNABLE, Stage
from huiyao.domain.values import clean_line
from huiyao.features.agenda.commands.topics import TOPICS_MOST, add_topic, copy_topics
from huiyao.features.agenda.reads import topics_of, topics_taking_up
from huiyao.features.meetings.access import get_meeting_for, lock_meeting_for
from huiyao.features.meetings.commands.copy import copy_meeting
from huiyao.features.meetings.commands.fields import set_field
from huiyao.features.meetings.reads import MeetingRow, find_following, find_meeting
from huiyao.features.people.reads import find_persons, live_departments
from huiyao.features.sittings.commands import tell
from huiyao.features.sittings.reads import find_entries, find_spans, record_name
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id
from huiyao.room import door

HELD = frozenset({Stage.IN_SESSION, Stage.RECORDED, Stage.FILED})
TITLE_MOST = 120


def prepare_next(meeting_id: Id, *, by: Actor, at: datetime, starts_at: str = "") -> UUID:
    """The plan of the next meeting, by its id. Never inside a transaction.

    It has the topics, seats and roles of this one, the named focus as its objective, and each parked entry that no
    plan has taken up as a topic led by its owner (or the head of the department that owns it). ``starts_at`` is
    wall-clock time of the organisation; it is set while the plan has no time yet.

    Raises:
        NotFound, NotAllowed: only host and organiser may.
        WrongStage: the meeting has not begun, or was cancelled.
        BadValue: the time is none, or lies in the past.
    """
    get_meeting_for(by, meeting_id, Deed.NAME_STAND_IN)
    door.settle(record_name(meeting_id))
    return _prepare(meeting_id, by=by, at=at, starts_at=starts_at)


@transaction.atomic
def _prepare(meeting_id: Id, *, by: Actor, at: datetime, starts_at: str) -> UUID:
    source = lock_meeting_for(by, meeting_id, Deed.NAME_STAND_IN)
    if Stage(source.stage) not in HELD:
        raise WrongStage(state=source.stage, deed="prepare_next")
    plan = find_following(source.pk) or _begin(source, by=by, at=at)
    if Stage(plan.stage) in PLANNABLE and get_meeting_for(by, plan.pk).may(Deed.EDIT_PLAN):
        _bring_up_to_date(source, plan, starts_at, by=by, at=at)
    tell(source.pk, "meeting")
    return plan.pk


def _begin(source: MeetingRow, *, by: Actor, at: datetime) -> MeetingRow:
    plan = copy_meeting(source.pk, by=by, at=at, keep_organiser=True)
    copy_topics(source, plan, done={span.topic_id for span in find_spans(source.pk)})
    audit.record("meeting.next", by=by, at=at, subject=plan.pk, context=source.pk, facts={"title": plan.title})
    return plan


def _bring_up_to_date(source: MeetingRow, plan: MeetingRow, starts_at: str, *, by: Actor, at: datetime) -> None:
    if source.next_focus and plan.objective == source.objective:
        _set(plan.pk, "objective", source.next_focus, by=by, at=at)
    if starts_at and plan.starts_at is None:
        _set(plan.pk, "starts_at", starts_at, by=by, at=at)
    parked = [entry for entry in walk(grow(find_entries(source.pk))) if entry.kind is Kind.PARKED and _title(entry)]
    taken = topics_taking_up(entry.id for entry in parked)
    waiting = [entry for entry in parked if entry.id not in taken]
    room = TOPICS_MOST - len(topics_of(plan.pk))
    for entry, lead in list(_with_leads(waiting))[: max(room, 0)]:
        add_topic(plan.pk, _title(entry), by=by, at=at, lead=f"person:{lead}" if lead else "", from_entry=entry.id)


def _title(entry: Entry) -> str:
    return clean_line("title", entry.text, most=MAX_TEXT, required=False)[:TITLE_MOST].strip()


def _with_leads(parked: Sequence[Entry]) -> Iterator[tuple[Entry, str]]:
    """Each entry with who leads it: its owner, else the head of its department, else nobody."""
    heads = {str(d.pk): str(d.head_id or "") for d in live_departments()}
    named = {entry.id: entry.person or heads.get(entry.department, "") for entry in parked}
    people = find_persons(named.values())
    for entry in parked:
        person = people.get(named[entry.id])
        yield entry, str(person.pk) if person is not None and person.is_active else ""


def _set(plan_id: UUID, field: str, value: str, *, by: Actor, at: datetime) -> None:
    row = find_meeting(plan_id)
    if row is not None:
        was = row.objective if field == "objective" else ""
        set_field(plan_id, FieldWrite(field=field, value=value, was=was, version=row.version), by=by, at=at)
