# SPDX-License-Identifier: Apache-2.0
"""From a channel's row to what speaks to its service, and from a message to a note."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeGuard
from urllib.parse import urlsplit

from huiyao.features.organisation.commands.channels import secrets_of
from huiyao.features.organisation.reads import ChannelRow
from huiyao.gateways import apprise_, dingtalk, dingtalk_to_dos, feishu, wecom
from huiyao.gateways.calling import Line
from huiyao.gateways.outcome import Later, Note, Outcome, Refused, Taken
from huiyao.gateways.webhook import Webhook
from huiyao.plumbing import files
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


def _dingtalk(line: Callable[[str], Line], told: Mapping[str, str]) -> dingtalk.App:
    return dingtalk.App(line("base_url"), line("api_url"), told["app_key"], told["app_secret"], told["agent_id"])


def _dingtalk_app(line: Callable[[str], Line], told: Mapping[str, str]) -> ChatCarrier:
    app = _dingtalk(line, told)
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


def _apprise(line: Callable[[str], Line], told: Mapping[str, str]) -> ChatCarrier:
    del line
    service = apprise_.Service(told["url"], inner=told.get("inner") == "yes")
    return ChatCarrier(lambda note, address, at: service.send(note, at), service.knock)  # noqa: ARG005 as in _group


BUILDERS: dict[str, Callable[[Callable[[str], Line], Mapping[str, str]], ChatCarrier]] = {
    "dingtalk_app": _dingtalk_app,
    "wecom_app": _wecom_app,
    "feishu_app": _feishu_app,
    "dingtalk_robot": _dingtalk_robot,
    "wecom_robot": _wecom_robot,
    "feishu_robot": _feishu_robot,
    "webhook": _webhook,
    "apprise": _apprise,
}


@contextmanager
def open_channel(channel: ChannelRow, *, seconds: float = 10.0) -> Iterator[ChatCarrier]:
    """What speaks to the channel's service while the block runs; ``seconds`` bound each step, twice that each call."""
    told = _told(channel)
    with ExitStack() as kept:
        yield BUILDERS[channel.kind](_lines(told, kept, seconds), told)


@contextmanager
def open_to_dos(channel: ChannelRow, *, seconds: float = 10.0) -> Iterator[dingtalk_to_dos.ToDos]:
    """What handles the to-dos of a DingTalk application while the block runs."""
    told = _told(channel)
    with ExitStack() as kept:
        yield dingtalk_to_dos.ToDos(_dingtalk(_lines(told, kept, seconds), told))


def _told(channel: ChannelRow) -> Mapping[str, str]:
    names = ("app_secret", "token", "secret", "url")
    return {**dict.fromkeys(names, ""), **channel.settings, **secrets_of(channel)}


def _lines(told: Mapping[str, str], kept: ExitStack, seconds: float) -> Callable[[str], Line]:
    def line(name: str) -> Line:
        url = str(told[name])
        allowed = {urlsplit(url).hostname or ""} if told.get("inner") == "yes" else set()
        return kept.enter_context(Line(url, allowed=allowed, step=seconds, whole=2 * seconds))

    return line


def can_apprise() -> bool:
    """Whether services apprise knows can be reached from here."""
    return apprise_.installed()


def note_of(row: Message) -> Note:
    """The message as a note; its last link is what a text that must be cut keeps. One file at most, to a group.

    Raises:
        OSError: its file is not in the store.
    """
    links = LINK.findall(row.text)
    note = Note(str(row.pk), row.title, row.text, links[-1] if links else "")
    if not row.kind.startswith("group."):
        return note
    called = [one for one in row.notes if isinstance(one, dict)]
    file = next(((one["name"], files.path_of(one["sha256"]).read_bytes()) for one in row.attachments), None)
    return replace(
        note,
        mentions=tuple(dict.fromkeys(one["id"] for one in called if one.get("id"))),
        mobiles=tuple(dict.fromkeys(one["mobile"] for one in called if one.get("mobile") and not one.get("id"))),
        file=file,
    )


def try_out(channel: ChannelRow, note: Note, at: datetime, *, union_id: str = "") -> Outcome:
    """Self-test: the set-up of an application is checked silently, a group is told one sentence.

    ``union_id`` is somebody's in DingTalk: where it is known, the right to to-dos is checked as well.
    """
    with open_channel(channel) as carrier:
        if carrier.check is None:
            outcome = carrier.send(note, "", at)
            return replace(outcome, reference="") if isinstance(outcome, Taken) else outcome
        outcome = carrier.check(at)
    if isinstance(outcome, Taken) and union_id and makes_to_dos(channel):
        with open_to_dos(channel) as service:
            checked = service.check(union_id, at)
        return Refused("no_to_do_rights", checked.detail, channel=True) if _lacks_rights(checked) else checked
    return outcome


def makes_to_dos(channel: ChannelRow) -> bool:
    """Whether a channel gives owners their actions as to-dos."""
    return channel.kind == "dingtalk_app" and channel.settings.get("to_dos", "yes") == "yes"


def _lacks_rights(outcome: Outcome) -> TypeGuard[Refused]:
    return isinstance(outcome, Refused) and outcome.code == "no_rights"
