# SPDX-License-Identifier: Apache-2.0
"""What comes after a meeting besides its minutes: the two questions, and the plan of the next one."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from huiyao.domain.refusals import BadValue
from huiyao.domain.retrospective import MAX_IMPROVE, Met
from huiyao.features.archive.access import RetrospectiveAccess, get_retrospective_for
from huiyao.features.archive.commands.retrospectives import answer_retrospective
from huiyao.features.archive.reads import persons_there, replies_of, summarised
from huiyao.features.sittings.commands import tell
from huiyao.flows.prepare_next import prepare_next
from huiyao.web.shell import notice
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.refusals import status_of, words_of
from huiyao.web.shell.request import Request


def met_words() -> dict[str, str]:
    """The answers to the first question in the reader's language."""
    return {Met.YES: gettext("Yes"), Met.PARTLY: gettext("Partly"), Met.NO: gettext("No")}


@require_GET
@signed_in
def show(request: Request, meeting_id: UUID) -> HttpResponse:
    """The questions, one's own answer, and the answers or their summary for whom they are open."""
    return _page(request, get_retrospective_for(request.actor, meeting_id))


def _page(request: Request, access: RetrospectiveAccess, refusal: BadValue | None = None) -> HttpResponse:
    row = access.retrospective
    answers = replies_of(row)
    mine = next((answer for answer in answers if str(answer.person_id) == request.actor.id), None)
    is_open = row.closed_at is None and request.at < row.closes_at
    typed = request.POST if refusal else {"met": mine.met if mine else "", "improve": mine.improve if mine else ""}
    words = met_words()
    told = access.sees_answers or access.sees_summary
    summary = summarised(answers)
    context = {
        "meeting": access.meeting,
        "row": row,
        "open": is_open,
        "asked": access.was_there,
        "there": len(persons_there(access.meeting.pk)),
        "answered": len(answers),
        "choices": words,
        "mine": mine,
        "mine_word": words[mine.met] if mine else "",
        "typed": typed,
        "most": MAX_IMPROVE,
        "counts": [(words[met], getattr(summary, met)) for met in Met] if told else [],
        "improvements": summary.improvements if told else (),
        "answers": [(answer, words[answer.met]) for answer in answers] if access.sees_answers else [],
    }
    status = 200
    if refusal is not None:
        context["trouble"], status = words_of(refusal), status_of(refusal)
    return render(request, "after/retrospective.html", context, status=status)


@require_POST
@signed_in
def answer(request: Request, meeting_id: UUID) -> HttpResponse:
    """Keep one's answer; refused, the form comes back as typed."""
    met, improve = request.POST.get("met", ""), request.POST.get("improve", "")
    try:
        answer_retrospective(meeting_id, met, improve, by=request.actor, at=request.at)
    except BadValue as refusal:
        return _page(request, get_retrospective_for(request.actor, meeting_id), refusal)
    tell(meeting_id, "retro")
    notice.add(request, gettext("Thank you. You can change your answer while it is open."))
    response = redirect("retrospective", meeting_id=meeting_id)
    response.status_code = 303
    return response


@require_POST
@signed_in
def prepare(request: Request, meeting_id: UUID) -> HttpResponse:
    """Prepare the next meeting, or go to the plan prepared before."""
    plan = prepare_next(meeting_id, by=request.actor, at=request.at)
    response = redirect("plan", meeting_id=plan)
    response.status_code = 303
    return response
