# SPDX-License-Identifier: Apache-2.0
"""One contract for every gateway: taken, refused, too fast, down, slow; and no secret in what is told."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from huiyao.gateways import dingtalk, feishu, webhook, wecom
from huiyao.gateways.calling import Line
from huiyao.gateways.outcome import Later, Note, Outcome, Refused, Taken
from huiyao.gateways.tokens import TokenCache
from tests.fakes import dingtalk as ding
from tests.fakes import feishu as fei
from tests.fakes import webhook as hook
from tests.fakes import wecom as wec
from tests.fakes.clock import FakeClock
from tests.fakes.http_service import Service, served

NOTE = Note(
    "0198f0aa-0000-7000-8000-000000000001",
    "纪要：年度目标对齐会",
    "请查看。\nhttps://huiyao.example.com/l/minutes/abc/",
)
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)


@dataclass
class Case:
    """A gateway against its simulator. ``arrived`` counts; ``limit`` is what its robots take at once."""

    service: Service
    send: Callable[[], Outcome]
    refused: Callable[[], None]
    arrived: Callable[[], int]
    refusal: str
    limit: int
    secrets: tuple[str, ...]


def lines(open_: ExitStack, service: Service) -> Callable[[], Line]:
    base = open_.enter_context(served(service))
    return lambda: open_.enter_context(Line(base, allowed={"127.0.0.1"}, step=0.5, whole=0.7))


def dingtalk_robot(clock: FakeClock, open_: ExitStack) -> Case:
    service = ding.DingTalk(clock.now)
    heard = service.robots["group-token-1"] = ding.RobotOf(secret="SECsigning+/key")
    robot = dingtalk.Robot(lines(open_, service)(), "group-token-1", "SECsigning+/key")
    return Case(
        service, lambda: robot.send(NOTE, clock.now()), lambda: setattr(heard, "trusted", False),
        lambda: len(heard.heard), "address_not_trusted", 20, ("group-token-1", "SECsigning+/key"),
    )  # fmt: skip


def dingtalk_app(clock: FakeClock, open_: ExitStack) -> Case:
    service = ding.DingTalk(clock.now)
    service.users["u1"] = "union-1"
    line = lines(open_, service)
    app = dingtalk.App(line(), line(), ding.KEY, ding.SECRET, str(ding.AGENT), TokenCache())
    return Case(
        service, lambda: app.send(NOTE, "u1", clock.now()), lambda: setattr(service.old, "valid", lambda *_: False),
        lambda: len(service.arrived), "token_refused", 0, (ding.SECRET,),
    )  # fmt: skip


def wecom_robot(clock: FakeClock, open_: ExitStack) -> Case:
    service = wec.WeCom(clock.now)
    heard = service.heard["robot-key-1"] = []
    robot = wecom.Robot(lines(open_, service)(), "robot-key-1")
    return Case(
        service, lambda: robot.send(NOTE, clock.now()), service.heard.clear,
        lambda: len(heard), "bad_token", 20, ("robot-key-1",),
    )  # fmt: skip


def wecom_app(clock: FakeClock, open_: ExitStack) -> Case:
    service = wec.WeCom(clock.now)
    service.users.add("LinYi")
    app = wecom.App(lines(open_, service)(), wec.CORP, wec.SECRET, str(wec.AGENT), TokenCache())
    return Case(
        service, lambda: app.send(NOTE, "LinYi", clock.now()), lambda: setattr(service, "trusted", False),
        lambda: len(service.arrived), "address_not_trusted", 0, (wec.SECRET,),
    )  # fmt: skip


def feishu_robot(clock: FakeClock, open_: ExitStack) -> Case:
    service = fei.Feishu(clock.now)
    bot = service.bots["hook-token-1"] = fei.BotOf(secret="feishu+/signing")
    robot = feishu.Robot(lines(open_, service)(), "hook-token-1", "feishu+/signing")
    return Case(
        service, lambda: robot.send(NOTE, clock.now()), lambda: setattr(bot, "secret", "another"),
        lambda: len(bot.heard), "sign_mismatch", 5, ("hook-token-1", "feishu+/signing"),
    )  # fmt: skip


def feishu_app(clock: FakeClock, open_: ExitStack) -> Case:
    service = fei.Feishu(clock.now)
    service.users.add("ou_1")
    app = feishu.App(lines(open_, service)(), fei.APP, fei.SECRET, TokenCache())
    return Case(
        service, lambda: app.send(NOTE, "ou_1", clock.now()), lambda: setattr(service, "permitted", False),
        lambda: len(service.arrived), "no_rights", 0, (fei.SECRET,),
    )  # fmt: skip


def own_webhook(clock: FakeClock, open_: ExitStack) -> Case:
    service = hook.Receiver(clock.now)
    carrier = webhook.Webhook(lines(open_, service)(), hook.SECRET)
    return Case(
        service, lambda: carrier.send(NOTE, clock.now()), lambda: setattr(service, "status", 410),
        lambda: len(service.received), "bad_token", 0, (hook.SECRET,),
    )  # fmt: skip


GATEWAYS = (dingtalk_robot, dingtalk_app, wecom_robot, wecom_app, feishu_robot, feishu_app, own_webhook)
ROBOTS = (dingtalk_robot, wecom_robot, feishu_robot)
IDEMPOTENT = (dingtalk_app, wecom_app, feishu_app, own_webhook)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(START)


@pytest.fixture
def case(request: pytest.FixtureRequest, clock: FakeClock) -> Iterator[Case]:
    with ExitStack() as open_:
        yield request.param(clock, open_)


every_gateway = pytest.mark.parametrize("case", GATEWAYS, indirect=True, ids=lambda make: make.__name__)


def tells_no_secret(case: Case, outcome: Outcome) -> None:
    told = repr(outcome)
    assert not [secret for secret in case.secrets if secret in told]
    assert "http://" not in told


@every_gateway
def test_what_is_sent_arrives_once(case: Case) -> None:
    assert isinstance(case.send(), Taken)
    assert case.arrived() == 1


@every_gateway
def test_a_refusal_has_a_stable_code_and_tells_no_secret(case: Case) -> None:
    case.refused()
    outcome = case.send()
    assert isinstance(outcome, Refused)
    assert (outcome.code, outcome.channel) == (case.refusal, True)
    assert case.arrived() == 0
    tells_no_secret(case, outcome)


@pytest.mark.parametrize("case", ROBOTS, indirect=True, ids=lambda make: make.__name__)
def test_over_the_limit_is_later_and_never_taken(case: Case) -> None:
    outcomes = [case.send() for _ in range(case.limit + 1)]
    assert all(isinstance(one, Taken) for one in outcomes[:-1])
    over = outcomes[-1]
    assert isinstance(over, Later)
    assert (over.code, over.channel, over.uncertain) == ("too_fast", True, False)
    assert over.retry_after >= 60
    assert case.arrived() == case.limit


@every_gateway
def test_down_is_later(case: Case) -> None:
    case.service.faults.append("down_always")
    outcome = case.send()
    assert isinstance(outcome, Later)
    assert case.arrived() == 0
    tells_no_secret(case, outcome)


@every_gateway
@pytest.mark.parametrize("fault", ["silence", "500", "html", "truncated", "slow"])
def test_an_answer_that_cannot_be_read_is_never_taken_for_success(case: Case, fault: str) -> None:
    warm = case.send()  # the token is there now, so the fault meets the message itself
    assert isinstance(warm, Taken)
    case.service.faults.append(fault)
    outcome = case.send()
    if fault in ("html", "truncated", "slow") and case.refusal == "bad_token" and isinstance(outcome, Taken):
        return  # a webhook's status is its answer, whatever the body says
    assert isinstance(outcome, Later)
    assert outcome.uncertain or outcome.code == "service_down"
    tells_no_secret(case, outcome)


@pytest.mark.parametrize("case", IDEMPOTENT, indirect=True, ids=lambda make: make.__name__)
def test_a_retry_after_an_accepted_but_unanswered_call_arrives_once(case: Case, clock: FakeClock) -> None:
    case.service.faults.extend(["", "silence"] if case.refusal != "bad_token" else ["silence"])
    first = case.send()
    assert isinstance(first, Later)
    assert first.uncertain
    clock.advance(seconds=30)
    case.send()
    assert case.arrived() == 1
