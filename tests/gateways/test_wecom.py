# SPDX-License-Identifier: Apache-2.0
"""WeCom: bytes, mentions, files, an unknown person inside a success, silent drops."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from huiyao.gateways.calling import Line
from huiyao.gateways.outcome import Note, Refused, Taken
from huiyao.gateways.tokens import TokenCache
from huiyao.gateways.wecom import App, Robot
from tests.fakes.clock import FakeClock
from tests.fakes.http_service import served
from tests.fakes.wecom import AGENT, CORP, SECRET, WeCom

NOTE = Note("m1", "提醒", "请查看")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))


@pytest.fixture
def service(clock: FakeClock) -> WeCom:
    service = WeCom(clock.now)
    service.users = {"LinYi", "AnRan"}
    service.heard["key"] = []
    return service


@pytest.fixture
def line(service: WeCom) -> Iterator[Line]:
    with served(service) as base, Line(base, allowed={"127.0.0.1"}) as line:
        yield line


@pytest.fixture
def app(line: Line) -> App:
    return App(line, CORP, SECRET, str(AGENT), TokenCache())


def test_a_long_text_is_cut_in_bytes_and_keeps_its_link(service: WeCom, line: Line, clock: FakeClock) -> None:
    note = Note("m", "纪要", "会" * 900, "https://huiyao.example.com/m")
    assert Robot(line, "key").send(note, clock.now()) == Taken()
    said = service.heard["key"][0]["text"]["content"]
    assert said.endswith("会…\nhttps://huiyao.example.com/m")
    assert 2040 < len(said.encode()) <= 2048


def test_people_are_called_by_id_and_by_mobile(service: WeCom, line: Line, clock: FakeClock) -> None:
    Robot(line, "key").send(Note("m", "", "看", "", ("LinYi",), ("13800000000",), everybody=True), clock.now())
    text = service.heard["key"][0]["text"]
    assert text["mentioned_list"] == ["LinYi", "@all"]
    assert text["mentioned_mobile_list"] == ["13800000000"]


def test_a_file_is_uploaded_and_shown(service: WeCom, line: Line) -> None:
    assert Robot(line, "key").send_file("纪要.pdf", b"%PDF-1.7 paper") == Taken()
    assert service.heard["key"] == [{"msgtype": "file", "file": {"media_id": "media-0"}}]
    assert service.media["media-0"][1] == b"%PDF-1.7 paper"


def test_a_file_outside_the_limits_is_not_even_tried(service: WeCom, line: Line) -> None:
    assert Robot(line, "key").send_file("a.pdf", b"1234") == Refused("file_too_large", "4 bytes")
    assert not service.log


def test_an_unknown_person_is_no_success(app: App, clock: FakeClock) -> None:
    outcome = app.send(NOTE, "Nobody", clock.now())
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.channel) == ("unknown_recipient", False)


def test_a_person_named_in_invaliduser_is_no_success_though_the_code_is_zero(app: App, clock: FakeClock) -> None:
    outcome = app.send(NOTE, "Gone|LinYi", clock.now())
    assert isinstance(outcome, Taken)  # two ids in one: one of them arrived
    assert app.send(NOTE, "Gone", clock.now()) != outcome


def test_the_missing_trusted_address_is_named(app: App, clock: FakeClock, service: WeCom) -> None:
    service.trusted = False
    outcome = app.check(clock.now())
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.channel) == ("address_not_trusted", True)
    assert "203.0.113.24" in outcome.detail


@pytest.mark.parametrize(("corp", "secret", "agent", "code"), [
    ("x", SECRET, AGENT, "wrong_secret"), (CORP, "x", AGENT, "wrong_secret"), (CORP, SECRET, 1, "no_rights"),
])  # fmt: skip
def test_wrong_credentials_are_named(
    line: Line, clock: FakeClock, corp: str, secret: str, agent: int, code: str
) -> None:
    outcome = App(line, corp, secret, str(agent), TokenCache()).check(clock.now())
    assert isinstance(outcome, Refused)
    assert outcome.code == code


def test_an_expired_token_is_renewed(app: App, clock: FakeClock, service: WeCom) -> None:
    app.send(NOTE, "LinYi", clock.now())
    service.tokens.revoke_all()
    assert isinstance(app.send(Note("m2", "", "二"), "LinYi", clock.now()), Taken)
    assert service.tokens.issued == 2
    assert [text for _, text in service.arrived] == ["提醒\n\n请查看", "二"]


def test_more_than_thirty_a_minute_to_one_person_vanish_without_a_word(
    app: App, clock: FakeClock, service: WeCom
) -> None:
    for number in range(31):
        assert isinstance(app.send(Note("m", "", str(number)), "LinYi", clock.now()), Taken)
    assert len(service.arrived) == 30  # why deliveries to one person are paced below this limit
