# SPDX-License-Identifier: Apache-2.0
"""In front of the worker threads, so that a slow peer costs a coroutine and not a thread.

Uploads are spooled to disk before a thread is taken, answers are taken from the thread at once and sent at the reader's
pace, stored files are streamed here.
"""

import asyncio
import tempfile
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from huiyao.domain.refusals import Refusal
from huiyao.web.shell.trouble import BodyTooLarge, BodyTooSlow, at_the_door, trouble_in

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

CHUNK = 1 << 18
SPOOL_MEMORY = 1 << 17
LINGER_SECONDS = 10
LINGER_BYTES = 64 << 20
FILE_HEADER = b"x-huiyao-file"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is taken of a request's body: bytes, and seconds until all of it must be here."""

    body: int
    seconds: float = 300


class Front:
    """Wraps the WSGI side. ``path_of`` tells where a stored file lies."""

    def __init__(self, app: App, *, path_of: Callable[[str], Path], limits: Limits) -> None:
        self.app, self.path_of, self.limits = app, path_of, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request."""
        with tempfile.SpooledTemporaryFile(max_size=SPOOL_MEMORY) as body:
            try:
                complete = await self._take(scope, receive, body)
            except Refusal as refusal:
                await _refuse(refusal, scope, receive, send)
                return
            if not complete:
                return
            body.seek(0)
            answer = _Answer()
            await self.app(scope, _replay(body, receive), answer.take)
        await self._deliver(answer, send, scope)

    async def _take(self, scope: Scope, receive: Receive, body: IO[bytes]) -> bool:
        """Take the whole body in time and with room for it; False when the peer has gone."""
        told = next((value for key, value in scope["headers"] if key.lower() == b"content-length"), b"0")
        if told.isdigit() and int(told) > self.limits.body:
            raise BodyTooLarge(limit_mib=self.limits.body >> 20)
        try:
            async with asyncio.timeout(self.limits.seconds):
                return await self._spool(receive, body)
        except TimeoutError:
            raise BodyTooSlow from None
        except OSError as error:
            found = trouble_in(error)
            if found is None:
                raise
            raise found from error

    async def _spool(self, receive: Receive, body: IO[bytes]) -> bool:
        """Read the whole body; False when the peer has gone."""
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return False
            block = message.get("body", b"")
            size += len(block)
            if size > self.limits.body:
                raise BodyTooLarge(limit_mib=self.limits.body >> 20)
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


async def _refuse(refusal: Refusal, scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at once, then go on reading for a while: a peer that is cut off while it sends reads no answer."""
    headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
    told = at_the_door(refusal, scope["path"], headers)
    lines = [(key.lower().encode("latin-1"), value.encode("latin-1")) for key, value in told.items()]
    lines += [(b"content-length", str(len(told.content)).encode()), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": told.status_code, "headers": lines})
    await send({"type": "http.response.body", "body": told.content, "more_body": True})
    left = LINGER_BYTES
    with suppress(TimeoutError):
        async with asyncio.timeout(LINGER_SECONDS):
            while left > 0:
                message = await receive()
                left -= max(len(message.get("body", b"")), 1)
                if message["type"] == "http.disconnect" or not message.get("more_body", False):
                    break
    await send({"type": "http.response.body", "body": b""})
