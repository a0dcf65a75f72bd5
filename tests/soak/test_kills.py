# SPDX-License-Identifier: Apache-2.0
"""A hundred kills on each installation: nothing acknowledged or seen is lost, nothing is doubled."""

import os

import pytest

from tests.servers import find_postgres
from tests.soak.kills import soak

pytestmark = pytest.mark.soak
ROUNDS = int(os.environ.get("HUIYAO_SOAK_ROUNDS", "100"))


@pytest.mark.parametrize("scale", [False, True], ids=["sqlite", "postgres-redis-two-replicas"])
def test_no_kill_takes_back_what_was_acknowledged_or_seen(*, scale: bool) -> None:
    if scale and find_postgres() is None:
        pytest.skip("PostgreSQL is not installed (apt-get install postgresql)")
    result = soak(ROUNDS, scale=scale)
    assert result["acknowledged_or_seen_but_lost"] == 0
    assert result["kept_in_a_browser_but_lost"] == 0
    assert result["doubled"] == 0
    assert result["all_documents_equal_the_rows"]
    assert result["gap_free"]
