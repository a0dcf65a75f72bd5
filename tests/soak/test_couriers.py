# SPDX-License-Identifier: Apache-2.0
"""Workers killed fifty times under load: nothing lost; nothing twice where the receiver knows our key."""

import json
import os
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.fakes.clock import ShiftedClock
from tests.fakes.http_service import Asked, Service, Told, served
from tests.fakes.webhook import SECRET, Receiver
from tests.fakes.wecom import WeCom

KILLS = 50

pytestmark = pytest.mark.soak


class SlowReceiver(Receiver):
    """Takes a moment after it has acted, so that a worker is often killed between being heard and noting it."""

    def answer(self, asked: Asked) -> Told:
        told = super().answer(asked)
        self.stop.wait(0.02)
        return told


class SlowWeCom(WeCom):
    def answer(self, asked: Asked) -> Told:
        told = super().answer(asked)
        self.stop.wait(0.02)
        return told


def run(kind: str, service: Service, shift: Path, folder: Path, database: str) -> dict[str, list[object]]:
    more = {"HUIYAO_DATABASE_URL": database} if database else {}
    environment = {
        **os.environ,
        "HUIYAO_DATA": str(folder),
        "HUIYAO_SECRET_KEY": "soak",
        "DJANGO_SETTINGS_MODULE": "huiyao.project.settings",
        "SOAK_SECRET": SECRET,
        **more,
    }
    with served(service) as base:
        command = [sys.executable, "-W", "ignore", "-m", "tests.soak.couriers", kind, base, str(shift), str(KILLS)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    if request.param == "sqlite":
        return ""
    url = request.getfixturevalue("postgres_url")
    name = f"couriers{abs(hash(request.node.name)) % 10**6}"
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return str(url).rpartition("/")[0] + f"/{name}"


@pytest.fixture
def shift(tmp_path: Path) -> Path:
    path = tmp_path / "shift"
    path.write_text("0")
    return path


def test_a_receiver_that_knows_our_key_gets_everything_once(tmp_path: Path, shift: Path, database: str) -> None:
    service = SlowReceiver(ShiftedClock(shift).now)
    service.tolerance = 86_400
    rows = run("webhook", service, shift, tmp_path, database)
    assert len(rows) == KILLS * 4
    assert {state for state, *_ in rows.values()} == {"sent"}
    heard = Counter(body["data"]["title"] for body in service.received.values())
    assert heard == Counter(dict.fromkeys(rows, 1))
    repeats = len(service.log) - len(service.received)
    assert repeats > 0, "no kill hit a call: the test proves nothing"


def test_a_group_that_knows_no_key_gets_everything_and_each_twice_at_most(
    tmp_path: Path, shift: Path, database: str
) -> None:
    service = SlowWeCom(ShiftedClock(shift).now)
    said = service.heard["key"] = []
    rows = run("wecom_robot", service, shift, tmp_path, database)
    heard = Counter(body["text"]["content"].split("\n")[0] for body in said)
    assert set(heard) == set(rows)
    assert max(heard.values()) <= 2
    assert {state for state, *_ in rows.values()} <= {"sent", "failed"}
    assert all(error.startswith("uncertain") for state, error, _ in rows.values() if state == "failed")
