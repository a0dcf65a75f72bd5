# SPDX-License-Identifier: Apache-2.0
"""DingTalk: signing as documented, protections told apart, results read, to-dos once."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from huiyao.gateways.calling import Line
from huiyao.gateways.dingtalk import App, Robot
from huiyao.gateways.outcome import Note, Refused, Taken
from huiyao.gateways.tokens import TokenCache
from tests.fakes.clock import FakeClock
from tests.fakes.dingtalk import AGENT, KEY, SECRET, DingTalk, RobotOf
from tests.fakes.http_service import served

NOTE = Note("m1", "提醒", "请查看 https://huiyao.example.com/a")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))


@pytest.fixture
def service(clock: FakeClock) -> DingTalk:
    service = DingTalk(clock.now)
    service.users = {"u1": "union-1"}
    service.robots["t"] = RobotOf()
    return service


@pytest.fixture
def line(service: DingTalk) -> Iterator[Line]:
    with served(service) as base, Line(base, allowed={"127.0.0.1"}) as line:
        yield line


@pytest.fixture
def app(line: Line) -> App:
    return App(line, line, KEY, SECRET, str(AGENT), TokenCache())


@pytest.mark.parametrize(
    ("protection", "code"),
    [
        ({"secret": "SEC1"}, "sign_mismatch"),
        ({"keyword": "会要"}, "keyword_missing"),
        ({"trusted": False}, "address_not_trusted"),
    ],
)
def test_each_missing_protection_is_named(
    service: DingTalk, line: Line, clock: FakeClock, protection: dict[str, object], code: str
) -> None:
    service.robots["t"] = RobotOf(**protection)
    outcome = Robot(line, "t").send(NOTE, clock.now())
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.channel) == (code, True)


def test_an_unknown_robot_is_named(line: Line, clock: FakeClock) -> None:
    assert Robot(line, "gone").send(NOTE, clock.now()) == Refused(
        "bad_token", "300001 token is not exist", channel=True
    )


def test_the_keyword_is_added_where_the_text_lacks_it(service: DingTalk, line: Line, clock: FakeClock) -> None:
    service.robots["t"] = RobotOf(keyword="会要")
    assert Robot(line, "t", keyword="会要").send(NOTE, clock.now()) == Taken()


def test_a_signature_more_than_an_hour_old_is_refused(service: DingTalk, line: Line, clock: FakeClock) -> None:
    service.robots["t"] = RobotOf(secret="SEC1")
    before = clock.now()
    clock.advance(hours=2)
    outcome = Robot(line, "t", "SEC1").send(NOTE, before)
    assert isinstance(outcome, Refused)
    assert outcome.code == "sign_mismatch"


def test_a_long_text_is_cut_in_bytes_and_keeps_its_link(service: DingTalk, line: Line, clock: FakeClock) -> None:
    url = "https://huiyao.example.com/minutes"
    note = Note("m", "纪要", "会" * 12_000, url, mobiles=("13800000000",))
    assert Robot(line, "t").send(note, clock.now()) == Taken()
    said = service.robots["t"].heard[0]["text"]["content"]
    assert said.endswith(f"…\n{url}\n@13800000000")
    assert len(said.encode()) < 20_000


def test_who_is_called_stands_in_the_text_and_beside_it(service: DingTalk, line: Line, clock: FakeClock) -> None:
    Robot(line, "t").send(Note("m", "", "看", mobiles=("13800000000",), everybody=True), clock.now())
    assert service.robots["t"].heard[0]["at"] == {"atMobiles": ["13800000000"], "atUserIds": [], "isAtAll": True}


def test_the_robots_penalty_is_waited_out(service: DingTalk, line: Line, clock: FakeClock) -> None:
    robot = Robot(line, "t")
    outcomes = [robot.send(NOTE, clock.now()) for _ in range(21)]
    wait = outcomes[-1].retry_after
    clock.advance(seconds=wait - 1)
    assert robot.send(NOTE, clock.now()) != Taken()
    clock.advance(seconds=1)
    assert robot.send(NOTE, clock.now()) == Taken()


def test_accepted_is_not_delivered_the_result_tells(app: App, clock: FakeClock) -> None:
    outcome = app.send(NOTE, "u1", clock.now())
    assert isinstance(outcome, Taken)
    assert outcome.unsettled
    assert app.result_of(outcome.reference, "u1", clock.now()) == Taken(outcome.reference)


def test_an_unknown_person_and_a_wrong_kind_of_id_are_found_in_the_result(app: App, clock: FakeClock) -> None:
    for user in ("nobody", "union-1"):
        outcome = app.send(NOTE, user, clock.now())
        assert isinstance(outcome, Taken)
        result = app.result_of(outcome.reference, user, clock.now())
        assert result == Refused("unknown_recipient", "invalid_user_id_list")


def test_the_same_text_on_the_same_day_is_dropped_and_the_result_says_so(
    app: App, clock: FakeClock, service: DingTalk
) -> None:
    app.send(NOTE, "u1", clock.now())
    outcome = app.send(NOTE, "u1", clock.now())
    assert isinstance(outcome, Taken)
    assert app.result_of(outcome.reference, "u1", clock.now()) == Refused("duplicate_text", "143106")
    assert len(service.arrived) == 1


def test_a_notification_stays_within_its_bytes(app: App, clock: FakeClock, service: DingTalk) -> None:
    for text in ("会" * 3000, '"' * 3000, "\n" * 3000):
        outcome = app.send(Note("m", "题", text, "https://huiyao.example.com/x"), "u1", clock.now())
        assert isinstance(outcome, Taken), outcome
    assert service.arrived[0][1].endswith("…\nhttps://huiyao.example.com/x")


def test_a_token_ended_early_is_renewed_once(app: App, clock: FakeClock, service: DingTalk) -> None:
    app.send(NOTE, "u1", clock.now())
    service.old.revoke_all()
    assert isinstance(app.send(Note("m2", "", "another"), "u1", clock.now()), Taken)
    assert service.old.issued == 2


def test_a_token_is_kept_until_shortly_before_its_end(app: App, clock: FakeClock, service: DingTalk) -> None:
    for minutes in (0, 60, 50):
        clock.advance(minutes=minutes)
        app.send(Note("m", "", f"after {minutes}"), "u1", clock.now())
    assert service.old.issued == 1
    clock.advance(minutes=6)
    app.send(Note("m", "", "late"), "u1", clock.now())
    assert service.old.issued == 2


def test_wrong_credentials_and_a_wrong_agent_are_told_apart(line: Line, clock: FakeClock) -> None:
    wrong = App(line, line, KEY, "no", str(AGENT), TokenCache()).check(clock.now())
    assert isinstance(wrong, Refused)
    assert wrong.code == "wrong_secret"
    agent = App(line, line, KEY, SECRET, "1", TokenCache()).check(clock.now())
    assert isinstance(agent, Refused)
    assert agent.code == "no_rights"


def test_a_check_tells_nobody_anything(app: App, clock: FakeClock, service: DingTalk) -> None:
    assert app.check(clock.now()) == Taken()
    assert not service.arrived
