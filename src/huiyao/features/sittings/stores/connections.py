# SPDX-License-Identifier: Apache-2.0
"""Connections of the engine's threads, which live as long as the process: replaced when they broke."""

from django.db import close_old_connections, connection


def freshen() -> None:
    """Drop this thread's connection if it is no longer usable; never inside a transaction of the caller."""
    if not connection.in_atomic_block:
        close_old_connections()
