# SPDX-License-Identifier: Apache-2.0
"""Calling a meeting: the plan and its agenda come into being together, new or after an earlier meeting."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.features.agenda.commands.guide import fill_with_guide
from huiyao.features.agenda.commands.topics import copy_topics
from huiyao.features.meetings.access import get_meeting_for
from huiyao.features.meetings.commands import copy, create
from huiyao.features.meetings.models import Meeting, Occasion
from huiyao.plumbing.ids import Id


@transaction.atomic
def begin_plan(
    *, by: Actor, at: datetime, title: str = "", occasion: str = Occasion.OTHER, language: str = ""
) -> Meeting:
    """A new plan with the guide's five topics; refusals as in ``meetings.commands.create``."""
    meeting = create.create(by=by, at=at, title=title, occasion=occasion, language=language)
    fill_with_guide(meeting.pk, by=by, at=at)
    return meeting


@transaction.atomic
def begin_like(meeting_id: Id, *, by: Actor, at: datetime) -> Meeting:
    """A new plan like an earlier one, agenda included; refusals as in ``meetings.commands.copy``."""
    meeting = copy.copy_meeting(meeting_id, by=by, at=at)
    copy_topics(get_meeting_for(by, meeting_id).meeting, meeting)
    return meeting
