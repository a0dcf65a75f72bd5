# SPDX-License-Identifier: Apache-2.0
"""From a channel's row to what speaks to its service, and from a message to a note."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from huiyao.features.organisation.commands.channels import secrets_of
from huiyao.features.organisation.reads import ChannelRow
from huiyao.gateways import dingtalk, feishu, wecom
from huiyao.gateways.calling import Line
from huiyao.gateways.outcome import Later, Note, Outcome, Taken
from huiyao.gateways.webhook import Webhook
from huiyao.plumbing.models import Message

LINK = re.compile(r"https?://[^\s<>\"']+")

Send = Callable[[Note, str, datetime], Outcome]
Ask = Callable[[str, str, datetime], Outcome]
Check = Callable[[datetime], Outcome]


@dataclass(frozen=True, slots=True)
class ChatCarrier:
    """``send`` a note to an address; ``result_of`` a reference where taken is not yet delivered.

    ``check`` tries the set-up without telling anybody anything; where that cannot be done (a group's robot says what it
    is asked, or nothing), it is None. ``knock`` asks whether the host answers at all.
    """

    send: Send
    knock: Callable[[], Later | None]
    result_of: Ask | None = None
    check: Check | None = None


def _dingtalk_app(line: Callable[[str], Line], told: Mapping[str, str]) -> ChatCarrier:
    app = dingtalk.App(line("base_url"), line("api_url"), told["app_key"], told["app_secret"], told["agent_id"])
    return ChatCarrier(app.send, app.line.knock, app.result_of, app.check)


def _wecom_app(line: Callable[[str], Line], told: Mapping[str, str]) -> ChatCarrier:
    app = wecom.App(line("base_url"), told["corp_id"], told["app_secret"], told["agent_id"])
    return ChatCarrier(app.send, app.line.knock, check=app.check)


def _feishu_app(line: Callable[[str], Line], told: Mapping[str, str]) -> ChatCarrier:
    app = feishu.App(line("base_url"), told["app_id"], told["app_secret"])
    return ChatCarrier(app.send, app.line.knock, check=app.check)


def _group(send: Callable[[Note, datetime], Outcome], line: Line) -> ChatCarrier:
    return ChatCarrier(lambda note, address, at: send(note, at), line.knock)  # noqa: ARG005 a group has no address


def _dingtalk_robot(line: Callable[[str], Line], told: Mapping[str, str]) -> ChatCarrier:
    robot = dingtalk.Robot(line("base_url"), told["token"], told.get("secret", ""), told.get("keyword", ""))
    return _group(robot.send, robot.line)


def _wecom_robot(line: Callable[[str], Line], told: Mapping[str, str]) -> ChatCarrier:
    robot = wecom.Robot(line("base_url"), told["token"])
    return _group(robot.send, robot.line)


def _feishu_robot(line: Callable[[str], Line], told: Mapping[str, str]) -> ChatCarrier:
    robot = feishu.Robot(line("base_url"), told["token"], told.get("secret", ""), told.get("keyword", ""))
    return _group(robot.send, robot.line)


def _webhook(line: Callable[[str], Line], told: Mapping[str, str]) -> ChatCarrier:
    receiver = Webhook(line("base_url"), told["secret"])
    return _group(receiver.send, receiver.line)


BUILDERS: dict[str, Callable[[Callable[[str], Line], Mapping[str, str]], ChatCarrier]] = {
    "dingtalk_app": _dingtalk_app,
    "wecom_app": _wecom_app,
    "feishu_app": _feishu_app,
    "dingtalk_robot": _dingtalk_robot,
    "wecom_robot": _wecom_robot,
    "feishu_robot": _feishu_robot,
    "webhook": _webhook,
}


@contextmanager
def open_channel(channel: ChannelRow, *, seconds: float = 10.0) -> Iterator[ChatCarrier]:
    """What speaks to the channel's service while the block runs; ``seconds`` bound each step, twice that each call."""
    told = {**channel.settings, **secrets_of(channel)}
    secret_names = ("app_secret", "token", "secret")
    told = {**dict.fromkeys(secret_names, ""), **told}
    with ExitStack() as kept:

        def line(name: str) -> Line:
            url = str(told[name])
            allowed = {urlsplit(url).hostname or ""} if told.get("inner") == "yes" else set()
            return kept.enter_context(Line(url, allowed=allowed, step=seconds, whole=2 * seconds))

        yield BUILDERS[channel.kind](line, told)


def note_of(row: Message) -> Note:
    """The message as a note; its last link is what a text that must be cut keeps."""
    links = LINK.findall(row.text)
    return Note(str(row.pk), row.title, row.text, links[-1] if links else "")


def try_out(channel: ChannelRow, note: Note, at: datetime) -> Outcome:
    """Self-test: the set-up of an application is checked silently, a group is told one sentence."""
    with open_channel(channel) as carrier:
        if carrier.check is not None:
            return carrier.check(at)
        outcome = carrier.send(note, "", at)
        return replace(outcome, reference="") if isinstance(outcome, Taken) else outcome
