# SPDX-License-Identifier: Apache-2.0
"""What sister processes tell each other about a room over the relay: hints, each of them also in the table."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from huiyao.room.frames import Broken, read_bytes, read_varuint, varuint
from huiyao.room.ports import Row


@dataclass(frozen=True, slots=True)
class Rows:
    """These rows were committed."""

    rows: Sequence[Row]


@dataclass(frozen=True, slots=True)
class Aware:
    """An awareness message as it goes to browsers."""

    body: bytes


@dataclass(frozen=True, slots=True)
class Changed:
    """These facts changed."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Here:
    """These persons have the room open at the sending process."""

    persons: tuple[str, ...]


News = Rows | Aware | Changed | Here
_TAGS: tuple[type, ...] = (Rows, Aware, Changed, Here)


def encode(replica: bytes, news: News) -> bytes:
    """The message; ``replica`` (eight bytes) lets the sender skip its own."""
    head = replica + bytes((_TAGS.index(type(news)),))
    if isinstance(news, Rows):
        parts = [head, varuint(len(news.rows))]
        for row in news.rows:
            person = row.person.encode()
            parts += (varuint(row.seq), varuint(len(person)), person, varuint(len(row.data)), row.data)
        return b"".join(parts)
    if isinstance(news, Aware):
        return head + news.body
    return head + json.dumps(news.names if isinstance(news, Changed) else news.persons).encode()


def decode(message: bytes) -> tuple[bytes, News]:
    """The sender's id and what it says.

    Raises:
        Broken: not a message of ours.
    """
    if len(message) < 9 or message[8] >= len(_TAGS):
        raise Broken("unknown relay message")
    replica, tag, body = message[:8], _TAGS[message[8]], message[9:]
    if tag is Rows:
        return replica, Rows(_rows(body))
    if tag is Aware:
        return replica, Aware(body)
    names = tuple(str(name) for name in json.loads(body))
    return replica, Changed(names) if tag is Changed else Here(names)


def _rows(body: bytes) -> list[Row]:
    count, at = read_varuint(body, 0)
    rows: list[Row] = []
    for _ in range(count):
        seq, at = read_varuint(body, at)
        person, at = read_bytes(body, at)
        data, at = read_bytes(body, at)
        rows.append(Row(seq, data, person.decode()))
    return rows
