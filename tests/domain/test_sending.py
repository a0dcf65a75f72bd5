# SPDX-License-Identifier: Apache-2.0
"""Good moments: not at night, not crowded, never before, the same at every calculation."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiyao.domain.channels import KINDS, Rate
from huiyao.domain.sending import good_moment

SHANGHAI = ZoneInfo("Asia/Shanghai")


@given(st.integers(0, 525_600 * 60), st.text(max_size=8), st.sampled_from(["Asia/Shanghai", "Europe/Berlin", "UTC"]))
def test_every_moment_becomes_a_good_one_and_stays_it(seconds: int, seed: str, zone: str) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    good = good_moment(at, zone, seed)
    local = good.astimezone(ZoneInfo(zone))
    assert good >= at
    assert 8 <= local.hour < 21
    assert 2 <= local.minute % 30 < 29
    assert good_moment(good, zone, seed) == good


def test_reminders_of_the_same_full_hour_are_spread() -> None:
    at = datetime(2026, 11, 24, 10, 0, tzinfo=SHANGHAI)
    moments = {good_moment(at, "Asia/Shanghai", str(number)) for number in range(200)}
    assert len(moments) > 100
    assert max(moments) - at <= timedelta(minutes=10)


@pytest.mark.parametrize(("kind", "limit"), [("dingtalk_robot", 20), ("wecom_robot", 20), ("feishu_robot", 100)])
def test_a_robot_never_reaches_its_vendors_limit(kind: str, limit: int) -> None:
    rate = KINDS[kind].rate
    assert rate.burst + rate.per_minute < limit


def test_a_bucket_fills_up_to_its_burst_and_a_clock_set_back_takes_nothing() -> None:
    rate, at = Rate(burst=5, per_minute=60), datetime(2026, 11, 24, tzinfo=UTC)
    assert rate.refilled(0, at, at + timedelta(seconds=3)) == 3
    assert rate.refilled(4, at, at + timedelta(hours=1)) == 5
    assert rate.refilled(2, at, at - timedelta(hours=1)) == 2
