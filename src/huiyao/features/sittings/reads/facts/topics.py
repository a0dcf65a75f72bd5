# SPDX-License-Identifier: Apache-2.0
"""The part ``topics``: the agenda with its clock."""

from datetime import timedelta
from typing import Any

from huiyao.features.agenda.models import Topic
from huiyao.features.agenda.reads import topics_of
from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings.models import TopicSpan, TopicTime
from huiyao.features.sittings.reads.facts.instants import instant
from huiyao.features.sittings.reads.held import find_spans, find_topic_times


def topics_part(meeting: Meeting) -> list[dict[str, Any]]:
    """The part ``topics``, in agenda order."""
    times = find_topic_times(meeting.pk)
    spans: dict[str, list[TopicSpan]] = {}
    for span in find_spans(meeting.pk):
        spans.setdefault(str(span.topic_id), []).append(span)
    return [_topic(topic, spans.get(str(topic.pk), []), times.get(str(topic.pk))) for topic in topics_of(meeting.pk)]


def _topic(topic: Topic, spans: list[TopicSpan], time: TopicTime | None) -> dict[str, Any]:
    ended = [span for span in spans if span.ended_at is not None]
    running = next((span for span in spans if span.ended_at is None), None)
    spent = sum((span.ended_at - span.started_at for span in ended if span.ended_at), timedelta())
    return {
        "id": str(topic.pk),
        "title": topic.title,
        "kind": topic.kind,
        "lead": topic.lead.name if topic.lead else "",
        "lead_role": topic.lead_role,
        "minutes": topic.minutes,
        "outcome": topic.outcome,
        "started_at": instant(spans[0].started_at) if spans else None,
        "ended_at": instant(ended[-1].ended_at) if ended and running is None else None,
        "spent_seconds": int(spent.total_seconds()),
        "running_since": instant(running.started_at) if running else None,
        "extra_minutes": time.extra_minutes if time else 0,
        "skipped": bool(time and time.skipped_at),
    }
