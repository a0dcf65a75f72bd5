# SPDX-License-Identifier: Apache-2.0
"""Two versions of the minutes beside each other, character by character (for those who may see drafts)."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from huiyao.documents.paper import lay_out
from huiyao.documents.states import PaperState
from huiyao.domain.difference import Segment, difference
from huiyao.domain.minutes import Minutes
from huiyao.domain.paper import changed_lines, lines_of
from huiyao.domain.refusals import NotFound
from huiyao.domain.rights import Deed
from huiyao.features.minutes.access import get_minutes_for
from huiyao.features.minutes.reads import find_version, paper_in, versions_of
from huiyao.web.after import words
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request


class Change(NamedTuple):
    """One line that differs."""

    kind: str
    number: int
    segments: Sequence[Segment]
    line: str = ""


@require_GET
@signed_in
def compare(request: Request, meeting_id: UUID) -> HttpResponse:
    """``?old=1&new=2``; by default the newest version with the one before it."""
    access = get_minutes_for(request.actor, meeting_id, Deed.SEE_DRAFT)
    versions = versions_of(access.minutes)
    newest = versions[0].number
    new = find_version(access.minutes, _number(request.GET.get("new", ""), newest))
    old = find_version(access.minutes, _number(request.GET.get("old", ""), max(1, newest - 1)))
    if old is None or new is None:
        raise NotFound
    context = {
        "meeting": access.meeting,
        "versions": versions,
        "old": old,
        "new": new,
        "changes": list(changes(paper_in(old).minutes, paper_in(new).minutes)),
    }
    return render(request, "after/compare.html", context)


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else default


def changes(old: Minutes, new: Minutes) -> Iterator[Change]:
    """The lines that differ, in the order of the newer version."""
    before, after = _texts(old), _texts(new)
    kinds = words.kinds()
    here = {**lines_of(old), **lines_of(new)}
    for line in changed_lines(old, new):
        segments = difference(before.get(line, ""), after.get(line, ""))
        yield Change(kinds.get(here[line].kind, ""), here[line].number, segments, line)


def _texts(minutes: Minutes) -> dict[str, str]:
    """What each line prints; an action with owner, due date and support."""
    texts = {line.id: line.text for line in lines_of(minutes).values()}
    paper = lay_out(minutes, PaperState.DRAFT)
    for action, cells in zip(minutes.actions, paper.action_rows, strict=True):
        texts[action.id] = " · ".join(cells[1:])
    return texts
