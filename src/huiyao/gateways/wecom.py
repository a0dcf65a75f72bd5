# SPDX-License-Identifier: Apache-2.0
"""WeCom (企业微信): the group robot with mentions and files, the application message.

Wire shapes after developer.work.weixin.qq.com/document/path/91770 (robot), 91039 (token) and 90236 (application
message). Answers are HTTP 200 with ``errcode``; limits count bytes.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyao.gateways.calling import Answer, Line
from huiyao.gateways.outcome import Later, Note, Outcome, Refused, Stopped, Taken, cut
from huiyao.gateways.tokens import TOKENS, TokenCache

TEXT_BYTES = 2048
FILE_LEAST, FILE_MOST = 5, 20 * 1024 * 1024
DUPLICATE_SECONDS = 1800

CODES = {
    93000: "bad_token", 40058: "message_too_long", 40007: "bad_file", 44004: "bad_message",
    40001: "wrong_secret", 40091: "wrong_secret", 40013: "wrong_secret", 40056: "no_rights", 48002: "no_rights",
    60011: "no_rights", 60020: "address_not_trusted", 40014: "token_refused", 42001: "token_refused",
    81013: "unknown_recipient", 40003: "unknown_recipient", 60111: "unknown_recipient",
}  # fmt: skip
OF_THE_CHANNEL = frozenset(("bad_token", "wrong_secret", "no_rights", "address_not_trusted", "token_refused"))


def outcome_of(answer: Answer) -> Outcome:
    """What an answer means."""
    code = answer.body.get("errcode")
    if code == 0:
        return Taken(str(answer.body.get("msgid", "")))
    if not isinstance(code, int):
        return Later("bad_answer", f"HTTP {answer.status}", uncertain=True)
    detail = f"{code} {answer.body.get('errmsg', '')}"[:500]
    if code in (45009, 45033):
        return Later("too_fast", detail, answer.retry_after or 60)
    if code == -1:
        return Later("service_down", detail)
    name = CODES.get(code, "refused_by_service")
    return Refused(name, detail, channel=name in OF_THE_CHANNEL)


@dataclass(frozen=True, slots=True)
class Robot:
    """A group's robot. There is no signing: whoever knows ``key`` may speak, so it is a secret."""

    line: Line
    key: str

    def send(self, note: Note, at: datetime) -> Outcome:
        """Say it in the group; ``mentions`` are userids. No idempotency key: an uncertain outcome may be a message."""
        del at
        if note.file is not None:
            return self.send_file(*note.file)
        everybody = ["@all"] if note.everybody else []
        text = {
            "content": cut(note.whole, TEXT_BYTES, note.url),
            "mentioned_list": [*note.mentions, *everybody],
            "mentioned_mobile_list": [*note.mobiles],
        }
        return self._say({"msgtype": "text", "text": text})

    def send_file(self, name: str, content: bytes) -> Outcome:
        """Show a file in the group (5 bytes to 20 MB)."""
        if not FILE_LEAST <= len(content) <= FILE_MOST:
            return Refused("file_too_large", f"{len(content)} bytes")
        params = {"key": self.key, "type": "file"}
        files = {"media": (name, content, "application/octet-stream")}
        try:
            answer = self.line.post("/cgi-bin/webhook/upload_media", params=params, files=files)
        except Stopped as stop:
            return stop.outcome
        outcome = outcome_of(answer)
        if not isinstance(outcome, Taken):
            return outcome
        return self._say({"msgtype": "file", "file": {"media_id": str(answer.body.get("media_id", ""))}})

    def _say(self, body: dict[str, Any]) -> Outcome:
        try:
            return outcome_of(self.line.post("/cgi-bin/webhook/send", params={"key": self.key}, json=body))
        except Stopped as stop:
            return stop.outcome


@dataclass(frozen=True, slots=True)
class App:
    """An application of the company."""

    line: Line
    corp_id: str
    secret: str
    agent_id: str
    tokens: TokenCache = TOKENS

    def send(self, note: Note, user_id: str, at: datetime) -> Outcome:
        """A message to one userid. WeCom drops the same message within half an hour, so an uncertain one is retried.

        An unknown person is no error of the call: ``invaliduser`` names them (ids come back in lower case).
        """
        body = {
            "touser": user_id,
            "msgtype": "text",
            "agentid": int(self.agent_id) if self.agent_id.isdecimal() else 0,
            "text": {"content": cut(note.whole, TEXT_BYTES, note.url)},
            "safe": 0,
            "enable_duplicate_check": 1,
            "duplicate_check_interval": DUPLICATE_SECONDS,
        }
        try:
            answer = self._call("/cgi-bin/message/send", body, at)
        except Stopped as stop:
            return stop.outcome
        outcome = outcome_of(answer)
        missed = str(answer.body.get("invaliduser", "") or "").lower().split("|")
        if isinstance(outcome, Taken) and user_id.lower() in missed:
            return Refused("unknown_recipient", "invaliduser")
        return outcome

    def check(self, at: datetime) -> Outcome:
        """Whether the credentials, the calling address and the agent are accepted, without telling anybody anything."""
        try:
            answer = self._call("/cgi-bin/agent/get", None, at)
        except Stopped as stop:
            return stop.outcome
        return outcome_of(answer)

    def _call(self, path: str, body: dict[str, Any] | None, at: datetime) -> Answer:
        """A call with the application's token; one that ended early is renewed once."""
        name = self.tokens.name_of("wecom", self.line.base_url, self.corp_id, self.secret)
        for _ in range(2):
            params = {"access_token": self.tokens.get(name, at, self._fetch)}
            if body is None:
                answer = self.line.get(path, params={**params, "agentid": self.agent_id})
            else:
                answer = self.line.post(path, params=params, json=body)
            if CODES.get(answer.body.get("errcode", 0)) != "token_refused":
                break
            self.tokens.drop(name)
        return answer

    def _fetch(self) -> tuple[str, float]:
        params = {"corpid": self.corp_id, "corpsecret": self.secret}
        answer = self.line.get("/cgi-bin/gettoken", params=params)
        outcome = outcome_of(answer)
        if isinstance(outcome, Later):
            raise Stopped(Later(outcome.code, outcome.detail, outcome.retry_after))
        if isinstance(outcome, Refused):
            raise Stopped(Refused(outcome.code, outcome.detail, channel=True))
        return str(answer.body.get("access_token", "")), float(answer.body.get("expires_in", 7200))
