# SPDX-License-Identifier: Apache-2.0
"""What is done on the minutes page. Each view reads its form, calls one command and leads back to the page."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from huiyao.domain.refusals import BadValue, Conflict
from huiyao.features.minutes.access import get_minutes_for
from huiyao.features.minutes.commands import answering, circulating, editing, objections, reviewing
from huiyao.features.minutes.commands.objections import Correction
from huiyao.features.minutes.reads import current_version, paper_in
from huiyao.features.sittings.commands.lateness import amend_late, dismiss_late
from huiyao.web.after.action_form import commitment_from
from huiyao.web.after.minutes_page import Trouble, page
from huiyao.web.shell import notice
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request


def back(request: Request, meeting_id: UUID, told: str = "", anchor: str = "") -> HttpResponse:
    """To the page again, with a sentence on what was done."""
    if told:
        notice.add(request, told)
    response = redirect("minutes", meeting_id=meeting_id)
    response.status_code = 303
    response["Location"] += f"#{anchor}" if anchor else ""
    return response


def seen(request: Request) -> int | None:
    """The row version the form was made from."""
    text = request.POST.get("version", "")
    return int(text) if text.isdecimal() and len(text) < 10 else None


@require_POST
@signed_in
def save_line(request: Request, meeting_id: UUID) -> HttpResponse:
    """Other words for one line; refused, the page shows both wordings."""
    line, text, was = (request.POST.get(name, "") for name in ("line", "text", "was"))
    try:
        editing.edit_line(meeting_id, line, text, was=was, by=request.actor, at=request.at)
    except (Conflict, BadValue) as refusal:
        access = get_minutes_for(request.actor, meeting_id)
        return page(request, access, trouble=Trouble(line, {"text": text}, refusal))
    return back(request, meeting_id, anchor=f"l-{line}")


@require_POST
@signed_in
def remove_line(request: Request, meeting_id: UUID) -> HttpResponse:
    """Take one line out."""
    line, was = request.POST.get("line", ""), request.POST.get("was", "")
    editing.remove_line(meeting_id, line, was=was, by=request.actor, at=request.at)
    return back(request, meeting_id, gettext("Line taken out. Earlier versions keep it."))


@require_POST
@signed_in
def add_line(request: Request, meeting_id: UUID) -> HttpResponse:
    """A new note, decision or parked line."""
    kind, text, topic = (request.POST.get(name, "") for name in ("kind", "text", "topic"))
    editing.add_line(meeting_id, kind, text, topic=topic, by=request.actor, at=request.at)
    return back(request, meeting_id)


@require_POST
@signed_in
def save_action(request: Request, meeting_id: UUID) -> HttpResponse:
    """One action as the form has it; refused, the form comes back as typed."""
    line, typed = request.POST.get("line", ""), request.POST.dict()
    access = get_minutes_for(request.actor, meeting_id)
    paper = paper_in(current_version(access.minutes))
    try:
        commitment = commitment_from(typed, line, paper)
        editing.edit_action(meeting_id, commitment, was=request.POST.get("was", ""), by=request.actor, at=request.at)
    except (Conflict, BadValue) as refusal:
        access = get_minutes_for(request.actor, meeting_id)
        return page(request, access, trouble=Trouble(line, typed, refusal))
    return back(request, meeting_id, anchor=f"l-{commitment.id}")


@require_POST
@signed_in
def comment(request: Request, meeting_id: UUID) -> HttpResponse:
    """A remark on a line or on the whole."""
    line = request.POST.get("line", "")
    reviewing.comment(meeting_id, line, request.POST.get("text", ""), by=request.actor, at=request.at)
    return back(request, meeting_id, anchor=f"l-{line}" if line else "comments")


@require_POST
@signed_in
def settle(request: Request, meeting_id: UUID, comment_id: UUID) -> HttpResponse:
    """A remark is dealt with."""
    reviewing.settle_comment(meeting_id, comment_id, by=request.actor, at=request.at)
    return back(request, meeting_id)


@require_POST
@signed_in
def submit(request: Request, meeting_id: UUID) -> HttpResponse:
    """Hand the draft to the host."""
    reviewing.submit(meeting_id, by=request.actor, at=request.at, seen=seen(request))
    return back(request, meeting_id, gettext("Handed to the host for review."))


@require_POST
@signed_in
def send_back(request: Request, meeting_id: UUID) -> HttpResponse:
    """Return the draft with a reason."""
    reason = request.POST.get("reason", "")
    reviewing.return_with_comment(meeting_id, reason, by=request.actor, at=request.at, seen=seen(request))
    return back(request, meeting_id, gettext("Returned to the recorder."))


@require_POST
@signed_in
def approve(request: Request, meeting_id: UUID) -> HttpResponse:
    """Approve without sending yet."""
    reviewing.approve(meeting_id, by=request.actor, at=request.at, seen=seen(request))
    return back(request, meeting_id, gettext("Approved. Not sent yet."))


@require_POST
@signed_in
def send(request: Request, meeting_id: UUID) -> HttpResponse:
    """Approve and send in one press; both acts are recorded."""
    circulating.approve_and_send(meeting_id, by=request.actor, at=request.at, seen=seen(request))
    return back(request, meeting_id, gettext("Approved and sent. The time to object runs."))


@require_POST
@signed_in
def reopen(request: Request, meeting_id: UUID) -> HttpResponse:
    """Open final minutes again, with a reason."""
    reviewing.reopen(meeting_id, request.POST.get("reason", ""), by=request.actor, at=request.at)
    return back(request, meeting_id, gettext("Opened again. Until a new version is sent, all read the last one."))


@require_POST
@signed_in
def dismiss_hint(request: Request, meeting_id: UUID) -> HttpResponse:
    """Put a hint aside with a reason."""
    key, reason = request.POST.get("key", ""), request.POST.get("reason", "")
    reviewing.dismiss_hint(meeting_id, key, reason, by=request.actor, at=request.at)
    return back(request, meeting_id, anchor="hints")


@require_POST
@signed_in
def take_late(request: Request, meeting_id: UUID, late_id: UUID) -> HttpResponse:
    """Take over what somebody typed after closing."""
    amend_late(meeting_id, str(late_id), by=request.actor, at=request.at)
    return back(request, meeting_id, gettext("Taken into the draft."))


@require_POST
@signed_in
def leave_late(request: Request, meeting_id: UUID, late_id: UUID) -> HttpResponse:
    """Leave what somebody typed after closing; it stays in history."""
    dismiss_late(meeting_id, str(late_id), by=request.actor, at=request.at)
    return back(request, meeting_id, gettext("Left out. History keeps it."))


@require_POST
@signed_in
def confirm(request: Request, meeting_id: UUID) -> HttpResponse:
    """The reader confirms."""
    answering.confirm(meeting_id, by=request.actor, at=request.at)
    return back(request, meeting_id, gettext("Thank you. Your confirmation is recorded."))


@require_POST
@signed_in
def object_to(request: Request, meeting_id: UUID) -> HttpResponse:
    """The reader objects to a line."""
    line, text = request.POST.get("line", ""), request.POST.get("text", "")
    answering.object_to(meeting_id, line, text, by=request.actor, at=request.at)
    return back(request, meeting_id, gettext("Your objection is with the recorder."))


@require_POST
@signed_in
def opened(request: Request, meeting_id: UUID) -> HttpResponse:
    """The page tells that it is being read."""
    answering.mark_opened(meeting_id, by=request.actor, at=request.at)
    return HttpResponse(status=204)


@require_POST
@signed_in
def accept_objection(request: Request, meeting_id: UUID, objection_id: UUID) -> HttpResponse:
    """Take an objection over; refused, the form comes back as typed, beside how the line reads by now."""
    typed = request.POST.dict()
    shown = typed.get("number", "")
    number = int(shown) if shown.isdecimal() and len(shown) < 10 else None
    try:
        correction = _correction(request, meeting_id)
        objections.accept(meeting_id, objection_id, correction, by=request.actor, at=request.at, seen=number)
    except (Conflict, BadValue) as refusal:
        access = get_minutes_for(request.actor, meeting_id)
        return page(request, access, trouble=Trouble(typed.get("line", ""), typed, refusal, str(objection_id)))
    return back(request, meeting_id, gettext("Corrected and sent to those it concerns."))


def _correction(request: Request, meeting_id: UUID) -> Correction:
    """Other words for the line, or an action as the form has it."""
    line, notice_text = request.POST.get("line", ""), request.POST.get("notice", "")
    if "task" not in request.POST:
        return Correction(texts={line: request.POST.get("text", "")}, notice=notice_text)
    access = get_minutes_for(request.actor, meeting_id)
    paper = paper_in(current_version(access.minutes))
    return Correction(commitments=(commitment_from(request.POST.dict(), line, paper),), notice=notice_text)


@require_POST
@signed_in
def decline_objection(request: Request, meeting_id: UUID, objection_id: UUID) -> HttpResponse:
    """Decline an objection with a reason."""
    reason = request.POST.get("reason", "")
    objections.decline(meeting_id, objection_id, reason, by=request.actor, at=request.at)
    return back(request, meeting_id, gettext("Declined. The reason stays with the minutes."))
