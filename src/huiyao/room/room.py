# SPDX-License-Identifier: Apache-2.0
"""One room: who is there, and the way of an edit from a member to everybody.

Frame -> gate -> merged into the one document -> rules on what it touched -> queued to the writer -> on disk
-> acknowledged to its author, sent to the others, told to the sisters, projected. Nobody sees an edit before
it is on disk: joiners wait for what is in flight. Everything here runs on the event loop, without an await in
between, except where a method is a coroutine.
"""

import asyncio
import logging
from collections.abc import Awaitable, Iterable, Sequence
from typing import Final

from pycrdt import merge_updates

from huiyao.domain.actor import CLOCK, Actor
from huiyao.room import awareness, editing, frames, gate, schema
from huiyao.room.awareness import Presence, Said
from huiyao.room.board import Board
from huiyao.room.document import Document
from huiyao.room.edits import Edit, Receipt
from huiyao.room.frames import Broken, Close, Frame, Sync, Type
from huiyao.room.hub import Hub
from huiyao.room.intake import Intake
from huiyao.room.member import Member
from huiyao.room.ports import NewRow, RoomState, Row, Stored
from huiyao.room.projecting import Due, Rounds
from huiyao.room.refusals import RoomBusy, RoomFrozen
from huiyao.room.sisters import Aware, Changed, Here, News, Rows
from huiyao.room.stream import Stream
from huiyao.room.topics import Agenda, topic_edits
from huiyao.room.writer import Write

logger = logging.getLogger(__name__)
SERVER: Final = "server"
"""Whose the client ids of the server's own documents are: no person may use them."""
COMPACT_AFTER: Final = 500
"""Rows since the last snapshot from which a room is compacted when it is put away."""


