# SPDX-License-Identifier: Apache-2.0
"""The page of the live room. Everything on it but its frame comes over the socket."""

from datetime import datetime, timedelta
from urllib.parse import quote
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from huiyao.features.sittings.access import get_room_for
from huiyao.web.shell.gate import signed_in
from huiyao.web.shell.request import Request


@signed_in
def room(request: Request, meeting_id: UUID) -> HttpResponse:
    """The room for everybody who may read it; who may type, the socket says."""
    meeting = get_room_for(request.actor, meeting_id).meeting
    language = get_language() or request.actor.language
    setup = {
        "meeting": str(meeting.pk),
        "title": meeting.title,
        "person": request.actor.id,
        "name": request.actor.name,
        "language": language,
        "offset": _offset(meeting.zone, request.at),
        "socket": f"/ws/room/{meeting.pk}",
        "home": f"/meetings/{meeting.pk}/",
        "sign_in": f"/accounts/login/?next={quote(request.path)}",
    }
    return render(request, "during/room.html", {"room": setup, "words": f"room/words.{language}.js"})


def _offset(zone: str, at: datetime) -> dict[str, object]:
    """How far a zone is from UTC at an instant, for times near it; ``at`` in milliseconds as JavaScript counts."""
    there = at.astimezone(ZoneInfo(zone)).utcoffset() or timedelta()
    return {"zone": zone, "minutes": there // timedelta(minutes=1), "at": int(at.timestamp() * 1000)}
