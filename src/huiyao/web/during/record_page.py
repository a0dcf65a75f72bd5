# SPDX-License-Identifier: Apache-2.0
"""The record as a plain page for where websockets are blocked: it asks again every ten seconds.

Who may type adds lines through a form. The page is read from rows, a second or two behind the room. Its ETag stands
for everything on it, so that a page on which nothing happened costs two reads.
"""

import hashlib
from collections.abc import Mapping
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from huiyao.domain.record import ENTRY_KINDS, Kind
from huiyao.domain.refusals import BadValue, Refusal
from huiyao.domain.rights import Deed
from huiyao.domain.stage import Stage
from huiyao.features.meetings.access import Access
from huiyao.features.people.reads import find_persons
from huiyao.features.sittings.access import get_room_for
from huiyao.features.sittings.commands import edit_record, mark_present
from huiyao.features.sittings.reads import find_room, record_name
from huiyao.features.sittings.reads.facts import read_parts
from huiyao.plumbing.ids import is_uuid
from huiyao.room import door
from huiyao.room.edits import Add, Edit
from huiyao.web.during.sheet import KIND_WORDS, sheet_of
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.refusals import status_of, words_of
from huiyao.web.shell.request import Request

MOST_LINES = 50


@require_GET
@signed_in
def record(request: Request, meeting_id: UUID) -> HttpResponse:
    """The page, or 304 when nothing on it has changed."""
    access = get_room_for(request.actor, meeting_id)
    tag = _tag(request, access)
    known = request.headers.get("If-None-Match", "")
    answer = HttpResponseNotModified() if tag in known else _page(request, access)
    answer["ETag"], answer["Cache-Control"] = tag, "private, no-cache"
    return answer


@require_POST
@signed_in
def add_lines(request: Request, meeting_id: UUID) -> HttpResponse:
    """One entry for each line; refused, the page shows again what was typed."""
    access = get_room_for(request.actor, meeting_id, Deed.TYPE)
    try:
        edits = _edits(request.POST, access)
        ids = edit_record(meeting_id, edits, by=request.actor).ids
    except Refusal as refusal:
        answer = _page(request, access, typed=request.POST, refusal=refusal)
        answer.status_code = status_of(refusal)
        return answer
    mark_present(access.meeting, by=request.actor, at=request.at)
    door.settle(record_name(meeting_id))
    answer = redirect("record", meeting_id=meeting_id)
    answer.status_code = 303
    answer["Location"] += f"#e-{ids[-1]}"
    return answer


def _edits(form: Mapping[str, str], access: Access) -> list[Edit]:
    lines = [line.strip() for line in form.get("text", "").splitlines() if line.strip()]
    if not lines:
        raise BadValue(field="text", reason="required")
    if len(lines) > MOST_LINES:
        raise BadValue(field="text", reason="too_long")
    try:
        kind = Kind(form.get("kind", ""))
    except ValueError:
        raise BadValue(field="kind", reason="unknown") from None
    fields = _action_fields(form, access) if kind is Kind.ACTION else {}
    return [Add(kind, form.get("topic", ""), line, fields) for line in lines]


def _action_fields(form: Mapping[str, str], access: Access) -> dict[str, object]:
    """Owner (one of those at the meeting) and date of an action, as far as given."""
    fields: dict[str, object] = {"due": form.get("due", "")}
    owner = form.get("owner", "")
    if owner:
        _, parts = read_parts(str(access.meeting.pk), {"people"})
        found = find_persons([owner]).get(owner) if is_uuid(owner) else None
        if found is None or owner not in {one["id"] for one in parts["people"]}:
            raise BadValue(field="person", reason="unknown")
        fields |= {"own": owner, "dep": str(found.department_id or "")}
    return {key: value for key, value in fields.items() if value}


def _tag(request: Request, access: Access) -> str:
    """Stands for the reader and language, the record's place, the facts told, and the minute the clock shows."""
    room = find_room(record_name(access.meeting.pk))
    place = (room.projected_seq, room.told) if room else ()
    minute = int(request.at.timestamp()) // 60 if access.meeting.stage == Stage.IN_SESSION else 0
    form = request.COOKIES.get(settings.CSRF_COOKIE_NAME, "")
    seen = (request.actor.id, get_language(), place, minute, access.meeting.stage, access.meeting.version, form)
    return f'"{hashlib.sha256(repr(seen).encode()).hexdigest()[:32]}"'


def _page(
    request: Request, access: Access, *, typed: Mapping[str, str] | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    sheet = sheet_of(access.meeting, request.at)
    types = access.may(Deed.TYPE) and access.meeting.stage == Stage.IN_SESSION
    return render(
        request,
        "during/record.html",
        {
            "meeting": access.meeting,
            "sheet": sheet,
            "types": types,
            "typed": typed or {"topic": sheet.current, "kind": str(Kind.NOTE)},
            "kinds": [(str(kind), KIND_WORDS[kind]) for kind in ENTRY_KINDS],
            "refused": words_of(refusal) if refusal else "",
        },
    )
