# SPDX-License-Identifier: Apache-2.0
"""The log read through the ORM, in the engine's threads; the hot path, ``append``, is the appender's."""

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Protocol

from django.db import Error, transaction

from huiyao.features.sittings.models import LateEdit, RecordNode, Room, RoomClient, RoomUpdate
from huiyao.features.sittings.reads.entries import node_of
from huiyao.features.sittings.stores.connections import borrowed
from huiyao.room.document import Document
from huiyao.room.ports import Batch, Head, LogTrouble, NewRow, Outcome, Projection, RoomState, Row, Stored
from huiyao.room.schema import RoomKind

NODE_FIELDS = tuple(
    field.attname
    for field in RecordNode._meta.concrete_fields  # noqa: SLF001 Django's documented model API
    if field.attname not in ("id", "meeting_id", "node_id")
)


class Appender(Protocol):
    """Stores batches on a connection of its own; see ``room.ports.UpdateLog.append``."""

    def append(self, batches: Sequence[Batch], at: datetime) -> list[Outcome]:
        """Store all batches in one transaction."""

    def tend(self) -> None:
        """What the database wants done from time to time, apart from the writer."""

    def close(self) -> None:
        """Give the connection back."""


class DatabaseLog:
    """See ``room.ports.UpdateLog``. ``lasting``: its threads keep their connections."""

    def __init__(self, appender: Appender, *, lasting: bool = True) -> None:
        self._appender = appender
        self._lasting = lasting
        self._turn = threading.Lock()  # better than running into the database's own lock, which is polled

    def append(self, batches: Sequence[Batch], at: datetime) -> list[Outcome]:
        """See ``room.ports.UpdateLog``."""
        with self._turn:
            return self._appender.append(batches, at)

    def tend(self) -> None:
        """See ``room.ports.UpdateLog``."""
        self._appender.tend()

    def close(self) -> None:
        """Give up the writer's connection; called in its thread."""
        self._appender.close()

    def load(self, room: str) -> Stored | None:
        """See ``room.ports.UpdateLog``. The head is read first: rows behind it may only be more."""
        with self._trouble():
            found = Room.objects.filter(name=room).first()
            if found is None:
                return None
            updates = RoomUpdate.objects.filter(room=found, seq__gt=found.snapshot_seq, seq__lte=found.seq)
            rows = [Row(s, bytes(d), p) for s, d, p in updates.order_by("seq").values_list("seq", "data", "person")]
            clients = dict(RoomClient.objects.filter(room=found).values_list("client", "person"))
        return Stored(
            kind=RoomKind(found.kind),
            head=_head(found.seq, found.state, found.told),
            rows=rows,
            snapshot=bytes(found.snapshot),
            clients=clients,
            projected_seq=found.projected_seq,
            size=found.size,
        )

    def rows(self, room: str, after: int) -> list[Row]:
        """See ``room.ports.UpdateLog``."""
        with self._trouble():
            updates = RoomUpdate.objects.filter(room__name=room, seq__gt=after).order_by("seq")
            return [Row(s, bytes(d), p) for s, d, p in updates.values_list("seq", "data", "person")]

    def heads(self, rooms: Collection[str]) -> dict[str, Head]:
        """See ``room.ports.UpdateLog``."""
        with self._trouble():
            rows = Room.objects.filter(name__in=rooms).values_list("name", "seq", "state", "told")
            return {name: _head(seq, state, told) for name, seq, state, told in rows}

    def keep_late(self, room: str, row: NewRow, at: datetime) -> None:
        """See ``room.ports.UpdateLog``."""
        with self._trouble():
            LateEdit.objects.create(
                room=Room.objects.only("id").get(name=room), person=row.person, data=row.data, at=at
            )

    def project(self, shown: Sequence[Projection]) -> None:
        """See ``room.ports.UpdateLog``."""
        with self._trouble():
            rooms = {
                name: (pk, meeting, seq)
                for name, pk, meeting, seq in Room.objects.filter(name__in=[one.room for one in shown]).values_list(
                    "name", "pk", "meeting_id", "projected_seq"
                )
            }
            fresh = [one for one in shown if one.room in rooms and one.seq >= rooms[one.room][2]]
            nodes = [node_of(rooms[one.room][1], entry) for one in fresh for entry in one.entries]
            with self._turn, transaction.atomic():
                for one in fresh:
                    Room.objects.filter(pk=rooms[one.room][0]).update(projected_seq=one.seq)
                write_nodes(nodes)

    @contextmanager
    def _trouble(self) -> Iterator[None]:
        """Turns the database's errors into the port's."""
        try:
            with borrowed(lasting=self._lasting):
                yield
        except Error as error:
            raise LogTrouble(str(error)) from error

    def compact(self, room: str) -> None:
        """See ``room.ports.UpdateLog``. Made in a fresh document from the rows, never from a live one."""
        stored = self.load(room)
        if stored is None or not stored.rows:
            return
        document = Document(stored.kind)
        document.load([*([stored.snapshot] if stored.snapshot else []), *(row.data for row in stored.rows)])
        with self._trouble():
            Room.objects.filter(name=room, snapshot_seq__lt=stored.head.seq).update(
                snapshot=document.since(b"\x00"), snapshot_seq=stored.head.seq
            )


def write_nodes(nodes: Sequence[RecordNode]) -> None:
    """Insert these rows or replace those of the same node."""
    RecordNode.objects.bulk_create(
        nodes,
        update_conflicts=True,
        unique_fields=["meeting", "node_id"],
        update_fields=[name.removesuffix("_id") for name in NODE_FIELDS],
    )


def _head(seq: int, state: str, told: int) -> Head:
    return Head(seq, RoomState(state), told)
