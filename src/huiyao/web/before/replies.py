# SPDX-License-Identifier: Apache-2.0
"""Answering an invitation: on a page of its own by signed link without an account, or on the plan when signed in."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from huiyao.domain.actor import Actor
from huiyao.domain.invitations import Reply
from huiyao.domain.refusals import NotFound
from huiyao.domain.stage import Stage
from huiyao.features.agenda.reads import materials_of
from huiyao.features.invitations.commands.post import REPLY
from huiyao.features.invitations.commands.reply import reply
from huiyao.features.invitations.mails.content import content_of
from huiyao.features.invitations.mails.words import lead_words
from huiyao.features.invitations.reads.invitees import last_invitation
from huiyao.features.people.reads import actor_of, find_person
from huiyao.plumbing import links
from huiyao.web.before import words
from huiyao.web.before.materials import sent
from huiyao.web.before.plan import back
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request, VisitorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: VisitorRequest, token: str) -> HttpResponse:
    """The invitation of whoever the link was made for; a POST answers it."""
    opened = links.open_link(token, purpose=REPLY, at=request.at)
    actor = _invitee(opened)
    with translation.override(actor.language):
        request.LANGUAGE_CODE = actor.language
        if request.method == "POST":
            answer, comment = request.POST.get("answer", ""), request.POST.get("comment", "")
            reply(opened.subject, answer, by=actor, at=request.at, comment=comment)
            links.mark_used(token, at=request.at)
            response = redirect("reply_link", token=token)
            response.status_code = 303
            return response
        return render(request, "before/reply.html", _reply_page(request, opened, actor, token))


@require_GET
def material(request: VisitorRequest, token: str, material_id: UUID) -> HttpResponse:
    """A file of the invitation, for whoever the link was made for."""
    opened = links.open_link(token, purpose=REPLY, at=request.at)
    invitation = last_invitation(opened.subject, _invitee(opened).id)
    if invitation is None or invitation.withdrawn_at is not None:
        raise NotFound
    return sent(opened.subject, material_id)


@require_POST
@signed_in
def reply_signed_in(request: Request, meeting_id: UUID) -> HttpResponse:
    """The reader's own reply, from the plan."""
    answer, comment = request.POST.get("answer", ""), request.POST.get("comment", "")
    reply(meeting_id, answer, by=request.actor, at=request.at, comment=comment)
    return back(request, meeting_id, "reply")


def _invitee(opened: links.Opened) -> Actor:
    person = find_person(opened.person_id)
    if person is None or not person.is_active:
        raise links.LinkRevoked
    return actor_of(person)


def _reply_page(request: VisitorRequest, opened: links.Opened, actor: Actor, token: str) -> dict[str, object]:
    invitation = last_invitation(opened.subject, actor.id)
    if invitation is None:
        raise NotFound
    meeting = invitation.meeting
    content = content_of(meeting)
    starts_at = meeting.starts_at
    withdrawn = invitation.withdrawn_at is not None
    ahead = meeting.stage == Stage.INVITED and starts_at is not None and starts_at > request.at
    answers = words.answers()
    return {
        "invitee": actor,
        "meeting": meeting,
        "content": content,
        "agenda": [(item, item.lead or lead_words(item.lead_role)) for item in content.agenda] if content else [],
        "materials": [] if withdrawn else materials_of(meeting.pk),
        "invitation": invitation,
        "withdrawn": withdrawn,
        "open": ahead and not withdrawn,
        "given": answers[invitation.reply] if invitation.reply != Reply.PENDING else None,
        "choices": [(str(reply), answers[reply][0]) for reply in (Reply.ACCEPTED, Reply.TENTATIVE, Reply.DECLINED)],
        "token": token,
    }
