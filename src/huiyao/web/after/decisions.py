# SPDX-License-Identifier: Apache-2.0
"""Deciding after the meeting where consensus was not reached."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from huiyao.features.people.reads import live_departments
from huiyao.features.sittings.access import get_decision_for
from huiyao.features.sittings.commands import decide
from huiyao.features.sittings.reads.calls import voices_of
from huiyao.web.shell import notice
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request


@require_GET
@signed_in
def show(request: Request, call_id: UUID) -> HttpResponse:
    """What was proposed, what the seats said, and the form for who decides."""
    call = get_decision_for(request.actor, call_id)
    names = {str(d.pk): d.name for d in live_departments()}
    words = {"agree": gettext("agrees"), "reserve": gettext("reserves"), "object": gettext("objects")}
    context = {
        "call": call,
        "meeting": call.meeting,
        "voices": [(names.get(v.department, ""), words[v.answer], v.reason) for v in voices_of(call)],
        "mine": str(call.decider_id) == request.actor.id,
    }
    return render(request, "after/decision.html", context)


@require_POST
@signed_in
def save(request: Request, call_id: UUID) -> HttpResponse:
    """Keep the decision."""
    decide(call_id, request.POST.get("decision", ""), by=request.actor, at=request.at)
    notice.add(request, gettext("Recorded."))
    response = redirect("decision", call_id=call_id)
    response.status_code = 303
    return response
