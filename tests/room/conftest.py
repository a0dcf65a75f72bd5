# SPDX-License-Identifier: Apache-2.0
"""Registries in memory, ended when the test ends."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime

import pytest

from huiyao.domain.actor import Actor
from huiyao.domain.record import Kind
from huiyao.room.edits import Add
from huiyao.room.hub import Hub
from huiyao.room.memory import Exchange, FactTable, MemoryLog
from huiyao.room.registry import Registry
from tests.fakes.room_client import TOPIC

SERVER = Actor(id="", name="server")
Serve = Callable[..., Awaitable[Registry]]


@pytest.fixture
def log() -> MemoryLog:
    made = MemoryLog()
    made.make_room("room")
    return made


@pytest.fixture
def facts() -> FactTable:
    return FactTable()


@pytest.fixture
async def serve(log: MemoryLog, facts: FactTable) -> AsyncIterator[Serve]:
    """Starts a registry over ``log``; with an exchange it is one of several sisters."""
    running: list[Registry] = []

    async def start(exchange: Exchange | None = None, **options: float) -> Registry:
        relay = (exchange or Exchange()).relay()
        hub = Hub(log, facts, relay, lambda: datetime(2026, 11, 24, 2, tzinfo=UTC), shared=exchange is not None)
        registry = Registry(hub, **options)
        await registry.start()
        running.append(registry)
        return registry

    yield start
    for registry in running:
        await registry.stop()


@pytest.fixture
async def registry(serve: Serve) -> Registry:
    """A registry whose room has one topic."""
    made = await serve()
    await made.submit("room", SERVER, [Add(Kind.TOPIC, "", "开场", id=TOPIC)], server=True)
    return made
