# SPDX-License-Identifier: Apache-2.0
"""Today: what waits for the reader, by urgency, and their meetings of the day."""

from datetime import timedelta
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render

from huiyao.domain.duties import by_urgency
from huiyao.features.actions.reads import closure_of
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.meetings.reads import meetings_between
from huiyao.features.minutes.reads import sent_in_time
from huiyao.features.organisation.reads import OrganisationRow, find_organisation
from huiyao.flows.duties import duties_of
from huiyao.web.shell.duty_words import rows_of
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request

CLOSURE = timedelta(days=30)
"""How far back one's own figures look."""


def home(request: Request) -> HttpResponse:
    """The first page: Today, or the first run where nobody has set anything up."""
    organisation = find_organisation()
    if organisation is None:
        return redirect("/first-run/")
    return today(request, organisation)


@signed_in
def today(request: Request, organisation: OrganisationRow) -> HttpResponse:
    """The reader's duties in groups and the meetings of their day."""
    actor, at = request.actor, request.at
    calendar = working_calendar(organisation)
    start = calendar.local(at).replace(hour=0, minute=0, second=0, microsecond=0)
    duties = duties_of(actor, at, calendar)
    groups = by_urgency(duties, at, calendar)
    context = {
        "day": start.date(),
        "week": start.isocalendar().week,
        "count": len(duties),
        "groups": [(urgency, rows_of(rows, at, calendar)) for urgency, rows in groups.items()],
        "meetings": meetings_between(actor, start, start + timedelta(days=1)),
        "zone": calendar.zone,
        "closure": closure_of(actor.id, start.date() - CLOSURE, start.date()),
        "sent": sent_in_time(UUID(actor.id), at - CLOSURE),
    }
    return render(request, "shell/today.html", context)
