# SPDX-License-Identifier: Apache-2.0
"""Appending on PostgreSQL: the rows of the rooms are locked in the order of their ids, so replicas never deadlock.

Two round trips a commit: lock and read, then everything else in one pipeline. ``synchronous_commit`` stays on.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connection as django_connection

from huiyao.features.sittings.models import Room, RoomClient, RoomUpdate
from huiyao.room.ports import Batch, LogTrouble, Outcome, RoomState

ROOM, UPDATE, CLIENT = (model._meta.db_table for model in (Room, RoomUpdate, RoomClient))  # noqa: SLF001
LOCK: Final = f"SELECT name, id, seq, state FROM {ROOM} WHERE name = ANY(%s) ORDER BY id FOR UPDATE"
INSERT: Final = (
    f"INSERT INTO {UPDATE} (room_id, seq, data, person, at) "
    "SELECT room, seq, data, person, %s::timestamptz "
    "FROM unnest(%s::bigint[], %s::bigint[], %s::bytea[], %s::text[]) AS rows(room, seq, data, person)"
)
ADVANCE: Final = (
    f"UPDATE {ROOM} SET seq = ends.seq, size = {ROOM}.size + ends.size "
    f"FROM unnest(%s::bigint[], %s::bigint[], %s::bigint[]) AS ends(room, seq, size) WHERE {ROOM}.id = ends.room"
)
BIND: Final = (
    f"INSERT INTO {CLIENT} (room_id, client, person) "
    "SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[]) ON CONFLICT DO NOTHING"
)


class PostgresAppender:
    """See ``stores.log.Appender``. The connection is a copy of Django's, driven without the ORM."""

    def __init__(self) -> None:
        self._wrapper: Any = None  # Django's wrapper of psycopg, which is no dependency of the default set-up
        self._raw: Any = None

    def append(self, batches: Sequence[Batch], at: datetime) -> list[Outcome]:
        """Store all batches in one transaction."""
        wrapper: Any = self._wrapper or django_connection.copy()
        try:
            if self._wrapper is None:
                wrapper.connect()
                self._wrapper, self._raw = wrapper, wrapper.connection
                self._raw.autocommit = False
                self._raw.prepare_threshold = 1
                self._raw.execute("SET lock_timeout = '5s'")
                self._raw.commit()
            return self._store(batches, at)
        except wrapper.Database.Error as error:
            self.close()
            raise LogTrouble(str(error)) from error

    def _store(self, batches: Sequence[Batch], at: datetime) -> list[Outcome]:
        raw = self._raw
        found = raw.execute(LOCK, [[batch.room for batch in batches]]).fetchall()
        heads = {name: (room, seq, state) for name, room, seq, state in found}
        outcomes: list[Outcome] = []
        rows: list[tuple[int, int, bytes, str]] = []
        ends: list[tuple[int, int, int]] = []
        clients: list[tuple[int, int, str]] = []
        for batch in batches:
            room, seq, state = heads.get(batch.room, (0, 0, ""))
            if state != RoomState.OPEN:
                outcomes.append(Outcome(0, RoomState(state) if state else None))
                continue
            outcomes.append(Outcome(seq + 1))
            for number, row in enumerate(batch.rows, seq + 1):
                rows.append((room, number, row.data, row.person))
                clients += [(room, client, row.person) for client in row.clients]
            ends.append((room, seq + len(batch.rows), sum(len(row.data) for row in batch.rows)))
        with raw.pipeline():
            if rows:
                raw.execute(INSERT, [at, *_columns(rows)])
                raw.execute(ADVANCE, _columns(ends))
            if clients:
                raw.execute(BIND, _columns(clients))
            raw.commit()
        return outcomes

    def tend(self) -> None:
        """PostgreSQL looks after itself."""

    def close(self) -> None:
        """Give the connection up; what was not committed is gone."""
        if self._wrapper is not None:
            self._wrapper.close()
        self._wrapper = self._raw = None


def _columns(rows: Sequence[tuple[Any, ...]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
