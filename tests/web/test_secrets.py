# SPDX-License-Identifier: Apache-2.0
"""Tokens, signed links and passwords never reach a log, whatever goes well or wrong; tokens are kept hashed."""

import logging
import re
import sqlite3
from contextlib import closing

import httpx
import pytest
from django.conf import settings
from websockets.sync.client import connect

from huiyao.plumbing.redaction import SecretFilter
from tests.e2e.company import PASSWORD
from tests.e2e.conftest import Stage
from tests.e2e.conftest import stage as stage  # noqa: PLC0414 a fixture

WRONG = "my-other-password-9"
MADE_UP = "huiyao_" + "Zq3" * 14
LINK = "Lk7wQ_" + "x9" * 13


def _sign_in(stage: Stage, password: str) -> int:
    with httpx.Client(base_url=stage.server.url, timeout=30) as browser:
        page = browser.get("/accounts/login/").text
        csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert csrf is not None
        form = {"login": "wenqing", "password": password, "csrfmiddlewaretoken": csrf[1]}
        return browser.post("/accounts/login/", data=form).status_code


def _go_wrong_everywhere(stage: Stage, token: str, link: str) -> None:
    bearer = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=stage.server.url, timeout=30) as anyone:
        for path in ("/api/v1/me", "/api/v1/nowhere", "/nowhere"):
            anyone.get(path, headers=bearer)
        anyone.post("/api/v1/meetings", headers=bearer, content=b"{")
        anyone.get(f"/api/v1/me?token={token}")
        for purpose in ("reply", "invite", "password", "room", "minutes"):
            anyone.get(f"/l/{purpose}/{link}/")
            anyone.post(f"/l/{purpose}/{link}/", data={"password": WRONG, "again": WRONG})
    address = stage.server.url.replace("http", "ws") + "/ws/room/01a20414-7ae7-7087-bb24-bd6d3cc24312"
    with (
        connect(address, subprotocols=["huiyao.1", f"huiyao.token.{token}"]) as ws,
        pytest.raises(Exception, match=r"44|1013"),
    ):
        ws.recv(timeout=10)


def test_nothing_secret_is_in_the_log(stage: Stage) -> None:
    good = stage.people["wenqing"]["token"]
    assert _sign_in(stage, WRONG) == 422
    assert _sign_in(stage, PASSWORD) == 302
    made = httpx.post(
        f"{stage.server.url}/api/v1/persons/{stage.people['baihe']['id']}/link",
        headers={"Authorization": f"Bearer {good}"}, timeout=30,
    ).json()["address"]  # fmt: skip
    link = made.rstrip("/").rsplit("/", 1)[-1]
    for token, used in ((good, link), (MADE_UP, LINK)):
        _go_wrong_everywhere(stage, token, used)
    with closing(sqlite3.connect(stage.server.folder / "huiyao.sqlite3")) as database:
        database.execute("ALTER TABLE plumbing_link RENAME TO gone")  # now every link fails with a traceback
        database.execute("ALTER TABLE people_apitoken RENAME TO gone_too")
    for token, used in ((good, link), (MADE_UP, LINK)):
        _go_wrong_everywhere(stage, token, used)
    log = stage.server.log
    assert "Traceback" in log, "the failures were logged"
    for secret in (good, MADE_UP, link, LINK, WRONG, PASSWORD):
        assert secret not in log
        assert secret[8:24] not in log


def test_tokens_are_kept_hashed(stage: Stage) -> None:
    with closing(sqlite3.connect(stage.server.folder / "huiyao.sqlite3")) as database:
        whole = "\n".join(database.iterdump())
    for person in stage.people.values():
        assert person["token"] not in whole
        assert person["token"].removeprefix("huiyao_") not in whole
    assert PASSWORD not in whole


@pytest.mark.parametrize(
    "line",
    [
        "GET /l/reply/{}/ failed", "Authorization: Bearer {}", "https://x.test/?access_token={}&a=1", "password={}",
        "smtp://post:{}@mail.test", "Sec-WebSocket-Protocol: huiyao.1, huiyao.token.{}", "huiyao_session={}; path=/",
        "token {}",
    ],
)  # fmt: skip
def test_a_line_and_its_traceback_are_redacted(line: str) -> None:
    handler = logging.Handler()
    handler.setFormatter(logging.Formatter(settings.LOGGING["formatters"]["line"]["format"]))
    handler.addFilter(SecretFilter())
    try:
        raise ValueError(line.format(MADE_UP))
    except ValueError as error:
        info = (ValueError, error, error.__traceback__)
    record = logging.LogRecord("huiyao", logging.ERROR, __file__, 1, line.replace("{}", "%s"), (MADE_UP,), info)
    handler.filter(record)
    assert MADE_UP not in handler.format(record)
    assert "Zq3Zq3" not in handler.format(record)
