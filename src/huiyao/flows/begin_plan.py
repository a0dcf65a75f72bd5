# SPDX-License-Identifier: Apache-2.0
"""Calling a meeting: the plan and its agenda come into being together, new or after an earlier meeting."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.features.agenda.commands.guide import fill_with_guide
from huiyao.features.agenda.commands.topics import copy_topics
from huiyao.features.meetings.access import get_meeting_for
from huiyao.features.meetings.commands import copy, create
from huiyao.plumbing.ids import Id


@transaction.atomic
def begin_plan(*, by: Actor, at: datetime, title: str = "", occasion: str = "other", language: str = "") -> UUID:
    """A new plan with the guide's five topics, by its id; refusals as in ``meetings.commands.create``."""
    meeting = create.create(by=by, at=at, title=title, occasion=occasion, language=language)
    fill_with_guide(meeting.pk, by=by, at=at)
    return meeting.pk


@transaction.atomic
def begin_like(meeting_id: Id, *, by: Actor, at: datetime) -> UUID:
    """A new plan like an earlier one, agenda included, by its id; refusals as in ``meetings.commands.copy``."""
    meeting = copy.copy_meeting(meeting_id, by=by, at=at)
    copy_topics(get_meeting_for(by, meeting_id).meeting, meeting)
    return meeting.pk
