# SPDX-License-Identifier: Apache-2.0
"""When a message that nobody waits for goes out: not at night, and not at the full hour with everybody else's."""

import hashlib
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = time(21), time(8)
"""Nobody is reminded between these, in the organisation's zone."""
CROWDED = timedelta(minutes=2)
"""Robots are slowest around :00 and :30 (Feishu answers 11232 then)."""
SPREAD_SECONDS = 480


def good_moment(at: datetime, zone: str, seed: str) -> datetime:
    """The first instant from ``at`` that is neither at night nor crowded; which one exactly depends on ``seed``.

    The same arguments give the same instant, so that a repeated calculation moves nothing.
    """
    local = at.astimezone(ZoneInfo(zone))
    if local.time() >= QUIET_FROM:
        local = (local + timedelta(days=1)).replace(hour=QUIET_UNTIL.hour, minute=0, second=0, microsecond=0)
    elif local.time() < QUIET_UNTIL:
        local = local.replace(hour=QUIET_UNTIL.hour, minute=0, second=0, microsecond=0)
    past_half = timedelta(minutes=local.minute % 30, seconds=local.second)
    if past_half >= CROWDED and past_half < timedelta(minutes=30) - CROWDED / 2:
        return local.astimezone(at.tzinfo)
    start = local if past_half < CROWDED else local + timedelta(minutes=30) - past_half
    jitter = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:4]) % SPREAD_SECONDS
    moved = start.replace(second=0, microsecond=0) - timedelta(minutes=start.minute % 30)
    return (moved + CROWDED + timedelta(seconds=jitter)).astimezone(at.tzinfo)
