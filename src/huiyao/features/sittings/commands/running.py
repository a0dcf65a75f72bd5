# SPDX-License-Identifier: Apache-2.0
"""Starting a meeting and leading it through its topics; what was skipped or extended is kept (R29, R37, R101)."""

from datetime import datetime

from django.db import transaction
from django.db.models import F

from huiyao.domain.actor import Actor
from huiyao.domain.pacing import LEAST_MINUTES, following, moved, taken_from_later
from huiyao.domain.refusals import BadValue, NotFound, WrongStage
from huiyao.domain.rights import Deed
from huiyao.domain.stage import Stage
from huiyao.domain.values import clean_line
from huiyao.features.agenda.commands.topics import number
from huiyao.features.agenda.models import Topic
from huiyao.features.agenda.reads import topics_of
from huiyao.features.meetings.access import lock_meeting_for
from huiyao.features.meetings.commands.stages import move_meeting
from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings.commands.attendance import arrive
from huiyao.features.sittings.commands.floor import end_turn
from huiyao.features.sittings.commands.rooms import open_room, tell
from huiyao.features.sittings.events import MeetingStarted
from huiyao.features.sittings.models import TopicSpan, TopicTime
from huiyao.features.sittings.reads import find_spans
from huiyao.features.sittings.reads.held import find_running_span
from huiyao.features.sittings.reads.paces import paces_of
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

    A turn ends with its topic; hands stay up.

    Raises:
        NotFound, NotAllowed, WrongStage: only the host, only while the meeting runs, only a topic of its agenda.
    """
    meeting = _running(meeting_id, by)
    topics = topics_of(meeting.pk)
    topic = _topic_in(topics, topic_id)
    visited = {span.topic_id for span in find_spans(meeting.pk)}
    running = find_running_span(meeting.pk)
    if running is not None and running.topic_id == topic.pk:
        return
    names = _run(meeting, topic, at)
    passed = [one for one in topics[: topics.index(topic)] if one.pk not in visited]
    for one in passed:
        _skip(meeting, one, at)
    facts = {"topic": topic.title, "skipped": [one.title for one in passed]}
    audit.record("topic.run", by=by, at=at, subject=topic.pk, context=meeting.pk, facts=facts)
    tell(meeting.pk, *names)


@transaction.atomic
def skip_topic(meeting_id: Id, topic_id: str, *, by: Actor, at: datetime, reason: str = "") -> None:
    """Leave a topic out, until it is gone to after all; in place of the running one the next that remains begins.

    After the last topic nothing runs. A topic that was had and is not running cannot be skipped.

    Raises:
        NotFound, NotAllowed, WrongStage: as ``go_to_topic``; or the topic is over.
        BadValue: the reason is too long.
    """
    meeting = _running(meeting_id, by)
    topics = topics_of(meeting.pk)
    topic = _topic_in(topics, topic_id)
    why = clean_line("reason", reason, most=300, required=False)
    pace = paces_of(meeting.pk, topics)
    own = next(one for one in pace if one.id == topic_id)
    if own.skipped and own.running_since is None:
        return
    if own.begun and own.running_since is None:
        raise WrongStage(state="over", deed="skip")
    names: tuple[str, ...] = ("topics",)
    if own.running_since is not None:
        following_id = following(pace)
        names = _run(meeting, next((one for one in topics if str(one.pk) == following_id), None), at)
    _skip(meeting, topic, at)
    facts = {"topic": topic.title, "reason": why, "begun": own.begun}
    audit.record("topic.skip", by=by, at=at, subject=topic.pk, context=meeting.pk, facts=facts)
    tell(meeting.pk, *names)


@transaction.atomic
def move_topic(meeting_id: Id, topic_id: str, after_id: str | None, *, by: Actor, at: datetime) -> None:
    """Take a topic that was not begun up earlier or later: right behind another, or as the next (``after_id`` None).

    One that was skipped and is moved is to come again.

    Raises:
        NotFound, NotAllowed, WrongStage: as ``go_to_topic``; or the topic was begun.
        BadValue: a topic cannot follow itself.
    """
    meeting = _running(meeting_id, by)
    topics = topics_of(meeting.pk)
    topic = _topic_in(topics, topic_id)
    if after_id is not None and _topic_in(topics, after_id) is topic:
        raise BadValue(field="after", reason="unknown")
    begun = {str(span.topic_id) for span in find_spans(meeting.pk)}
    if topic_id in begun:
        raise WrongStage(state="begun", deed="move")
    before = [str(one.pk) for one in topics]
    order = moved(before, begun, topic_id, after_id)
    unskipped = TopicTime.objects.filter(topic=topic, skipped_at__isnull=False).update(skipped_at=None)
    if order == before and not unskipped:
        return
    number([topics[before.index(one)] for one in order])
    facts = {"topic": topic.title, "from": before.index(topic_id) + 1, "to": order.index(topic_id) + 1}
    audit.record("topic.move", by=by, at=at, subject=topic.pk, context=meeting.pk, facts=facts)
    tell(meeting.pk, "topics")


@transaction.atomic
def extend(meeting_id: Id, topic_id: str, minutes: object, *, by: Actor, at: datetime) -> dict[str, int]:
    """Give a topic more minutes (or fewer), taken from the topics still to come; how many each gives, by id.

    What they cannot give makes the meeting longer.

    Raises:
        NotFound, NotAllowed, WrongStage: only the host, only while the meeting runs, only a topic of its agenda.
        BadValue: not a whole number of minutes within four hours, or nothing would be left of the topic.
    """
    meeting = _running(meeting_id, by)
    topics = topics_of(meeting.pk)
    topic = _topic_in(topics, topic_id)
    pace = paces_of(meeting.pk, topics)
    place = topics.index(topic)
    more = _minutes(minutes, pace[place].minutes)
    later = [one for one in pace[place + 1 :] if one.remains]
    given = dict(zip((one.id for one in later), taken_from_later([one.minutes for one in later], more), strict=True))
    _add(meeting, topic, more)
    for giver in topics:
        if given.get(str(giver.pk)):
            _add(meeting, giver, -given[str(giver.pk)])
    taken = {one.title: given[str(one.pk)] for one in topics if str(one.pk) in given}
    facts = {"topic": topic.title, "minutes": more, "from": taken}
    audit.record("topic.extend", by=by, at=at, subject=topic.pk, context=meeting.pk, facts=facts)
    tell(meeting.pk, "topics")
    return {one: taken for one, taken in given.items() if taken}


def _minutes(minutes: object, planned: int) -> int:
    least = max(-MOST_EXTRA, LEAST_MINUTES - planned)
    if isinstance(minutes, float) and minutes.is_integer():
        minutes = int(minutes)
    if not isinstance(minutes, int) or isinstance(minutes, bool) or minutes == 0 or not least <= minutes <= MOST_EXTRA:
        raise BadValue(field="minutes", reason="range", least=least, most=MOST_EXTRA)
    return minutes


def _run(meeting: Meeting, topic: Topic | None, at: datetime) -> tuple[str, ...]:
    """End what runs, a turn with it, and begin this topic; the parts that changed."""
    TopicSpan.objects.filter(meeting=meeting, ended_at=None).update(ended_at=at)
    if topic is not None:
        TopicSpan.objects.create(meeting=meeting, topic=topic, started_at=at)
        TopicTime.objects.filter(topic=topic).update(skipped_at=None)
    return ("topics", "turns", "shares") if end_turn(meeting, at) else ("topics",)


def _skip(meeting: Meeting, topic: Topic, at: datetime) -> None:
    TopicTime.objects.update_or_create(topic=topic, meeting=meeting, defaults={"skipped_at": at})


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
