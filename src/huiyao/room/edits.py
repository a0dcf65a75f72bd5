# SPDX-License-Identifier: Apache-2.0
"""Edits as plain values: what the API, imports and the server itself ask of a record (``registry.submit``)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from huiyao.domain.record import Kind


@dataclass(frozen=True, slots=True)
class Add:
    """A new entry under ``parent``, at its end or right after the sibling ``after``.

    ``fields`` are document keys (dep, own, due, sup, name_by, ref, s). ``id`` is for topics, whose ids are
    given; ``order`` likewise. Without them both are made here.
    """

    kind: Kind
    parent: str
    text: str = ""
    fields: Mapping[str, object] = field(default_factory=dict)
    after: str = ""
    id: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True)
class SetFields:
    """Document keys of an entry replaced (dep, own, due, sup, name_by, ref, s)."""

    entry: str
    fields: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class SetText:
    """The text of an entry replaced; only the stretch that differs is touched."""

    entry: str
    text: str


@dataclass(frozen=True, slots=True)
class Delete:
    """An entry taken out; it stays in history and can be restored."""

    entry: str


@dataclass(frozen=True, slots=True)
class Restore:
    """A deleted entry put back."""

    entry: str


@dataclass(frozen=True, slots=True)
class Move:
    """An entry put under another parent, at its end or right after the sibling ``after``."""

    entry: str
    parent: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Convert:
    """An entry made another kind."""

    entry: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Place:
    """A topic's order key; the agenda decides it, not the room."""

    entry: str
    order: str


Edit = Add | SetFields | SetText | Delete | Restore | Move | Convert | Place


@dataclass(frozen=True, slots=True)
class Receipt:
    """Edits on disk. ``seq`` is the place in the room's log, ``ids`` the entries added, in the order asked."""

    seq: int
    ids: tuple[str, ...] = ()
