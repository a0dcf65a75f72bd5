# SPDX-License-Identifier: Apache-2.0
"""Access tokens of applications, kept in memory until shortly before they expire; one per application and process."""

import hashlib
import threading
from collections.abc import Callable
from datetime import datetime, timedelta

EARLY = timedelta(minutes=5)
"""A token is renewed this long before its end: vendors may end it early, and clocks differ."""

Fetch = Callable[[], tuple[str, float]]
"""Fetches a new token and the seconds it lives."""


class TokenCache:
    """Tokens by application; the application's secret is part of the name, as a digest, so a new one starts anew."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[str, datetime]] = {}

    @staticmethod
    def name_of(*parts: str) -> str:
        """The name of an application's token."""
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()

    def get(self, name: str, at: datetime, fetch: Fetch) -> str:
        """The token in force at ``at``, fetched when there is none."""
        with self._lock:
            token, until = self._kept.get(name, ("", at))
        if token and until > at:
            return token
        token, seconds = fetch()
        with self._lock:
            self._kept[name] = (token, at + max(timedelta(seconds=seconds) - EARLY, timedelta(0)))
        return token

    def drop(self, name: str) -> None:
        """Forget a token the service no longer accepts."""
        with self._lock:
            self._kept.pop(name, None)


TOKENS = TokenCache()
"""The tokens of this process."""
