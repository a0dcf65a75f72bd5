# SPDX-License-Identifier: Apache-2.0
"""A meeting without a plan: it has the guide's agenda, whoever called it hosts, and it is in session at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.features.sittings.commands.running import start
from huiyao.flows.begin_plan import begin_plan


@transaction.atomic
def start_meeting_now(*, by: Actor, at: datetime, title: str = "") -> UUID:
    """A new meeting in session, by its id; refusals as in ``meetings.commands.create``."""
    meeting_id = begin_plan(by=by, at=at, title=title)
    start(meeting_id, by=by, at=at)
    return meeting_id
