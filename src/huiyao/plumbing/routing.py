# SPDX-License-Identifier: Apache-2.0
"""Which channel a message takes: chosen once from what its recipient prefers, then the next one where that fails.

A message with a calendar object or files stays with mail, which alone carries them, and a copy goes to the chat.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from huiyao.plumbing.ids import uuid7
from huiyao.plumbing.messages import COMPANION, OPEN_STATES, RELEASED_WITHIN, held_for
from huiyao.plumbing.models import Message, MessageState
from huiyao.plumbing.redaction import redact

MAIL = "mail"


class Route(NamedTuple):
    """A channel and the recipient's address there."""

    channel: str
    address: str


def unrouted(at: datetime, *, limit: int = 200) -> list[Message]:
    """Messages to persons that are due by mail and whose channel was not chosen yet, oldest first."""
    rows = Message.objects.filter(
        channel=MAIL,
        routed=False,
        leased_until=None,
        state__in=(MessageState.WAITING, MessageState.HELD),
        next_at__lte=at,
        at__gte=at - RELEASED_WITHIN,
    )
    return list(rows.order_by("next_at", "id")[:limit])


@transaction.atomic
def choose(row: Message, routes: Sequence[Route]) -> None:
    """Set the message on the first of ``routes`` (chats before or after mail, as preferred), the others to fall back.

    Of two workers that choose at once, one does.
    """
    mine = Message.objects.filter(pk=row.pk, channel=MAIL, routed=False, leased_until=None, state__in=OPEN_STATES)
    chats = [route for route in routes if route.channel != MAIL]
    by_mail = Route(MAIL, row.address)
    only_mail = bool(row.calendar or row.attachments) and not held_for(*by_mail)
    if only_mail and chats and mine.update(routed=True) == 1:
        copy = _copy(row)
        _set_on(copy, chats)
        Message.objects.bulk_create([copy], ignore_conflicts=True)
        return
    if only_mail or not routes:
        mine.update(routed=True)
        return
    _set_on(row, [by_mail if route.channel == MAIL else route for route in routes])
    if row.channel == MAIL:
        mine.update(routed=True, routes=row.routes)
        return
    mine.update(
        channel=row.channel, address=row.address, routes=row.routes, routed=True, state=MessageState.WAITING, error=""
    )


def _set_on(row: Message, routes: Sequence[Route]) -> None:
    (row.channel, row.address), row.routes = routes[0], [list(route) for route in routes[1:]]


def _copy(row: Message) -> Message:
    return Message(
        id=uuid7(),
        key=row.key[: 200 - len(COMPANION)] + COMPANION,
        kind=row.kind,
        recipient_id=row.recipient_id,
        recipient=row.recipient,
        context=row.context,
        bundle=row.bundle,
        notes=row.notes,
        title=row.title,
        text=row.text,
        at=row.at,
        next_at=row.next_at,
        routed=True,
    )


def fall_back(row: Message, *, at: datetime, error: str) -> bool:
    """Set a message that failed for good on its next route; False when there is none left."""
    if not row.routes:
        return False
    (channel, address), rest = row.routes[0], row.routes[1:]
    reason = held_for(channel, address)
    now = Message.objects.filter(pk=row.pk, state=MessageState.WAITING, channel=row.channel)
    return bool(
        now.update(
            channel=channel,
            address=address,
            routes=rest,
            passed=[*row.passed, [row.channel, redact(error)[:300]]],
            state=MessageState.HELD if reason else MessageState.WAITING,
            error=reason,
            attempts=0,
            begun=0,
            reference="",
            leased_until=None,
            next_at=at,
        )
    )


def reconsider(*, recipient_id: object = "") -> int:
    """Have channels chosen anew for what waits by mail (a channel is new, preferences changed); returns how many."""
    rows = Message.objects.filter(channel=MAIL, routed=True, passed=[], state__in=OPEN_STATES, leased_until=None)
    if recipient_id:
        rows = rows.filter(recipient_id=str(recipient_id))
    return rows.update(routed=False)


def abandon(channel: str, *, at: datetime) -> int:
    """A channel is no more: what waits for it takes its next route, or is retired; returns how many."""
    rows = list(Message.objects.filter(channel=channel, state__in=OPEN_STATES))
    Message.objects.filter(channel=channel, state__in=OPEN_STATES).update(state=MessageState.WAITING)
    for row in rows:
        if not fall_back(row, at=at, error="channel_removed"):
            Message.objects.filter(pk=row.pk).update(state=MessageState.RETIRED, leased_until=None)
    return len(rows)


def postpone(row: Message, until: datetime) -> None:
    """Have an unsent message go out later (at night, at a crowded minute)."""
    waiting = Message.objects.filter(pk=row.pk, leased_until=None, state__in=(MessageState.WAITING, MessageState.HELD))
    waiting.update(next_at=until)
