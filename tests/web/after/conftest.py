# SPDX-License-Identifier: Apache-2.0
"""The clock stands still an hour after the meeting; flows are wired; a browser for each person."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest

from huiyao.plumbing import clock
from huiyao.project.wiring import wire
from tests.builders.minutes import ENDED
from tests.builders.rows import everything
from tests.fakes.clock import FakeClock


@pytest.fixture(autouse=True)
def now() -> Iterator[FakeClock]:
    """The product's clock, to be moved."""
    fake = FakeClock(ENDED + timedelta(hours=1))
    before = clock.install(fake)
    wire()
    yield fake
    clock.install(before)


@pytest.fixture
def unchanged() -> Callable[[], dict[str, list[dict[str, object]]]]:
    """What to compare before and after a refusal."""
    return everything
