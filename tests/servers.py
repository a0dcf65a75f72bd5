# SPDX-License-Identifier: Apache-2.0
"""Real PostgreSQL and Redis servers of a run's own, on free loopback ports, gone afterwards."""

import os
import pwd
import shutil
import socket
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Self


def free_port() -> int:
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_postgres() -> Path | None:
    """The folder with initdb and postgres, newest version first."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists():
            return folder
    found = shutil.which("initdb")
    return Path(found).parent if found else None


def wait_for_port(port: int, process: subprocess.Popen[bytes], seconds: float = 30) -> None:
    """Return once somebody listens; fail if the process ends first.

    Asked again and again, up to ``seconds``: a process of others gives no other sign that it listens.
    """
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"{process.args!r} ended with {process.returncode}")
        with socket.socket() as probe:
            probe.settimeout(0.2)
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on {port}")


class Server:
    """A process that serves while the block runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def command(self) -> list[str]:
        raise NotImplementedError

    def prepare(self) -> None:
        """Make the folder ready."""

    def start(self) -> None:
        """Start and wait until it listens."""
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(self.command(), stdout=log, stderr=log, preexec_fn=self.drop_root)
        wait_for_port(self.port, self.process)

    def drop_root(self) -> None:
        """Run as the present user."""

    def stop(self) -> None:
        """End it and wait."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(timeout=20)

    def __enter__(self) -> Self:
        self.prepare()
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


class PostgresServer(Server):
    """PostgreSQL refuses to run as root, so root runs it as ``postgres``."""

    @property
    def url(self) -> str:
        return f"postgresql://huiyao@127.0.0.1:{self.port}/huiyao"

    def drop_root(self) -> None:
        if os.getuid() == 0:
            user = pwd.getpwnam("postgres")
            os.setgid(user.pw_gid)
            os.setuid(user.pw_uid)

    def prepare(self) -> None:
        if os.getuid() == 0:
            shutil.chown(self.folder, "postgres")
        self._run("initdb", "-D", str(self.folder / "data"), "-U", "huiyao", "-A", "trust", "-E", "UTF8", "--locale=C")

    def command(self) -> list[str]:
        return [
            str(self._bin("postgres")), "-D", str(self.folder / "data"), "-p", str(self.port),
            "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}",
        ]  # fmt: skip

    def start(self) -> None:
        """Start and wait until it lets us in; it listens before that and turns everybody away, so it is asked ten seconds."""
        super().start()
        for _ in range(100):
            done = subprocess.run(
                [str(self._bin("createdb")), "-h", "127.0.0.1", "-p", str(self.port), "-U", "huiyao", "huiyao"],
                capture_output=True, check=False,
            )  # fmt: skip
            if done.returncode == 0 or b"already exists" in done.stderr:
                return
            time.sleep(0.1)
        raise RuntimeError(done.stderr.decode())

    def _bin(self, name: str) -> Path:
        folder = find_postgres()
        assert folder is not None
        return folder / name

    def _run(self, name: str, *arguments: str) -> None:
        subprocess.run(
            [str(self._bin(name)), *arguments], check=True, capture_output=True, preexec_fn=self.drop_root, cwd="/"
        )


class RedisServer(Server):
    """Redis in memory only: the relay is a hint, the table is the truth."""

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}/0"

    def command(self) -> list[str]:
        return [
            "redis-server",
            "--port",
            str(self.port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--dir",
            str(self.folder),
        ]
