# SPDX-License-Identifier: Apache-2.0
"""In front of the worker threads, so that a slow peer costs a coroutine and not a thread.

Uploads are spooled to disk before a thread is taken, answers are taken from the thread at once and sent at the reader's
pace, stored files are streamed here.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import IO, Any

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CHUNK = 1 << 18
SPOOL_MEMORY = 1 << 17
BODY_SECONDS = 300
FILE_HEADER = b"x-huiyao-file"


class BodyTooLarge(Exception):
    """The request's body is larger than any page accepts."""


class Front:
    """Wraps the WSGI side. ``path_of`` tells where a stored file lies; ``max_body`` is in bytes."""

    def __init__(self, app: App, *, path_of: Callable[[str], Path], max_body: int) -> None:
        self.app, self.path_of, self.max_body = app, path_of, max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        with tempfile.SpooledTemporaryFile(max_size=SPOOL_MEMORY) as body:
            try:
                async with asyncio.timeout(BODY_SECONDS):
                    complete = await self._spool(receive, body)
            except TimeoutError:
                await _plain(send, 408)
                return
            except BodyTooLarge:
                await _plain(send, 413)
                return
            if not complete:
                return
            body.seek(0)
            answer = _Answer()
            await self.app(scope, _replay(body, receive), answer.take)
        await self._deliver(answer, send, scope)

    async def _spool(self, receive: Receive, body: IO[bytes]) -> bool:
        """Read the whole body; False when the peer has gone."""
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return False
            block = message.get("body", b"")
            size += len(block)
            if size > self.max_body:
                raise BodyTooLarge
            more = message.get("more_body", False)
            if size > SPOOL_MEMORY:
                await asyncio.to_thread(body.write, block)
            else:
                body.write(block)
        return True

    async def _deliver(self, answer: "_Answer", send: Send, scope: Scope) -> None:
        start = answer.start
        named = next((value for key, value in start["headers"] if key.lower() == FILE_HEADER), None)
        if named is None:
            await send(start)
            await send({"type": "http.response.body", "body": b"".join(answer.blocks)})
            return
        sha256, size = named.decode().split(":")
        kept = [(k, v) for k, v in start["headers"] if k.lower() not in (FILE_HEADER, b"content-length")]
        await send({**start, "headers": [*kept, (b"content-length", size.encode())]})
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body", "body": b""})
            return
        await self._stream(self.path_of(sha256), send)

    async def _stream(self, path: Path, send: Send) -> None:
        with path.open("rb") as source:
            while block := await asyncio.to_thread(source.read, CHUNK):
                await send({"type": "http.response.body", "body": block, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


class _Answer:
    """What the application said, kept until the reader takes it."""

    def __init__(self) -> None:
        self.start: Message = {"type": "http.response.start", "status": 500, "headers": []}
        self.blocks: list[bytes] = []

    async def take(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.start = message
        else:
            self.blocks.append(message.get("body", b""))


def _replay(body: IO[bytes], receive: Receive) -> Receive:
    """The spooled body as ASGI messages, in pieces; afterwards only the peer's leaving."""
    done = False

    async def replay() -> Message:
        nonlocal done
        if done:
            return await receive()
        block = body.read(CHUNK)
        following = body.read(1)
        if following:
            body.seek(-1, 1)
        done = not following
        return {"type": "http.request", "body": block, "more_body": bool(following)}

    return replay


async def _plain(send: Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"connection", b"close")]})
    await send({"type": "http.response.body", "body": b""})
