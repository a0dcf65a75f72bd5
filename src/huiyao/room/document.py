# SPDX-License-Identifier: Apache-2.0
"""The one authoritative document of a room: merging, noticing what a merge touched, and what is in it.

A Document belongs to one thread (the event loop, or the thread that made it). Observers run inside pycrdt's
commit, so they only collect. pycrdt counts text in UTF-8 bytes, Yjs in UTF-16 units.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from pycrdt import Doc, Map, MapEvent, Subscription, Text, TextEvent, TransactionEvent

from huiyao.room import schema
from huiyao.room.frames import Broken
from huiyao.room.gate import Contents, read_state_vector


@dataclass(slots=True)
class Touched:
    """What one transaction did. ``keys`` maps (node, key) to add, update or delete; ``strange`` is anything
    else.
    """

    nodes: dict[str, str] = field(default_factory=dict)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    texts: set[str] = field(default_factory=set)
    strange: bool = False
    update: bytes | None = None

    def ids(self) -> set[str]:
        """Every node concerned."""
        return {*self.nodes, *(node for node, _ in self.keys), *self.texts}


class Document:
    """A Yjs document with our two roots."""

    def __init__(self, kind: schema.RoomKind = schema.RoomKind.RECORD) -> None:
        self.kind = kind
        self.doc: Doc[Any] = Doc()
        self.nodes: Map[Any] = self.doc.get(schema.NODES, type=Map)
        self.meta: Map[Any] = self.doc.get(schema.META, type=Map)
        self.have: dict[int, int] = {}
        self.topics: set[str] = set()
        self._touched = Touched()
        self._whole: bytes | None = None
        # kept: pycrdt stops calling an observer whose subscription is dropped
        self._watching: tuple[Subscription, ...] = (
            self.doc.observe(self._committed),
            self.nodes.observe_deep(self._nodes_changed),
            self.meta.observe_deep(self._meta_changed),
        )

    def load(self, updates: Iterable[bytes]) -> None:
        """Merge stored updates in one transaction (much cheaper than one each)."""
        with self.doc.transaction():
            for update in updates:
                self.doc.apply_update(update)
        self._touched = Touched()
        self.have = read_state_vector(self.doc.get_state())
        self.topics = {id for id in self.nodes.keys() if self.kind_of(id) == "topic"}

    def merge(self, update: bytes, contents: Contents) -> Touched:
        """Apply an inspected update and say what it changed; ``update`` of the answer is None if nothing.

        Raises:
            Broken: pycrdt cannot read or place it; the document may hold a part of it and must be made anew.
        """
        self._touched = Touched()
        try:
            self.doc.apply_update(update)
        except (ValueError, RuntimeError) as error:
            raise Broken(str(error)) from error
        for client, (_, end) in contents.structs.items():
            if end > self.have.get(client, 0):
                self.have[client] = end
        return self._touched

    def write(self) -> Any:
        """A transaction for the server's own edits; call ``written`` after it. No await inside."""
        self._touched = Touched()
        return self.doc.transaction()

    def written(self) -> Touched:
        """What the server's own transaction changed."""
        self.have[self.doc.client_id] = read_state_vector(self.doc.get_state()).get(self.doc.client_id, 0)
        return self._touched

    def took_all(self, contents: Contents) -> bool:
        """Whether pycrdt integrated every struct (it parks one with a missing predecessor in silence)."""
        have = read_state_vector(self.doc.get_state())
        return all(have.get(client, 0) >= end for client, (_, end) in contents.structs.items())

    def state(self) -> bytes:
        """The state vector."""
        return self.doc.get_state()

    def since(self, state: bytes) -> bytes:
        """What somebody with this state vector lacks.

        Raises:
            ValueError: not a state vector.
        """
        if state != b"\x00":
            return self.doc.get_update(state)
        if self._whole is None:
            self._whole = self.doc.get_update()
        return self._whole

    def fork(self) -> "Document":
        """An independent copy, for looking at what an update would do."""
        copy = Document(self.kind)
        copy.load([self.since(b"\x00")])
        return copy

    def node(self, id: str) -> Map[Any] | None:
        """The node's map, or None."""
        found = self.nodes.get(id)
        return found if isinstance(found, Map) else None

    def kind_of(self, id: str) -> object:
        """The value under ``k`` of a node, None if there is no such node."""
        node = self.node(id)
        return None if node is None else node.get("k")

    def text_of(self, id: str) -> str:
        """The text of a node; empty if it has none."""
        node = self.node(id)
        text = None if node is None else node.get(schema.TEXT)
        return str(text) if isinstance(text, Text) else ""

    def _committed(self, event: TransactionEvent) -> None:
        self._whole = None
        self._touched.update = event.update

    def _nodes_changed(self, events: list[Any]) -> None:
        touched = self._touched
        for event in events:
            path = event.path
            if isinstance(event, TextEvent) and len(path) == 2 and path[1] == schema.TEXT:
                touched.texts.add(path[0])
            elif isinstance(event, MapEvent) and len(path) < 2:
                self._map_changed(path, event.keys)  # type: ignore[attr-defined]  # set by the compiled core
            else:
                touched.strange = True

    def _map_changed(self, path: list[Any], keys: Mapping[str, Mapping[str, Any]]) -> None:
        touched = self._touched
        if path:
            for key, change in keys.items():
                touched.keys[path[0], key] = change["action"]
        else:
            for id, change in keys.items():
                touched.nodes[id] = change["action"]

    def _meta_changed(self, events: list[Any]) -> None:
        self._touched.strange = self._touched.strange or bool(events)
