# SPDX-License-Identifier: Apache-2.0
"""DingTalk as it behaves: both hosts on one port, robots with protections and penalty, asynchronous loss."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tests.fakes.http_service import Asked, Service, Tokens, Told, Window

KEY, SECRET, AGENT = "ding-app", "ding-app-secret", 4001


@dataclass
class RobotOf:
    """A group's robot."""

    secret: str = ""
    keyword: str = ""
    trusted: bool = True
    heard: list[dict[str, Any]] = field(default_factory=list)
    window: Window = field(default_factory=lambda: Window(20, 60, penalty=600))


class DingTalk(Service):
    """Persons have a userId and another unionId; the wrong kind of id is an error."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__(now)
        self.robots: dict[str, RobotOf] = {}
        self.users: dict[str, str] = {}  # userId -> unionId
        self.old, self.new = Tokens("old-"), Tokens("new-")
        self.arrived: list[tuple[str, str]] = []  # (userId, text)
        self.tasks: dict[int, dict[str, Any]] = {}
        self.said: set[tuple[str, str, str]] = set()  # day, userId, text
        self.to_dos: dict[str, dict[str, Any]] = {}
        self.made = 0
        self.permitted = True

    def answer(self, asked: Asked) -> Told:
        if asked.path == "/robot/send":
            return 200, self._robot(asked)
        if asked.path == "/gettoken":
            if (asked.query.get("appkey"), asked.query.get("appsecret")) != (KEY, SECRET):
                return 200, {"errcode": 40089, "errmsg": "不合法的corpid或corpsecret"}
            token = self.old.issue(self.now())
            return 200, {"errcode": 0, "errmsg": "ok", "access_token": token, "expires_in": self.old.seconds}
        if asked.path == "/v1.0/oauth2/accessToken":
            if (asked.json.get("appKey"), asked.json.get("appSecret")) != (KEY, SECRET):
                return 400, {
                    "code": "invalidClientIdOrSecret",
                    "requestid": "r",
                    "message": "无效的clientId或者clientSecret",
                }
            return 200, {"accessToken": self.new.issue(self.now()), "expireIn": self.new.seconds}
        if asked.path.startswith("/topapi/"):
            return 200, self._old(asked)
        return self._new(asked)

    def _robot(self, asked: Asked) -> dict[str, Any]:
        robot = self.robots.get(asked.query.get("access_token", ""))
        if robot is None:
            return {"errcode": 300001, "errmsg": "token is not exist"}
        if len(asked.content) > 20_000:
            return {"errcode": 460101, "errmsg": "message too long, exceed 20000 bytes"}
        if not robot.trusted:
            return self._310000("机器人发送ip不在白名单中")
        if robot.secret and not self._signed(robot.secret, asked.query):
            return self._310000("机器人发送签名不匹配")
        body = asked.json
        if robot.keyword and robot.keyword not in json.dumps(body, ensure_ascii=False):
            return self._310000("关键词不匹配")
        if not robot.window.admits(self.now()):
            text = "send too fast, exceed 20 times per minute"
            return {"errcode": 130101, "errmsg": text, "status": 0, "source": "x", "uuid": "u"}
        robot.heard.append(body)
        return {"errcode": 0, "errmsg": "ok"}

    def _310000(self, what: str) -> dict[str, Any]:
        return {"errcode": 310000, "errmsg": f"description:{what};solution:see the page;link:https://example.com;"}

    def _signed(self, secret: str, query: dict[str, str]) -> bool:
        stamp = query.get("timestamp", "")
        if not stamp.isdecimal() or abs(int(stamp) / 1000 - self.now().timestamp()) > 3600:
            return False
        digest = hmac.new(secret.encode(), f"{stamp}\n{secret}".encode(), hashlib.sha256).digest()
        return query.get("sign", "") == base64.b64encode(digest).decode()

    def _old(self, asked: Asked) -> dict[str, Any]:
        if not self.old.valid(asked.query.get("access_token", ""), self.now()):
            return {"errcode": 40014, "errmsg": "不合法的access_token"}
        body = asked.json
        if body.get("agent_id") != AGENT:
            return {"errcode": 88, "errmsg": "agentid not found", "sub_code": "60011"}
        if asked.path.endswith("/asyncsend_v2"):
            return self._send(body)
        task = self.tasks.get(body["task_id"])
        if task is None:
            return {"errcode": 40035, "errmsg": "不合法的参数"}
        return {"errcode": 0, "errmsg": "ok", "send_result": task}

    def _send(self, body: dict[str, Any]) -> dict[str, Any]:
        """Taken at once; what becomes of it stands in the result only."""
        if len(json.dumps(body["msg"], ensure_ascii=False, separators=(",", ":")).encode()) > 2048:
            return {"errcode": 40035, "errmsg": "msg too long"}
        result: dict[str, Any] = {"invalid_user_id_list": [], "unread_user_id_list": [], "forbidden_list": []}
        text = body["msg"]["text"]["content"]
        for user in body["userid_list"].split(","):
            said = (f"{self.now():%Y-%m-%d}", user, text)
            if user not in self.users:
                result["invalid_user_id_list"].append(user)
            elif said in self.said:
                result["forbidden_list"].append({"code": 143106, "count": 1, "userid": user})
            else:
                self.said.add(said)
                self.arrived.append((user, text))
                result["unread_user_id_list"].append(user)
        number = 256_000_000_000 + len(self.tasks)
        self.tasks[number] = result
        return {"errcode": 0, "errmsg": "ok", "task_id": number}

    def _new(self, asked: Asked) -> Told:
        if not self.new.valid(asked.headers.get("x-acs-dingtalk-access-token", ""), self.now()):
            return 401, {"code": "InvalidAuthentication", "requestid": "r", "message": "不合法的access_token"}
        if not self.permitted:
            return 403, {
                "code": "Forbidden.AccessDenied.AccessTokenPermissionDenied",
                "requestid": "r",
                "message": "no scope",
            }
        return self._to_do(asked)

    def _to_do(self, asked: Asked) -> Told:
        """Todo 1.0: the executor is a unionId, the operator the same; a deleted task is not known any more."""
        parts = asked.path.strip("/").split("/")  # v1.0 todo users {unionId} tasks [id | sources sourceId]
        union, rest = parts[3], parts[5:]
        if union not in self.users.values() or asked.query.get("operatorId") != union:
            return 400, self._wrong("Create", "unionId is invalid")
        if asked.method == "POST":
            return self._new_to_do(asked.json)
        if rest[0] == "sources":
            found = [task for task in self.to_dos.values() if task["sourceId"] == rest[1]]
            return (200, {**found[0], "requestId": "r"}) if found else (400, self._wrong("Get", "task not exist"))
        task = self.to_dos.get(rest[0])
        if task is None:
            return 400, self._wrong("Update", "task not exist")
        if asked.method == "DELETE":
            del self.to_dos[rest[0]]
        else:
            task |= asked.json
        return 200, {"result": True, "requestId": "r"}

    def _new_to_do(self, body: dict[str, Any]) -> Told:
        if len(body["subject"]) > 1024:
            return 400, self._wrong("Create", "subject is oversize")
        if any(task["sourceId"] == body.get("sourceId") for task in self.to_dos.values()):
            return 400, self._wrong("Create", "task exist")
        self.made += 1
        task = {"id": f"task{self.made - 1}", "done": False, **body}
        self.to_dos[task["id"]] = task
        return 200, {**task, "requestId": "r"}

    def _wrong(self, deed: str, message: str) -> dict[str, Any]:
        return {"code": f"todo.task{deed}.paramError", "requestid": "r", "message": message}
