# SPDX-License-Identifier: Apache-2.0
"""The archive: by year, month and topic, with the files of each filing and its bundle."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiyao.features.actions.reads import actions_of_meeting
from huiyao.features.archive.access import get_filing_for, get_item_for
from huiyao.features.archive.reads import items_of, matching, months, visible_to
from huiyao.web.after import words
from huiyao.web.shell.files import send
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request

PAGE_SIZE = 50


@require_GET
@signed_in
def archive(request: Request) -> HttpResponse:
    """What was filed, the newest first; a year, a month, or words of the topic narrow it."""
    year, month = _number(request.GET.get("year", "")), _number(request.GET.get("month", ""))
    query = request.GET.get("q", "").strip()[:80]
    visible = visible_to(request.actor)
    number = _number(request.GET.get("page", "")) or 1
    rows = matching(visible, year=year, month=month, words=query)
    listed = list(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE + 1])
    context = {
        "tree": months(visible),
        "rows": listed[:PAGE_SIZE],
        "year": year,
        "month": month,
        "q": query,
        "page": number,
        "following": number + 1 if len(listed) > PAGE_SIZE else 0,
    }
    return render(request, "after/archive.html", context)


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < len(text) < 5 else None


@require_GET
@signed_in
def filing(request: Request, filing_id: UUID) -> HttpResponse:
    """One filed meeting: its files, its bundle, and how its actions stand now."""
    row = get_filing_for(request.actor, filing_id)
    states = words.action_states()
    context = {
        "filing": row,
        "meeting": row.meeting,
        "items": items_of(row),
        "actions": [(action, states[action.state]) for action in actions_of_meeting(row.meeting_id)],
    }
    return render(request, "after/filing.html", context)


@require_GET
@signed_in
def item(request: Request, filing_id: UUID, item_id: UUID) -> HttpResponse:
    """One file of a filing."""
    row = get_item_for(request.actor, filing_id, item_id)
    return send(row.sha256, row.name, row.media_type)


@require_GET
@signed_in
def bundle(request: Request, filing_id: UUID) -> HttpResponse:
    """Everything of a filing in one file."""
    row = get_filing_for(request.actor, filing_id)
    return send(row.bundle_sha256, f"{row.name}.zip", "application/zip")
