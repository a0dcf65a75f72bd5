# SPDX-License-Identifier: Apache-2.0
"""The live rooms of this process: the engine with its ports, started and stopped with the server."""

import asyncio
import gc
import logging
from collections.abc import Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import Error, close_old_connections

from huiyao.features.archive.access import retrospective_parts
from huiyao.features.meetings.reads import MeetingRow
from huiyao.features.sittings.commands import greet, thaw_abandoned
from huiyao.features.sittings.stores import open_log
from huiyao.features.sittings.stores.facts import DatabaseFacts
from huiyao.plumbing import clock
from huiyao.plumbing.relay import LocalRelay, RedisRelay
from huiyao.room import door
from huiyao.room.hub import Hub
from huiyao.room.registry import Registry

logger = logging.getLogger(__name__)
THREADS = 6
THAW_SECONDS = 20.0
T = TypeVar("T")


class Live:
    """What runs; ``registry`` and ``threads`` are there between ``start`` and ``stop``."""

    registry: Registry
    threads: ThreadPoolExecutor
    _housekeeping: "asyncio.Task[None] | None" = None


def wire() -> None:
    """Let threads write to rooms also where no server runs (command line, separate worker)."""
    door.without_server(_hub)


def _hub() -> Hub:
    return Hub(open_log(lasting=False), DatabaseFacts(lasting=False), LocalRelay(), clock.now)


async def start(*, redis_url: str = "") -> None:
    """Open the rooms on the running event loop. With Redis, sister processes serve the same rooms."""
    relay = RedisRelay(redis_url) if redis_url else LocalRelay()
    facts = DatabaseFacts(greet=_greet, own={"retro": retrospective_parts})
    hub = Hub(open_log(), facts, relay, clock.now, shared=bool(redis_url))
    Live.registry = Registry(hub)
    Live.threads = ThreadPoolExecutor(THREADS, thread_name_prefix="room-command")
    await Live.registry.start()
    gc.collect()
    gc.freeze()  # what the start made lives as long as the process: full collections need not walk it
    door.open_to(Live.registry)
    Live._housekeeping = asyncio.get_running_loop().create_task(_thaw())  # noqa: SLF001 the module's own


def _greet(meeting: MeetingRow, persons: Collection[str]) -> None:
    """Note as present who is in; trouble with that keeps the facts from nobody, and is tried again with them."""
    try:
        greet(meeting, persons, at=clock.now())
    except Error:
        logger.warning("who has a room open could not be noted as present", exc_info=True)


async def stop() -> None:
    """Close every connection with 1012, store what is queued, end the threads."""
    door.open_to(None)
    if Live._housekeeping is not None:  # noqa: SLF001 the module's own
        Live._housekeeping.cancel()  # noqa: SLF001
    await Live.registry.stop()
    await asyncio.to_thread(Live.threads.shutdown)


async def in_thread(work: Callable[..., T], *arguments: object) -> T:
    """Do work that touches the database in one of a few threads, never on the event loop."""
    return await asyncio.get_running_loop().run_in_executor(Live.threads, _guarded, work, *arguments)


def _guarded(work: Callable[..., T], *arguments: object) -> T:
    close_old_connections()
    try:
        return work(*arguments)
    finally:
        close_old_connections()


async def _thaw() -> None:
    """Look now and then for rooms whose closing was left behind by a process that died."""
    while True:
        try:
            await in_thread(thaw_abandoned, clock.now())
        except Error:
            logger.warning("rooms left half closed could not be looked for", exc_info=True)
        await asyncio.sleep(THAW_SECONDS)
