# SPDX-License-Identifier: Apache-2.0
"""Taking an update in: what is asked of it before and after it is merged, and what its sender hears.

Order of the questions: can it be read; is the record closed; may this person type; does it build on what is
here; are its client ids this person's; is there room; did pycrdt take all of it; do the rules hold where it
touched.
"""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable
from typing import Final

from huiyao.room import frames, gate, rules, schema
from huiyao.room.frames import Broken, Close, Reason
from huiyao.room.gate import Contents
from huiyao.room.hub import Hub
from huiyao.room.late import Latecomers
from huiyao.room.member import Member
from huiyao.room.ports import LogTrouble, NewRow, RoomState
from huiyao.room.projecting import Due
from huiyao.room.stream import Stream
from huiyao.room.writer import Write

logger = logging.getLogger(__name__)
CLIENT_ROOTS: Final = frozenset({schema.NODES})
LARGE: Final = 32 * 1024
"""Bytes from which an update is taken apart in a thread."""
MAX_UNSTORED: Final = 512
"""Updates of one connection on their way to disk before it is read no further."""


class Intake:
    """The way in for updates of one room."""

    def __init__(self, stream: Stream, projecting: Due, hub: Hub) -> None:
        self._stream = stream
        self._projecting = projecting
        self._hub = hub
        self._parked: deque[tuple[Member, int, bytes, Contents]] = deque()
        self._late: Latecomers | None = None
        self._keeping = asyncio.Lock()

    def take(self, member: Member, update: bytes) -> Awaitable[None] | None:
        """Take a numbered update; an answer to wait for means: read no further until then."""
        member.number += 1
        if len(update) >= LARGE:
            return self._take_large(member, member.number, update)
        try:
            contents = gate.inspect(update, CLIENT_ROOTS)
        except Broken as broken:
            self._bad(member, member.number, str(broken))
            return None
        wait = self._admit(member, member.number, update, contents)
        return self._stream.stored() if wait is None and member.unstored > MAX_UNSTORED else wait

    async def _take_large(self, member: Member, number: int, update: bytes) -> None:
        try:
            contents = await self._hub.run(gate.inspect, update, CLIENT_ROOTS)
        except Broken as broken:
            self._bad(member, number, str(broken))
        else:
            wait = self._admit(member, number, update, contents)
            if wait is not None:
                await wait

    def ask(self, member: Member) -> None:
        """Ask a client for what the room does not have."""
        frame = frames.step1(self._stream.document.state())
        self._stream.when_stored(lambda: member.post(frame))

    def resume(self) -> None:
        """The document is there again: go on with what came meanwhile."""
        self._late = None
        parked, self._parked = self._parked, deque()
        for member, number, update, contents in parked:
            if not member.gone:
                member.decided(number)
                self._admit(member, number, update, contents, again=True)

    def forget_late(self) -> None:
        """The room was opened again."""
        self._late = None

    def _admit(
        self, member: Member, number: int, update: bytes, contents: Contents, *, again: bool = False
    ) -> Awaitable[None] | None:
        stream = self._stream
        if stream.rebuilding:
            member.undecided(number)
            self._parked.append((member, number, update, contents))
            return None
        have = stream.document.have
        known = contents.is_known(have)
        if known and (not contents.deletes or not member.rights.types):
            self._acknowledge(member, number)
        elif not member.rights.types:
            member.refuse(number, Reason.RIGHTS)
        elif stream.state is RoomState.CLOSED:
            self._take_late(member, number, update, contents)
        elif self._hub.shared and not again and not (known or self._is_plain(member, contents)):
            return self._try_again(member, number, update, contents)
        elif contents.lacks(have):
            self._resync(member, number)
        elif not known and not self._owns(member, contents):
            member.refuse(number, Reason.CLIENT, Close.CLIENT_TAKEN)
        elif stream.size + len(update) > schema.MAX_ROOM_BYTES:
            member.refuse(number, Reason.FULL)
        else:
            self._merge(member, number, update, contents)
        return None

    def _is_plain(self, member: Member, contents: Contents) -> bool:
        """Whether it only goes on with client ids known to be this person's, and lacks nothing."""
        clients, person = self._stream.clients, member.rights.person
        return all(clients.get(client) == person for client in contents.structs) and not contents.lacks(
            self._stream.document.have
        )

    def _owns(self, member: Member, contents: Contents) -> bool:
        """Whether every client id with something new is this person's, or nobody's yet."""
        stream, person = self._stream, member.rights.person
        have = stream.document.have
        return all(
            stream.clients.get(client, person) == person
            for client, (_, end) in contents.structs.items()
            if end > have.get(client, 0)
        )

    def _merge(self, member: Member, number: int, update: bytes, contents: Contents) -> None:
        stream, person = self._stream, member.rights.person
        document = stream.document
        try:
            touched = document.merge(update, contents)
        except Broken:
            stream.rebuild()
            self._bad(member, number, "not an update")
            return
        if len(contents.structs) > 1 and not document.took_all(contents):
            stream.rebuild()
            self._resync(member, number)
            return
        if touched.update is None:
            self._acknowledge(member, number)
            return
        broken = rules.breaks_rules(document, touched, person)
        if broken:
            stream.rebuild()
            self._bad(member, number, broken)
            return
        if touched.nodes and len(document.nodes) > schema.MAX_NODES:
            stream.rebuild()
            member.refuse(number, Reason.FULL)
            return
        self._projecting.mark(touched.ids())
        new = tuple(client for client in contents.structs if client not in stream.clients)
        for client in new:
            stream.clients[client] = person
        member.unstored += 1
        stream.queue(Write(NewRow(touched.update, person, new), member, number))

    def _acknowledge(self, member: Member, number: int) -> None:
        """Nothing new: durable as soon as what is in flight is."""
        self._stream.when_stored(lambda: member.acknowledge(number))

    async def _try_again(self, member: Member, number: int, update: bytes, contents: Contents) -> None:
        """Look at the table before judging: what seems to be missing, or new under an unknown client id, may be
        what a sister process has stored and shown to this person.
        """
        await self._stream.catch_up()
        if not member.gone and not self._stream.lost:
            self._admit(member, number, update, contents, again=True)

    def _resync(self, member: Member, number: int) -> None:
        member.refuse(number, Reason.RESYNC)
        self._stream.when_ready(lambda: self.ask(member))

    def _bad(self, member: Member, number: int, why: str) -> None:
        logger.warning("room %s: refused an update of %s: %s", self._stream.name, member.rights.person, why)
        member.refuse(number, Reason.BAD, Close.BAD)

    def _take_late(self, member: Member, number: int, update: bytes, contents: Contents) -> None:
        if self._late is None:
            self._late = Latecomers(self._stream.document)
        try:
            verdict, change = self._late.take(update, contents, member.rights.person)
        except Broken:
            verdict, change = "bad", b""
        if verdict == "known":
            self._acknowledge(member, number)
        elif verdict == "resync":
            self._resync(member, number)
        elif verdict == "bad":
            self._late = None
            self._bad(member, number, "late")
        else:
            self.keep_late(NewRow(change, member.rights.person), member, number)

    def keep_late(self, row: NewRow, member: Member, number: int) -> None:
        """Store an edit that came after closing, then tell its sender; one without data was kept before."""
        member.undecided(number)
        self._hub.spawn(self._keep_late(row, member, number))

    async def _keep_late(self, row: NewRow, member: Member, number: int) -> None:
        async with self._keeping:  # in order: a refusal tells that everything before it is kept
            try:
                if row.data:
                    await self._hub.run(self._hub.log.keep_late, self._stream.name, row, self._hub.clock())
            except LogTrouble:
                logger.exception("room %s could not keep a late edit", self._stream.name)
                self._late = None
                member.close(Close.LATER)
                return
        member.refuse(number, Reason.FROZEN)
