# SPDX-License-Identifier: Apache-2.0
"""One service over HTTPS: JSON there, JSON back, within bounds of time and size; trouble as outcomes, never as URLs.

Secrets stand in addresses (``access_token=``, ``key=``): no exception of the client library leaves this module.
"""

import json
import logging
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Self

import httpx

from huiyao.gateways.guard import Blocked, GuardedTransport
from huiyao.gateways.outcome import Later, Refused, Stopped

SECONDS_PER_STEP = 10.0
SECONDS_WHOLE = 20.0
ANSWER_MOST = 256 * 1024

logging.getLogger("httpx").setLevel(logging.WARNING)  # at INFO it writes whole addresses, secrets and all


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer whose body was JSON, or empty. Header names are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: dict[str, Any]

    @property
    def retry_after(self) -> float:
        """How many seconds the service asks to wait, 0 when it does not say."""
        for name in ("retry-after", "x-ogw-ratelimit-reset"):
            text = self.headers.get(name, "")
            if text.replace(".", "", 1).isdecimal():
                return min(float(text), 86_400)
        return 0


class Line:
    """A line to one service. Proxies of the environment are not used."""

    def __init__(
        self,
        base_url: str,
        *,
        allowed: Collection[str] = (),
        step: float = SECONDS_PER_STEP,
        whole: float = SECONDS_WHOLE,
    ) -> None:
        self.base_url, self.whole = base_url.rstrip("/"), whole
        self.client = httpx.Client(
            timeout=step, trust_env=False, follow_redirects=False, transport=GuardedTransport(allowed)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the connection."""
        self.client.close()

    def knock(self) -> Later | None:
        """Whether anything at all answers at the host; gives the trouble when nothing does. Nothing is acted upon."""
        try:
            self.call("GET", "/")
        except Stopped as stop:
            if isinstance(stop.outcome, Later) and stop.outcome.code != "bad_answer":
                return stop.outcome
        return None

    def get(self, path: str, **named: Any) -> Answer:
        """Ask; see ``call``."""
        return self.call("GET", path, **named)

    def post(self, path: str, **named: Any) -> Answer:
        """Hand over; see ``call``."""
        return self.call("POST", path, **named)

    def call(self, method: str, path: str, **named: Any) -> Answer:
        """One call. ``named`` are httpx's: ``params``, ``json``, ``content``, ``files``, ``headers``.

        Raises:
            Stopped: no answer came that can be read; ``uncertain`` when the service may have acted all the same.
        """
        try:
            return self._call(method, f"{self.base_url}{path}", named)
        except Blocked as blocked:
            stop = Stopped(Refused("address_refused", blocked.host, channel=True))
        except httpx.ConnectTimeout:
            stop = Stopped(Later("unreachable", "no connection in time"))
        except httpx.ConnectError as failure:
            tls = "certificate" in str(failure).lower() or "ssl" in str(failure).lower()
            stop = Stopped(Later("bad_certificate" if tls else "unreachable"))
        except httpx.TimeoutException:
            stop = Stopped(Later("timed_out", uncertain=True))
        except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError) as failure:
            stop = Stopped(Later("broken_off", type(failure).__name__, uncertain=True))
        raise stop from None

    def _call(self, method: str, url: str, named: Mapping[str, Any]) -> Answer:
        until = time.monotonic() + self.whole
        with self.client.stream(method, url, **named) as response:
            content = bytearray()
            for chunk in response.iter_bytes():
                content += chunk
                if time.monotonic() > until:
                    raise httpx.ReadTimeout("the whole took too long")
                if len(content) > ANSWER_MOST:
                    raise Stopped(Later("bad_answer", "the answer is too large", uncertain=True))
            return _read(response, bytes(content))


def _read(response: httpx.Response, content: bytes) -> Answer:
    headers = {name.lower(): value for name, value in response.headers.items()}
    try:
        body = json.loads(content) if content.strip() else {}
    except ValueError:
        body = None
    if isinstance(body, dict) and not (body == {} and response.status_code >= 500):
        return Answer(response.status_code, headers, body)
    if response.status_code >= 400:
        answer = Answer(response.status_code, headers, {})
        raise Stopped(_unreadable(answer))
    if content.strip() == b"ok":  # some webhook receivers answer so
        return Answer(response.status_code, headers, {})
    raise Stopped(Later("bad_answer", f"HTTP {response.status_code}, no JSON", uncertain=True))


def _unreadable(answer: Answer) -> Later | Refused:
    """An error without a body to tell more: 429 and 5xx pass, other 4xx speak of the set-up."""
    detail = f"HTTP {answer.status}"
    if answer.status == 429:
        return Later("too_fast", detail, answer.retry_after)
    if answer.status >= 500:
        return Later("service_down", detail, answer.retry_after, uncertain=True)
    return Refused("refused_by_service", detail, channel=True)
