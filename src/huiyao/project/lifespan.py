# SPDX-License-Identifier: Apache-2.0
"""What starts and stops with the process: the rooms and, in the default set-up, the worker thread."""

import threading

from django.conf import settings

from huiyao.project import worker
from huiyao.web.during import live
from huiyao.web.shell.front import Receive, Scope, Send


class Lifespan:
    """Answers the server's lifespan messages."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.worker: threading.Thread | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Start on startup, stop on shutdown."""
        del scope
        while True:
            message = await receive()
            if message["type"] == "lifespan.startup":
                await self.start()
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                await self.stop()
                await send({"type": "lifespan.shutdown.complete"})
                return

    async def start(self) -> None:
        """Open the rooms and start the worker unless ``huiyao worker`` does its work."""
        await live.start(redis_url=settings.HUIYAO.redis_url)
        if settings.HUIYAO.worker_inside:
            self.worker = threading.Thread(target=worker.loop, args=(self.stopping,), name="worker", daemon=True)
            self.worker.start()

    async def stop(self) -> None:
        """Close the rooms, then the worker."""
        self.stopping.set()
        await live.stop()
        if self.worker is not None:
            self.worker.join(timeout=5)
