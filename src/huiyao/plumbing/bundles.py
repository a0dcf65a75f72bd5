# SPDX-License-Identifier: Apache-2.0
"""Several changes of one thing become one message: the newest takes the place of those not sent yet and tells all.

Whoever composes it asks for ``unsent_notes`` first. One that is just being sent stays, so something may be told twice,
never not at all.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from huiyao.plumbing.models import Message, MessageState

COMBINED = "combined"
SETTLE = timedelta(minutes=3)
"""How long a message on a change waits for further changes, which then go out with it."""


def unsent_notes(bundle: str, recipient_id: object) -> list[Any]:
    """The notes of the messages one in this bundle would take the place of, oldest first, each once."""
    rows = _bundled(bundle, str(recipient_id)).order_by("at", "id")
    found: list[Any] = []
    for notes in rows.values_list("notes", flat=True):
        found += [note for note in notes if note not in found]
    return found


def take_place(bundle: str, recipient_id: str, channel: str, key: str, notes: Collection[Any]) -> datetime | None:
    """Take the unsent of a bundle back for the message ``key``; gives when the first of them would have gone out.

    One written meanwhile, of which the new one does not tell a person (``notes``), goes out as well.
    """
    if Message.objects.filter(key=key).exists():
        return None
    rows = _bundled(bundle, recipient_id)
    rows = rows if recipient_id else rows.filter(channel=channel)
    known = rows.values_list("pk", "next_at", "notes")
    found = [(pk, at) for pk, at, told in known if not recipient_id or all(note in notes for note in told)]
    gone = [(at, rows.filter(pk=pk).update(state=MessageState.RETIRED, error=COMBINED)) for pk, at in found]
    return min((at for at, count in gone if count), default=None)


def _bundled(bundle: str, recipient_id: str) -> QuerySet[Message]:
    free = (MessageState.WAITING, MessageState.HELD)
    return Message.objects.filter(bundle=bundle, recipient_id=recipient_id, state__in=free, leased_until=None, begun=0)
