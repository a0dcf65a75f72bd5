# SPDX-License-Identifier: Apache-2.0
"""The product's server in a process of its own, which a test may kill, start again and move in time."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from tests.servers import free_port, wait_for_port

ROOT = Path(__file__).resolve().parents[1]
Found = TypeVar("Found")
ROUNDS = 20
"""So many rounds of the worker, two seconds apart, are waited for at most."""


class LiveServer:
    """Serves from ``folder`` while the block runs; ``extra`` are further settings."""

    def __init__(self, folder: Path, **extra: str) -> None:
        self.folder, self.port, self.extra = folder, free_port(), extra
        self.url = f"http://127.0.0.1:{self.port}"
        self.shift = folder / "shift"
        self.process: subprocess.Popen[bytes] | None = None
        self.rounds = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.rounds.bind(("127.0.0.1", 0))
        self.told_at = self.rounds.getsockname()[1]

    @property
    def environment(self) -> dict[str, str]:
        """What the process is started with; commands of a test may use the same."""
        return {
            **os.environ,
            "HUIYAO_DATA": str(self.folder),
            "HUIYAO_PORT": str(self.port),
            "HUIYAO_BASE_URL": self.url,
            "HUIYAO_TEST_SHIFT": str(self.shift),
            "HUIYAO_TEST_ROUNDS": str(self.told_at),
            "DJANGO_SETTINGS_MODULE": "huiyao.project.settings",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
            **self.extra,
        }

    def start(self) -> None:
        """Start and return once it answers."""
        command = [sys.executable, "-W", "default", "-m", "tests.fakes.serve"]
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log, cwd=ROOT)
        wait_for_port(self.port, self.process)

    def kill(self) -> None:
        """SIGKILL: no goodbye, nothing flushed."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(timeout=10)

    def move_clock(self, seconds: float) -> None:
        """Shift the server's clock by so many seconds from now on."""
        before = float(self.shift.read_text()) if self.shift.exists() else 0.0
        beside = self.shift.with_suffix(".new")
        beside.write_text(str(before + seconds))
        beside.replace(self.shift)

    def wait_for_round(self) -> None:
        """Return once the worker has ended another round, told by `tests.fakes.serve`."""
        self.rounds.setblocking(False)
        while True:
            try:
                self.rounds.recv(64)
            except BlockingIOError:
                break
        self.rounds.settimeout(30)
        self.rounds.recv(64)

    def after_rounds(self, found: Callable[[], Found]) -> Found:
        """What ``found`` returns once it is something, asked after each round of the worker and not in between."""
        for _ in range(ROUNDS):
            if value := found():
                return value
            self.wait_for_round()
        raise AssertionError(f"it never came in {ROUNDS} rounds of the worker")

    def run(self, *words: str) -> str:
        """Run a verb of the command line against the same data; returns what it printed."""
        command = [sys.executable, "-m", "huiyao", *words]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, check=True, cwd=ROOT)
        return done.stdout

    @property
    def log(self) -> str:
        """What the process wrote so far."""
        return (self.folder / "server.log").read_text(errors="replace")

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                self.kill()
        self.rounds.close()
