# SPDX-License-Identifier: Apache-2.0
"""The rooms of this process by name: loaded when first needed, told of changes, put away when nobody is
there.

A Registry lives on one event loop, which owns every document. Other threads come in through ``door``.
"""

import asyncio
import logging
from collections.abc import Collection, Sequence
from typing import Final

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotFound
from huiyao.room import sisters
from huiyao.room.board import agenda_of
from huiyao.room.edits import Edit, Receipt
from huiyao.room.frames import Broken, Close
from huiyao.room.hub import Hub
from huiyao.room.member import Member
from huiyao.room.ports import Channel, LogTrouble, Rights
from huiyao.room.projecting import Rounds
from huiyao.room.refusals import RoomBusy
from huiyao.room.room import Room
from huiyao.room.sisters import Changed
from huiyao.room.stream import build

logger = logging.getLogger(__name__)
TICK: Final = 1.0
LOOK_EVERY: Final = 2
SEQ_EVERY: Final = 5
TEND_EVERY: Final = 7
NOW_EVERY: Final = 30
"""Seconds between a room's looks at all its facts and rights, whatever was told of them."""
EVICT_AFTER: Final = 60.0
"""Seconds a room stays loaded after its last connection left (a loaded document is about 1.6 MiB)."""


class Registry:
    """Every loaded room, and the housekeeping of all of them."""

    def __init__(self, hub: Hub, *, evict_after: float = EVICT_AFTER) -> None:
        self.hub = hub
        self.rooms: dict[str, Room] = {}
        self._rounds = Rounds(hub)
        self._opening: dict[str, asyncio.Future[Room]] = {}
        self._evict_after = evict_after
        self._stopping = False
        self._housekeeping: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Listen to the sisters and begin housekeeping."""
        await self.hub.relay.start(self._heard)
        self._housekeeping = self.hub.loop.create_task(self._keep_house())

    async def stop(self) -> None:
        """Take no more, store what is queued, close every connection with 1012."""
        self._stopping = True
        if self._housekeeping is not None:
            self._housekeeping.cancel()
            await asyncio.gather(self._housekeeping, return_exceptions=True)
        for room in self.rooms.values():
            await room.stream.stored()
            for member in room.members:
                member.close(Close.RESTART)
        await self._rounds.write([room.projecting for room in self.rooms.values()])
        await self.hub.relay.stop()
        await self.hub.stop()

    async def room(self, name: str) -> Room:
        """The loaded room.

        Raises:
            NotFound: there is no such room.
            RoomBusy: the log cannot be read, or the process is about to end.
        """
        while True:
            room = self.rooms.get(name)
            if room is not None and not room.lost:
                return room
            if self._stopping:
                raise RoomBusy
            opening = self._opening.get(name)
            if opening is None:
                opening = self.hub.loop.create_task(self._open(name))
                self._opening[name] = opening
                opening.add_done_callback(lambda _: self._opening.pop(name, None))
            await asyncio.shield(opening)

    async def _open(self, name: str) -> Room:
        try:
            stored = await self.hub.run(self.hub.log.load, name)
        except LogTrouble as trouble:
            raise RoomBusy from trouble
        if stored is None:
            raise NotFound(room=name)
        room = Room(stored, await build(stored), name, self.hub, self._rounds)
        agenda = agenda_of(await self.hub.run(self.hub.facts.read, name, ("topics",), ()))
        if agenda is not None:
            room.plant(agenda)
        self.rooms[name] = room
        return room

    async def join(self, name: str, channel: Channel, rights: Rights, *, ours: bool) -> tuple[Room, Member]:
        """Let a connection into a room. The caller calls ``room.leave`` and ``member.stop`` when it is over."""
        room = await self.room(name)
        member = Member(channel, rights, ours=ours)
        room.join(member)
        return room, member

    async def submit(self, name: str, by: Actor, edits: Sequence[Edit], *, server: bool = False) -> Receipt:
        """Write edits to a room as ``by``; answered once they are on disk (see ``Room.submit`` for refusals)."""
        return await (await self.room(name)).submit(by, edits, server=server)

    async def settle(self, name: str) -> None:
        """Write the rows of a room that are due; returns when somebody may read them."""
        room = self.rooms.get(name)
        if room is not None and not room.lost:
            await room.projecting.now()

    def tell(self, name: str, names: Collection[str] = ()) -> None:
        """Facts of a room changed (none named: any may have); rights and state are looked at again."""
        self.hub.publish(name, Changed(tuple(names)))
        room = self.rooms.get(name)
        if room is not None and not room.lost:
            room.board.tell(names)
            self.hub.spawn(self._look_at([name]))

    def _heard(self, name: str, message: bytes) -> None:
        try:
            replica, news = sisters.decode(message)
        except (Broken, ValueError):
            logger.warning("a relay message for room %s could not be read", name)
            return
        room = self.rooms.get(name)
        if room is not None and not room.lost and replica != self.hub.replica:
            room.hear(replica, news)
            if isinstance(news, Changed):
                self.hub.spawn(self._look_at([name]))

    async def _keep_house(self) -> None:
        beat = 0
        while True:
            await asyncio.sleep(TICK)
            beat += 1
            for name, room in list(self.rooms.items()):
                if self._may_go(room):
                    del self.rooms[name]
                    room.put_away()
            self._beat(beat)
            if beat % TEND_EVERY == 0:
                self.hub.spawn(self._tend())
            if beat % LOOK_EVERY == 0 and self.rooms:
                await self._look_at(list(self.rooms))

    async def _tend(self) -> None:
        try:
            await self.hub.run(self.hub.log.tend)
        except LogTrouble:
            logger.warning("the room log could not be tended", exc_info=True)

    def _beat(self, beat: int) -> None:
        for rank, room in enumerate(self.rooms.values()):
            if beat % SEQ_EVERY == 0:
                room.tell_seq()
                if self.hub.shared:
                    room.board.announce()
            if (beat + rank) % NOW_EVERY == 0:  # not all rooms at once
                room.board.post_now()
                room.board.tell()

    def _may_go(self, room: Room) -> bool:
        if room.lost:
            return not room.members
        return not room.busy and self.hub.loop.time() - room.idle_since > self._evict_after

    async def _look_at(self, names: list[str]) -> None:
        """Compare rooms with the table: it is the truth, whatever the relay lost."""
        try:
            heads = await self.hub.run(self.hub.log.heads, names)
        except LogTrouble:
            logger.exception("the room log cannot be read")
            return
        for name, head in heads.items():
            room = self.rooms.get(name)
            if room is None or room.lost:
                continue
            if head.told != room.stream.told:
                room.stream.told = head.told
                room.board.tell()
            room.stream.saw(head)
