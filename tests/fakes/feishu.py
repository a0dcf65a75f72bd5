# SPDX-License-Identifier: Apache-2.0
"""Feishu as it behaves: a bot that answers 200 with a code, an application that answers 4xx with a code."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.fakes.http_service import Asked, Service, Tokens, Told, Window

APP, SECRET = "cli_1", "feishu-secret"


@dataclass
class BotOf:
    """A group's custom bot."""

    secret: str = ""
    keyword: str = ""
    trusted: bool = True
    heard: list[dict[str, Any]] = field(default_factory=list)
    minute: Window = field(default_factory=lambda: Window(100, 60))
    second: Window = field(default_factory=lambda: Window(5, 1))


class Feishu(Service):
    """``users`` are open_ids."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self.bots: dict[str, BotOf] = {}
        self.users: set[str] = set()
        self.tokens = Tokens("t-")
        self.arrived: list[tuple[str, str]] = []
        self.uuids: dict[str, tuple[float, dict[str, Any]]] = {}
        self.permitted = True
        self.busy_seconds = 0

    def answer(self, asked: Asked) -> Told:
        if asked.path.startswith("/open-apis/bot/v2/hook/"):
            return 200, self._bot(asked)
        if asked.path.endswith("/tenant_access_token/internal"):
            if (asked.json.get("app_id"), asked.json.get("app_secret")) != (APP, SECRET):
                return 200, {"code": 10014, "msg": "app secret invalid"}
            token = self.tokens.issue(self.now())
            return 200, {"code": 0, "msg": "ok", "tenant_access_token": token, "expire": self.tokens.seconds}
        if not self.tokens.valid(asked.headers.get("authorization", "").removeprefix("Bearer "), self.now()):
            return 400, {
                "code": 99991663,
                "msg": "Invalid access token for authorization. Please make a request with token attached.",
            }
        if not self.permitted:
            return 400, {
                "code": 99991672,
                "msg": "Access denied. One of the following scopes is required: [im:message]",
            }
        if asked.path == "/open-apis/bot/v3/info":
            return 200, {"code": 0, "msg": "ok", "bot": {"app_name": "会要"}}
        return self._message(asked)

    def _bot(self, asked: Asked) -> dict[str, Any]:
        bot = self.bots.get(asked.path.rpartition("/")[2])
        if bot is None:
            return {"code": 19001, "msg": "param invalid: incoming webhook access token invalid"}
        body = asked.json
        if len(asked.content) > 20 * 1024:
            return {"code": 9499, "msg": "Bad Request"}
        if bot.secret and not self._signed(bot.secret, body):
            text = "sign match fail or timestamp is not within one hour from current time"
            return {"code": 19021, "msg": text}
        if not bot.trusted:
            return {"code": 19022, "msg": "Ip Not Allowed"}
        if "msg_type" not in body:
            return {"code": 19002, "msg": "params error, msg_type need"}
        if bot.keyword and bot.keyword not in json.dumps(body["content"], ensure_ascii=False):
            return {"code": 19024, "msg": "Key Words Not Found"}
        if not bot.second.admits(self.now()) or not bot.minute.admits(self.now()):
            return {"code": 11232, "msg": "frequency limited psm[lark.oapi.app_platform_runtime]"}
        bot.heard.append(body)
        return {"code": 0, "msg": "success", "data": {}, "StatusCode": 0, "StatusMessage": "success"}

    def _signed(self, secret: str, body: dict[str, Any]) -> bool:
        stamp = str(body.get("timestamp", ""))
        if not stamp.isdecimal() or abs(int(stamp) - self.now().timestamp()) > 3600:
            return False
        digest = hmac.new(f"{stamp}\n{secret}".encode(), b"", hashlib.sha256).digest()
        return body.get("sign") == base64.b64encode(digest).decode()

    def _message(self, asked: Asked) -> Told:
        if self.busy_seconds:
            self.told_headers = {"x-ogw-ratelimit-limit": "100", "x-ogw-ratelimit-reset": str(self.busy_seconds)}
            return 429, {"code": 99991400, "msg": "request trigger frequency limit"}
        body = asked.json
        moment, uuid = self.now().timestamp(), body.get("uuid", "")
        if len(uuid) > 50 or asked.query.get("receive_id_type") != "open_id" or body["receive_id"] not in self.users:
            text = "Your request contains an invalid request parameter, ext=invalid receive_id."
            return 400, {"code": 230001, "msg": text, "error": {"log_id": "l"}}
        kept = self.uuids.get(uuid)
        if uuid and kept and moment - kept[0] < 3600:
            return 200, kept[1]
        self.arrived.append((body["receive_id"], body["content"]))
        data = {
            "message_id": f"om_{len(self.arrived)}",
            "msg_type": body["msg_type"],
            "create_time": str(int(moment * 1000)),
        }
        told = {"code": 0, "msg": "success", "data": data}
        self.uuids[uuid] = (moment, told)
        return 200, told
