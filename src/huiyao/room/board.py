# SPDX-License-Identifier: Apache-2.0
"""The state of a room as facts: named parts, read through a port after a commit, each sent whole when it
changed.

One refresh runs at a time, so an older reading can never overtake a newer one. Replaying what was sent over
any old state gives what a fresh reading gives.
"""

from collections.abc import Iterable
from typing import Final, Protocol

from huiyao.room import frames
from huiyao.room.frames import Close
from huiyao.room.hub import Hub
from huiyao.room.member import Member
from huiyao.room.ports import Reading
from huiyao.room.sisters import Here
from huiyao.room.topics import Agenda

PRESENCE_DELAY: Final = 0.05
SISTER_SILENCE: Final = 12.0
"""Seconds after which the persons a silent sister process told of count as gone."""


class Company(Protocol):
    """A room as its board sees it."""

    name: str
    members: dict[Member, None]

    def plant(self, agenda: Agenda) -> None:
        """Make the topics of the document those of the agenda."""


class Board:
    """The facts of one room, and who is there."""

    def __init__(self, room: Company, hub: Hub) -> None:
        self._room = room
        self._hub = hub
        self._sent: dict[str, bytes] = {}
        self._stale: set[str] = set()
        self._all_stale = True
        self._newcomers: list[Member] = []
        self._refreshing = False
        self._presence_due = False
        self._elsewhere: dict[bytes, tuple[float, tuple[str, ...]]] = {}

    def welcome(self, member: Member) -> None:
        """Send a newcomer every part, then ``ready``."""
        self._newcomers.append(member)
        self._refresh()
        self.presence_changed()

    def tell(self, names: Iterable[str] = ()) -> None:
        """These parts changed (none named: any may have); rights are looked at again as well."""
        self._stale.update(names)
        self._all_stale = self._all_stale or not names
        self._refresh()

    def post_now(self) -> None:
        """Tell the server's instant, from which a browser computes its offset."""
        self._post(frames.fact("now", _iso(self._hub)))

    def presence_changed(self) -> None:
        """Somebody came or went: told once for all who do so within a moment."""
        if not self._presence_due:
            self._presence_due = True
            self._hub.loop.call_later(PRESENCE_DELAY, self._post_presence)

    def here_elsewhere(self, replica: bytes, persons: tuple[str, ...]) -> None:
        """A sister process tells who has the room open there."""
        self._elsewhere[replica] = (self._hub.loop.time(), persons)
        self.presence_changed()

    def announce(self) -> None:
        """Tell the sisters who has the room open here; forget sisters that fell silent."""
        self._hub.publish(self._room.name, Here(tuple(sorted({m.rights.person for m in self._room.members}))))
        limit = self._hub.loop.time() - SISTER_SILENCE
        silent = [replica for replica, (heard, _) in self._elsewhere.items() if heard < limit]
        for replica in silent:
            del self._elsewhere[replica]
        if silent:
            self.presence_changed()

    def _post_presence(self) -> None:
        self._presence_due = False
        persons = {member.rights.person for member in self._room.members}
        persons.update(*(there for _, there in self._elsewhere.values()))
        if self._keep("online", sorted(persons)):
            self._hub.publish(self._room.name, Here(tuple(sorted({m.rights.person for m in self._room.members}))))

    def _post(self, frame: bytes) -> None:
        for member in self._room.members:
            member.post_ours(frame)

    def _keep(self, name: str, value: object) -> bool:
        """Send a shared part if it differs from what was sent."""
        frame = frames.fact(name, value)
        if self._sent.get(name) == frame:
            return False
        self._sent[name] = frame
        self._post(frame)
        return True

    def _refresh(self) -> None:
        if not self._refreshing:
            self._refreshing = True
            self._hub.spawn(self._run())

    async def _run(self) -> None:
        try:
            while self._stale or self._all_stale or self._newcomers:
                newcomers, self._newcomers = self._newcomers, []
                names = None if self._all_stale else self._stale | ({"you"} if newcomers else set())
                self._stale, self._all_stale = set(), False
                persons = {member.rights.person for member in self._room.members}
                reading = await self._read(names, persons)
                self._publish(reading, newcomers)
        finally:
            self._refreshing = False

    async def _read(self, names: set[str] | None, persons: set[str]) -> Reading:
        try:
            return await self._hub.run(self._hub.facts.read, self._room.name, names, persons)
        except BaseException:
            self._all_stale = True  # whatever happened, what was asked for is still to be read
            raise

    def _publish(self, reading: Reading, newcomers: list[Member]) -> None:
        agenda = agenda_of(reading)
        if agenda is not None:
            self._room.plant(agenda)
        for name, value in reading.shared.items():
            self._keep(name, value)
        for member in list(self._room.members):
            self._re_right(member, reading)
        for member in newcomers:
            for frame in self._sent.values():
                member.post_ours(frame)
        for member in self._room.members:
            self._post_personal(member, reading)
        instant = _iso(self._hub)
        for member in newcomers:
            member.post_ours(frames.fact("now", instant))
            member.post_ours(frames.fact("ready", True))

    def _re_right(self, member: Member, reading: Reading) -> None:
        person = member.rights.person
        if person not in reading.rights:
            return
        rights = reading.rights[person]
        if rights is None:
            member.close(Close.NO_ACCESS)
        else:
            member.rights = rights

    def _post_personal(self, member: Member, reading: Reading) -> None:
        for name, value in reading.personal.get(member.rights.person, {}).items():
            frame = frames.fact(name, value)
            if member.you.get(name) != frame:
                member.you[name] = frame
                member.post_ours(frame)


def agenda_of(reading: Reading) -> Agenda | None:
    """The topics of a reading, None if it has none of them."""
    topics = reading.shared.get("topics")
    return [(str(topic["id"]), str(topic["title"])) for topic in topics] if isinstance(topics, list) else None


def _iso(hub: Hub) -> str:
    return hub.clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")
