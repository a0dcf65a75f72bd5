# SPDX-License-Identifier: Apache-2.0
"""Topics: adding, changing one field, moving, taking away and bringing back (R17-R19)."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from huiyao.domain.actor import Actor
from huiyao.domain.agenda import Lead, TopicKind
from huiyao.domain.editing import FieldWrite, accept, choice, whole
from huiyao.domain.refusals import BadValue, NotFound
from huiyao.domain.values import clean_line
from huiyao.features.agenda.models import Topic
from huiyao.features.meetings.access import get_plan_for
from huiyao.features.meetings.models import Meeting
from huiyao.features.people.reads import find_person
from huiyao.plumbing import audit
from huiyao.plumbing.ids import Id, is_uuid

MINUTES_MOST = 480
TOPICS_MOST = 40


@transaction.atomic
def add_topic(
    meeting_id: Id,
    title: str,
    *,
    by: Actor,
    at: datetime,
    minutes: str = "10",
    lead: str = "",
    outcome: str = "",
    from_entry: str = "",
) -> Topic:
    """A topic at the end, before the closing one where there is one. ``lead`` as in ``set_topic``.

    ``from_entry`` is the parked entry it takes up, if any.

    Raises:
        NotFound, NotAllowed, WrongStage: the plan cannot be changed.
        BadValue: no title, minutes out of range, no such lead, or too many topics.
    """
    meeting = get_plan_for(by, meeting_id)
    rows = list(Topic.objects.filter(meeting=meeting, removed_at=None))
    if len(rows) >= TOPICS_MOST:
        raise BadValue(field="title", reason="too_many", most=TOPICS_MOST)
    topic = Topic(meeting=meeting, title=clean_line("title", title, most=120), from_entry=from_entry)
    topic.minutes = whole("minutes", minutes, 1, MINUTES_MOST)
    topic.outcome = clean_line("outcome", outcome, most=200, required=False)
    _put_lead(topic, lead)
    topic.position = (Topic.objects.filter(meeting=meeting).aggregate(last=Max("position"))["last"] or 0) + 1
    topic.save()
    if rows and rows[-1].kind == TopicKind.CLOSING:
        number([*rows[:-1], topic, rows[-1]])
    _keep("topic.add", topic, {"title": topic.title, "minutes": topic.minutes}, by=by, at=at)
    return topic


@transaction.atomic
def set_topic(meeting_id: Id, topic_id: Id, write: FieldWrite, *, by: Actor, at: datetime) -> Topic:
    """Write one field: ``title``, ``minutes``, ``outcome``, ``lead`` (``role:host``, ``person:<id>``, "").

    Raises:
        NotFound, NotAllowed, WrongStage: the topic cannot be changed.
        Conflict: somebody else changed the same field in between.
        BadValue: unknown field or unusable value.
    """
    get_plan_for(by, meeting_id)
    topic = _topic(meeting_id, topic_id)
    if write.field not in ("title", "minutes", "outcome", "lead"):
        raise BadValue(field=write.field, reason="unknown")
    before = shown(topic, write.field)
    accept(write, present=before, version=topic.version)
    if write.field == "lead":
        _put_lead(topic, write.value)
    elif write.field == "minutes":
        topic.minutes = whole("minutes", write.value, 1, MINUTES_MOST)
    elif write.field == "title":
        topic.title = clean_line("title", write.value, most=120)
    else:
        topic.outcome = clean_line("outcome", write.value, most=200, required=False)
    after = shown(topic, write.field)
    if after == before:
        return topic
    topic.version += 1
    topic.save()
    _keep("topic.field", topic, {"field": write.field, "from": before, "to": after}, by=by, at=at)
    return topic


def shown(topic: Topic, field: str) -> str:
    """The field as text, in the form a page shows and sends back."""
    if field != "lead":
        return str(getattr(topic, field))
    if topic.lead_id:
        return f"person:{topic.lead_id}"
    return f"role:{topic.lead_role}" if topic.lead_role else ""


@transaction.atomic
def move_topic(meeting_id: Id, topic_id: Id, to: str, *, by: Actor, at: datetime) -> None:
    """Move a topic ``up``, ``down``, or to a place counted from 1; beyond the ends it stays at the end.

    Raises:
        NotFound, NotAllowed, WrongStage: the topic cannot be moved.
        BadValue: no such place.
    """
    get_plan_for(by, meeting_id)
    topic = _topic(meeting_id, topic_id)
    rows = list(Topic.objects.filter(meeting_id=meeting_id, removed_at=None))
    here = [row.pk for row in rows].index(topic.pk)
    steps = {"up": here - 1, "down": here + 1}
    there = steps[to] if to in steps else whole("to", to, 1, 1000) - 1
    there = min(max(there, 0), len(rows) - 1)
    rows.insert(there, rows.pop(here))
    if there == here:
        return
    number(rows)
    _keep("topic.move", topic, {"title": topic.title, "from": here + 1, "to": there + 1}, by=by, at=at)


@transaction.atomic
def remove_topic(meeting_id: Id, topic_id: Id, *, by: Actor, at: datetime) -> Topic:
    """Take a topic off the agenda; it can be brought back.

    Raises:
        NotFound, NotAllowed, WrongStage: the topic cannot be taken off.
    """
    get_plan_for(by, meeting_id)
    topic = _topic(meeting_id, topic_id)
    topic.removed_at = at
    topic.version += 1
    topic.save(update_fields=["removed_at", "version"])
    _keep("topic.remove", topic, {"title": topic.title}, by=by, at=at)
    return topic


@transaction.atomic
def bring_back_topic(meeting_id: Id, topic_id: Id, *, by: Actor, at: datetime) -> Topic:
    """Put a topic that was taken off back where it was; one that is there is left alone.

    Raises:
        NotFound, NotAllowed, WrongStage: there is no such topic, or the plan cannot be changed.
    """
    get_plan_for(by, meeting_id)
    topic = _topic(meeting_id, topic_id, removed=True)
    if topic.removed_at is None:
        return topic
    topic.removed_at = None
    topic.version += 1
    topic.save(update_fields=["removed_at", "version"])
    _keep("topic.restore", topic, {"title": topic.title}, by=by, at=at)
    return topic


@transaction.atomic
def copy_topics(source: Meeting, target: Meeting, *, done: Collection[UUID] = ()) -> None:
    """Give ``target``, a new plan, the topics of ``source``; leads who have left are left open.

    A topic that takes up a parked entry is wanted once: it is left out if it is among the ``done`` ones.
    """
    rows = Topic.objects.filter(meeting=source, removed_at=None).select_related("lead")
    copies = []
    for row in rows:
        if row.from_entry and row.pk in done:
            continue
        lead = row.lead if row.lead is not None and row.lead.is_active else None
        copy = Topic(meeting=target, position=row.position, kind=row.kind, title=row.title, minutes=row.minutes)
        copy.lead, copy.lead_role, copy.outcome = lead, row.lead_role, row.outcome
        copy.from_entry = row.from_entry
        copies.append(copy)
    Topic.objects.bulk_create(copies)


def _put_lead(topic: Topic, lead: str) -> None:
    kind, _, name = lead.partition(":")
    topic.lead, topic.lead_role = None, ""
    if kind == "role":
        topic.lead_role = choice("lead", name, [str(role) for role in Lead])
    elif kind == "person":
        person = find_person(name) if is_uuid(name) else None
        if person is None or not person.is_active:
            raise BadValue(field="lead", reason="person")
        topic.lead = person
    elif lead:
        raise BadValue(field="lead", reason="unknown")


def number(rows: list[Topic]) -> None:
    """Keep this order. The caller has checked who may change it, and records it."""
    for position, row in enumerate(rows):
        row.position = position
    Topic.objects.bulk_update(rows, ["position"])


def _topic(meeting_id: Id, topic_id: Id, *, removed: bool = False) -> Topic:
    rows = Topic.objects.select_for_update().filter(meeting_id=meeting_id)
    if not removed:
        rows = rows.filter(removed_at=None)
    topic = rows.filter(pk=topic_id).first() if is_uuid(str(topic_id)) else None
    if topic is None:
        raise NotFound
    return topic


def _keep(act: str, topic: Topic, facts: dict[str, object], *, by: Actor, at: datetime) -> None:
    audit.record(act, by=by, at=at, subject=topic.pk, context=topic.meeting_id, facts=facts)
