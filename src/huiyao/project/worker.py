# SPDX-License-Identifier: Apache-2.0
"""The worker: events left over, messages due, windows that close. A thread by default, ``huiyao worker`` at scale."""

import logging
import threading
from collections.abc import Callable
from datetime import datetime
from typing import ClassVar

from django.db import close_old_connections

from huiyao.plumbing import clock, events

logger = logging.getLogger(__name__)
SECONDS = 2.0


class Rounds:
    """What each round does, in order; extended by ``project.wiring``."""

    known: ClassVar[list[Callable[[datetime], object]]] = [events.catch_up]


def loop(stopping: threading.Event) -> None:
    """Do rounds until told to stop; one failing round never stops the next."""
    while not stopping.wait(SECONDS):
        one_round(clock.now())


def one_round(now: datetime) -> None:
    """Do everything that is due at ``now``; each part is idempotent."""
    for part in Rounds.known:
        try:
            part(now)
        except Exception:  # the loop must live on: the rows that were not handled stay due
            logger.exception("a round of %s failed", part.__module__)
        finally:
            close_old_connections()
