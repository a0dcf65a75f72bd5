# SPDX-License-Identifier: Apache-2.0
"""Appending on SQLite: a connection of the writer's own, few statements a commit, on disk when it returns.

Each statement gives up Python's lock and must win it back, so all rows of a commit go in with one statement. The
write-ahead log is folded into the file from another thread (``tend``), never while somebody waits for a commit.
"""

import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from django.db import connection as django_connection

from huiyao.features.sittings.models import Room, RoomClient, RoomUpdate
from huiyao.room.ports import Batch, LogTrouble, NewRow, Outcome, RoomState

BUSY_SECONDS: Final = 5.0
CHUNK: Final = 256
SPARE_PAGES: Final = 20_000
"""Pages of the write-ahead log at which a commit folds it after all, should ``tend`` not be called."""
ROOM, UPDATE, CLIENT = (model._meta.db_table for model in (Room, RoomUpdate, RoomClient))  # noqa: SLF001


def _connect() -> sqlite3.Connection:
    settings = django_connection.settings_dict
    name = str(settings["NAME"])
    made = sqlite3.connect(
        name,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        cached_statements=600,
        uri=name.startswith("file:"),
    )
    for pragma in ("journal_mode=WAL", "synchronous=FULL", f"wal_autocheckpoint={SPARE_PAGES}", "cache_size=-4000"):
        made.execute(f"PRAGMA {pragma}")
    return made


class SqliteAppender:
    """See ``stores.log.Appender``."""

    def __init__(self) -> None:
        self._connection: sqlite3.Connection | None = None

    def append(self, batches: Sequence[Batch], at: datetime) -> list[Outcome]:
        """Store all batches in one transaction; synchronous=FULL makes COMMIT wait for the disk."""
        try:
            if self._connection is None:
                self._connection = _connect()
            self._connection.execute("BEGIN IMMEDIATE")
            outcomes = self._store(self._connection, batches, at)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self.close()
            raise LogTrouble(str(error)) from error
        return outcomes

    def _store(self, db: sqlite3.Connection, batches: Sequence[Batch], at: datetime) -> list[Outcome]:
        names = [batch.room for batch in batches]
        marks = ",".join("?" * len(names))
        found = db.execute(f"SELECT name, id, seq, state FROM {ROOM} WHERE name IN ({marks})", names)
        heads = {name: (room, seq, state) for name, room, seq, state in found.fetchall()}
        instant = at.astimezone(UTC).replace(tzinfo=None).isoformat(" ")
        outcomes: list[Outcome] = []
        values: list[object] = []
        ends: list[tuple[int, int, int]] = []
        clients: list[tuple[int, int, str]] = []
        for batch in batches:
            room, seq, state = heads.get(batch.room, (0, 0, ""))
            if state != RoomState.OPEN:
                outcomes.append(Outcome(0, RoomState(state) if state else None))
                continue
            outcomes.append(Outcome(seq + 1))
            for number, row in enumerate(batch.rows, seq + 1):
                values += (room, number, row.data, row.person, instant)
                clients += [(room, client, row.person) for client in row.clients]
            ends.append((room, seq + len(batch.rows), _size(batch.rows)))
        _insert(db, values)
        _advance(db, ends)
        if clients:
            db.executemany(f"INSERT OR IGNORE INTO {CLIENT} (room_id, client, person) VALUES (?,?,?)", clients)
        return outcomes

    def tend(self) -> None:
        """Fold the write-ahead log into the file without stopping anybody."""
        db = sqlite3.connect(str(django_connection.settings_dict["NAME"]), timeout=1, isolation_level=None)
        try:
            db.execute("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.Error as error:
            raise LogTrouble(str(error)) from error
        finally:
            db.close()

    def close(self) -> None:
        """Give the connection up; what was not committed is gone."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None


def _size(rows: Sequence[NewRow]) -> int:
    return sum(len(row.data) for row in rows)


def _insert(db: sqlite3.Connection, values: list[object]) -> None:
    """All rows with as few statements as can be; their texts repeat, so they stay prepared."""
    for start in range(0, len(values), CHUNK * 5):
        part = values[start : start + CHUNK * 5]
        marks = ",".join(["(?,?,?,?,?)"] * (len(part) // 5))
        db.execute(f"INSERT INTO {UPDATE} (room_id, seq, data, person, at) VALUES {marks}", part)


def _advance(db: sqlite3.Connection, ends: list[tuple[int, int, int]]) -> None:
    for start in range(0, len(ends), CHUNK):
        part = ends[start : start + CHUNK]
        marks = ",".join(["(?,?,?)"] * len(part))
        db.execute(
            f"WITH ends(room, seq, size) AS (VALUES {marks}) "
            f"UPDATE {ROOM} SET seq = ends.seq, size = {ROOM}.size + ends.size FROM ends WHERE {ROOM}.id = ends.room",
            [value for end in part for value in end],
        )
