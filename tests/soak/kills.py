# SPDX-License-Identifier: Apache-2.0
"""``python -m tests.soak.kills [--rounds 100] [--scale]``: SIGKILL under typing load; prints JSON.

One server on SQLite, or (``--scale``) two replicas on PostgreSQL with Redis, of which one replica is killed each
round and Redis every tenth. After each kill, before anybody can send anything again, the database itself is read:
every word that had been acknowledged to its writer or seen by somebody else must be in it exactly once. In the end
all documents must be equal to it.
"""

import argparse
import asyncio
import json
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from huiyao.room.document import Document
from tests.live import ROOT, LiveServer
from tests.servers import PostgresServer, RedisServer
from tests.soak.typist import NOTES, WORD, Typist

QUERY = (
    "SELECT u.data FROM sittings_roomupdate u JOIN sittings_room r ON r.id = u.room_id "
    "WHERE r.name = {mark} ORDER BY u.seq"
)
SEQS = (
    "SELECT u.seq FROM sittings_roomupdate u JOIN sittings_room r ON r.id = u.room_id WHERE r.name = {mark} ORDER BY 1"
)


class Installation:
    """The servers under test and a way to read their database without them."""

    def __init__(self, folder: Path, stack: ExitStack, *, scale: bool) -> None:
        self.scale = scale
        extra = {"HUIYAO_SECRET_KEY": "soak", "HUIYAO_WORKER": "outside"}
        self.redis: RedisServer | None = None
        self.database = ""
        if scale:
            for name in ("pg", "redis", "second"):
                (folder / name).mkdir()
            self.database = stack.enter_context(PostgresServer(folder / "pg")).url
            self.redis = stack.enter_context(RedisServer(folder / "redis"))
            extra |= {"HUIYAO_DATABASE_URL": self.database, "HUIYAO_REDIS_URL": self.redis.url}
        self.folder = folder
        self.servers = [stack.enter_context(LiveServer(folder, **extra))]
        if scale:
            self.servers.append(stack.enter_context(LiveServer(folder / "second", **extra)))

    def column(self, query: str, room: str) -> list[Any]:
        """One column of the database as it is on disk."""
        if self.scale:
            import psycopg

            with psycopg.connect(self.database) as db:
                return [row[0] for row in db.execute(query.format(mark="%s"), [room]).fetchall()]
        with sqlite3.connect(self.folder / "huiyao.sqlite3") as plain:
            rows = plain.execute(query.format(mark="?"), [room]).fetchall()
        plain.close()
        return [row[0] for row in rows]

    def words(self, room: str) -> Counter[str]:
        """Every word in the record as the rows on disk have it, with how often."""
        document = Document()
        document.load([bytes(data) for data in self.column(QUERY, room)])
        return Counter(WORD.findall("".join(map(document.text_of, NOTES))))


async def run(installation: Installation, room: dict[str, Any], rounds: int) -> dict[str, Any]:
    """Type, kill, look, go on; answers the counts."""
    ports = [server.port for server in installation.servers]
    people = room["people"]
    typists = [Typist(n, person, room, ports, keeps=n % 2 == 0) for n, person in enumerate(people)]
    until = asyncio.Event()
    living = [asyncio.create_task(typist.live(until)) for typist in typists]
    lost: set[str] = set()
    doubled: set[str] = set()
    kills = Counter[str]()
    for turn in range(rounds):
        await asyncio.sleep(random.uniform(0.3, 1.2))
        victim = random.choice(installation.servers)
        await asyncio.to_thread(victim.kill)
        promised = set[str]().union(*(t.acknowledged | t.seen for t in typists))
        kills["server"] += 1
        stored = await asyncio.to_thread(installation.words, room["meeting"])
        lost |= promised - set(stored)
        doubled |= {word for word, times in stored.items() if times > 1}
        if installation.redis is not None and turn % 10 == 9:
            kills["redis"] += 1
            assert installation.redis.process is not None
            installation.redis.process.kill()
            await asyncio.sleep(random.uniform(0.5, 2))
            await asyncio.to_thread(installation.redis.start)
        await asyncio.to_thread(victim.start)
    return await _settle(
        installation, room, typists, (until, living), {"lost": lost, "doubled": doubled, "kills": kills}
    )


async def _settle(
    installation: Installation,
    room: dict[str, Any],
    typists: list[Typist],
    ending: tuple[asyncio.Event, list[asyncio.Task[None]]],
    found: dict[str, Any],
) -> dict[str, Any]:
    """Let everybody stop typing, wait until all agree, compare with the rows."""
    until, living = ending
    for typist in typists:
        typist.typing = False
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        await asyncio.sleep(0.3)
        if all(t.at_rest for t in typists) and len({t.text() for t in typists}) == 1:
            break
    stored = await asyncio.to_thread(installation.words, room["meeting"])
    seqs = await asyncio.to_thread(installation.column, SEQS, room["meeting"])
    promised = set[str]().union(*(t.acknowledged | t.seen for t in typists))
    texts = {t.text() for t in typists}
    kept = {word for t in typists if t.keeps for word in t.typed}
    until.set()
    for task in living:
        task.cancel()
    await asyncio.gather(*living, return_exceptions=True)
    return {
        "kills": dict(found["kills"]),
        "typed": sum(len(t.typed) for t in typists),
        "acknowledged": len(set[str]().union(*(t.acknowledged for t in typists))),
        "seen_by_others": len(set[str]().union(*(t.seen for t in typists))),
        "connections": sum(t.connections for t in typists),
        "refused": dict(Counter(reason for t in typists for reason in t.refused)),
        "acknowledged_or_seen_but_lost": len(found["lost"] | (promised - set(stored))),
        "doubled": len(found["doubled"] | {word for word, times in stored.items() if times > 1}),
        "kept_in_a_browser_but_lost": len(kept - set(stored)),
        "all_documents_equal_the_rows": len(texts) == 1 and Counter(WORD.findall(texts.pop())) == stored,
        "gap_free": seqs == list(range(1, len(seqs) + 1)),
        "rows": len(seqs),
    }


def soak(rounds: int, *, scale: bool) -> dict[str, Any]:
    """The whole run on an installation of its own."""
    with tempfile.TemporaryDirectory(prefix="huiyao-soak-") as name, ExitStack() as stack:
        folder = Path(name)
        folder.chmod(0o755)
        installation = Installation(folder, stack, scale=scale)
        command = [sys.executable, "-m", "tests.fakes.rooms", "1", "6"]
        environment = installation.servers[0].environment
        made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True, cwd=ROOT)
        begun = time.monotonic()
        result = asyncio.run(run(installation, json.loads(made.stdout)[0], rounds))
        database = "PostgreSQL, two replicas, Redis" if scale else "SQLite, synchronous=FULL"
        return {"database": database, "minutes": round((time.monotonic() - begun) / 60, 1), **result}


def main() -> None:
    """Run and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--scale", action="store_true")
    options = parser.parse_args()
    print(json.dumps(soak(options.rounds, scale=options.scale), indent=2))


if __name__ == "__main__":
    main()
