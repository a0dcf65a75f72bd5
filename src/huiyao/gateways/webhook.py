# SPDX-License-Identifier: Apache-2.0
"""A webhook of one's own, signed after Standard Webhooks (github.com/standard-webhooks, version 1).

The signature is twelve lines of hmac: a package for it would bring more than it saves.
"""

import base64
import binascii
import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from huiyao.gateways.calling import Line
from huiyao.gateways.outcome import Later, Note, Outcome, Refused, Stopped, Taken

PREFIX = "whsec_"


def key_of(secret: str) -> bytes:
    """The key in ``whsec_<base64>``; a secret that is not base64 is its own key."""
    try:
        return base64.b64decode(secret.removeprefix(PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return secret.encode()


def signature(secret: str, message_id: str, seconds: int, body: bytes) -> str:
    """``v1,`` and the base64 of HMAC-SHA256 over ``id.timestamp.body``."""
    signed = f"{message_id}.{seconds}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key_of(secret), signed, hashlib.sha256).digest()).decode()


@dataclass(frozen=True, slots=True)
class Webhook:
    """A receiver. ``webhook-id`` is the message's and the same at every attempt, so the receiver can see twice."""

    line: Line
    secret: str

    def send(self, note: Note, at: datetime, *, kind: str = "notice") -> Outcome:
        """Hand one message over; every 2xx answer means taken."""
        data = {"title": note.title, "text": note.text, "url": note.url}
        content = {"type": kind, "timestamp": at.isoformat(), "data": data}
        body = json.dumps(content, ensure_ascii=False).encode()
        seconds = int(at.timestamp())
        headers = {
            "content-type": "application/json",
            "webhook-id": note.id,
            "webhook-timestamp": str(seconds),
            "webhook-signature": signature(self.secret, note.id, seconds, body),
        }
        try:
            answer = self.line.post("", content=body, headers=headers)
        except Stopped as stop:
            if isinstance(stop.outcome, Later) and stop.outcome.detail.startswith("HTTP 2"):
                return Taken()
            return _refused(stop.outcome.detail) if isinstance(stop.outcome, Refused) else stop.outcome
        if 200 <= answer.status < 300:
            return Taken()
        detail = f"HTTP {answer.status}"
        if answer.status in (429, 408, 425):
            return Later("too_fast", detail, answer.retry_after or 60)
        if answer.status >= 500:
            return Later("service_down", detail, answer.retry_after)
        return _refused(detail)


def _refused(detail: str) -> Refused:
    codes = {"HTTP 401": "sign_mismatch", "HTTP 403": "sign_mismatch", "HTTP 404": "bad_token", "HTTP 410": "bad_token"}
    if detail in ("HTTP 400", "HTTP 422"):
        return Refused("bad_message", detail)
    if detail and not detail.startswith("HTTP"):
        return Refused("address_refused", detail, channel=True)
    return Refused(codes.get(detail, "refused_by_service"), detail, channel=True)


def host_of(url: str) -> str:
    """The host of an address, for the list of allowed ones."""
    return urlsplit(url).hostname or ""
