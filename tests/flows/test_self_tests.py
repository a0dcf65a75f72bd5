# SPDX-License-Identifier: Apache-2.0
"""The self-test of each channel names what is missing, in words with a remedy, and no secret is told anywhere."""

import logging
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from huiyao.domain.actor import Actor
from huiyao.features.organisation.commands.channels import add_channel
from huiyao.features.organisation.models import Channel
from huiyao.flows.carriers import try_out
from huiyao.flows.deliver_channels import deliver_over
from huiyao.gateways import tokens
from huiyao.gateways.outcome import Note, Refused, Taken
from huiyao.plumbing import messages
from huiyao.plumbing.messages import Recipient
from huiyao.plumbing.models import AuditRow, ChannelPace, Message
from huiyao.web.shell.channel_words import WORDS, trouble_over_channel
from tests.fakes import dingtalk as ding
from tests.fakes import feishu as fei
from tests.fakes import webhook as hook
from tests.fakes import wecom as wec
from tests.fakes.http_service import Service, served

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 24, 2, 7, tzinfo=UTC)
ADMIN = Actor(id="", name="test", administrator=True)
NOTE = Note("m1", "试", "试一下")
SECRETS = (ding.SECRET, wec.SECRET, fei.SECRET, hook.SECRET, "robot-token-1", "SEC-signing-1", "another-secret-1")


def dingtalk(**robot: Any) -> ding.DingTalk:
    service = ding.DingTalk(lambda: AT)
    service.robots["robot-token-1"] = ding.RobotOf(**{"secret": "SEC-signing-1", **robot})
    service.users["u1"] = "union-1"
    return service


def wecom(*, trusted: bool = True) -> wec.WeCom:
    service = wec.WeCom(lambda: AT)
    service.heard["robot-token-1"] = []
    service.trusted = trusted
    return service


def feishu(*, permitted: bool = True, **bot: Any) -> fei.Feishu:
    service = fei.Feishu(lambda: AT)
    service.bots["robot-token-1"] = fei.BotOf(**{"secret": "SEC-signing-1", **bot})
    service.permitted = permitted
    return service


def no_to_dos() -> ding.DingTalk:
    service = dingtalk()
    service.permitted = False
    return service


def receiver(status: int) -> hook.Receiver:
    service = hook.Receiver(lambda: AT)
    service.status = status
    return service


DING = {"app_key": ding.KEY, "app_secret": ding.SECRET, "agent_id": str(ding.AGENT)}
WECOM = {"corp_id": wec.CORP, "app_secret": wec.SECRET, "agent_id": str(wec.AGENT)}
FEISHU = {"app_id": fei.APP, "app_secret": fei.SECRET}
ROBOT = {"token": "robot-token-1", "secret": "SEC-signing-1"}
CASES: list[tuple[str, Callable[[], Service], dict[str, str], str]] = [
    ("dingtalk_app", dingtalk, DING, ""),
    ("dingtalk_app", dingtalk, {**DING, "app_secret": "another-secret-1"}, "wrong_secret"),
    ("dingtalk_app", dingtalk, {**DING, "agent_id": "77"}, "no_rights"),
    ("dingtalk_app", no_to_dos, {**DING, "to_dos": "yes"}, "no_to_do_rights"),
    ("dingtalk_app", no_to_dos, {**DING, "to_dos": ""}, ""),
    ("dingtalk_robot", dingtalk, ROBOT, ""),
    ("dingtalk_robot", dingtalk, {**ROBOT, "secret": "another-secret-1"}, "sign_mismatch"),
    ("dingtalk_robot", dingtalk, {**ROBOT, "token": "another-secret-1"}, "bad_token"),
    ("dingtalk_robot", lambda: dingtalk(keyword="会议"), ROBOT, "keyword_missing"),
    ("dingtalk_robot", lambda: dingtalk(keyword="会议"), {**ROBOT, "keyword": "会议"}, ""),
    ("dingtalk_robot", lambda: dingtalk(trusted=False), ROBOT, "address_not_trusted"),
    ("wecom_app", wecom, WECOM, ""),
    ("wecom_app", wecom, {**WECOM, "app_secret": "another-secret-1"}, "wrong_secret"),
    ("wecom_app", wecom, {**WECOM, "corp_id": "x"}, "wrong_secret"),
    ("wecom_app", wecom, {**WECOM, "agent_id": "77"}, "no_rights"),
    ("wecom_app", lambda: wecom(trusted=False), WECOM, "address_not_trusted"),
    ("wecom_robot", wecom, {"token": "robot-token-1"}, ""),
    ("wecom_robot", wecom, {"token": "another-secret-1"}, "bad_token"),
    ("feishu_app", feishu, FEISHU, ""),
    ("feishu_app", feishu, {**FEISHU, "app_secret": "another-secret-1"}, "wrong_secret"),
    ("feishu_app", lambda: feishu(permitted=False), FEISHU, "no_rights"),
    ("feishu_robot", feishu, ROBOT, ""),
    ("feishu_robot", feishu, {**ROBOT, "secret": "another-secret-1"}, "sign_mismatch"),
    ("feishu_robot", feishu, {**ROBOT, "token": "another-secret-1"}, "bad_token"),
    ("feishu_robot", lambda: feishu(keyword="会议"), ROBOT, "keyword_missing"),
    ("feishu_robot", lambda: feishu(trusted=False), ROBOT, "address_not_trusted"),
    ("webhook", lambda: receiver(200), {"secret": hook.SECRET}, ""),
    ("webhook", lambda: receiver(401), {"secret": hook.SECRET}, "sign_mismatch"),
    ("webhook", lambda: receiver(410), {"secret": hook.SECRET}, "bad_token"),
]


def a_channel(kind: str, base: str, told: dict[str, str]) -> Channel:
    urls = {"base_url": base, **({"api_url": base} if kind == "dingtalk_app" else {})}
    return add_channel(kind, {"name": kind, "inner": "yes", **urls, **told}, by=ADMIN, at=AT)


@pytest.mark.parametrize(("kind", "make", "told", "code"), CASES, ids=lambda value: value if type(value) is str else "")
def test_what_is_missing_is_named_with_its_remedy_and_without_a_secret(
    kind: str,
    make: Callable[[], Service],
    told: dict[str, str],
    code: str,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(tokens.TOKENS, "_kept", {})
    caplog.set_level(logging.DEBUG)
    with served(make()) as base:
        channel = a_channel(kind, base, told)
        outcome = try_out(channel, NOTE, AT, union_id="union-1")
        to = Recipient("", "群")
        messages.put(key="k", kind="x", to=to, title="题", text="文", channel=str(channel.pk), at=AT)
        deliver_over(channel, AT)
    if not code:
        assert isinstance(outcome, Taken)
    else:
        assert isinstance(outcome, Refused)
        assert (outcome.code, outcome.channel) == (code, True)
        trouble = trouble_over_channel(f"{outcome.code} {outcome.detail}")
        assert trouble is not None
        assert trouble.remedy
    kept = [list(table.objects.values()) for table in (Message, ChannelPace, AuditRow)]
    written = repr((outcome, kept, [record.getMessage() for record in caplog.records if record.name != "httpcore"]))
    assert not [secret for secret in SECRETS if secret in written]


def test_every_code_has_a_remedy() -> None:
    assert [code for code, (_, remedy) in WORDS.items() if not remedy] == []
