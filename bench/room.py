# SPDX-License-Identifier: Apache-2.0
"""Load on the live room from a process of its own: ``python bench/room.py [SCENARIO...]`` prints one JSON object.

Each scenario starts a fresh server on an empty database with durability as shipped, joins its people, types, and
tells how long an edit took to reach the others (stored before anybody sees it) and to be acknowledged, what the
server spent on it, and how late the generator itself was, without which its figures mean nothing.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import uvloop

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.room_client import Client, Measures  # noqa: E402
from tests.live import LiveServer  # noqa: E402

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Scenario:
    """Rooms of people; ``typists`` in each type ``rate`` letters a second (0: as fast as acknowledged)."""

    rooms: int
    people: int
    typists: int
    rate: float
    seconds: float


SCENARIOS = {
    "eight": Scenario(1, 8, 8, 3, 20),
    "sixty_four": Scenario(1, 64, 64, 0.5, 20),
    "fifty_by_eight": Scenario(50, 8, 1, 10, 30),
    "throughput": Scenario(10, 8, 8, 0, 15),
    "memory": Scenario(100, 10, 0, 1, 1),
}
WINDOW = 16
"""Letters of one typist on their way at once where the rate is unlimited."""


def main() -> None:
    """Run the scenarios named, or all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("scenarios", nargs="*", help=", ".join(SCENARIOS))
    parser.add_argument("--seconds", type=float, help="instead of each scenario's own")
    parser.add_argument("--database-url", default="", help="PostgreSQL instead of SQLite; you empty its tables")
    options = parser.parse_args()
    results = {}
    for name in options.scenarios or SCENARIOS:
        with tempfile.TemporaryDirectory(prefix="huiyao-bench-") as folder:
            results[name] = run(SCENARIOS[name], Path(folder), options)
    print(json.dumps({"machine": machine(), "scenarios": results}, indent=2))


def run(scenario: Scenario, folder: Path, options: argparse.Namespace) -> dict[str, object]:
    """One scenario on a server of its own."""
    with LiveServer(folder, HUIYAO_WORKER="outside", HUIYAO_DATABASE_URL=options.database_url) as server:
        command = [sys.executable, "-m", "tests.fakes.rooms", str(scenario.rooms), str(scenario.people)]
        made = subprocess.run(command, env=server.environment, capture_output=True, text=True, check=True, cwd=ROOT)
        rooms = json.loads(made.stdout)
        seconds = options.seconds or scenario.seconds
        return uvloop.run(load(server, scenario, rooms, seconds))


async def load(server: LiveServer, scenario: Scenario, rooms: list[dict], seconds: float) -> dict[str, object]:
    """Join, type, measure."""
    measures = Measures()
    assert server.process is not None
    pid = server.process.pid
    first = await join(server, measures, rooms[0])  # loads what every room shares
    empty = memory(pid)
    clients = [first, *[await join(server, measures, room) for room in rooms[1:]]]
    await asyncio.sleep(1.5)
    joined = memory(pid)
    typists = [client for room in clients for client in room[: scenario.typists]]
    for typist in typists:
        await typist.begin()
    await asyncio.sleep(1)
    measures.__init__()
    before, own, started = cpu(pid), time.process_time(), time.perf_counter()
    await (pace(typists, scenario.rate, seconds, measures) if scenario.rate else rush(typists, seconds))
    elapsed = time.perf_counter() - started
    spent, generator = cpu(pid) - before, time.process_time() - own
    await asyncio.sleep(1)
    people = sum(len(room) for room in clients)
    further = people - len(first)
    return {
        "people": people,
        "typists": len(typists),
        "seconds": round(elapsed, 1),
        "acknowledged_per_second": round(measures.acks / elapsed),
        "deliveries_per_second": round(measures.deliveries / elapsed),
        "frames_per_second": round(measures.frames / elapsed),
        "propagation_ms": spread(measures.propagation),
        "acknowledged_ms": spread(measures.acknowledged),
        "server_cpu_percent": round(100 * spent / elapsed),
        "server_us_per_delivery": round(1e6 * spent / measures.deliveries) if measures.deliveries else None,
        "server_rss_mib": round(memory(pid) / 1024, 1),
        "kib_per_further_person": round((joined - empty) / further, 1) if further else None,
        "generator_late_ms": spread(measures.lateness),
        "generator_cpu_percent": round(100 * generator / elapsed),
    }


async def join(server: LiveServer, measures: Measures, room: dict) -> list[Client]:
    """Everybody of one room."""
    loop = asyncio.get_running_loop()
    clients = []
    for person in room["people"]:
        _, client = await loop.create_connection(
            lambda person=person: Client(
                measures, f"/ws/room/{room['meeting']}", person["token"], person["id"], room["topic"]
            ),
            "127.0.0.1",
            server.port,
        )
        await client.join()
        clients.append(client)
    return clients


async def pace(typists: list[Client], rate: float, seconds: float, measures: Measures) -> None:
    """Everybody types evenly, out of step with the others; how late each letter went out is kept."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds

    def beat(typist: Client, planned: float) -> None:
        measures.lateness.append(loop.time() - planned)
        typist.type()
        if planned + 1 / rate < end:
            loop.call_at(planned + 1 / rate, beat, typist, planned + 1 / rate)

    for rank, typist in enumerate(typists):
        planned = loop.time() + 0.1 + rank / len(typists) / rate
        loop.call_at(planned, beat, typist, planned)
    await asyncio.sleep(seconds)


async def rush(typists: list[Client], seconds: float) -> None:
    """Everybody keeps a window full of letters."""
    loop = asyncio.get_running_loop()
    end = loop.time() + seconds

    def refill(typist: Client) -> None:
        while loop.time() < end and typist.sent - typist.acked < WINDOW:
            typist.type()

    for typist in typists:
        typist.on_ack = lambda typist=typist: refill(typist)
        refill(typist)
    await asyncio.sleep(seconds)


def spread(values: list[float]) -> dict[str, float] | None:
    """p50, p99 and the worst, in milliseconds."""
    if len(values) < 2:
        return None
    cuts = statistics.quantiles(values, n=100)
    return {"p50": round(cuts[49] * 1e3, 2), "p99": round(cuts[98] * 1e3, 2), "max": round(max(values) * 1e3, 1)}


def cpu(pid: int) -> float:
    """Processor seconds a process has used, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> float:
    """Resident KiB of a process."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return float(next(line for line in lines if line.startswith("VmRSS")).split()[1])


def machine() -> dict[str, object]:
    """What the figures depend on."""
    path = Path(tempfile.gettempdir()) / "huiyao-fsync"
    with path.open("wb") as file:
        times = []
        for _ in range(100):
            file.write(b"x" * 4096)
            file.flush()
            begun = time.perf_counter()
            os.fdatasync(file.fileno())
            times.append(time.perf_counter() - begun)
    path.unlink()
    return {
        "cores": os.cpu_count(),
        "load": round(os.getloadavg()[0], 2),
        "fdatasync_ms": round(statistics.median(times) * 1e3, 2),
        "python": sys.version.split()[0],
    }


if __name__ == "__main__":
    main()
