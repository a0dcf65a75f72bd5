# SPDX-License-Identifier: Apache-2.0
"""What the simulators of outside services share: a threaded HTTP server, a clock, a log, faults on demand.

A fault is taken by the next request (an empty one lets it pass): ``silence`` (act, then never answer), ``500``, ``truncated``, ``html`` (each acts
first), ``slow`` (act, then drip the answer), ``down`` (hang up without acting), ``down_always`` (until cleared).
"""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import unquote, urlsplit


@dataclass(frozen=True)
class Asked:
    """One request; ``query`` was URL-decoded exactly once, ``+`` is no space."""

    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> dict[str, Any]:
        return json.loads(self.content)


Told = tuple[int, dict[str, Any]]


class Service:
    """Subclasses answer in ``answer``; ``told_headers`` go out with the answer."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.faults: deque[str] = deque()
        self.log: list[Asked] = []
        self.stop = threading.Event()
        self.lock = threading.Lock()
        self.told_headers: dict[str, str] = {}

    def answer(self, asked: Asked) -> Told:
        raise NotImplementedError

    def take(self, asked: Asked) -> tuple[str, int, bytes]:
        """Act on a request; gives the fault, the status and the body."""
        with self.lock:
            self.log.append(asked)
            fault = self.faults[0] if self.faults else ""
            if self.faults and not fault.endswith("_always"):
                self.faults.popleft()
            if fault.startswith("down"):
                return "down", 0, b""
            self.told_headers = {}
            if asked.path in ("", "/") and asked.method == "GET":
                return fault, 200, b"<html><body>welcome</body></html>"
            status, body = self.answer(asked)
            return fault, status, json.dumps(body, ensure_ascii=False).encode()


def query_of(text: str) -> dict[str, str]:
    """The query, decoded once: a signature encoded twice stays wrong."""
    pairs = (pair.partition("=") for pair in text.split("&") if pair)
    return {unquote(name): unquote(value) for name, _, value in pairs}


def handler_of(service: Service) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _serve(self) -> None:
            parts = urlsplit(self.path)
            content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            headers = {name.lower(): value for name, value in self.headers.items()}
            asked = Asked(self.command, parts.path, query_of(parts.query), headers, content)
            fault, status, body = service.take(asked)
            self.close_connection = bool(fault)
            if fault == "down":
                return
            if fault == "silence":
                service.stop.wait(30)
                return
            if fault == "500":
                status, body = 500, b"upstream error"
            if fault == "html":
                body = b"<html><body>502 Bad Gateway</body></html>"
            self._tell(status, body, fault)

        do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 the names http.server looks for

        def _tell(self, status: int, body: bytes, fault: str) -> None:
            self.send_response(status)
            for name, value in service.told_headers.items():
                self.send_header(name, value)
            self.send_header("Content-Type", "text/html" if fault == "html" else "application/json")
            if fault == "truncated":
                body = body[: len(body) // 2]
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            try:
                if fault != "slow":
                    self.wfile.write(body)
                    return
                for byte in body:
                    if service.stop.wait(0.05):
                        return
                    self.wfile.write(bytes([byte]))
                    self.wfile.flush()
            except OSError:
                self.close_connection = True

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    return Handler


class Threads(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hung up is no news."""


@contextmanager
def served(service: Service, port: int = 0) -> Iterator[str]:
    """Serve while the block runs; gives the base URL."""
    server = Threads(("127.0.0.1", port), handler_of(service))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        service.stop.set()
        server.shutdown()
        server.server_close()
        thread.join(10)


class Window:
    """At most ``most`` in ``seconds``; going over blocks for ``penalty`` seconds, if any."""

    def __init__(self, most: int, seconds: float, penalty: float = 0) -> None:
        self.most, self.seconds, self.penalty = most, seconds, penalty
        self.times: deque[float] = deque()
        self.blocked_until = 0.0

    def admits(self, now: datetime) -> bool:
        moment = now.timestamp()
        if moment < self.blocked_until:
            return False
        while self.times and self.times[0] <= moment - self.seconds:
            self.times.popleft()
        if len(self.times) >= self.most:
            self.blocked_until = moment + self.penalty
            return False
        self.times.append(moment)
        return True


class Tokens:
    """Tokens of applications: expiring, revocable, one kind per host."""

    def __init__(self, prefix: str, seconds: int = 7200) -> None:
        self.prefix, self.seconds = prefix, seconds
        self.until: dict[str, float] = {}
        self.issued = 0

    def issue(self, now: datetime) -> str:
        self.issued += 1
        token = f"{self.prefix}{self.issued}"
        self.until[token] = now.timestamp() + self.seconds
        return token

    def valid(self, token: str, now: datetime) -> bool:
        return self.until.get(token, 0) > now.timestamp()

    def revoke_all(self) -> None:
        self.until.clear()
