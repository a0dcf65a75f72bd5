# SPDX-License-Identifier: Apache-2.0
"""An office, a clock that stands at the instant its plans are made, and browsers of its people."""

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from huiyao.plumbing import clock
from huiyao.project.wiring import wire
from tests.builders.meetings import MORNING, Office, an_office
from tests.fakes.clock import FakeClock

Browser = Callable[[str], Client]


@pytest.fixture
def now() -> Iterator[FakeClock]:
    """The product's clock, standing still."""
    fake = FakeClock(MORNING)
    before = clock.install(fake)
    yield fake
    clock.install(before)


@pytest.fixture
def office(db, now) -> Office:
    """People and departments, with events handled as in the product."""
    wire()
    return an_office()


@pytest.fixture
def browser(office) -> Browser:
    """A browser of one of the office's people; an empty name is somebody not signed in."""

    def opened(name: str) -> Client:
        client = Client()
        if name:
            client.force_login(office.people[name])
        return client

    return opened
