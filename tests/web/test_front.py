# SPDX-License-Identifier: Apache-2.0
"""Slow and too large peers in front of the real server: they cost a connection, never a worker thread."""

import hashlib
import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

import httpx
import pytest

from tests.live import ROOT, LiveServer

SLOW = 10
"""More than the eight worker threads."""
FILE = os.urandom(1 << 20) * 24


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[LiveServer, dict[str, Any]]]:
    server = LiveServer(tmp_path_factory.mktemp("front"), HUIYAO_WORKER="outside")
    command = [sys.executable, "-m", "tests.e2e.company"]
    done = subprocess.run(command, env=server.environment, cwd=ROOT, check=True, capture_output=True)
    with server:
        yield server, json.loads(done.stdout)


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveServer]:
    """A server that takes 2 MiB within a second."""
    folder = tmp_path_factory.mktemp("strict")
    with LiveServer(folder, HUIYAO_WORKER="outside", HUIYAO_MAX_FILE_MIB="1", HUIYAO_BODY_SECONDS="1") as server:
        yield server


class Peer:
    """One connection, by hand."""

    def __init__(self, server: LiveServer, *, narrow: bool = False) -> None:
        self.socket = socket.socket()
        if narrow:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.settimeout(20)
        self.socket.connect(("127.0.0.1", server.port))

    def say(self, *lines: str, body: bytes = b"") -> "Peer":
        head = "\r\n".join([lines[0], "Host: 127.0.0.1", *lines[1:], "", ""])
        self.socket.sendall(head.encode() + body)
        return self

    def answer(self) -> httpx.Response:
        """All of it, until the other side has said everything it announced."""
        data = b""
        while b"\r\n\r\n" not in data:
            data += self.socket.recv(65536) or pytest.fail(f"cut off after {data!r}")
        head, _, body = data.partition(b"\r\n\r\n")
        status, *lines = head.decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in lines)
        length = int(httpx.Headers(headers)["content-length"])
        while len(body) < length:
            body += self.socket.recv(1 << 20) or pytest.fail("cut off")
        return httpx.Response(int(status.split()[1]), headers=headers, content=body)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()


def answers(server: LiveServer) -> None:
    assert httpx.get(f"{server.url}/healthz", timeout=10).json()["ok"]
    assert httpx.get(f"{server.url}/accounts/login/", timeout=10).status_code == 200


def test_slow_uploads_do_not_stop_the_site(company: tuple[LiveServer, dict[str, Any]]) -> None:
    server, told = company
    token = f"Authorization: Bearer {told['people']['wenqing']['token']}"
    body = json.dumps({"title": "慢慢来" + "的会" * 20}).encode()
    with ExitStack() as stack:
        peers = [stack.enter_context(Peer(server)) for _ in range(SLOW)]
        for peer in peers:
            peer.say(
                "POST /api/v1/meetings HTTP/1.1",
                token,
                "Content-Type: application/json",
                f"Content-Length: {len(body)}",
            )
        for sent in range(3):
            for peer in peers:
                peer.socket.sendall(body[sent : sent + 1])
            answers(server)
        peers[0].socket.sendall(body[3:])
        assert peers[0].answer().status_code == 201


def test_slow_downloads_do_not_stop_the_site(company: tuple[LiveServer, dict[str, Any]]) -> None:
    server, told = company
    token = f"Bearer {told['people']['wenqing']['token']}"
    with httpx.Client(base_url=f"{server.url}/api/v1", headers={"Authorization": token}, timeout=30) as host:
        meeting = host.post("/meetings", json={"title": "大文件"}).json()["id"]
        stored = host.post(f"/meetings/{meeting}/materials/files", files={"file": ("a.bin", FILE)}).json()
    path = f"/api/v1/meetings/{meeting}/materials/{stored['id']}/content"
    with ExitStack() as stack:
        peers = [stack.enter_context(Peer(server, narrow=True)) for _ in range(SLOW)]
        for peer in peers:
            peer.say(f"GET {path} HTTP/1.1", f"Authorization: {token}")
        for peer in peers:
            assert peer.socket.recv(15) == b"HTTP/1.1 200 OK"
        answers(server)
        with Peer(server) as quick:
            whole = quick.say(f"GET {path} HTTP/1.1", f"Authorization: {token}").answer()
        assert hashlib.sha256(whole.content).digest() == hashlib.sha256(FILE).digest()


@pytest.mark.parametrize(("language", "words"), [("zh-CN", "zh-hans"), ("zh-TW", "zh-hant"), ("en-GB", "en")])
def test_too_large_is_told_before_it_is_sent(strict: LiveServer, language: str, words: str) -> None:
    with Peer(strict) as peer:
        peer.say("POST /accounts/login/ HTTP/1.1", f"Accept-Language: {language}", "Content-Length: 99000000")
        told = peer.answer()
    assert told.status_code == 413
    assert f'lang="{words}"' in told.text
    assert "2 MiB" in told.text
    answers(strict)


def test_too_large_without_a_length_is_told_while_it_is_sent(strict: LiveServer) -> None:
    block = b"%x\r\n%s\r\n" % (1 << 16, b"x" * (1 << 16))
    with Peer(strict) as peer:
        peer.say("POST /api/v1/meetings HTTP/1.1", "Transfer-Encoding: chunked")
        for _ in range(40):
            peer.socket.sendall(block)
        told = peer.answer()
    assert (told.status_code, told.json()["code"]) == (413, "body_too_large")


def test_a_body_that_never_comes_is_given_up(strict: LiveServer) -> None:
    with Peer(strict) as peer:
        peer.say("POST /api/v1/meetings HTTP/1.1", "Content-Length: 100", body=b"{")
        told = peer.answer()
    assert (told.status_code, told.json()["code"]) == (408, "body_too_slow")
    answers(strict)


def test_a_peer_that_leaves_in_the_middle_leaves_nothing_behind(strict: LiveServer) -> None:
    for _ in range(SLOW):
        with Peer(strict) as peer:
            peer.say("POST /api/v1/meetings HTTP/1.1", "Content-Length: 1000000", body=b"x" * 300_000)
    answers(strict)
    assert "Traceback" not in strict.log
    process = strict.process
    assert process is not None
    assert not [name for name in _open_files(process.pid) if "deleted" in name and "tmp" in name]


def _open_files(pid: int) -> list[str]:
    folder = Path(f"/proc/{pid}/fd")
    if not folder.is_dir():
        return []
    return [str(entry.readlink()) for entry in folder.iterdir() if entry.is_symlink()]


def test_what_is_no_http_is_refused(strict: LiveServer) -> None:
    with Peer(strict) as peer:
        peer.socket.sendall(b"\x16\x03\x01 hello\r\n\r\n")
        assert b"400" in peer.socket.recv(200)
    answers(strict)
