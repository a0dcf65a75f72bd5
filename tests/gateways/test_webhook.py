# SPDX-License-Identifier: Apache-2.0
"""Webhooks: the published test vector, no way into the own network, receivers that are busy or gone."""

from datetime import UTC, datetime
from ipaddress import ip_address

import pytest

from huiyao.gateways.calling import Line
from huiyao.gateways.guard import is_outside
from huiyao.gateways.outcome import Later, Note, Refused, Taken
from huiyao.gateways.webhook import Webhook, signature
from tests.fakes.clock import FakeClock
from tests.fakes.http_service import served
from tests.fakes.webhook import SECRET, Receiver

NOTE = Note("msg_1", "提醒", "请查看")
AT = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


def test_the_signature_is_that_of_the_specification() -> None:
    told = signature(SECRET, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "::1", "fe80::1", "fd00::1",
     "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "192.0.0.8", "224.0.0.1", "ff02::1"],
)  # fmt: skip
def test_addresses_of_an_inner_network_are_known(address: str) -> None:
    assert not is_outside(ip_address(address))


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1"])
def test_public_addresses_are_known(address: str) -> None:
    assert is_outside(ip_address(address))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "2130706433", "0x7f000001", "[::1]", "[::ffff:127.0.0.1]"])
def test_an_inner_address_is_refused_before_anything_is_sent(host: str) -> None:
    service = Receiver(FakeClock(AT).now)
    with served(service) as base, Line(base.replace("127.0.0.1", host)) as line:
        outcome = Webhook(line, SECRET).send(NOTE, AT)
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.channel) == ("address_refused", True)
    assert not service.log


def test_an_inner_address_that_is_allowed_is_called() -> None:
    service = Receiver(FakeClock(AT).now)
    with served(service) as base, Line(base.replace("127.0.0.1", "localhost"), allowed={"localhost"}) as line:
        assert Webhook(line, SECRET).send(NOTE, AT) == Taken()
    assert service.log[0].headers["host"].startswith("localhost:")


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (400, Refused("bad_message", "HTTP 400")),
        (401, Refused("sign_mismatch", "HTTP 401", channel=True)),
        (410, Refused("bad_token", "HTTP 410", channel=True)),
        (302, Refused("refused_by_service", "HTTP 302", channel=True)),
        (429, Later("too_fast", "HTTP 429", 120)),
    ],
)
def test_the_status_is_the_answer(status: int, expected: Refused | Later) -> None:
    service = Receiver(FakeClock(AT).now)
    service.status, service.retry_after = status, "120"
    with served(service) as base, Line(base, allowed={"127.0.0.1"}) as line:
        assert Webhook(line, SECRET).send(NOTE, AT) == expected


def test_a_name_nobody_knows_is_later() -> None:
    with Line("https://huiyao.invalid") as line:
        assert Webhook(line, SECRET).send(NOTE, AT) == Later("unreachable")
