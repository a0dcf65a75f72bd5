# SPDX-License-Identifier: Apache-2.0
"""Instants as the wire writes them."""

from datetime import datetime


def instant(at: datetime | None) -> str | None:
    """ISO 8601 in UTC with a Z, to the millisecond."""
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z") if at else None
