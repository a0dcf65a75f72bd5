# SPDX-License-Identifier: Apache-2.0
"""What all rooms of a process share: the ports, the writer, a few threads, tasks that must not be lost."""

import asyncio
import logging
import os
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from huiyao.room import sisters
from huiyao.room.ports import Clock, FactSource, Relay, UpdateLog
from huiyao.room.writer import Writer

logger = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(eq=False)
class Hub:
    """Made on the event loop that owns every document of the process.

    ``shared``: sister processes serve the same rooms.
    """

    log: UpdateLog
    facts: FactSource
    relay: Relay
    clock: Clock
    shared: bool = False
    replica: bytes = field(default_factory=lambda: os.urandom(8))

    def __post_init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.writer = Writer(self.log, self.clock)
        self._threads = ThreadPoolExecutor(4, thread_name_prefix="room")
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self, work: Callable[..., T], *arguments: object) -> T:
        """Do blocking work in one of the engine's threads."""
        return await self.loop.run_in_executor(self._threads, work, *arguments)

    def spawn(self, work: Coroutine[object, object, None]) -> None:
        """Run a task to its end; a failure is logged."""
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def publish(self, room: str, news: sisters.News) -> None:
        """Tell the sisters, if there are any."""
        if self.shared:
            self.relay.publish(room, sisters.encode(self.replica, news))

    async def stop(self) -> None:
        """Store what is queued, end threads and tasks."""
        await self.writer.stop()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.to_thread(self._threads.shutdown)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and task.exception() is not None:
            logger.error("a task of the room failed", exc_info=task.exception())
