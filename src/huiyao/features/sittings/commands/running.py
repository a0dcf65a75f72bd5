# SPDX-License-Identifier: Apache-2.0
"""Starting a meeting and leading it through its topics; what was skipped or extended is kept (R29, R37, R101)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from huiyao.domain.actor import Actor
from huiyao.domain.pacing import taken_from_later
from huiyao.domain.refusals import BadValue, NotFound, WrongStage
from huiyao.domain.rights import Deed
from huiyao.domain.stage import Stage
from huiyao.features.agenda.models import Topic
from huiyao.features.agenda.reads import topics_of
from huiyao.features.meetings.access import lock_meeting_for
from huiyao.features.meetings.commands.stages import move_meeting
from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings.commands.attendance import arrive
from huiyao.features.sittings.commands.rooms import open_room, tell
from huiyao.features.sittings.events import MeetingStarted
from huiyao.features.sittings.models import TopicSpan, TopicTime
from huiyao.features.sittings.reads import find_spans, find_topic_times
from huiyao.plumbing import audit, events
from huiyao.plumbing.ids import Id

MOST_EXTRA = 240


@transaction.atomic
def start(meeting_id: Id, *, by: Actor, at: datetime) -> Meeting:
    """Begin: the real start is kept, the first topic runs, who starts is present.

    Raises:
        NotFound, NotAllowed: only the host (or the stand-in who was named) may.
        WrongStage: it has begun, or was cancelled.
    """
    meeting = lock_meeting_for(by, meeting_id, Deed.HOST)
    move_meeting(meeting, "start", by=by, at=at)
    open_room(meeting)
    topics = topics_of(meeting.pk)
    if topics:
        TopicSpan.objects.create(meeting=meeting, topic=topics[0], started_at=at)
    arrive(meeting, by.id, at)
    events.put(MeetingStarted(str(meeting.pk), by.id), at=at)
    tell(meeting.pk)
    return meeting


@transaction.atomic
def go_to_topic(meeting_id: Id, topic_id: str, *, by: Actor, at: datetime) -> None:
    """Make a topic the running one. Topics passed over without a word count as skipped until they are visited.

    Raises:
        NotFound, NotAllowed, WrongStage: only the host, only while the meeting runs, only a topic of its agenda.
    """
    meeting = _running(meeting_id, by)
    topics = topics_of(meeting.pk)
    topic = _topic_in(topics, topic_id)
    visited = {span.topic_id for span in find_spans(meeting.pk)}
    running = TopicSpan.objects.filter(meeting=meeting, ended_at=None).first()
    if running is not None and running.topic_id == topic.pk:
        return
    TopicSpan.objects.filter(meeting=meeting, ended_at=None).update(ended_at=at)
    TopicSpan.objects.create(meeting=meeting, topic=topic, started_at=at)
    TopicTime.objects.filter(topic=topic).update(skipped_at=None)
    skipped = [t for t in topics[: topics.index(topic)] if t.pk not in visited]
    for passed in skipped:
        TopicTime.objects.update_or_create(topic=passed, meeting=meeting, defaults={"skipped_at": at})
    facts = {"topic": topic.title, "skipped": [passed.title for passed in skipped]}
    audit.record("topic.run", by=by, at=at, subject=topic.pk, context=meeting.pk, facts=facts)
    tell(meeting.pk, "topics")


@transaction.atomic
def extend(meeting_id: Id, topic_id: str, minutes: object, *, by: Actor, at: datetime) -> None:
    """Give a topic more minutes (or fewer), taken from the topics still to come.

    Raises:
        NotFound, NotAllowed, WrongStage: only the host, only while the meeting runs, only a topic of its agenda.
        BadValue: not a whole number of minutes within four hours.
    """
    meeting = _running(meeting_id, by)
    topics = topics_of(meeting.pk)
    topic = _topic_in(topics, topic_id)
    if not isinstance(minutes, int | float) or minutes != int(minutes) or not 0 < abs(minutes) <= MOST_EXTRA:
        raise BadValue(field="minutes", reason="range", least=-MOST_EXTRA, most=MOST_EXTRA)
    times = find_topic_times(meeting.pk)
    visited = {span.topic_id for span in find_spans(meeting.pk)}
    later = [t for t in topics[topics.index(topic) + 1 :] if t.pk not in visited]
    planned = [t.minutes + (times[str(t.pk)].extra_minutes if str(t.pk) in times else 0) for t in later]
    given = taken_from_later(planned, int(minutes))
    _add(meeting, topic, int(minutes))
    for giver, taken in zip(later, given, strict=True):
        if taken:
            _add(meeting, giver, -taken)
    facts = {
        "topic": topic.title,
        "minutes": int(minutes),
        "from": dict(zip([t.title for t in later], given, strict=True)),
    }
    audit.record("topic.extend", by=by, at=at, subject=topic.pk, context=meeting.pk, facts=facts)
    tell(meeting.pk, "topics")


def _running(meeting_id: Id, by: Actor) -> Meeting:
    meeting = lock_meeting_for(by, meeting_id, Deed.HOST)
    if Stage(meeting.stage) is not Stage.IN_SESSION:
        raise WrongStage(state=meeting.stage, deed=str(Deed.HOST))
    return meeting


def _topic_in(topics: list[Topic], topic_id: str) -> Topic:
    found = next((topic for topic in topics if str(topic.pk) == topic_id), None)
    if found is None:
        raise NotFound(topic=topic_id)
    return found


def _add(meeting: Meeting, topic: Topic, minutes: int) -> None:
    TopicTime.objects.get_or_create(topic=topic, meeting=meeting)
    TopicTime.objects.filter(topic=topic).update(extra_minutes=F("extra_minutes") + minutes)
