# SPDX-License-Identifier: Apache-2.0
"""Plain edits (``edits``) turned into one transaction of the document: all of them or none.

Every edit is checked before the first is written, since a transaction of pycrdt does not roll back.
"""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from pycrdt import Map, Text

from huiyao.domain.record import Kind
from huiyao.domain.refusals import BadValue, NotFound
from huiyao.room import ordering, schema
from huiyao.room.document import Document, Touched
from huiyao.room.edits import Add, Convert, Delete, Edit, Move, Place, Restore, SetFields, SetText
from huiyao.room.refusals import RoomFull

_FIELDS = frozenset(schema.OPTIONAL)
_SUFFIX = ".s"


def new_id() -> str:
    """A node id: 16 random characters."""
    return secrets.token_urlsafe(12)


def apply(
    document: Document,
    edits: Sequence[Edit],
    *,
    person: str,
    at: str,
    server: bool = False,
) -> tuple[Touched, tuple[str, ...]]:
    """Write the edits as ``person`` at the instant ``at`` (ISO 8601); answers what was touched and the ids
    added.

    Only the server itself (``server``) may add or change topics.

    Raises:
        NotFound: an entry or parent that is not there.
        BadValue: a kind, text or field that cannot stand in the document.
        RoomFull: the room would hold too many entries.
    """
    ids: list[str] = []
    known: dict[str, object] = {}
    for edit in edits:
        if isinstance(edit, Add):
            ids.append(edit.id or new_id())
            known[ids[-1]] = edit.kind
        _check(document, edit, known, server=server)
    if len(document.nodes) + len(ids) > schema.MAX_NODES:
        raise RoomFull(limit=schema.MAX_NODES)
    fresh = iter(ids)
    with document.write():
        for edit in edits:
            _write(document, edit, next(fresh) if isinstance(edit, Add) else "", person, at)
    return document.written(), tuple(ids)


def _check(document: Document, edit: Edit, known: Mapping[str, object], *, server: bool) -> None:
    if isinstance(edit, Add):
        _check_new(document, edit, known, server=server)
        return
    kind = document.kind_of(edit.entry) or known.get(edit.entry)
    if kind is None:
        raise NotFound(entry=edit.entry)
    if kind == "topic" and not server:
        raise BadValue(field="entry", reason="topic")
    match edit:
        case SetFields(fields=fields):
            _check_fields(fields, document.kind)
        case SetText(text=text):
            _check_text(text)
        case Convert(kind=new):
            _check_kind(new, server=False)
        case Move(parent=parent):
            _check_parent(document, parent, known)


def _check_new(document: Document, edit: Add, known: Mapping[str, object], *, server: bool) -> None:
    _check_kind(edit.kind, server=server)
    if edit.id and (not schema.is_node_id(edit.id) or document.node(edit.id) is not None):
        raise BadValue(field="id", reason="taken")
    if edit.kind is not Kind.TOPIC:
        _check_parent(document, edit.parent, known)
    _check_text(edit.text)
    _check_fields(edit.fields, document.kind)


def _check_kind(kind: Kind, *, server: bool) -> None:
    if kind is Kind.TOPIC and not server:
        raise BadValue(field="kind", reason="topic")


def _check_parent(document: Document, parent: str, known: Mapping[str, object]) -> None:
    if parent and document.node(parent) is None and parent not in known:
        raise NotFound(entry=parent)


def _check_text(text: str) -> None:
    if not schema.fits_text(text):
        raise BadValue(field="text", reason="too_long", limit=20_000)


def _check_fields(fields: Mapping[str, object], kind: schema.RoomKind) -> None:
    for key, value in fields.items():
        if key not in _FIELDS or not schema.fits(key, value, kind):
            raise BadValue(field=key, reason="not_allowed")


def _write(document: Document, edit: Edit, id: str, person: str, at: str) -> None:
    if isinstance(edit, Add):
        _add(document, edit, id, person, at)
        return
    node = document.nodes[edit.entry]
    match edit:
        case SetFields(fields=fields):
            for key, value in fields.items():
                node[key] = value
        case SetText(text=text):
            replace_text(node[schema.TEXT], text)
        case Delete():
            node["s"] = "deleted"
        case Restore():
            node["s"] = ""
        case Move(parent=parent, after=after):
            node["o"] = _order(document, parent, after, edit.entry)
            node["p"] = parent
        case Convert(kind=kind):
            node["k"] = str(kind)
        case Place(order=order):
            node["o"] = order


def _add(document: Document, edit: Add, id: str, person: str, at: str) -> None:
    values: dict[str, Any] = {
        "k": str(edit.kind),
        "p": edit.parent,
        "o": edit.order or _order(document, edit.parent, edit.after, id),
        "s": "",
        "by": person,
        "at": at,
        **edit.fields,
        schema.TEXT: Text(edit.text),
    }
    document.nodes[id] = Map(values)
    if edit.kind is Kind.TOPIC:
        document.topics.add(id)


def _order(document: Document, parent: str, after: str, moved: str) -> str:
    """An order key under ``parent``: right after the sibling ``after``, or at the end."""
    siblings = sorted(
        (str(node.get("o", "")), id)
        for id, node in document.nodes.items()
        if id != moved and isinstance(node, Map) and node.get("p") == parent
    )
    place = next(
        (rank for rank, (_, id) in enumerate(siblings) if id == after),
        len(siblings) - 1,
    )
    before = siblings[place][0] if siblings else None
    behind = siblings[place + 1][0] if place + 1 < len(siblings) else None
    return ordering.between(before, behind) + _SUFFIX


def replace_text(shared: Text, text: str) -> None:
    """Make the shared text ``text``, touching only the stretch between what both begin and end with."""
    old = str(shared)
    head = _same(old, text)
    tail = _same(old[head:][::-1], text[head:][::-1])
    start = len(old[:head].encode())
    gone = len(old[head : len(old) - tail].encode())
    if gone:
        del shared[start : start + gone]
    fresh = text[head : len(text) - tail]
    if fresh:
        shared.insert(start, fresh)


def _same(one: str, other: str) -> int:
    """How many characters both begin with."""
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count
