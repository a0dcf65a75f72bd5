# SPDX-License-Identifier: Apache-2.0
"""Entries as rows and back, and the record read from them."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from huiyao.domain.minutes_data import to_data
from huiyao.domain.record import Entry, Kind, SupportAsked
from huiyao.features.sittings.models import RecordNode, Snapshot
from huiyao.plumbing.ids import Id


def node_of(meeting_id: Any, entry: Entry) -> RecordNode:
    """The row of an entry, not saved."""
    day, head = entry.named_by or (None, "")
    return RecordNode(
        meeting_id=meeting_id,
        node_id=entry.id,
        kind=str(entry.kind),
        parent=entry.parent,
        order_key=entry.order,
        text=entry.text.replace("\x00", ""),  # PostgreSQL keeps no NUL in text
        deleted=entry.deleted,
        by=entry.by,
        at=entry.at,
        department=entry.department,
        person=entry.person,
        named_date=day,
        named_by=head,
        due=entry.due,
        support=None if entry.support is None else [to_data(asked) for asked in entry.support],
        refs=list(entry.refs),
    )


def entry_of(node: RecordNode) -> Entry:
    """The entry of a row."""
    return Entry(
        id=node.node_id,
        kind=Kind(node.kind),
        parent=node.parent,
        order=node.order_key,
        text=node.text,
        deleted=node.deleted,
        by=node.by,
        at=node.at,
        department=node.department,
        person=node.person,
        named_by=(node.named_date, node.named_by) if node.named_date else None,
        due=node.due,
        support=_support(node.support),
        refs=tuple(node.refs),
    )


def find_entries(meeting_id: Id) -> list[Entry]:
    """The record as far as it is projected (a second or two behind the room; complete once closed)."""
    return [entry_of(node) for node in RecordNode.objects.filter(meeting_id=meeting_id).order_by("id")]


def find_entry(meeting_id: Id, entry_id: str) -> Entry | None:
    """One projected entry that is not deleted."""
    node = RecordNode.objects.filter(meeting_id=meeting_id, node_id=entry_id, deleted=False).first()
    return None if node is None else entry_of(node)


def entries_in(snapshot: Snapshot) -> list[Entry]:
    """The entries a snapshot froze."""
    return [_entry_of_data(data) for data in json.loads(snapshot.content)["entries"]]


def _entry_of_data(data: Mapping[str, Any]) -> Entry:
    named = data["named_by"]
    return Entry(
        **{
            **data,
            "kind": Kind(data["kind"]),
            "named_by": (date.fromisoformat(named[0]), named[1]) if named else None,
            "due": date.fromisoformat(data["due"]) if data["due"] else None,
            "support": _support(data["support"]),
            "refs": tuple(data["refs"]),
        }
    )


def _support(lines: list[dict[str, Any]] | None) -> tuple[SupportAsked, ...] | None:
    if lines is None:
        return None
    return tuple(
        SupportAsked(**{**line, "due": date.fromisoformat(line["due"]) if line["due"] else None}) for line in lines
    )
