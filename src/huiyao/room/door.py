# SPDX-License-Identifier: Apache-2.0
"""The way in from other threads: pages, the API, imports and workers, none of which may touch a document.

Where no live server runs in this process (a command line, a separate worker), edits go through an engine made
for the moment: the same gate, writer and ``seq``; a running server sees them by its own look at the table.
"""

import asyncio
import threading
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import TimeoutError as NotInTime

from huiyao.domain.actor import Actor
from huiyao.room.edits import Edit, Receipt
from huiyao.room.hub import Hub
from huiyao.room.refusals import RoomBusy
from huiyao.room.registry import Registry

PATIENCE = 15.0
"""Seconds a thread waits for its edits to be on disk."""


class _Door:
    lock = threading.Lock()
    registry: Registry | None = None
    make: Callable[[], Hub] | None = None


def open_to(registry: Registry | None) -> None:
    """Lead threads to this registry from now on (None: no live server here any more)."""
    _Door.registry = registry


def without_server(make: Callable[[], Hub]) -> None:
    """How to make an engine for the moment where no server runs; called on its event loop."""
    _Door.make = make


def submit(room: str, by: Actor, edits: Sequence[Edit], *, server: bool = False) -> Receipt:
    """Write edits and wait until they are on disk. Never call it on the event loop.

    Raises:
        Refusal: BadValue, NotFound, RoomFull, RoomFrozen: nothing was written; RoomBusy: the log failed or
        did not
            answer in time, and the edits may or may not be there.
    """
    registry = _Door.registry
    if registry is None:
        with _Door.lock:
            return asyncio.run(_submit_alone(room, by, edits, server=server))
    waiting = asyncio.run_coroutine_threadsafe(registry.submit(room, by, edits, server=server), registry.hub.loop)
    try:
        return waiting.result(PATIENCE)
    except NotInTime:
        waiting.cancel()
        raise RoomBusy from None


def settle(room: str) -> None:
    """Have the rows of a room written before reading them; without a live server they are. Never on the event loop."""
    registry = _Door.registry
    if registry is None:
        return
    waiting = asyncio.run_coroutine_threadsafe(registry.settle(room), registry.hub.loop)
    try:
        waiting.result(PATIENCE)
    except NotInTime:
        waiting.cancel()
        raise RoomBusy from None


def tell(room: str, names: Collection[str] = ()) -> None:
    """Have the facts of a room read again (none named: all of them). Never blocks, never fails."""
    registry = _Door.registry
    if registry is not None:
        registry.hub.loop.call_soon_threadsafe(registry.tell, room, tuple(names))


async def _submit_alone(room: str, by: Actor, edits: Sequence[Edit], *, server: bool) -> Receipt:
    if _Door.make is None:
        raise RoomBusy
    registry = Registry(_Door.make())
    await registry.start()
    try:
        return await registry.submit(room, by, edits, server=server)
    finally:
        await registry.stop()
