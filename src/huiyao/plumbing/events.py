# SPDX-License-Identifier: Apache-2.0
"""Events: written with the change, handled right after commit in the same process, caught up from the table.

An event is a frozen dataclass of plain JSON values (ids as text); its class name is its name. Handlers are
idempotent by the event's id, since a crash between handling and marking handles it again.
"""

import logging
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models, transaction

from huiyao.plumbing import clock
from huiyao.plumbing.models import Event

logger = logging.getLogger(__name__)

Handler = Callable[[Any, datetime], None]
RETRY_SECONDS = (5, 30, 120, 600, 3600)


class Handlers:
    """Which flow handles which event; filled once by ``project.wiring``."""

    known: ClassVar[dict[str, tuple[type, list[Handler]]]] = {}

    @classmethod
    def on(cls, event: type, *handlers: Handler) -> None:
        """Have ``handlers`` called, in this order, with each event of this class and the instant it was written."""
        cls.known[event.__name__] = (event, list(handlers))


def put(event: Any, *, at: datetime) -> None:
    """Write the event in the present transaction and have it handled once that commits.

    What goes wrong then never reaches the caller, whose change is kept; the table has the event handled later.
    """
    row = Event.objects.create(name=type(event).__name__, data=asdict(event), at=at)
    transaction.on_commit(lambda: handle(row), robust=True)


def handle(row: Event) -> bool:
    """Run the handlers of one event; a failure is kept in the row and tried again later."""
    known = Handlers.known.get(row.name)
    try:
        if known is not None:
            event_class, handlers = known
            for handler in handlers:
                handler(event_class(**row.data), row.at)
    except Exception as failure:  # the change is committed: whatever goes wrong here must be kept and tried again
        logger.exception("event %s %s was not handled", row.name, row.pk)
        wait = RETRY_SECONDS[min(row.attempts, len(RETRY_SECONDS) - 1)]
        row.attempts += 1
        row.error = f"{type(failure).__name__}: {failure}"[:2000]
        row.next_at = clock.now() + timedelta(seconds=wait)
        row.save(update_fields=["attempts", "error", "next_at"])
        return False
    Event.objects.filter(pk=row.pk).update(done_at=clock.now(), error="")
    return True


def catch_up(now: datetime, *, limit: int = 100) -> int:
    """Handle events that were written but not handled (a crash, a failure that is due again); returns how many."""
    grace = now - timedelta(seconds=5)
    waiting = Event.objects.filter(done_at=None, at__lte=grace).filter(
        models.Q(next_at=None) | models.Q(next_at__lte=now)
    )
    return sum(handle(row) for row in waiting.order_by("at", "id")[:limit])
