# SPDX-License-Identifier: Apache-2.0
"""Who owes what on minutes by when: draft, review, circulate, answer, answer the objection."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q

from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind
from huiyao.domain.review import AnswerState, ObjectionState, State
from huiyao.features.meetings.models import Meeting
from huiyao.features.minutes.models import Answer, Minutes, Objection

WRITING = (State.DRAFT, State.RETURNED)
CLOCKS = (
    "drafted_at",
    "submitted_at",
    "approved_at",
    "draft_due_at",
    "circulate_due_at",
    "reopened_at",
    "reopened_due_at",
)
ROLES_OF_MEETING = ("recorder_id", "host_id", "organiser_id")


def find_duties(actor: Actor | None, now: datetime, calendar: WorkingCalendar) -> list[Duty]:
    """The open duties of one person, or of everybody; due instants are the stored ones."""
    del calendar
    return [*_of_writers(actor), *_of_recipients(actor, now), *_of_objections(actor)]


def writer_of(meeting: Meeting) -> str:
    """Who writes: the recorder, or while there is none the host, or the organiser."""
    return str(meeting.recorder_id or meeting.host_id or meeting.organiser_id)


def reviewer_of(meeting: Meeting) -> str:
    """Who reviews and sends: the host, or while there is none the organiser."""
    return str(meeting.host_id or meeting.organiser_id)


def _of_writers(actor: Actor | None) -> Iterator[Duty]:
    rows = Minutes.objects.filter(voided_at=None, state__in=(*WRITING, State.IN_REVIEW)).select_related("meeting")
    rows = rows.only("state", *CLOCKS, *_named("meeting__"))
    if actor is not None:
        rows = rows.filter(_mine("meeting__", actor))
    for minutes in rows:
        meeting, due = minutes.meeting, minutes.going_out_by
        if minutes.state in WRITING:
            owner, kind = writer_of(meeting), DutyKind.DRAFT
            due = minutes.draft_due_at if minutes.state == State.DRAFT else due
            since = minutes.drafted_at if minutes.state == State.DRAFT else minutes.reopened_at or minutes.submitted_at
        else:
            owner = reviewer_of(meeting)
            kind = DutyKind.CIRCULATE if minutes.approved_at else DutyKind.REVIEW
            since = minutes.approved_at or minutes.submitted_at
        if actor is None or owner == actor.id:
            above = _above(meeting, owner)
            yield Duty(kind, owner, due, str(minutes.pk), str(meeting.pk), meeting.title, since=since, above=above)


def _above(meeting: Meeting, owner: str) -> tuple[str, ...]:
    """Who is told when minutes are late: the host, then the coordinator, each but once."""
    line = [reviewer_of(meeting), str(meeting.coordinator_id or "")]
    return tuple(dict.fromkeys(one for one in line if one and one != owner))


def _named(prefix: str) -> list[str]:
    return [prefix + field for field in ("title", "coordinator_id", *ROLES_OF_MEETING)]


def _mine(prefix: str, actor: Actor) -> Q:
    mine = Q()
    for role in ROLES_OF_MEETING:
        mine |= Q(**{prefix + role: actor.id})
    return mine


def _of_recipients(actor: Actor | None, now: datetime) -> Iterator[Duty]:
    rows = Answer.objects.filter(
        asked=True,
        state=AnswerState.NONE,
        circulation__window_ends_at__gt=now,
        circulation__minutes__state=State.CIRCULATED,
    ).select_related("circulation__minutes__meeting")
    rows = rows.only("person_id", "circulation__window_ends_at", "circulation__minutes__meeting__title")
    if actor is not None:
        rows = rows.filter(person_id=actor.id)
    for answer in rows:
        minutes = answer.circulation.minutes
        due, owner = answer.circulation.window_ends_at, str(answer.person_id)
        meeting = minutes.meeting
        yield Duty(DutyKind.ANSWER_MINUTES, owner, due, str(minutes.pk), str(meeting.pk), meeting.title)


def _of_objections(actor: Actor | None) -> Iterator[Duty]:
    rows = Objection.objects.filter(
        state=ObjectionState.OPEN, answer__circulation__minutes__state=State.CIRCULATED
    ).select_related("answer__circulation__minutes__meeting")
    rows = rows.only("at", "answer__circulation__window_ends_at", *_named("answer__circulation__minutes__meeting__"))
    if actor is not None:
        rows = rows.filter(_mine("answer__circulation__minutes__meeting__", actor))
    for objection in rows:
        minutes = objection.answer.circulation.minutes
        meeting, owner = minutes.meeting, writer_of(minutes.meeting)
        due = objection.answer.circulation.window_ends_at
        if actor is None or owner == actor.id:
            subject, title = str(objection.pk), meeting.title
            yield Duty(DutyKind.ANSWER_OBJECTION, owner, due, subject, str(meeting.pk), title, since=objection.at)
