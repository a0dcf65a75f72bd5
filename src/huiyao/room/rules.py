# SPDX-License-Identifier: Apache-2.0
"""What a change may do to the document, looked at after the merge and only where it touched (the dirty
nodes).

The bytes of an update cannot tell: a struct that overwrites a key names its left neighbour, not its parent.
"""

from typing import Any

from pycrdt import Map, Text

from huiyao.room import schema
from huiyao.room.document import Document, Touched


def breaks_rules(document: Document, touched: Touched, person: str) -> str:
    """Which rule a client's change breaks, empty if none. ``person`` is who sent it."""
    if touched.strange:
        return "strange"
    for id, action in touched.nodes.items():
        if action != "add":
            return "node removed"
        broken = _breaks_as_new(document, id, person)
        if broken:
            return broken
    for (id, key), action in touched.keys.items():
        if id not in touched.nodes:
            broken = _breaks_as_changed(document, id, key, action)
            if broken:
                return broken
    for id in touched.texts:
        if id in document.topics:
            return "topic"
        if not schema.fits_text(document.text_of(id)):
            return "text too long"
    return ""


def _breaks_as_new(document: Document, id: str, person: str) -> str:
    node = document.node(id)
    if node is None or not schema.is_node_id(id):
        return "no node"
    keys = set(node.keys())
    if keys - schema.KEYS or schema.REQUIRED - keys:
        return "keys"
    for key in keys - {schema.TEXT}:
        if not schema.fits(key, _plain(node[key]), document.kind):
            return f"value of {key}"
    if node["k"] == "topic":
        return "topic"
    if node.get("by", person) != person:
        return "by"
    if not isinstance(node[schema.TEXT], Text):
        return "value of t"
    return "" if schema.fits_text(str(node[schema.TEXT])) else "text too long"


def _breaks_as_changed(document: Document, id: str, key: str, action: str) -> str:
    if id in document.topics:
        return "topic"
    if key in schema.SET_ONCE or key not in schema.KEYS:
        return f"key {key}"
    node = document.node(id)
    if node is None:
        return "no node"
    if action == "delete":
        return "" if key in schema.OPTIONAL else f"key {key}"
    return "" if schema.fits(key, _plain(node.get(key)), document.kind) else f"value of {key}"


def _plain(value: Any) -> object:
    """The value as JSON would have it; a shared type stands for itself and fits nowhere."""
    return object() if isinstance(value, (Map, Text)) else value
