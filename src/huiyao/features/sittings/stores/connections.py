# SPDX-License-Identifier: Apache-2.0
"""Database connections of the engine's threads: kept while a server runs, given back where it ran for a moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import close_old_connections, connection


@contextmanager
def borrowed(*, lasting: bool) -> Iterator[None]:
    """This thread's connection, replaced if it broke; a transaction of the caller is left alone."""
    outside = not connection.in_atomic_block
    if outside:
        close_old_connections()
    try:
        yield
    finally:
        if outside and not lasting:
            connection.close()
