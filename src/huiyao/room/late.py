# SPDX-License-Identifier: Apache-2.0
"""Edits that arrive after closing: kept, refused as ``frozen``, offered to the recorder; never dropped in
silence.
"""

from huiyao.room import rules
from huiyao.room.document import Document
from huiyao.room.gate import Contents


class Latecomers:
    """A side copy of the closed document that takes the late edits, so that one may build on another."""

    def __init__(self, document: Document) -> None:
        self._closed = document
        self._side: Document | None = None

    def take(self, update: bytes, contents: Contents, person: str) -> tuple[str, bytes]:
        """What to do with an update: ("known" | "late" | "resync" | "bad", the change to keep or nothing).

        Known is what the closed record already holds. A late edit that was kept before is late again, with
        nothing more to keep.
        """
        if self._side is None:
            self._side = self._closed.fork()
        if contents.lacks(self._side.have):
            return "resync", b""
        touched = self._side.merge(update, contents)
        if touched.update is None:
            return ("known" if contents.is_known(self._closed.have) else "late"), b""
        if len(contents.structs) > 1 and not self._side.took_all(contents):
            self._side = None
            return "resync", b""
        if rules.breaks_rules(self._side, touched, person):
            self._side = None
            return "bad", b""
        return "late", touched.update
