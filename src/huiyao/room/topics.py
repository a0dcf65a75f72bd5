# SPDX-License-Identifier: Apache-2.0
"""Topics in the document follow the agenda: made once by the server, renamed, ordered and taken out with it."""

from collections.abc import Sequence

from huiyao.domain.record import Kind
from huiyao.room import ordering
from huiyao.room.document import Document
from huiyao.room.edits import Add, Delete, Edit, Place, Restore, SetText

Agenda = Sequence[tuple[str, str]]
"""Topic ids with their titles, in order."""


def topic_edits(document: Document, agenda: Agenda) -> list[Edit]:
    """What makes the document's topics those of the agenda; nothing if they are."""
    edits: list[Edit] = []
    orders = _orders(document, agenda)
    for topic, title in agenda:
        node = document.node(topic)
        if node is None:
            edits.append(Add(Kind.TOPIC, "", title, id=topic, order=orders[topic]))
            continue
        if document.text_of(topic) != title:
            edits.append(SetText(topic, title))
        if node.get("s"):
            edits.append(Restore(topic))
        if node.get("o") != orders[topic]:
            edits.append(Place(topic, orders[topic]))
    gone = document.topics - {topic for topic, _ in agenda}
    return [*edits, *(Delete(topic) for topic in sorted(gone) if not _is_deleted(document, topic))]


def _orders(document: Document, agenda: Agenda) -> dict[str, str]:
    """An order key for each topic: the present ones if they are in order, else new ones throughout."""
    nodes = [document.node(topic) for topic, _ in agenda]
    present = [str(node.get("o", "")) if node is not None else "" for node in nodes]
    if all(present) and present == sorted(set(present)):
        return {topic: order for (topic, _), order in zip(agenda, present, strict=True)}
    orders: dict[str, str] = {}
    last: str | None = None
    for topic, _ in agenda:
        last = ordering.between(last, None)
        orders[topic] = last
    return orders


def _is_deleted(document: Document, topic: str) -> bool:
    node = document.node(topic)
    return node is None or node.get("s") == "deleted"
