# SPDX-License-Identifier: Apache-2.0
"""apprise, against a receiver of our own (``json://``)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from huiyao.gateways.apprise_ import Service, installed
from huiyao.gateways.outcome import Later, Note, Refused, Taken
from tests.fakes.clock import FakeClock
from tests.fakes.http_service import Asked, served
from tests.fakes.http_service import Service as Fake

AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
NOTE = Note("m1", "纪要已发", "https://huiyao.example.com/m/1")
pytestmark = [
    pytest.mark.skipif(not installed(), reason="apprise is not installed (pip install huiyao[apprise])"),
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]


class Receiver(Fake):
    """Answers what it is told to."""

    status = 200

    def answer(self, asked: Asked) -> tuple[int, dict[str, Any]]:
        return self.status, {}


def address(base: str) -> str:
    return base.replace("http://", "json://") + "/hook-secret-1"


def test_title_and_text_arrive() -> None:
    fake = Receiver(FakeClock(AT).now)
    with served(fake) as base:
        assert Service(address(base), inner=True).send(NOTE, AT) == Taken()
    told = fake.log[0].json
    assert (told["title"], told["message"]) == ("纪要已发", "https://huiyao.example.com/m/1")


def test_trouble_is_later_and_tells_no_secret() -> None:
    fake = Receiver(FakeClock(AT).now)
    fake.status = 500
    with served(fake) as base:
        outcome = Service(address(base), inner=True).send(NOTE, AT)
    assert isinstance(outcome, Later)
    assert "hook-secret-1" not in repr(outcome)


def test_an_inner_address_is_refused_before_anything_is_sent() -> None:
    fake = Receiver(FakeClock(AT).now)
    with served(fake) as base:
        outcome = Service(address(base)).send(NOTE, AT)
    assert outcome == Refused("address_refused", channel=True)
    assert fake.log == []


def test_an_address_apprise_does_not_know_is_named() -> None:
    assert Service("nonsense://secret-1").send(NOTE, AT) == Refused("bad_token", channel=True)
