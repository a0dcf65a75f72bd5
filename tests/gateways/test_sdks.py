# SPDX-License-Identifier: Apache-2.0
"""The vendors' own SDKs accept the simulators as the real thing (``tests/fakes/sdks``)."""

import json
import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.fakes import dingtalk, feishu
from tests.fakes.clock import FakeClock
from tests.fakes.http_service import served

SCRIPTS = Path(__file__).resolve().parents[1] / "fakes" / "sdks"
PYTHON = os.environ.get("HUIYAO_SDK_PYTHON", "")
CLOCK = FakeClock(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))

pytestmark = [
    pytest.mark.sdk,
    pytest.mark.skipif(not PYTHON, reason="the vendors' SDKs are not installed (tests/fakes/sdks/README.md)"),
]


def run(script: str, *arguments: str) -> object:
    command = [PYTHON, str(SCRIPTS / script), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout.splitlines()[-1])


def test_feishus_sdk_gets_a_token_and_one_message_for_the_same_uuid() -> None:
    service = feishu.Feishu(CLOCK.now)
    service.users.add("ou_1")
    with served(service) as base:
        told = run("lark_message.py", base, feishu.APP, feishu.SECRET, "ou_1")
    assert told == [{"ok": True, "code": 0, "id": "om_1"}] * 2
    assert len(service.arrived) == 1


def test_feishus_sdk_understands_the_refusal_of_an_unknown_person() -> None:
    service = feishu.Feishu(CLOCK.now)
    with served(service) as base:
        told = run("lark_message.py", base, feishu.APP, feishu.SECRET, "ou_2")
    assert told == [{"ok": False, "code": 230001, "id": ""}] * 2


def test_dingtalks_sdk_gets_a_token_and_makes_a_to_do() -> None:
    service = dingtalk.DingTalk(CLOCK.now)
    service.users["u1"] = "union-1"
    with served(service) as base:
        told = run("dingtalk_todo.py", base.removeprefix("http://"), dingtalk.KEY, dingtalk.SECRET, "union-1")
    assert told == {"id": "task0", "subject": "写方案", "done": False, "expires": 7200}
    assert service.to_dos["task0"]["sourceId"] == "s1"
