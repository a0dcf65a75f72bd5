# SPDX-License-Identifier: Apache-2.0
"""``room.ports.UpdateLog`` on the product's database, one implementation of ``append`` for each kind of it."""

from django.db import connection

from huiyao.features.sittings.stores.log import DatabaseLog
from huiyao.features.sittings.stores.postgres import PostgresAppender
from huiyao.features.sittings.stores.sqlite import SqliteAppender


def open_log(*, lasting: bool = True) -> DatabaseLog:
    """The log on the database the product runs on; not ``lasting`` where it is used for a moment."""
    appender = PostgresAppender() if connection.vendor == "postgresql" else SqliteAppender()
    return DatabaseLog(appender, lasting=lasting)
