# SPDX-License-Identifier: Apache-2.0
"""Calling a meeting: an empty plan that belongs to whoever called it."""

from datetime import datetime

from django.db import transaction

from huiyao.domain.actor import Actor
from huiyao.domain.editing import choice
from huiyao.domain.refusals import NotAllowed
from huiyao.domain.values import clean_line
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Meeting, Occasion
from huiyao.features.organisation.reads import find_organisation
from huiyao.plumbing import audit

LANGUAGES = ("zh-hans", "zh-hant", "en")


@transaction.atomic
def create(*, by: Actor, at: datetime, title: str = "", occasion: str = Occasion.OTHER, language: str = "") -> Meeting:
    """A new meeting in preparation; ``by`` is its organiser and, until somebody else is named, its host.

    Raises:
        NotAllowed: guests call no meetings.
        BadValue: title too long, unknown occasion or language.
    """
    if by.guest or not by.id:
        raise NotAllowed(deed="create_meeting")
    organisation = find_organisation()
    meeting = Meeting.objects.create(
        title=clean_line("title", title, most=120, required=False),
        occasion=choice("occasion", occasion, Occasion.values),
        organiser_id=by.id,
        host_id=by.id,
        zone=organisation.zone if organisation else "Asia/Shanghai",
        language=choice("language", language or (organisation.language if organisation else "zh-hans"), LANGUAGES),
        created_at=at,
    )
    refresh(meeting)
    audit.record("meeting.create", by=by, at=at, subject=meeting.pk, context=meeting.pk, facts={"title": meeting.title})
    return meeting
