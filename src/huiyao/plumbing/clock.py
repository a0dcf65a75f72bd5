# SPDX-License-Identifier: Apache-2.0
"""The clock as a port: the edge asks it once per request and passes the instant on. Tests move it."""

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the present instant, aware, in UTC."""

    def now(self) -> datetime:
        """The present instant."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present instant in UTC."""
        return datetime.now(UTC)


class _Port:
    clock: Clock = SystemClock()


def now() -> datetime:
    """The present instant of the installed clock. Only edges (web, workers, command line) call this."""
    return _Port.clock.now()


def install(clock: Clock) -> Clock:
    """Put another clock in place and return the one it replaces."""
    before, _Port.clock = _Port.clock, clock
    return before
