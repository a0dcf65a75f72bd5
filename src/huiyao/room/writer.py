# SPDX-License-Identifier: Apache-2.0
"""The one writer: a thread that stores everything queued by all rooms in one transaction, then says so.

While it commits, the rooms go on queueing; the next transaction takes all of that. So one flush to disk is
shared by however many edits arrive during the one before it.
"""

import asyncio
import logging
import threading
from queue import SimpleQueue
from typing import Protocol

from huiyao.room.ports import Batch, Clock, LogTrouble, NewRow, Outcome, UpdateLog

logger = logging.getLogger(__name__)


class Write:
    """One update on its way to disk. ``number`` is the sender's own count of its frames."""

    __slots__ = ("answer", "number", "row", "sender")

    def __init__(
        self,
        row: NewRow,
        sender: object | None = None,
        number: int = 0,
        answer: "asyncio.Future[int] | None" = None,
    ) -> None:
        self.row = row
        self.sender = sender
        self.number = number
        self.answer = answer


class Owner(Protocol):
    """A room as the writer sees it."""

    name: str

    def committed(self, writes: list[Write], outcome: Outcome | None) -> None:
        """These writes were stored or refused; None: the log failed and nothing was stored."""


class _Job:
    __slots__ = ("batches", "failed", "outcomes", "owners")

    def __init__(self, owners: list[tuple[Owner, list[Write]]]) -> None:
        self.owners = owners
        self.batches = [Batch(owner.name, [write.row for write in writes]) for owner, writes in owners]
        self.outcomes: list[Outcome] = []
        self.failed = False


class Writer:
    """Queues on the event loop, commits in its thread."""

    def __init__(self, log: UpdateLog, clock: Clock) -> None:
        self._log = log
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._queued: dict[Owner, list[Write]] = {}
        self._busy = False
        self._jobs: SimpleQueue[_Job | None] = SimpleQueue()
        self._idle = asyncio.Event()
        self._idle.set()
        self._thread = threading.Thread(target=self._run, name="room-writer", daemon=True)
        self._thread.start()

    def put(self, owner: Owner, write: Write) -> None:
        """Queue one write; its room hears of it through ``committed``."""
        queued = self._queued.get(owner)
        if queued is not None:
            queued.append(write)
            return
        if not self._queued and not self._busy:
            self._idle.clear()
            self._loop.call_soon(self._flush)
        self._queued[owner] = [write]

    async def stop(self) -> None:
        """Store what is queued, then end the thread."""
        await self._idle.wait()
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    def _flush(self) -> None:
        if not self._queued:
            self._idle.set()
            return
        owners = sorted(self._queued.items(), key=lambda item: item[0].name)
        self._queued = {}
        self._busy = True
        self._jobs.put(_Job(owners))

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            try:
                job.outcomes = self._log.append(job.batches, self._clock())
            except LogTrouble:
                logger.exception("the room log could not store %d batches", len(job.batches))
                job.failed = True
            except Exception:  # whatever it is: the writer must live, and the rooms must be told
                logger.exception("the room log failed")
                job.failed = True
            self._loop.call_soon_threadsafe(self._finish, job)
        self._log.close()

    def _finish(self, job: _Job) -> None:
        self._busy = False
        for rank, (owner, writes) in enumerate(job.owners):
            owner.committed(writes, None if job.failed else job.outcomes[rank])
        self._flush()
