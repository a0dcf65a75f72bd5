# SPDX-License-Identifier: Apache-2.0
"""A receiver of Standard Webhooks: checks signature and age, knows what it has seen, may refuse or be busy."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.fakes.http_service import Asked, Service, Told

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"


class Receiver(Service):
    """``received`` holds each message once, by its ``webhook-id``; ``calls`` counts every call."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self.received: dict[str, dict[str, Any]] = {}
        self.order: list[str] = []
        self.status = 200
        self.retry_after = ""
        self.tolerance = 300.0

    def answer(self, asked: Asked) -> Told:
        stamp, name = asked.headers.get("webhook-timestamp", "0"), asked.headers.get("webhook-id", "")
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        signed = f"{name}.{stamp}.".encode() + asked.content
        wanted = "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
        fresh = abs(int(stamp) - self.now().timestamp()) < self.tolerance
        if not fresh or wanted not in asked.headers.get("webhook-signature", "").split(" "):
            return 401, {"error": "signature"}
        if self.status != 200:
            self.told_headers = {"Retry-After": self.retry_after} if self.retry_after else {}
            return self.status, {}
        if name not in self.received:
            self.received[name] = asked.json
            self.order.append(name)
        return 200, {}
