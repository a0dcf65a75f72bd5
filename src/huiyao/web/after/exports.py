# SPDX-License-Identifier: Apache-2.0
"""The minutes as Word, PDF, Excel, Markdown and plain text, for whoever may read them."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from huiyao.documents.exports import Document, Format
from huiyao.documents.states import PaperState
from huiyao.domain.filing import filing_name
from huiyao.domain.refusals import NotFound
from huiyao.features.actions.reads import actions_of_meeting
from huiyao.features.minutes.access import MinutesAccess, get_minutes_for
from huiyao.features.minutes.reads import paper_in
from huiyao.flows.action_table import action_table
from huiyao.flows.minutes_file import minutes_file
from huiyao.flows.on_minutes_final import day_of
from huiyao.web.shell.files import send_bytes
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request


@require_GET
@signed_in
def export(request: Request, meeting_id: UUID, ending: str) -> HttpResponse:
    """One format; after adoption the Excel table has the actions as they stand now."""
    if ending not in list(Format):
        raise NotFound
    access = get_minutes_for(request.actor, meeting_id)
    document = document_of(
        access,
        Format(ending),
        stem=filing_name(day_of(access.meeting, request.at), access.meeting.title),
        at=request.at,
    )
    return send_bytes(document.content, document.name, document.media_type)


def document_of(access: MinutesAccess, wanted: Format, *, stem: str, at: datetime) -> Document:
    """The document of the version this reader may read."""
    meeting = access.meeting
    if wanted is Format.XLSX and access.minutes.circulated_at is not None:
        actions = actions_of_meeting(meeting.pk)
        return action_table(actions, meeting.language, title=meeting.title, stem=stem)
    minutes = paper_in(access.readable_version()).minutes
    return minutes_file(minutes, PaperState(access.shown_state()), wanted, stem=stem, at=at)


@require_GET
@signed_in
def as_text(request: Request, meeting_id: UUID) -> HttpResponse:
    """The plain text to copy into a chat."""
    access = get_minutes_for(request.actor, meeting_id)
    document = document_of(access, Format.TEXT, stem="minutes", at=request.at)
    return HttpResponse(document.content, content_type=document.media_type)
