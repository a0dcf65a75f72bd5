# SPDX-License-Identifier: Apache-2.0
"""From document to rows: every page but the room itself reads rows (``domain.record``), never a document.

Nothing is repaired in silence: values that do not fit their field are left out of the row, not out of the
document.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from huiyao.domain.record import Entry, Kind, SupportAsked
from huiyao.room import schema
from huiyao.room.document import Document

_KINDS = frozenset(str(kind) for kind in Kind)


def project(document: Document, ids: Iterable[str] | None = None) -> list[Entry]:
    """Rows of these nodes, or of all; private entries and ids without a node are left out."""
    wanted = list(document.nodes.keys()) if ids is None else ids
    rows = (entry_of(document, id) for id in wanted)
    return [row for row in rows if row is not None]


def entry_of(document: Document, id: str) -> Entry | None:
    """The row of one node; None if there is none or it is private."""
    node = document.node(id)
    if node is None:
        return None
    values = {key: node[key] for key in node.keys() if key != schema.TEXT}
    kind = values.get("k")
    if kind not in _KINDS or values.get("s") == "private":
        return None
    return Entry(
        id=id,
        kind=Kind(str(kind)),
        parent=_text(values, "p"),
        order=_text(values, "o"),
        text=document.text_of(id),
        deleted=values.get("s") == "deleted",
        by=_text(values, "by"),
        at=_text(values, "at"),
        department=_text(values, "dep"),
        person=_text(values, "own"),
        named_by=_named_by(values.get("name_by")),
        due=_date(values.get("due")),
        support=_support(values.get("sup")),
        refs=_refs(values.get("ref")),
    )


def _text(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key, "")
    return value if isinstance(value, str) else ""


def _date(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value and schema.is_due(value) else None


def _named_by(value: object) -> tuple[date, str] | None:
    if not isinstance(value, Mapping):
        return None
    day, person = _date(value.get("date")), value.get("person")
    return (day, person) if day is not None and isinstance(person, str) and person else None


def _support(value: object) -> tuple[SupportAsked, ...] | None:
    if value == "none":
        return ()
    if not isinstance(value, list):
        return None
    lines = [line for line in value if isinstance(line, Mapping)]
    asked = tuple(
        SupportAsked(
            what=_text(line, "what"),
            department=_text(line, "dep"),
            person=_text(line, "person"),
            due=_date(line.get("due")),
        )
        for line in lines
    )
    return asked or None


def _refs(value: object) -> tuple[str, ...]:
    return tuple(ref for ref in value if isinstance(ref, str)) if isinstance(value, list) else ()
