# SPDX-License-Identifier: Apache-2.0
"""Sending a stored file: the view only names it, the ASGI side streams it, so no worker thread waits for a reader."""

from urllib.parse import quote

from django.http import HttpResponse

from huiyao.plumbing.models import StoredFile

HEADER = "X-Huiyao-File"


def send(sha256: str, name: str, media_type: str = "application/octet-stream") -> HttpResponse:
    """A response that the ASGI side turns into the file, as an attachment under ``name``."""
    size = StoredFile.objects.values_list("size", flat=True).get(sha256=sha256)
    return _attachment(HttpResponse(content_type=media_type), name, {HEADER: f"{sha256}:{size}"})


def send_bytes(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A document made for this request, as an attachment under ``name``."""
    return _attachment(HttpResponse(content, content_type=media_type), name, {})


def _attachment(response: HttpResponse, name: str, headers: dict[str, str]) -> HttpResponse:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "_" for c in name)
    response.headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    response.headers["X-Content-Type-Options"] = "nosniff"
    for key, value in headers.items():
        response.headers[key] = value
    return response
