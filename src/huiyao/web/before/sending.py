# SPDX-License-Identifier: Apache-2.0
"""The invitation: seeing it before it goes out, sending it, and what may become of the meeting afterwards."""

from datetime import datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_GET, require_POST

from huiyao.domain.invitations import InvitationIncomplete, Sendable, check_sendable
from huiyao.domain.rights import Deed
from huiyao.domain.stage import Stage
from huiyao.features.invitations.commands import send as sender
from huiyao.features.invitations.mails.content import content_of
from huiyao.features.invitations.mails.words import Addressed, Letter, Words, words
from huiyao.features.invitations.reads.sheet import Sheet, sheet_of
from huiyao.features.meetings.access import get_meeting_for
from huiyao.features.meetings.commands import cancel as canceller
from huiyao.features.meetings.commands import reschedule as rescheduler
from huiyao.flows.begin_plan import begin_like
from huiyao.web.before.edits import answered
from huiyao.web.before.forms import version_of
from huiyao.web.before.plan import back, is_unsent
from huiyao.web.before.readiness import warned
from huiyao.web.shell import notice
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request


@require_GET
@signed_in
def preview(request: Request, meeting_id: UUID) -> HttpResponse:
    """The invitation as it would go out, to whom, and what is missing or pointed out."""
    access = get_meeting_for(request.actor, meeting_id, Deed.EDIT_PLAN)
    sheet = sheet_of(access.meeting, request.at)
    meeting = access.meeting
    invited = meeting.stage == Stage.INVITED
    context = {
        "meeting": meeting,
        "sheet": sheet,
        "letter": _preview(sheet, request.actor.name),
        "missing": _missing(sheet, request.at),
        "warnings": [warned(w, sheet.departments, sheet.policy) for w in sheet.warnings],
        "invited": invited,
        "unsent": is_unsent(sheet),
        "sendable": meeting.stage == Stage.PREPARING or (invited and is_unsent(sheet)),
        "late": meeting.invited_at is None and meeting.invite_due_at is not None and request.at > meeting.invite_due_at,
        "without_mail": [i for i in sheet.invitees if not i.person.email],
    }
    return render(request, "before/invitation.html", context)


@require_POST
@signed_in
def send(request: Request, meeting_id: UUID) -> HttpResponse:
    """Send to whom it is new or changed."""
    because = request.POST.get("because", "")
    sent = sender.send(meeting_id, by=request.actor, at=request.at, because=because)
    parts = []
    if sent.invited:
        parts.append(ngettext("%(n)s person invited", "%(n)s people invited", sent.invited) % {"n": sent.invited})
    if sent.updated:
        text = ngettext("%(n)s person told of the change", "%(n)s people told of the change", sent.updated)
        parts.append(text % {"n": sent.updated})
    if sent.withdrawn:
        text = ngettext("%(n)s invitation withdrawn", "%(n)s invitations withdrawn", sent.withdrawn)
        parts.append(text % {"n": sent.withdrawn})
    if sent.late:
        parts.append(gettext("sent late"))
    notice.add(request, " · ".join(parts), tone="soon" if sent.late else "ok")
    return back(request, meeting_id, "invitation")


@require_POST
@signed_in
def reschedule(request: Request, meeting_id: UUID) -> HttpResponse:
    """Another time or place; everybody invited is told."""

    def save() -> int:
        fields = {name: request.POST.get(name, "") for name in ("starts_at", "place", "online", "note")}
        meeting = rescheduler.reschedule(
            meeting_id, **fields, version=version_of(request), by=request.actor, at=request.at
        )
        notice.add(request, gettext("Rescheduled; everybody invited is told"))
        return meeting.version

    return answered(request, meeting_id, save, "when")


@require_POST
@signed_in
def cancel(request: Request, meeting_id: UUID) -> HttpResponse:
    """The meeting will not be held; the notice offers to take that back."""

    def save() -> int:
        meeting = canceller.cancel(meeting_id, request.POST.get("reason", ""), by=request.actor, at=request.at)
        undo = reverse("plan_restore", args=(meeting_id,))
        notice.add(request, gettext("The meeting is cancelled"), tone="soon", undo=undo)
        return meeting.version

    return answered(request, meeting_id, save, "invitation")


@require_POST
@signed_in
def restore(request: Request, meeting_id: UUID) -> HttpResponse:
    """A cancellation is taken back."""
    canceller.restore(meeting_id, by=request.actor, at=request.at)
    notice.add(request, gettext("The meeting is in preparation again; send the invitation anew"))
    return back(request, meeting_id, "invitation")


@require_POST
@signed_in
def copy(request: Request, meeting_id: UUID) -> HttpResponse:
    """A new plan like this one."""
    copied = begin_like(meeting_id, by=request.actor, at=request.at)
    notice.add(request, gettext("Copied; set the time of the new meeting"))
    response = redirect("plan", meeting_id=copied)
    response.status_code = 303
    return response


def _preview(sheet: Sheet, name: str) -> Words | None:
    content = content_of(sheet.meeting, sheet.topics, sheet.materials)
    if content is None:
        return None
    first = next((i for i in sheet.coming), None)
    to = Addressed(
        name=first.person.name if first else name,
        language=get_language() or "zh-hans",
        plan_url="",
        reply_url=gettext("(a link of their own for each recipient)"),
        reply_due_at=None,
    )
    letter = Letter.UPDATE if sheet.meeting.stage == Stage.INVITED else Letter.INVITATION
    return words(letter, content, to)


def _missing(sheet: Sheet, at: datetime) -> list[str]:
    meeting = sheet.meeting
    try:
        check_sendable(Sendable(meeting.title, meeting.starts_at, sheet.minutes, len(sheet.coming)), at)
    except InvitationIncomplete as refusal:
        told = {
            "title": gettext("a title"),
            "time": gettext("a time"),
            "time_past": gettext("a time that lies ahead"),
            "agenda": gettext("an agenda"),
            "invitees": gettext("somebody to invite"),
        }
        missing = refusal.facts["missing"]
        return [told[word] for word in missing] if isinstance(missing, list) else []
    return []
