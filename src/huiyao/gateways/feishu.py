# SPDX-License-Identifier: Apache-2.0
"""Feishu and Lark: the custom bot of a group, the application's message to a person.

Wire shapes after open.larkoffice.com "custom bot", "tenant_access_token/internal" and "im/v1/messages". The bot may
answer HTTP 200 with a code; the application answers HTTP 4xx with a code.
"""

import base64
import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyao.gateways.calling import Answer, Line
from huiyao.gateways.outcome import Later, Note, Outcome, Refused, Stopped, Taken, cut
from huiyao.gateways.tokens import TOKENS, TokenCache

BOT_BYTES, MESSAGE_BYTES = 20_000, 30_000
ID_MOST = 50
ID_KINDS = ("open_id", "user_id", "union_id", "email", "chat_id")
LINK = re.compile(r"(https?://[^\s<>\"']+)")

CODES = {
    19021: "sign_mismatch", 19022: "address_not_trusted", 19024: "keyword_missing", 19001: "bad_token",
    19002: "bad_message", 9499: "bad_message", 230001: "unknown_recipient", 230013: "unknown_recipient",
    230002: "unknown_recipient", 230006: "no_rights", 230027: "no_rights", 99991672: "no_rights",
    99991663: "token_refused", 99991668: "token_refused", 99991661: "token_refused",
    10003: "wrong_secret", 10014: "wrong_secret", 10015: "wrong_secret", 230025: "message_too_long",
    99991401: "address_not_trusted",
}  # fmt: skip
OF_THE_CHANNEL = frozenset(
    (
        "sign_mismatch",
        "address_not_trusted",
        "keyword_missing",
        "bad_token",
        "no_rights",
        "token_refused",
        "wrong_secret",
    )
)


def signature(secret: str, seconds: int) -> str:
    """The bot's ``sign``: HMAC-SHA256 over nothing, keyed with seconds, newline, secret; as base64."""
    return base64.b64encode(hmac.new(f"{seconds}\n{secret}".encode(), b"", hashlib.sha256).digest()).decode()


def outcome_of(answer: Answer) -> Outcome:
    """What an answer means."""
    code = answer.body.get("code", answer.body.get("StatusCode"))
    if code == 0:
        return Taken(str((answer.body.get("data") or {}).get("message_id", "")))
    if not isinstance(code, int):
        return Later("bad_answer", f"HTTP {answer.status}", uncertain=True)
    detail = f"{code} {answer.body.get('msg', '')}"[:500]
    if code in (11232, 99991400, 230020) or answer.status == 429:
        return Later("too_fast", detail, answer.retry_after or 60)
    if answer.status >= 500:
        return Later("service_down", detail, answer.retry_after, uncertain=True)
    name = CODES.get(code, "refused_by_service")
    return Refused(name, detail, channel=name in OF_THE_CHANNEL)


def post_of(note: Note, most: int) -> dict[str, Any]:
    """Title and text as a ``post``: its text elements are literal, so nothing in a title can call everybody."""
    lines = cut(note.text, most, note.url).split("\n")
    content = [[_element(part) for part in LINK.split(line) if part] for line in lines]
    calls = [{"tag": "at", "user_id": one} for one in (*note.mentions, *(["all"] if note.everybody else []))]
    return {"title": note.title, "content": content + ([calls] if calls else [])}


def _element(part: str) -> dict[str, str]:
    if LINK.fullmatch(part):
        return {"tag": "a", "text": part, "href": part}
    return {"tag": "text", "text": part}


@dataclass(frozen=True, slots=True)
class Robot:
    """A group's custom bot: its token, its signing secret and its keyword where those protections are on."""

    line: Line
    token: str
    secret: str = ""
    keyword: str = ""

    def send(self, note: Note, at: datetime) -> Outcome:
        """Say it in the group. The bot has no idempotency key: an uncertain outcome may be a message."""
        if self.keyword and self.keyword not in note.whole:
            note = Note(note.id, f"{note.title} {self.keyword}", note.text, note.url, note.mentions)
        body: dict[str, Any] = {"msg_type": "post", "content": {"post": {"zh_cn": post_of(note, BOT_BYTES // 2)}}}
        while len(json.dumps(body, ensure_ascii=False).encode()) > BOT_BYTES - 200:
            shorter = cut(note.text, len(note.text.encode()) * 2 // 3, note.url)
            note = Note(note.id, note.title[:200], shorter, note.url, note.mentions)
            body["content"] = {"post": {"zh_cn": post_of(note, BOT_BYTES // 2)}}
        if self.secret:
            seconds = int(at.timestamp())
            body |= {"timestamp": str(seconds), "sign": signature(self.secret, seconds)}
        try:
            return outcome_of(self.line.post(f"/open-apis/bot/v2/hook/{self.token}", json=body))
        except Stopped as stop:
            return stop.outcome


@dataclass(frozen=True, slots=True)
class App:
    """An application of the company."""

    line: Line
    app_id: str
    secret: str
    tokens: TokenCache = TOKENS

    def send(self, note: Note, address: str, at: datetime, *, id_kind: str = "open_id") -> Outcome:
        """A message to one person; the same ``note.id`` within an hour is one message (``uuid``)."""
        content = json.dumps({"zh_cn": post_of(note, MESSAGE_BYTES // 3)}, ensure_ascii=False)
        body = {"receive_id": address, "msg_type": "post", "content": content, "uuid": note.id[:ID_MOST]}
        try:
            answer = self._call("POST", "/open-apis/im/v1/messages", at, json=body, params={"receive_id_type": id_kind})
        except Stopped as stop:
            return stop.outcome
        return outcome_of(answer)

    def check(self, at: datetime) -> Outcome:
        """Whether the credentials are accepted and the bot is switched on, without telling anybody anything."""
        try:
            return outcome_of(self._call("GET", "/open-apis/bot/v3/info", at))
        except Stopped as stop:
            return stop.outcome

    def _call(self, method: str, path: str, at: datetime, **named: Any) -> Answer:
        """A call with the application's token; one no longer accepted is renewed once."""
        name = self.tokens.name_of("feishu", self.line.base_url, self.app_id, self.secret)
        for _ in range(2):
            headers = {"Authorization": f"Bearer {self.tokens.get(name, at, self._fetch)}"}
            answer = self.line.call(method, path, headers=headers, **named)
            if CODES.get(answer.body.get("code", 0)) != "token_refused":
                break
            self.tokens.drop(name)
        return answer

    def _fetch(self) -> tuple[str, float]:
        body = {"app_id": self.app_id, "app_secret": self.secret}
        answer = self.line.post("/open-apis/auth/v3/tenant_access_token/internal", json=body)
        outcome = outcome_of(answer)
        if isinstance(outcome, Later):
            raise Stopped(Later(outcome.code, outcome.detail, outcome.retry_after))
        if isinstance(outcome, Refused):
            code = outcome.code if outcome.code == "address_not_trusted" else "wrong_secret"
            raise Stopped(Refused(code, outcome.detail, channel=True))
        return str(answer.body.get("tenant_access_token", "")), float(answer.body.get("expire", 7200))
