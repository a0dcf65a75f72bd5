# SPDX-License-Identifier: Apache-2.0
"""Pages: p50, p95 and server CPU a request for the main pages at 1 and 8 clients, and with more and more meetings."""

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

import httpx

from bench.serving import Served

REQUESTS = 80
SIZES = (10, 1_000, 20_000)


def measure(server: Served, clients: list[httpx.Client], address: str) -> dict[str, float]:
    """Ask for one page from each client in turn; times in ms, CPU in ms a request."""
    for client in clients:
        client.get(address).raise_for_status()
    times: list[float] = []
    each = REQUESTS // len(clients)

    def ask(client: httpx.Client) -> None:
        for _ in range(each):
            began = time.perf_counter()
            client.get(address).raise_for_status()
            times.append((time.perf_counter() - began) * 1000)

    before = server.cpu_seconds()
    threads = [threading.Thread(target=ask, args=(client,)) for client in clients]
    _run(threads)
    cpu = (server.cpu_seconds() - before) * 1000 / len(times)
    cut = statistics.quantiles(times, n=20)
    return {"p50_ms": round(cut[9], 1), "p95_ms": round(cut[18], 1), "cpu_ms": round(cpu, 1)}


def _run(threads: list[threading.Thread]) -> None:
    for act in (threading.Thread.start, threading.Thread.join):
        for thread in threads:
            act(thread)


def grow(folder: Path, count: int) -> None:
    """Put ``count`` finished meetings with actions beside the demo's, by the tables themselves."""
    os.environ.update(HUIYAO_DATA=str(folder), DJANGO_SETTINGS_MODULE="huiyao.project.settings")
    code = f"from bench.many_meetings import grow; grow({count})"
    subprocess.run([sys.executable, "-c", code], check=True, env={**os.environ, "PYTHONPATH": "src:."})


def main() -> None:
    """Print figures by number of meetings, page and clients."""
    result: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="huiyao-bench-") as name:
        folder = Path(name)
        with Served(folder, demo=True):
            pass
        there = 0
        for size in SIZES:
            grow(folder, size - there)
            there = size
            with Served(folder) as server:
                result[str(size)] = _pages(server, (1, 8) if size == SIZES[0] else (1,))
    json.dump(result, sys.stdout)


def _pages(server: Served, counts: tuple[int, ...]) -> dict[str, object]:
    addresses: dict[str, Callable[[httpx.Client], str]] = {
        "today": lambda _: "/",
        "meetings": lambda _: "/meetings/",
        "plan": lambda client: _links(client, "/meetings/", "/plan/")[-1],
        "minutes": lambda client: _links(client, "/meetings/?tab=past", "/minutes/")[0],
        "actions": lambda _: "/actions/",
    }
    found: dict[str, object] = {}
    clients = [server.sign_in("linxiao") for _ in range(max(counts))]
    for page, where in addresses.items():
        address = where(clients[0])
        found[page] = {f"{n} clients": measure(server, clients[:n], address) for n in counts}
    return found


def _links(client: httpx.Client, listing: str, ending: str) -> list[str]:
    """The addresses in a list of meetings that end so: the last coming one is invited, the first past one recorded."""
    return re.findall(rf'"(/meetings/[0-9a-f-]{{36}}{ending})"', client.get(listing).text)


if __name__ == "__main__":
    main()
