# SPDX-License-Identifier: Apache-2.0
"""The way into the room for guests: a signed link shows whose it is, a POST signs them in until it expires."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from huiyao.features.invitations.commands.post import ROOM
from huiyao.features.meetings.access import get_meeting_for
from huiyao.features.people.reads import actor_of, find_person
from huiyao.plumbing import audit, links
from huiyao.web.shell.request import VisitorRequest


@require_http_methods(["GET", "HEAD", "POST"])
def into_room(request: VisitorRequest, token: str) -> HttpResponse:
    """The door: it names the guest and the meeting; opening it (POST) signs the guest in."""
    opened = links.open_link(token, purpose=ROOM, at=request.at)
    person = find_person(opened.person_id)
    if person is None or not person.guest or not person.is_active:
        raise links.LinkRevoked
    actor = actor_of(person)
    meeting = get_meeting_for(actor, opened.subject).meeting
    if request.method != "POST":
        with translation.override(actor.language):
            request.LANGUAGE_CODE = actor.language
            return render(request, "before/door.html", {"guest": person, "meeting": meeting})
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session.set_expiry(max(60, int((opened.expires_at - request.at).total_seconds())))
    links.mark_used(token, at=request.at)
    audit.record("guest.enter", by=actor, at=request.at, subject=person.pk, context=meeting.pk)
    response = redirect(f"/meetings/{meeting.pk}/room/")
    response.status_code = 303
    return response
