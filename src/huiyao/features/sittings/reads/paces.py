# SPDX-License-Identifier: Apache-2.0
"""The topics of a meeting with their clock, as the rules of pacing see them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from huiyao.domain.pacing import Pace
from huiyao.features.agenda.models import Topic
from huiyao.features.sittings.models import TopicSpan, TopicTime
from huiyao.features.sittings.reads.held import find_spans, find_topic_times
from huiyao.plumbing.ids import Id


def paces_of(meeting_id: Id, topics: Sequence[Topic]) -> list[Pace]:
    """These topics of the meeting, in the same order."""
    return paces(topics, find_spans(meeting_id), find_topic_times(meeting_id))


def paces(topics: Sequence[Topic], spans: Iterable[TopicSpan], times: Mapping[str, TopicTime]) -> list[Pace]:
    """These topics with their stretches of time and what was changed of their plan."""
    had: dict[str, list[TopicSpan]] = {}
    for span in spans:
        had.setdefault(str(span.topic_id), []).append(span)
    return [_pace(topic, had.get(str(topic.pk), []), times.get(str(topic.pk))) for topic in topics]


def _pace(topic: Topic, spans: Sequence[TopicSpan], time: TopicTime | None) -> Pace:
    running = next((span for span in spans if span.ended_at is None), None)
    return Pace(
        id=str(topic.pk),
        minutes=topic.minutes + (time.extra_minutes if time else 0),
        spent=sum((span.ended_at - span.started_at for span in spans if span.ended_at), timedelta()),
        running_since=running.started_at if running else None,
        begun=bool(spans),
        skipped=bool(time and time.skipped_at),
    )
