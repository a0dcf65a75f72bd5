# SPDX-License-Identifier: Apache-2.0
"""WeCom as it behaves: HTTP 200 with errcode, limits in bytes, silent drops, partial ``invaliduser``."""

from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from typing import Any

from tests.fakes.http_service import Asked, Service, Tokens, Told, Window

CORP, SECRET, AGENT = "corp-1", "wecom-secret", 1000002
HINT = "hint: [1700000000_1], from ip: 203.0.113.24, more info at https://open.work.weixin.qq.com/devtool/query?e="


class WeCom(Service):
    """``trusted`` is whether the caller's address is on the list; the key of a robot is its only protection."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self.heard: dict[str, list[dict[str, Any]]] = {}
        self.robot_windows: dict[str, Window] = defaultdict(lambda: Window(20, 60))
        self.person_windows: dict[str, Window] = defaultdict(lambda: Window(30, 60))
        self.media: dict[str, tuple[str, bytes]] = {}
        self.users: set[str] = set()
        self.tokens = Tokens("wecom-")
        self.trusted = True
        self.arrived: list[tuple[str, str]] = []
        self.recent: dict[tuple[str, str], float] = {}

    def answer(self, asked: Asked) -> Told:
        return 200, self._answer(asked)

    def _answer(self, asked: Asked) -> dict[str, Any]:
        if asked.path.startswith("/cgi-bin/webhook/"):
            return self._robot(asked)
        if asked.path == "/cgi-bin/gettoken":
            if asked.query.get("corpid") != CORP:
                return error(40013, "invalid corpid")
            if asked.query.get("corpsecret") != SECRET:
                return error(40001, "invalid credential")
            token = self.tokens.issue(self.now())
            return {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": self.tokens.seconds}
        if not self.tokens.valid(asked.query.get("access_token", ""), self.now()):
            return error(42001, "access_token expired")
        if not self.trusted:
            return error(60020, "not allow to access from your ip")
        if asked.path == "/cgi-bin/agent/get":
            known = asked.query.get("agentid") == str(AGENT)
            return {"errcode": 0, "errmsg": "ok"} if known else error(40056, "invalid agentid")
        return self._message(asked.json)

    def _robot(self, asked: Asked) -> dict[str, Any]:
        key = asked.query.get("key", "")
        if key not in self.heard:
            return error(93000, "invalid webhook url")
        if asked.path.endswith("/upload_media"):
            return self._upload(asked)
        body = asked.json
        text = body.get("text", {}).get("content", "")
        if body["msgtype"] == "text" and not text:
            return error(44004, "empty content")
        if len(text.encode()) > 2048:
            return error(40058, "text.content exceed max length 2048. invalid Request Parameter")
        if body["msgtype"] == "file" and body["file"]["media_id"] not in self.media:
            return error(40007, "invalid media_id")
        if not self.robot_windows[key].admits(self.now()):
            return error(45009, "api freq out of limit")
        self.heard[key].append(body)
        return {"errcode": 0, "errmsg": "ok"}

    def _upload(self, asked: Asked) -> dict[str, Any]:
        head, _, rest = asked.content.partition(b"\r\n\r\n")
        content = rest.rpartition(b"\r\n--")[0]
        if b'name="media"' not in head or len(content) < 5:
            return error(40058, "media")
        media_id = f"media-{len(self.media)}"
        self.media[media_id] = (head.decode(), content)
        return {"errcode": 0, "errmsg": "ok", "type": "file", "media_id": media_id, "created_at": "1380000000"}

    def _message(self, body: dict[str, Any]) -> dict[str, Any]:
        if body.get("agentid") != AGENT:
            return error(40056, "invalid agentid")
        text = body["text"]["content"]
        if len(text.encode()) > 2048:
            return error(40058, "text.content exceed max length 2048. invalid Request Parameter")
        asked = body["touser"].split("|")
        unknown = [user for user in asked if user not in self.users]
        if len(unknown) == len(asked):
            return error(81013, "user & party & tag all invalid")
        for user in set(asked) - set(unknown):
            self._deliver(user, text, body)
        return {"errcode": 0, "errmsg": "ok", "invaliduser": "|".join(unknown).lower(), "msgid": "m1"}

    def _deliver(self, user: str, text: str, body: dict[str, Any]) -> None:
        """What repeats within the interval and what goes over the limit is dropped without a word."""
        moment = self.now().timestamp()
        again = moment - self.recent.get((user, text), 0) < body.get("duplicate_check_interval", 1800)
        if body.get("enable_duplicate_check") and again:
            return
        if self.person_windows[user].admits(self.now()):
            self.recent[user, text] = moment
            self.arrived.append((user, text))


def error(code: int, text: str) -> dict[str, Any]:
    return {"errcode": code, "errmsg": f"{text}, {HINT}{code}"}
