# SPDX-License-Identifier: Apache-2.0
"""Who is where in the document: free JSON from clients, stamped with the signed-in person, never stored.

Layout of y-protocols' awareness: a count, then for each client its id, its clock and its state as JSON text
("null": gone). https://github.com/yjs/y-protocols/blob/master/awareness.js
"""

import json
from dataclasses import dataclass
from typing import Final

from huiyao.room.frames import Broken, read_bytes, read_varuint, varuint

MAX_STATE: Final = 2 * 1024
MAX_CLIENTS: Final = 200
INTERVAL: Final = 0.2
"""Seconds between two broadcasts of a room: of each client only its newest state goes out."""


@dataclass(frozen=True, slots=True)
class Said:
    """One client's state; None when it left."""

    client: int
    clock: int
    state: dict[str, object] | None


def decode(body: bytes) -> list[Said]:
    """Read an awareness message.

    Raises:
        Broken: not one, or too large.
    """
    count, at = read_varuint(body, 0)
    if count > MAX_CLIENTS:
        raise Broken("too many states")
    found: list[Said] = []
    for _ in range(count):
        client, at = read_varuint(body, at)
        clock, at = read_varuint(body, at)
        text, at = read_bytes(body, at)
        if len(text) > MAX_STATE:
            raise Broken("state too large")
        found.append(Said(client, clock, _state(text)))
    if at != len(body):
        raise Broken("bytes left over")
    return found


def _state(text: bytes) -> dict[str, object] | None:
    try:
        state = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Broken("state is not JSON") from error
    if state is not None and not isinstance(state, dict):
        raise Broken("state is no object")
    return state


def encode(said: list[Said]) -> bytes:
    """An awareness message."""
    parts = [varuint(len(said))]
    for one in said:
        text = json.dumps(one.state, ensure_ascii=False, separators=(",", ":")).encode()
        parts += (varuint(one.client), varuint(one.clock), varuint(len(text)), text)
    return b"".join(parts)


class Presence:
    """The states of a room: the newest per client, and whose client it is."""

    def __init__(self) -> None:
        self.states: dict[int, Said] = {}
        self.owners: dict[int, str] = {}

    def take(self, said: list[Said], person: str) -> list[Said]:
        """Keep what is new of this person's own clients, stamped; answers what to tell the others.

        States of other people's clients are left out without a word: y-websocket echoes what it hears.
        """
        fresh: list[Said] = []
        for one in said:
            if self.owners.get(one.client, person) != person:
                continue
            known = self.states.get(one.client)
            if known is not None and one.clock <= known.clock and not (one.clock == known.clock and not one.state):
                continue
            if known is None and one.state is None:
                continue
            stamped = Said(one.client, one.clock, None if one.state is None else {**one.state, "person": person})
            self._keep(stamped, person)
            fresh.append(stamped)
        return fresh

    def _keep(self, one: Said, person: str) -> None:
        if one.state is None:
            self.states.pop(one.client, None)
            self.owners.pop(one.client, None)
        else:
            self.states[one.client] = one
            self.owners[one.client] = person

    def drop(self, clients: set[int]) -> list[Said]:
        """Take these clients out; answers what to tell the others."""
        gone = [Said(id, self.states[id].clock + 1, None) for id in clients if id in self.states]
        for one in gone:
            self._keep(one, "")
        return gone

    def everything(self) -> list[Said]:
        """All states, for somebody who just came."""
        return list(self.states.values())
