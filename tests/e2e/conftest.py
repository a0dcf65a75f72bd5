# SPDX-License-Identifier: Apache-2.0
"""A company of six people on a live server."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.live import ROOT, LiveServer


@dataclass(frozen=True)
class Stage:
    """The server, and what `tests.e2e.company` printed."""

    server: LiveServer
    people: dict[str, dict[str, str]]
    departments: dict[str, str]


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    server = LiveServer(tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "tests.e2e.company"], env=server.environment, cwd=ROOT, check=True, capture_output=True
    )
    told: dict[str, Any] = json.loads(done.stdout)
    with server:
        yield Stage(server, told["people"], told["departments"])
