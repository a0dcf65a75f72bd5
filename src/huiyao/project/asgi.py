# SPDX-License-Identifier: Apache-2.0
"""The one server process: pages through a fixed pool of WSGI threads, the room as plain websockets beside it."""

import os
from typing import Any

import django
from a2wsgi import WSGIMiddleware
from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyao.project.settings")
django.setup(set_prefix=False)

from huiyao.plumbing.files import path_of  # noqa: E402 needs Django's settings
from huiyao.project.lifespan import Lifespan  # noqa: E402
from huiyao.project.wiring import wire  # noqa: E402
from huiyao.web.during import socket  # noqa: E402
from huiyao.web.shell.front import Front, Limits, Receive, Scope, Send  # noqa: E402

UPLOAD_ALLOWANCE = 1 << 20
"""Bytes of a form around its file."""

wire()
pages = Front(
    WSGIMiddleware(get_wsgi_application(), workers=settings.HUIYAO.threads),  # type: ignore[arg-type]
    path_of=path_of,
    limits=Limits((settings.HUIYAO.max_file_mib << 20) + UPLOAD_ALLOWANCE, settings.HUIYAO.body_seconds),
)
lifespan = Lifespan()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Dispatch by kind of connection."""
    if scope["type"] == "http":
        await pages(scope, receive, send)
    elif scope["type"] == "websocket":
        await socket.application(scope, receive, send)
    elif scope["type"] == "lifespan":
        await lifespan(scope, receive, send)


__all__: list[Any] = ["application"]
