# SPDX-License-Identifier: Apache-2.0
"""DingTalk: the custom group robot, work notifications with their result; to-dos are in ``dingtalk_to_dos``.

Wire shapes after open.dingtalk.com "custom-robot-access" and "asynchronous sending of enterprise session messages";
the old ``oapi`` host answers HTTP 200 with ``errcode``, the new ``api`` host with HTTP statuses.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyao.gateways.calling import Answer, Line
from huiyao.gateways.outcome import Later, Note, Outcome, Refused, Stopped, Taken, cut
from huiyao.gateways.tokens import TOKENS, TokenCache

ROBOT_BYTES, NOTICE_BYTES = 20_000, 2048
PENALTY_SECONDS = 600
"""A robot that went over 20 a minute is blocked for about ten minutes."""

CODES = {
    300001: "bad_token", 400013: "bad_token", 400101: "bad_token",
    40089: "wrong_secret", 40096: "wrong_secret", 400001: "wrong_secret",
    40014: "token_refused", 42001: "token_refused", 33: "token_refused",
    88: "no_rights", 60011: "no_rights", 50002: "no_rights",
    60020: "address_not_trusted",
    460101: "message_too_long", 101002: "message_too_long", 40035: "bad_message",
    33012: "unknown_recipient", 60121: "unknown_recipient", 1430000: "unknown_recipient",
    143105: "daily_cap", 143106: "duplicate_text", 1430002: "content_forbidden",
}  # fmt: skip
OF_THE_CHANNEL = frozenset(
    ("bad_token", "wrong_secret", "token_refused", "no_rights", "address_not_trusted", "sign_mismatch")
)


def signature(secret: str, milliseconds: int) -> str:
    """The robot's ``sign``, not yet URL-encoded: HMAC-SHA256 keyed with the secret over ms, newline, secret; base64."""
    digest = hmac.new(secret.encode(), f"{milliseconds}\n{secret}".encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()


def outcome_of(answer: Answer) -> Outcome:
    """What an answer of the old host means."""
    code, words = answer.body.get("errcode"), str(answer.body.get("errmsg", ""))
    if code == 0:
        return Taken()
    if not isinstance(code, int):
        return Later("bad_answer", f"HTTP {answer.status}", uncertain=True)
    detail = f"{code} {words}"[:500]
    lower = words.lower()
    if "too fast" in lower or code in (130101, 302033):
        return Later("too_fast", detail, _wait(answer, PENALTY_SECONDS))
    if code in (143103, 143104, 90018) or "qps" in lower:
        return Later("too_fast", detail, _wait(answer, 60))
    if code in (-1, 15, 34):
        return Later("service_down", detail)
    name = _of_310000(words) if code == 310000 else CODES.get(code, "refused_by_service")
    return Refused(name, detail, channel=name in OF_THE_CHANNEL or name == "keyword_missing")


def _of_310000(words: str) -> str:
    """One code for three protections: its words tell which."""
    lower = words.lower()
    if "签名" in words or "sign" in lower or "timestamp" in lower:
        return "sign_mismatch"
    if "关键词" in words or "keyword" in lower:
        return "keyword_missing"
    if "ip" in lower or "白名单" in words:
        return "address_not_trusted"
    return "bad_token" if "token" in lower else "refused_by_service"


def _wait(answer: Answer, otherwise: float) -> float:
    wait = answer.body.get("wait")
    return float(wait) if isinstance(wait, int | float) and 0 < wait <= 86_400 else otherwise


@dataclass(frozen=True, slots=True)
class Robot:
    """A group's custom robot: its token, its signing secret and its keyword where those protections are on."""

    line: Line
    token: str
    secret: str = ""
    keyword: str = ""

    def send(self, note: Note, at: datetime) -> Outcome:
        """Say it in the group. The robot has no idempotency key: an uncertain outcome may be a message."""
        text = note.whole
        calls = [f"@{one}" for one in (*note.mobiles, *note.mentions)]
        if self.keyword and self.keyword not in text:
            text = f"{text}\n{self.keyword}"
        tail = f"\n{' '.join(calls)}" if calls else ""
        text = cut(text, ROBOT_BYTES - 1000 - len(tail.encode()), note.url) + tail
        body = {
            "msgtype": "text",
            "text": {"content": text},
            "at": {"atMobiles": [*note.mobiles], "atUserIds": [*note.mentions], "isAtAll": note.everybody},
        }
        params: dict[str, str] = {"access_token": self.token}
        if self.secret:
            milliseconds = int(at.timestamp() * 1000)
            params |= {"timestamp": str(milliseconds), "sign": signature(self.secret, milliseconds)}
        try:
            return outcome_of(self.line.post("/robot/send", params=params, json=body))
        except Stopped as stop:
            return stop.outcome


@dataclass(frozen=True, slots=True)
class App:
    """An application of the company. ``line`` leads to the old host, ``new`` to the new one."""

    line: Line
    new: Line
    key: str
    secret: str
    agent_id: str
    tokens: TokenCache = TOKENS

    def send(self, note: Note, user_id: str, at: datetime) -> Outcome:
        """A work notification to one ``userId``. Taken means accepted: ask ``result_of`` for what became of it."""
        spare = 400  # the wrapping and what JSON escapes
        text = cut(note.whole, NOTICE_BYTES - spare, note.url)
        while len(_json_bytes(text)) > NOTICE_BYTES - spare // 4:
            text = cut(text, len(text.encode()) - 100, note.url)
        msg = {"msgtype": "text", "text": {"content": text}}
        body = {"agent_id": self._agent(), "userid_list": user_id, "to_all_user": False, "msg": msg}
        try:
            answer = self._old("/topapi/message/corpconversation/asyncsend_v2", body, at)
        except Stopped as stop:
            return stop.outcome
        outcome = outcome_of(answer)
        if isinstance(outcome, Taken):
            return Taken(str(answer.body.get("task_id", "")), unsettled=True)
        return outcome

    def result_of(self, reference: str, user_id: str, at: datetime) -> Outcome:
        """Whether an accepted work notification arrived; ``unsettled`` when DingTalk does not know yet."""
        body = {"agent_id": self._agent(), "task_id": int(reference) if reference.isdecimal() else 0}
        try:
            answer = self._old("/topapi/message/corpconversation/getsendresult", body, at)
        except Stopped as stop:
            return stop.outcome
        outcome = outcome_of(answer)
        if not isinstance(outcome, Taken):
            return outcome
        return _settled(answer.body.get("send_result") or {}, reference, user_id)

    def check(self, at: datetime) -> Outcome:
        """Whether the credentials are accepted and the agent is ours, without telling anybody anything."""
        try:
            answer = self._old("/topapi/message/corpconversation/getsendresult", self._nothing(), at)
        except Stopped as stop:
            return stop.outcome
        outcome = outcome_of(answer)
        if isinstance(outcome, Refused) and not outcome.channel:
            return Taken()  # it let us in and does not know that task: what was asked
        return outcome

    def _agent(self) -> int:
        return int(self.agent_id) if self.agent_id.isdecimal() else 0

    def _nothing(self) -> dict[str, int]:
        return {"agent_id": self._agent(), "task_id": 1}

    def _old(self, path: str, body: dict[str, Any], at: datetime) -> Answer:
        """A call of the old host; a token it no longer accepts is renewed once."""
        name = self.tokens.name_of("dingtalk.old", self.line.base_url, self.key, self.secret)
        for _ in range(2):
            token = self.tokens.get(name, at, self._fetch_old)
            answer = self.line.post(path, params={"access_token": token}, json=body)
            if CODES.get(answer.body.get("errcode", 0)) != "token_refused":
                break
            self.tokens.drop(name)
        return answer

    def call_new(self, method: str, path: str, body: dict[str, Any] | None, operator: str, at: datetime) -> Answer:
        """A call of the new host in the name of ``operator``, a unionId; likewise.

        Raises:
            Stopped: no answer came that can be read.
        """
        name = self.tokens.name_of("dingtalk.new", self.new.base_url, self.key, self.secret)
        for _ in range(2):
            token = self.tokens.get(name, at, self._fetch_new)
            named: dict[str, Any] = {"headers": {"x-acs-dingtalk-access-token": token}}
            named |= {"json": body} if body is not None else {}
            answer = self.new.call(method, path, params={"operatorId": operator}, **named)
            if answer.status != 401:
                break
            self.tokens.drop(name)
        return answer

    def _fetch_old(self) -> tuple[str, float]:
        answer = self.line.get("/gettoken", params={"appkey": self.key, "appsecret": self.secret})
        outcome = outcome_of(answer)
        if not isinstance(outcome, Taken):
            raise Stopped(_fetching(outcome))
        return str(answer.body.get("access_token", "")), float(answer.body.get("expires_in", 7200))

    def _fetch_new(self) -> tuple[str, float]:
        answer = self.new.post("/v1.0/oauth2/accessToken", json={"appKey": self.key, "appSecret": self.secret})
        if answer.status != 200:
            outcome = of_new(answer)
            raise Stopped(Refused("wrong_secret", outcome.detail, channel=True) if answer.status < 429 else outcome)
        return str(answer.body.get("accessToken", "")), float(answer.body.get("expireIn", 7200))


def _fetching(outcome: Later | Refused) -> Later | Refused:
    """Nothing was sent yet while a token is fetched, and a refusal there speaks of the credentials."""
    if isinstance(outcome, Later):
        return Later(outcome.code, outcome.detail, outcome.retry_after)
    code = outcome.code if outcome.code == "address_not_trusted" else "wrong_secret"
    return Refused(code, outcome.detail, channel=True)


def of_new(answer: Answer) -> Later | Refused:
    """What an answer of the new host that is no success means."""
    words = f"{answer.body.get('code', '')} {answer.body.get('message', '')}".strip()
    detail = f"HTTP {answer.status} {words}"[:500]
    lower = words.lower()
    if answer.status == 429 or "flowcontrol" in lower or "throttling" in lower:
        return Later("too_fast", detail, answer.retry_after or 60)
    if answer.status >= 500 or "lockerror" in lower:
        return Later("service_down", detail, answer.retry_after)
    if answer.status == 401:
        return Refused("token_refused", detail, channel=True)
    if answer.status == 403:
        return Refused("no_rights", detail, channel=True)
    return Refused("bad_message", detail)


def _settled(result: dict[str, Any], reference: str, user_id: str) -> Outcome:
    for row in result.get("forbidden_list") or []:
        if str(row.get("userid")) == user_id:
            code = row.get("code")
            name = CODES.get(code, "refused_by_service")
            if code in (143103, 143104):
                return Later("too_fast", str(code), 60)
            return Refused(name, str(code))
    if user_id in _ids(result, "invalid_user_id_list"):
        return Refused("unknown_recipient", "invalid_user_id_list")
    if user_id in _ids(result, "forbidden_user_id_list"):
        return Refused("refused_by_service", "forbidden_user_id_list")
    if user_id in _ids(result, "failed_user_id_list"):
        return Later("service_down", "failed_user_id_list", channel=False)
    arrived = user_id in _ids(result, "read_user_id_list") | _ids(result, "unread_user_id_list")
    return Taken(reference, unsettled=not arrived)


def _ids(result: dict[str, Any], name: str) -> set[str]:
    return {str(one) for one in result.get(name) or []}


def _json_bytes(text: str) -> bytes:
    """How DingTalk counts: the message as JSON, Chinese not escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return escaped.encode()
