# SPDX-License-Identifier: Apache-2.0
"""Identifiers: UUID version 7 (RFC 9562, section 5.7), sortable by time of birth, guessing one grants nothing."""

import os
import threading
import time
import uuid

Id = uuid.UUID | str
"""An identifier as rows hold it or as an address spells it."""


class _Counter:
    lock = threading.Lock()
    last = 0


def uuid7() -> uuid.UUID:
    """A new UUIDv7: 48 bits of milliseconds, 12 bits that keep order within one, 62 random bits."""
    with _Counter.lock:
        stamp = time.time_ns() // 1_000_000 << 12 | int.from_bytes(os.urandom(1))
        stamp = max(stamp, _Counter.last + 1)
        _Counter.last = stamp
    milliseconds, sequence = stamp >> 12, stamp & 0xFFF
    random = int.from_bytes(os.urandom(8)) & (1 << 62) - 1
    return uuid.UUID(int=milliseconds << 80 | 7 << 76 | sequence << 64 | 2 << 62 | random)


def is_uuid(text: str) -> bool:
    """Whether ``text`` is a UUID in its usual spelling."""
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False
