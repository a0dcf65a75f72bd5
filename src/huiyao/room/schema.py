# SPDX-License-Identifier: Apache-2.0
"""Names and kinds of what the shared document holds (``contracts``: the document), and the limits of each
value.

::

    meta  : Map { schema: 1 }
    nodes : Map  id -> Map

A new key is added here first and deployed before a browser writes it: the gate refuses unknown keys.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Final

from huiyao.domain.record import MAX_TEXT, Kind

VERSION: Final = 1
META: Final = "meta"
NODES: Final = "nodes"
TEXT: Final = "t"
MAX_NODES: Final = 5_000
MAX_ROOM_BYTES: Final = 24 * 1024 * 1024
SET_ONCE: Final = frozenset({"k", "by", "at", TEXT})
OPTIONAL: Final = frozenset({"ref", "dep", "own", "name_by", "due", "sup", "s"})

_NODE_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_REFERENCE = re.compile(r"[A-Za-z0-9_-]{0,64}")
_INSTANT = re.compile(r"[0-9TZ:.+ -]{0,40}")
_KINDS = frozenset(str(kind) for kind in Kind)


class RoomKind(StrEnum):
    """The shared record, or the recorder's private notes beside it."""

    RECORD = "record"
    NOTES = "notes"


def is_node_id(value: object) -> bool:
    """Whether ``value`` may name a node."""
    return isinstance(value, str) and _NODE_ID.fullmatch(value) is not None


def _is_reference(value: object) -> bool:
    return isinstance(value, str) and _REFERENCE.fullmatch(value) is not None


def _is_order(value: object) -> bool:
    return isinstance(value, str) and len(value) <= 256 and value.isascii()


def is_due(value: object) -> bool:
    """A civil date as ``YYYY-MM-DD``, or empty."""
    if value == "":
        return True
    if not isinstance(value, str) or len(value) != 10:
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _is_name_by(value: object) -> bool:
    if value in ("", None):
        return True
    if not isinstance(value, Mapping) or set(value) - {"date", "person"}:
        return False
    return is_due(value.get("date", "")) and _is_reference(value.get("person", ""))


def _is_support(value: object) -> bool:
    if value in ("", "none"):
        return True
    return isinstance(value, list) and len(value) <= 20 and all(map(_is_support_line, value))


def _is_support_line(line: object) -> bool:
    if not isinstance(line, Mapping) or set(line) - {"dep", "person", "what", "due"}:
        return False
    what = line.get("what", "")
    return (
        isinstance(what, str)
        and len(what) <= 2_000
        and is_due(line.get("due", ""))
        and _is_reference(line.get("dep", ""))
        and _is_reference(line.get("person", ""))
    )


def _is_references(value: object) -> bool:
    return isinstance(value, list) and len(value) <= 50 and all(map(_is_reference, value))


VALUES: Final[dict[str, Callable[[object], bool]]] = {
    "k": lambda value: value in _KINDS,
    "p": _is_reference,
    "o": _is_order,
    "s": lambda value: value in ("", "deleted"),
    "by": _is_reference,
    "at": lambda value: isinstance(value, str) and _INSTANT.fullmatch(value) is not None,
    "ref": _is_references,
    "dep": _is_reference,
    "own": _is_reference,
    "name_by": _is_name_by,
    "due": is_due,
    "sup": _is_support,
}
KEYS: Final = frozenset(VALUES) | {TEXT}
REQUIRED: Final = frozenset({"k", "p", "o", TEXT})


def fits(key: str, value: object, kind: RoomKind) -> bool:
    """Whether ``value`` may stand under ``key`` of a node; the text object is checked by its own rule."""
    if key == "s" and kind is RoomKind.NOTES and value == "private":
        return True
    check = VALUES.get(key)
    return check is not None and check(value)


def fits_text(text: str) -> bool:
    """Whether the text of a node is within its limit."""
    return len(text) <= MAX_TEXT
