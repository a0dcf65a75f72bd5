# SPDX-License-Identifier: Apache-2.0
"""Feishu: signing in the body, literal texts, one message per uuid, HTTP 4xx with codes."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from huiyao.gateways.calling import Line
from huiyao.gateways.feishu import App, Robot
from huiyao.gateways.outcome import Later, Note, Refused, Taken
from huiyao.gateways.tokens import TokenCache
from tests.fakes.clock import FakeClock
from tests.fakes.feishu import APP, SECRET, BotOf, Feishu
from tests.fakes.http_service import served

NOTE = Note("m1", "提醒", "请查看 https://huiyao.example.com/a 谢谢")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))


@pytest.fixture
def service(clock: FakeClock) -> Feishu:
    service = Feishu(clock.now)
    service.users = {"ou_1"}
    service.bots["t"] = BotOf()
    return service


@pytest.fixture
def line(service: Feishu) -> Iterator[Line]:
    with served(service) as base, Line(base, allowed={"127.0.0.1"}) as line:
        yield line


@pytest.fixture
def app(line: Line) -> App:
    return App(line, APP, SECRET, TokenCache())


@pytest.mark.parametrize(
    ("protection", "code"),
    [
        ({"secret": "s"}, "sign_mismatch"),
        ({"keyword": "会要"}, "keyword_missing"),
        ({"trusted": False}, "address_not_trusted"),
    ],
)
def test_each_missing_protection_is_named(
    service: Feishu, line: Line, clock: FakeClock, protection: dict[str, object], code: str
) -> None:
    service.bots["t"] = BotOf(**protection)
    outcome = Robot(line, "t").send(NOTE, clock.now())
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.channel) == (code, True)


def test_the_keyword_is_added_where_it_lacks(service: Feishu, line: Line, clock: FakeClock) -> None:
    service.bots["t"] = BotOf(keyword="会要")
    assert Robot(line, "t", keyword="会要").send(NOTE, clock.now()) == Taken()


def test_a_title_cannot_call_everybody(service: Feishu, line: Line, clock: FakeClock) -> None:
    evil = '<at user_id="all">所有人</at>'
    Robot(line, "t").send(Note("m", evil, evil), clock.now())
    body = service.bots["t"].heard[0]
    assert body["msg_type"] == "post"
    assert [element["tag"] for row in body["content"]["post"]["zh_cn"]["content"] for element in row] == ["text"]


def test_links_can_be_pressed(service: Feishu, line: Line, clock: FakeClock) -> None:
    Robot(line, "t").send(NOTE, clock.now())
    (row,) = service.bots["t"].heard[0]["content"]["post"]["zh_cn"]["content"]
    assert row[1] == {"tag": "a", "text": "https://huiyao.example.com/a", "href": "https://huiyao.example.com/a"}


@pytest.mark.parametrize("text", ["会" * 30_000, '"' * 30_000, "\n" * 30_000])
def test_a_long_text_stays_within_its_bytes(service: Feishu, line: Line, clock: FakeClock, text: str) -> None:
    note = Note("m", "纪要", text, "https://huiyao.example.com/m")
    assert Robot(line, "t").send(note, clock.now()) == Taken()


def test_the_same_message_twice_within_an_hour_is_one(app: App, clock: FakeClock, service: Feishu) -> None:
    assert app.send(NOTE, "ou_1", clock.now()) == app.send(NOTE, "ou_1", clock.now()) == Taken("om_1")
    assert len(service.arrived) == 1


def test_an_unknown_person_or_kind_of_id_is_named(app: App, clock: FakeClock) -> None:
    outcome = app.send(NOTE, "on_1", clock.now())
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.channel) == ("unknown_recipient", False)


def test_a_busy_service_says_how_long_to_wait(app: App, clock: FakeClock, service: Feishu) -> None:
    service.busy_seconds = 42
    outcome = app.send(NOTE, "ou_1", clock.now())
    assert isinstance(outcome, Later)
    assert (outcome.code, outcome.retry_after) == ("too_fast", 42)


def test_an_ended_token_is_renewed_once(app: App, clock: FakeClock, service: Feishu) -> None:
    app.send(NOTE, "ou_1", clock.now())
    service.tokens.revoke_all()
    assert isinstance(app.send(Note("m2", "", "二"), "ou_1", clock.now()), Taken)
    assert service.tokens.issued == 2
    assert json.loads(service.arrived[1][1])["zh_cn"]["content"] == [[{"tag": "text", "text": "二"}]]


def test_a_wrong_secret_is_named(line: Line, clock: FakeClock) -> None:
    outcome = App(line, APP, "no", TokenCache()).check(clock.now())
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.channel) == ("wrong_secret", True)
