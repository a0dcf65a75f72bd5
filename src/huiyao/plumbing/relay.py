# SPDX-License-Identifier: Apache-2.0
"""Messages between sister processes: nothing to carry in one process, Redis between several.

Fits ``room.ports.Relay``. A hint only: whoever listens finds out from the database what Redis lost.
"""

import asyncio
import importlib
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

logger = logging.getLogger(__name__)
CHANNEL: Final = "huiyao.relay"
MOST_WAITING: Final = 10_000
RETRY_SECONDS: Final = 0.5
Receive = Callable[[str, bytes], None]


class LocalRelay:
    """There are no sisters."""

    async def start(self, receive: Receive) -> None:
        """Nothing will come."""

    def publish(self, room: str, message: bytes) -> None:
        """Nobody listens."""

    async def stop(self) -> None:
        """Nothing to end."""


class RedisRelay:
    """Publish and subscribe on one channel. When Redis is away messages are dropped, and it is tried again."""

    def __init__(self, url: str) -> None:
        self._redis: Any = importlib.import_module("redis.asyncio")  # only where several processes serve
        self._url = url
        self._waiting: asyncio.Queue[bytes] = asyncio.Queue(MOST_WAITING)
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self, receive: Receive) -> None:
        """Begin to send and to listen; returns at once, also when Redis is away."""
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._listen(receive)), loop.create_task(self._send())]

    def publish(self, room: str, message: bytes) -> None:
        """Queue a message; dropped when too many wait."""
        name = room.encode()
        with suppress(asyncio.QueueFull):
            self._waiting.put_nowait(bytes((len(name),)) + name + message)

    async def stop(self) -> None:
        """Stop sending and listening."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def _connect(self) -> Any:
        # redis-py's default socket timeout breaks reads that wait for the next message
        return self._redis.Redis.from_url(self._url, socket_timeout=None, socket_connect_timeout=2)

    async def _listen(self, receive: Receive) -> None:
        while True:
            client = self._connect()
            try:
                async with client.pubsub(ignore_subscribe_messages=True) as listening:
                    await listening.subscribe(CHANNEL)
                    async for message in listening.listen():
                        data = message["data"]
                        receive(data[1 : 1 + data[0]].decode(), data[1 + data[0] :])
            except (self._redis.RedisError, OSError) as error:
                logger.warning("the relay hears nothing: %s", error)
            finally:
                await client.aclose()
            await asyncio.sleep(RETRY_SECONDS)

    async def _send(self) -> None:
        while True:
            client = self._connect()
            try:
                while True:
                    first = await self._waiting.get()
                    async with client.pipeline(transaction=False) as pipe:
                        pipe.publish(CHANNEL, first)
                        while not self._waiting.empty():
                            pipe.publish(CHANNEL, self._waiting.get_nowait())
                        await pipe.execute()
            except (self._redis.RedisError, OSError) as error:
                logger.warning("the relay cannot send: %s", error)
            finally:
                await client.aclose()
            await asyncio.sleep(RETRY_SECONDS)
