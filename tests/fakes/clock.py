# SPDX-License-Identifier: Apache-2.0
"""Clocks that tests move: one in memory, one shared with a server process through a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path


class FakeClock:
    """Stands still until moved."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, **length: float) -> datetime:
        self.at += timedelta(**length)
        return self.at


class ShiftedClock:
    """Runs as the machine's clock does, shifted by the seconds written in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def now(self) -> datetime:
        text = self.path.read_text() if self.path.exists() else ""
        return datetime.now(UTC) + timedelta(seconds=float(text or 0))
