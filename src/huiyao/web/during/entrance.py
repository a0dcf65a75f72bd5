# SPDX-License-Identifier: Apache-2.0
"""Who may come into a room by websocket, found out before a frame is read. Blocks: called in a thread."""

from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import get_user
from django.http import HttpRequest

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotAllowed, NotFound
from huiyao.features.meetings.reads import MeetingRow
from huiyao.features.people.commands.tokens import person_of_token
from huiyao.features.people.reads import actor_of
from huiyao.features.sittings.access import get_room_for
from huiyao.features.sittings.commands import mark_present, open_notes, open_room
from huiyao.features.sittings.reads import notes_name, record_name
from huiyao.features.sittings.stores.facts import rights_of
from huiyao.plumbing import clock
from huiyao.plumbing.ids import is_uuid
from huiyao.room.frames import TOKEN_PREFIX, Close
from huiyao.room.ports import Rights
from huiyao.room.schema import RoomKind

PATHS = {"/ws/room/": RoomKind.RECORD, "/ws/notes/": RoomKind.NOTES}


class Refused(Exception):
    """The connection is closed with this code."""

    def __init__(self, code: Close) -> None:
        self.code = code
        super().__init__(int(code))


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody let in: the room, what they may do in it, who they are, the language they read."""

    room: str
    kind: RoomKind
    rights: Rights
    actor: Actor
    meeting_id: str


def origin_fits(headers: dict[bytes, bytes]) -> bool:
    """Whether the page that opened the socket is ours; programs send no Origin and must bring a token."""
    origin = headers.get(b"origin", b"").decode("latin-1")
    host = urlsplit(origin).netloc.lower()
    own = {headers.get(b"host", b"").decode("latin-1").lower(), urlsplit(settings.HUIYAO.base_url).netloc.lower()}
    return bool(host) and host in own


def let_in(path: str, headers: dict[bytes, bytes], subprotocols: list[str]) -> Entry:
    """Find the room and the person.

    Raises:
        Refused: nobody signed in, a foreign page, no such room, or no access to it.
    """
    kind, meeting_id = _room_of(path)
    actor = _actor(headers, subprotocols)
    try:
        meeting = get_room_for(actor, meeting_id).meeting
    except NotFound as refusal:
        raise Refused(Close.NO_ROOM) from refusal
    except NotAllowed as refusal:
        raise Refused(Close.NO_ACCESS) from refusal
    return _open(meeting, actor, kind)


def _open(meeting: MeetingRow, actor: Actor, kind: RoomKind) -> Entry:
    rights = rights_of(meeting, actor.id, kind)
    if rights is None:
        raise Refused(Close.NO_ACCESS)
    if kind is RoomKind.NOTES:
        open_notes(meeting)
        return Entry(notes_name(meeting.pk), kind, rights, actor, str(meeting.pk))
    open_room(meeting)
    mark_present(meeting, by=actor, at=clock.now())
    return Entry(record_name(meeting.pk), kind, rights, actor, str(meeting.pk))


def _room_of(path: str) -> tuple[RoomKind, str]:
    for prefix, kind in PATHS.items():
        if path.startswith(prefix) and is_uuid(path.removeprefix(prefix)):
            return kind, path.removeprefix(prefix).lower()
    raise Refused(Close.NO_ROOM)


def _actor(headers: dict[bytes, bytes], subprotocols: list[str]) -> Actor:
    for word in subprotocols:
        if word.startswith(TOKEN_PREFIX):
            person = person_of_token(word.removeprefix(TOKEN_PREFIX), at=clock.now())
            if person is None:
                raise Refused(Close.NOT_SIGNED_IN)
            return actor_of(person)
    if not origin_fits(headers):
        raise Refused(Close.NO_ACCESS)
    person = _signed_in(headers.get(b"cookie", b"").decode("latin-1"))
    if person is None:
        raise Refused(Close.NOT_SIGNED_IN)
    return actor_of(person)


def _signed_in(cookies: str) -> Any:
    """The person of the session cookie, checked as Django does (active, session hash), or None."""
    try:
        found = SimpleCookie(cookies).get(settings.SESSION_COOKIE_NAME)
    except CookieError:
        return None
    if found is None:
        return None
    request = HttpRequest()
    request.session = import_module(settings.SESSION_ENGINE).SessionStore(found.value)
    person = get_user(request)
    return person if person.is_authenticated else None