class Room:
    """A loaded room. ``registry`` makes it, puts it away, and finds it by name."""

    def __init__(self, stored: Stored, document: Document, name: str, hub: Hub, rounds: Rounds) -> None:
        self.name = name
        self.kind = stored.kind
        self.members: dict[Member, None] = {}
        self.stream = Stream(name, stored, document, hub, self)
        self.board = Board(self, hub)
        self.idle_since = hub.loop.time()
        self._hub = hub
        self._rounds = rounds
        self.projecting = Due(self.stream, stored.kind, rounds)
        self._intake = Intake(self.stream, self.projecting, hub)
        self._presence = Presence()
        self._aware: dict[int, Said] = {}
        self._told_seq = self.stream.seq
        self._answers: set[asyncio.Future[int]] = set()
        self._rows = len(stored.rows)
        if stored.projected_seq < stored.head.seq:
            self.projecting.mark(set(document.nodes.keys()))
            self.projecting.soon()

    @property
    def lost(self) -> bool:
        """Whether the room was given up: a new one is to be loaded."""
        return self.stream.lost

    @property
    def busy(self) -> bool:
        """Whether something of the room is still on its way."""
        return bool(self.members or self.stream.in_flight or self.projecting.ids or self._rounds.holds(self.projecting))

    def join(self, member: Member) -> None:
        """Let a connection in: it is asked for what it has, and told who is here."""
        self.members[member] = None
        member.start()
        self.stream.when_ready(lambda: self._intake.ask(member))
        here = self._presence.everything()
        if here:
            member.post(frames.awareness(awareness.encode(here)))
        self.board.welcome(member)

    def leave(self, member: Member) -> None:
        """A connection is over."""
        if member in self.members:
            del self.members[member]
            self._spread(self._presence.drop(member.clients))
            self.board.presence_changed()
            self.idle_since = self._hub.loop.time()

    def receive(self, member: Member, data: bytes) -> Awaitable[None] | dict[str, object] | None:
        """Take one frame. A dict is a command for the caller; an awaitable means: wait before reading on."""
        if member.gone:
            return None
        if len(data) > frames.MAX_FRAME:
            member.close(Close.TOO_LARGE)
            return None
        try:
            frame = frames.decode(data)
            return self._take(member, frame)
        except Broken as broken:
            logger.warning("room %s: broken frame of %s: %s", self.name, member.rights.person, broken)
            member.close(Close.BAD)
            return None

    def _take(self, member: Member, frame: Frame) -> Awaitable[None] | dict[str, object] | None:
        if frame.type == Type.SYNC:
            if frame.step == Sync.STEP1:
                gate.read_state_vector(frame.body)
                self.stream.when_ready(lambda: self._answer(member, frame.body))
                return None
            return self._intake.take(member, frame.body)
        if frame.type == Type.AWARENESS:
            said = awareness.decode(frame.body)
            fresh = self._presence.take(said, member.rights.person)
            member.clients.update(one.client for one in fresh)
            self._spread(fresh)
            return None
        return frames.read_json(frame.body)

    def _answer(self, member: Member, state: bytes) -> None:
        """Step 2 for this state vector, once everything in it is on disk."""
        diff = frames.step2(self.stream.document.since(state))

        def post() -> None:
            member.post(diff)
            member.post_ours(frames.seq(self.stream.seq))

        self.stream.when_stored(post)

    def _spread(self, said: Sequence[Said]) -> None:
        """Tell everybody where people are, five times a second at most, and the sisters."""
        if not said:
            return
        if not self._aware:
            self._hub.loop.call_later(awareness.INTERVAL, self._post_awareness)
        self._aware.update((one.client, one) for one in said)

    def _post_awareness(self) -> None:
        body = awareness.encode(list(self._aware.values()))
        self._aware = {}
        self._post(frames.awareness(body))
        self._hub.publish(self.name, Aware(body))

    def _post(self, frame: bytes) -> None:
        for member in self.members:
            member.post(frame)

    # what the stream tells

    def stored(self, writes: Sequence[Write], first: int) -> None:
        """Writes are on disk: acknowledge, send on, tell the sisters."""
        self._rows += len(writes)
        datas = [write.row.data for write in writes]
        self._deliver(datas, {write.sender for write in writes})
        numbers: dict[Member, int] = {}
        for rank, write in enumerate(writes):
            if isinstance(write.sender, Member):
                numbers[write.sender] = write.number
                write.sender.unstored -= 1
            if write.answer is not None and not write.answer.done():
                write.answer.set_result(first + rank)
        for member, number in numbers.items():
            member.acknowledge(number)
        if self._hub.shared:
            rows = [Row(first + rank, write.row.data, write.row.person) for rank, write in enumerate(writes)]
            self._hub.publish(self.name, Rows(rows))
        self.projecting.soon()

    def _deliver(self, datas: Sequence[bytes], senders: set[object]) -> None:
        """Send updates on as one frame; who alone wrote all of them has them already."""
        frame = frames.update(datas[0] if len(datas) == 1 else merge_updates(*datas))
        alone = next(iter(senders)) if len(senders) == 1 else None
        for member in self.members:
            if member is not alone:
                member.post(frame)

    def arrived(self, updates: Sequence[bytes], touched: Iterable[str]) -> None:
        """Edits made at sister processes."""
        self._deliver(updates, set())
        self.projecting.mark(set(touched))
        self.projecting.soon()

    def frozen(self, writes: Sequence[Write]) -> None:
        """Writes that came after closing are kept apart."""
        for write in writes:
            sender = write.sender if isinstance(write.sender, Member) else None
            if sender is not None:
                sender.unstored -= 1
                self._intake.keep_late(write.row, sender, write.number)
            if write.answer is not None and not write.answer.done():
                write.answer.set_exception(RoomFrozen())

    def state_changed(self) -> None:
        """Closed, or opened again."""
        self._intake.forget_late()
        for member in self.members:
            member.post_ours(frames.seq(self.stream.seq))
        self.board.tell()

    def rebuilt(self) -> None:
        """The document was made anew; what came meanwhile is taken in now."""
        self._intake.resume()

    def dropped(self) -> None:
        """The log failed: everybody comes back later."""
        for member in self.members:
            member.close(Close.LATER)
        for answer in tuple(self._answers):
            if not answer.done():
                answer.set_exception(RoomBusy())

    # what sisters, the registry and the server itself ask

    def hear(self, replica: bytes, news: News) -> None:
        """A sister process says something."""
        match news:
            case Rows(rows=rows):
                self.stream.take_rows(rows)
            case Aware(body=body):
                self._post(frames.awareness(body))
            case Changed(names=names):
                self.board.tell(names)
            case Here(persons=persons):
                self.board.here_elsewhere(replica, persons)

    def tell_seq(self) -> None:
        """Tell how far the log has come, if it has."""
        if self.stream.seq != self._told_seq:
            self._told_seq = self.stream.seq
            for member in self.members:
                member.post_ours(frames.seq(self._told_seq))

    async def submit(self, by: Actor, edits: Sequence[Edit], *, server: bool) -> Receipt:
        """Write edits through the same writer; answered once they are on disk.

        Raises:
            Refusal: BadValue, NotFound, RoomFull: nothing was written; RoomFrozen: the record is closed;
                RoomBusy: the log failed.
        """
        await self.stream.ready()
        if self.lost:
            raise RoomBusy
        if self.stream.state is RoomState.CLOSED:
            raise RoomFrozen
        ids, answer = self._write(by, edits, server=server)
        if answer is None:
            await self.stream.stored()
            return Receipt(self.stream.seq, ids)
        return Receipt(await answer, ids)

    def _write(
        self, by: Actor, edits: Sequence[Edit], *, server: bool
    ) -> "tuple[tuple[str, ...], asyncio.Future[int] | None]":
        """Merge edits and queue them; the ids added, and the answer to come (None: they change nothing)."""
        at = self._hub.clock().isoformat(timespec="seconds").replace("+00:00", "Z")
        document = self.stream.document
        touched, ids = editing.apply(document, edits, person=by.id, at=at, server=server)
        if touched.update is None:
            return ids, None
        self.projecting.mark(touched.ids())
        own = document.doc.client_id
        new = () if own in self.stream.clients else (own,)
        self.stream.clients[own] = SERVER
        answer: asyncio.Future[int] = self._hub.loop.create_future()
        self._answers.add(answer)
        answer.add_done_callback(self._answers.discard)
        self.stream.queue(Write(NewRow(touched.update, by.id, new), None, 0, answer))
        return ids, answer

    def plant(self, agenda: Agenda) -> None:
        """Make the topics of the document those of the agenda."""
        ready = self.stream.state is RoomState.OPEN and not self.stream.rebuilding and not self.lost
        if ready and self.kind is schema.RoomKind.RECORD:
            edits = topic_edits(self.stream.document, agenda)
            if edits:
                _, answer = self._write(CLOCK, edits, server=True)
                if answer is not None:
                    answer.add_done_callback(lambda done: done.exception())

    def put_away(self) -> None:
        """Before the room is forgotten: compact it if it grew."""
        if self._rows > COMPACT_AFTER:
            self._hub.spawn(self._compact())

    async def _compact(self) -> None:
        await self._hub.run(self._hub.log.compact, self.name)
