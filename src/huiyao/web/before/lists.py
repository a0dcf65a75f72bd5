# SPDX-License-Identifier: Apache-2.0
"""The lists of meetings (coming, preparing, past) and the ways to begin one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from huiyao.domain.refusals import NotFound
from huiyao.domain.review import State
from huiyao.domain.stage import Stage
from huiyao.features.meetings.reads import MeetingRow, Tab, list_meetings
from huiyao.features.minutes.reads import running_clocks
from huiyao.flows.begin_plan import begin_plan
from huiyao.flows.start_now import start_meeting_now
from huiyao.plumbing import formatting
from huiyao.web.before import words
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request

PAGE_SIZE = 20
PAGES_MOST = 5000


@require_GET
@signed_in
def meetings(request: Request) -> HttpResponse:
    """One tab of the list, one page of it."""
    wanted, number = request.GET.get("tab", ""), request.GET.get("page", "1")
    tab = Tab(wanted) if wanted in list(Tab) else Tab.COMING
    page = min(int(number), PAGES_MOST) if number.isdecimal() and len(number) < 6 else 1
    page = max(page, 1)
    rows = list_meetings(request.actor, tab, offset=(page - 1) * PAGE_SIZE, limit=PAGE_SIZE + 1)
    stages, clocks = words.stages(), _clocks(rows, request.at) if tab == Tab.PAST else {}
    context = {
        "rows": [(row, stages[Stage(row.stage)], clocks.get(str(row.pk))) for row in rows[:PAGE_SIZE]],
        "tab": tab,
        "tabs": (
            (Tab.COMING, gettext("Coming")),
            (Tab.PREPARING, gettext("Preparing")),
            (Tab.PAST, gettext("Past")),
        ),
        "page": page,
        "previous": page - 1,
        "following": page + 1 if len(rows) > PAGE_SIZE else 0,
        "occasions": words.occasions(),
    }
    return render(request, "before/list.html", context)


@dataclass(frozen=True, slots=True)
class RunningClock:
    """What the minutes of a meeting wait for, and how long is left."""

    word: str
    left: str
    until: datetime
    late: bool


def _clocks(rows: Iterable[MeetingRow], at: datetime) -> dict[str, RunningClock]:
    waiting = {
        State.DRAFT: gettext("Draft"),
        State.RETURNED: gettext("Returned"),
        State.IN_REVIEW: gettext("To be sent"),
        State.CIRCULATED: gettext("Objections"),
    }
    found: dict[str, RunningClock] = {}
    for meeting, (state, until) in running_clocks(row.pk for row in rows).items():
        span = formatting.span(until - at, get_language() or "zh-hans")
        left = (gettext("%(span)s left") if until > at else gettext("%(span)s late")) % {"span": span}
        found[meeting] = RunningClock(waiting[state], left, until, until <= at)
    return found


@signed_in
def new_meeting(request: Request) -> HttpResponse:
    """A new plan (POST); opened as a page, the form that begins one."""
    if request.actor.guest:
        raise NotFound
    if request.method != "POST":
        return render(request, "before/new.html", {"occasions": words.occasions()})
    meeting_id = begin_plan(
        by=request.actor,
        at=request.at,
        title=request.POST.get("title", ""),
        occasion=request.POST.get("occasion", "other"),
    )
    return _see(redirect("plan", meeting_id=meeting_id))


@require_POST
@signed_in
def start_now(request: Request) -> HttpResponse:
    """A meeting that begins at once, without a plan."""
    meeting_id = start_meeting_now(by=request.actor, at=request.at, title=request.POST.get("title", ""))
    return _see(redirect(f"/meetings/{meeting_id}/room/"))


def _see(response: HttpResponse) -> HttpResponse:
    response.status_code = 303
    return response
