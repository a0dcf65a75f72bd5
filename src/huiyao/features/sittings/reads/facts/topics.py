# SPDX-License-Identifier: Apache-2.0
"""The part ``topics``: the agenda with its clock."""

from datetime import datetime
from typing import Any

from huiyao.domain.pacing import Pace, planned_ends
from huiyao.features.agenda.models import Topic
from huiyao.features.agenda.reads import topics_of
from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings.models import TopicSpan, TopicTime
from huiyao.features.sittings.reads.facts.instants import instant
from huiyao.features.sittings.reads.held import find_spans, find_topic_times
from huiyao.features.sittings.reads.paces import paces


def topics_part(meeting: Meeting) -> list[dict[str, Any]]:
    """The part ``topics``, in agenda order.

    ``planned_end`` moves with what the host does, not with the clock: what the running topic has run over is the
    reader's to add to those after it.
    """
    topics, spans, times = topics_of(meeting.pk), find_spans(meeting.pk), find_topic_times(meeting.pk)
    pace = paces(topics, spans, times)
    ends = _ends(meeting, pace, spans)
    had: dict[str, list[TopicSpan]] = {}
    for span in spans:
        had.setdefault(str(span.topic_id), []).append(span)
    return [
        _topic(topic, own, had.get(own.id, []), times.get(own.id)) | {"planned_end": instant(ends.get(own.id))}
        for topic, own in zip(topics, pace, strict=True)
    ]


def _ends(meeting: Meeting, pace: list[Pace], spans: list[TopicSpan]) -> dict[str, datetime]:
    begins = max((span.ended_at for span in spans if span.ended_at), default=meeting.started_at or meeting.starts_at)
    return planned_ends(pace, begins) if begins and meeting.ended_at is None else {}


def _topic(topic: Topic, pace: Pace, spans: list[TopicSpan], time: TopicTime | None) -> dict[str, Any]:
    ended = [span for span in spans if span.ended_at is not None]
    return {
        "id": str(topic.pk),
        "title": topic.title,
        "kind": topic.kind,
        "lead": topic.lead.name if topic.lead else "",
        "lead_role": topic.lead_role,
        "minutes": topic.minutes,
        "outcome": topic.outcome,
        "carried": bool(topic.from_entry),
        "started_at": instant(spans[0].started_at) if spans else None,
        "ended_at": instant(ended[-1].ended_at) if ended and pace.running_since is None else None,
        "spent_seconds": int(pace.spent.total_seconds()),
        "running_since": instant(pace.running_since),
        "extra_minutes": time.extra_minutes if time else 0,
        "skipped": pace.skipped,
    }
