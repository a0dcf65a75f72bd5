# SPDX-License-Identifier: Apache-2.0
"""The kinds of channels messages go over: what each needs to be set up, how fast it may be used.

Limits are the vendors' (20 a minute for a DingTalk or WeCom robot, 100 a minute and 5 a second for a Feishu bot, 30 a
minute to one WeCom member); the rates stay below them, since a robot that goes over is blocked for minutes.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Rate:
    """A token bucket: ``burst`` at once, then ``per_minute``; in any minute at most their sum."""

    burst: int
    per_minute: float

    def refilled(self, tokens: float, since: datetime, now: datetime) -> float:
        """The tokens there are at ``now`` when there were ``tokens`` at ``since``."""
        seconds = max(0.0, (now - since).total_seconds())
        return min(float(self.burst), tokens + seconds * self.per_minute / 60)


@dataclass(frozen=True, slots=True)
class ChannelField:
    """One thing a channel has to be told. A secret is stored encrypted and never shown again."""

    name: str
    secret: bool = False
    required: bool = True
    default: str = ""


@dataclass(frozen=True, slots=True)
class ChannelKind:
    """A kind of channel. ``address`` is the kind of id a person needs there; empty for a group's channel.

    ``keyed``: the service takes the same message twice as one, so an uncertain attempt may be repeated freely.
    """

    word: str
    fields: tuple[ChannelField, ...]
    rate: Rate
    address: str = ""
    keyed: bool = False

    @property
    def personal(self) -> bool:
        """Whether it reaches persons, not a group."""
        return bool(self.address)

    def field(self, name: str) -> ChannelField | None:
        """The field of this name."""
        return next((field for field in self.fields if field.name == name), None)


def _secret(name: str, *, required: bool = True) -> ChannelField:
    return ChannelField(name, secret=True, required=required)


def _base(url: str) -> ChannelField:
    return ChannelField("base_url", required=False, default=url)


INNER = ChannelField("inner", required=False)
"""``yes``: an administrator allows the host although it lies in an inner network."""
NOTICES = ChannelField("notices", required=False, default="minutes invitation")
"""What a group is told: ``minutes`` circulated, ``invitation`` sent."""
TO_DOS = ChannelField("to_dos", required=False, default="yes")
"""``yes``: owners of actions get a to-do as well."""
FILES = ChannelField("files", required=False)
"""``pdf`` or ``docx``: the group gets the minutes as a file; empty: it may hold people who were not at the meeting."""
MENTIONS = ChannelField("mentions", required=False)
"""``yes``: owners of actions are called by name in the group."""
FILE_FORMATS = ("pdf", "docx")
KEYWORD = ChannelField("keyword", required=False)
OAPI, API = "https://oapi.dingtalk.com", "https://api.dingtalk.com"
WECOM, FEISHU = "https://qyapi.weixin.qq.com", "https://open.feishu.cn"
ROBOT_RATE = Rate(burst=5, per_minute=14)

KINDS: dict[str, ChannelKind] = {
    kind.word: kind
    for kind in (
        ChannelKind(
            "dingtalk_app",
            (
                ChannelField("app_key"),
                _secret("app_secret"),
                ChannelField("agent_id"),
                _base(OAPI),
                ChannelField("api_url", required=False, default=API),
                TO_DOS,
                INNER,
            ),
            Rate(burst=20, per_minute=600),
            address="dingtalk_user_id",
            keyed=True,
        ),
        ChannelKind(
            "wecom_app",
            (ChannelField("corp_id"), _secret("app_secret"), ChannelField("agent_id"), _base(WECOM), INNER),
            Rate(burst=10, per_minute=300),
            address="wecom_user_id",
            keyed=True,
        ),
        ChannelKind(
            "feishu_app",
            (ChannelField("app_id"), _secret("app_secret"), _base(FEISHU), INNER),
            Rate(burst=3, per_minute=60),
            address="feishu_open_id",
            keyed=True,
        ),
        ChannelKind(
            "dingtalk_robot",
            (_secret("token"), _secret("secret", required=False), KEYWORD, NOTICES, MENTIONS, _base(OAPI), INNER),
            ROBOT_RATE,
        ),
        ChannelKind("wecom_robot", (_secret("token"), NOTICES, MENTIONS, FILES, _base(WECOM), INNER), ROBOT_RATE),
        ChannelKind(
            "feishu_robot",
            (_secret("token"), _secret("secret", required=False), KEYWORD, NOTICES, MENTIONS, _base(FEISHU), INNER),
            Rate(burst=3, per_minute=60),
        ),
        ChannelKind(
            "webhook",
            (ChannelField("base_url"), _secret("secret"), NOTICES, INNER),
            Rate(burst=20, per_minute=120),
            keyed=True,
        ),
        ChannelKind("apprise", (_secret("url"), NOTICES, INNER), Rate(burst=5, per_minute=20)),
    )
}
MAIL = "mail"
PERSONAL = tuple(word for word, kind in KINDS.items() if kind.personal)
ADDRESS_KINDS = ("dingtalk_user_id", "dingtalk_union_id", "wecom_user_id", "feishu_open_id", "mobile")
"""Ids of a person at the vendors. DingTalk messages take the userId, its to-dos the unionId."""
