# SPDX-License-Identifier: Apache-2.0
"""The product's server in a process of its own, signed-in clients for it, and what it costs in CPU and memory."""

import os
import re
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

import httpx

from tests.servers import free_port, wait_for_port

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "huiyao-demo"
TICKS = os.sysconf("SC_CLK_TCK")


class Served:
    """A server over ``folder``; with ``demo`` the demo organisation is loaded first."""

    def __init__(self, folder: Path, *, demo: bool = False) -> None:
        self.folder, self.demo, self.port = folder, demo, free_port()
        self.url = f"http://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        settings = {
            "HUIYAO_DATA": str(self.folder),
            "HUIYAO_PORT": str(self.port),
            "HUIYAO_DEMO": "1" if self.demo else "0",
            "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}",
        }
        verb = "demo" if self.demo else "serve"
        self.log = (self.folder / "server.log").open("wb")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "huiyao", verb], env={**os.environ, **settings}, stdout=self.log, stderr=self.log
        )
        wait_for_port(self.port, self.process, 120)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)
        self.log.close()

    def sign_in(self, login: str) -> httpx.Client:
        """A client with the session of a demo account."""
        client = httpx.Client(base_url=self.url, timeout=60)
        client.get("/accounts/login/")
        form = {"login": login, "password": PASSWORD, "csrfmiddlewaretoken": client.cookies["huiyao_csrf"]}
        answer = client.post("/accounts/login/", data=form, headers={"Referer": self.url})
        if answer.status_code != 302:
            raise RuntimeError(f"sign-in as {login} answered {answer.status_code}")
        return client

    def cpu_seconds(self) -> float:
        """User and system time of the process so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def memory_mib(self) -> float:
        """Resident memory of the process now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index]


def minutes_address(client: httpx.Client) -> str:
    """The address under which minutes of the demo are exported."""
    found = re.search(r"/meetings/[0-9a-f-]{36}/minutes/", client.get("/meetings/?tab=past").text)
    if found is None:
        raise RuntimeError("no minutes among the past meetings")
    return f"{found[0]}export/"
