# SPDX-License-Identifier: Apache-2.0
"""A record was closed: its draft minutes are made at once; opened again, the draft is void (R59, ``contracts``)."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta

from huiyao.domain.actions import Acceptance
from huiyao.domain.actor import CLOCK, Actor
from huiyao.domain.drafting import TopicFacts
from huiyao.domain.minutes import Attendee, Presence
from huiyao.domain.rights import Standing
from huiyao.features.agenda.reads import topics_of
from huiyao.features.meetings.reads import MeetingRow, find_meeting, persons_standing, seats_of
from huiyao.features.minutes.commands.drafting import SnapshotTaken, draft_from_snapshot, void_draft
from huiyao.features.minutes.mails import lead_word
from huiyao.features.people.reads import PersonRow, actor_of, find_person
from huiyao.features.sittings.commands import allow_reopening_until
from huiyao.features.sittings.events import MeetingClosed, MeetingReopened
from huiyao.features.sittings.reads import (
    calls_in,
    entries_in,
    find_acceptances,
    find_attendance,
    find_snapshot,
    find_spans,
    find_topic_times,
)

SEEN, INFORMED = ("present", "left"), "informed"


def on_meeting_closed(event: MeetingClosed, at: datetime) -> None:
    """Draft from the snapshot; the same snapshot twice is once, a void one is passed over."""
    meeting, snapshot = find_meeting(event.meeting_id), find_snapshot(event.meeting_id, event.number)
    if meeting is None or snapshot is None or snapshot.voided_at is not None:
        return
    taken = SnapshotTaken(
        number=snapshot.number,
        sha256=snapshot.sha256,
        entries=tuple(entries_in(snapshot)),
        topics=tuple(_topics(meeting)),
        attendees=tuple(_attendees(meeting)),
        acceptances={
            entry: Acceptance(said.state == "accepted", said.at, said.reason)
            for entry, said in find_acceptances(meeting.pk).items()
        },
        calls=tuple(calls_in(snapshot)),
    )
    minutes = draft_from_snapshot(meeting.pk, taken, at=at, by=_actor(event.by))
    allow_reopening_until(meeting.pk, minutes.draft_due_at)


def on_meeting_reopened(event: MeetingReopened, at: datetime) -> None:
    """Void the draft of the snapshot that was taken back."""
    void_draft(event.meeting_id, snapshot=event.number, by=_actor(event.by), at=at, reason=event.reason)


def _actor(person_id: str) -> Actor:
    person = find_person(person_id) if person_id else None
    return actor_of(person) if person else CLOCK


def _topics(meeting: MeetingRow) -> Iterator[TopicFacts]:
    spent: defaultdict[object, timedelta] = defaultdict(timedelta)
    for span in find_spans(meeting.pk):
        if span.ended_at is not None:
            spent[span.topic_id] += span.ended_at - span.started_at
    times = find_topic_times(meeting.pk)
    for topic in topics_of(meeting.pk):
        actual = spent.get(topic.pk)
        yield TopicFacts(
            id=str(topic.pk),
            title=topic.title,
            lead=topic.lead.name if topic.lead else lead_word(topic.lead_role, meeting.language),
            planned_minutes=topic.minutes,
            actual_minutes=None if actual is None else max(1, round(actual.total_seconds() / 60)),
            skipped=bool(str(topic.pk) in times and times[str(topic.pk)].skipped_at),
        )


def _attendees(meeting: MeetingRow) -> Iterator[Attendee]:
    """Who was seen, in the order of the seats; a seat nobody filled shows its first representative as absent."""
    seen = {row.person_id: row.person for row in find_attendance(meeting.pk) if row.state in SEEN}
    walked_in = persons_standing(meeting.pk, Standing.WALK_IN)
    named: set[object] = set()
    for seat in seats_of(meeting.pk):
        if seat.need == INFORMED:
            continue
        persons = [representative.person for representative in seat.representatives.all()]
        present = [person for person in persons if person.pk in seen]
        for person in present or persons[:1]:
            if person.pk not in named:
                named.add(person.pk)
                absent = person.pk not in seen
                yield _attendee(person, Presence.ABSENT if absent else Presence.PRESENT)
    for pk, person in seen.items():
        if pk not in named:
            yield _attendee(person, Presence.WALK_IN if pk in walked_in else Presence.PRESENT)


def _attendee(person: PersonRow, presence: Presence) -> Attendee:
    department = person.department.name if person.department else person.company
    return Attendee(person.name, department, presence, guest=person.guest)
