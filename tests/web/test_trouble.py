# SPDX-License-Identifier: Apache-2.0
"""A locked database and a full disk on the running server: told in words, nothing changed, nothing acknowledged lost."""

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import httpx
import pytest
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test import Client

from tests.builders.people import an_administrator, client_of
from tests.e2e.conftest import Stage
from tests.e2e.conftest import stage as stage  # noqa: PLC0414 a fixture
from tests.live import LiveServer


@pytest.fixture
def host(stage: Stage) -> Iterator[httpx.Client]:
    headers = {"Authorization": f"Bearer {stage.people['wenqing']['token']}"}
    with httpx.Client(base_url=f"{stage.server.url}/api/v1", headers=headers, timeout=40) as client:
        yield client


@pytest.fixture
def running(host: httpx.Client) -> str:
    meeting = host.post("/meetings/now", json={"title": "不丢一字"}).json()["id"]
    return f"/meetings/{meeting}"


@pytest.fixture
def planned(host: httpx.Client) -> str:
    return f"/meetings/{host.post('/meetings', json={'title': '还在准备'}).json()['id']}"


@contextmanager
def locked(server: LiveServer) -> Iterator[None]:
    """Somebody else holds the database, as a careless backup or a stuck disk would."""
    with closing(sqlite3.connect(server.folder / "huiyao.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(server: LiveServer) -> Iterator[None]:
    """No file of the process may grow: to it the disk is full."""
    assert server.process is not None
    _, most = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (1, most))
    try:
        yield
    finally:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (most, most))


def write(host: httpx.Client, running: str, text: str) -> httpx.Response:
    topic = host.get(f"{running}/topics").json()[0]["id"]
    return host.post(f"{running}/record/entries", json={"kind": "note", "parent": topic, "text": text})


def rename(host: httpx.Client, planned: str, title: str) -> httpx.Response:
    seen = host.get(planned).json()
    body = {"field": "objective", "value": title, "was": seen["objective"], "version": seen["version"]}
    return host.patch(planned, json=body)


def told(answer: httpx.Response, *codes: str) -> None:
    body = answer.json()
    assert answer.status_code in (503, 507), answer.text
    assert body["code"] in codes
    assert body["text"]


def texts(server: LiveServer) -> list[str]:
    """What the record holds on disk, as the room wrote it."""
    with closing(sqlite3.connect(f"file:{server.folder / 'huiyao.sqlite3'}?mode=ro", uri=True)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return [row[0] for row in database.execute("SELECT text FROM sittings_recordnode")]


def settle(host: httpx.Client, running: str) -> None:
    """Have the rows brought up to what was typed."""
    refused = host.post(f"{running}/close", json={})
    assert refused.status_code in (200, 409), refused.text


def test_a_locked_database_is_told_and_nothing_acknowledged_is_lost(
    stage: Stage, host: httpx.Client, running: str, planned: str
) -> None:
    acknowledged = [f"第{n}句" for n in range(5)]
    assert [write(host, running, text).status_code for text in acknowledged] == [201] * 5
    with locked(stage.server):
        told(rename(host, planned, "改不了"), "unavailable")
        told(write(host, running, "写不进"), "room_busy", "unavailable")
        page = httpx.post(f"{stage.server.url}/accounts/login/", data=_form(stage), cookies=_cookie(stage), timeout=40)
        assert page.status_code == 503
        assert "<h1>" in page.text
        assert httpx.get(f"{stage.server.url}/healthz", timeout=20).status_code == 200
        assert host.get(planned).json()["objective"] != "改不了"
    assert rename(host, planned, "改好了").status_code == 200
    assert write(host, running, "又能写了").status_code == 201
    settle(host, running)
    assert set(acknowledged) | {"又能写了"} <= set(texts(stage.server))


def _cookie(stage: Stage) -> dict[str, str]:
    return {"huiyao_csrf": "c" * 32}


def _form(stage: Stage) -> dict[str, str]:
    return {"login": "wenqing", "password": "not-the-password", "csrfmiddlewaretoken": "c" * 32}


def test_a_full_disk_is_told_and_nothing_acknowledged_is_lost(
    stage: Stage, host: httpx.Client, running: str, planned: str
) -> None:
    acknowledged = [f"第{n}句" for n in range(5)]
    assert [write(host, running, text).status_code for text in acknowledged] == [201] * 5
    with full(stage.server):
        told(rename(host, planned, "改不了"), "unavailable", "storage_full")
        told(write(host, running, "写不进"), "room_busy", "unavailable", "storage_full")
        for size in (10, 1 << 18):
            sent = host.post("/import", files={"file": ("a.csv", b"x" * size)})
            assert sent.status_code in (422, 507), sent.text
        assert host.get(planned).json()["objective"] != "改不了"
    assert rename(host, planned, "改好了").status_code == 200
    assert write(host, running, "又能写了").status_code == 201
    settle(host, running)
    assert set(acknowledged) | {"又能写了"} <= set(texts(stage.server))


def test_a_material_that_does_not_fit_on_the_disk_leaves_nothing(stage: Stage, host: httpx.Client) -> None:
    meeting = host.post("/meetings", json={"title": "材料"}).json()["id"]
    with full(stage.server):
        told(host.post(f"/meetings/{meeting}/materials/files", files={"file": ("a.bin", b"x" * 1000)}), "storage_full")
        told(
            host.post(f"/meetings/{meeting}/materials/files", files={"file": ("a.bin", b"x" * 400_000)}), "storage_full"
        )
    assert host.get(f"/meetings/{meeting}/materials").json() == []
    assert not [p for p in (stage.server.folder / "files").rglob("*") if p.is_file()]
    sent: dict[str, Any] = {"file": ("a.bin", b"x" * 1000)}
    assert host.post(f"/meetings/{meeting}/materials/files", files=sent).status_code == 201


def fill_free_pages(cursor: CursorWrapper) -> None:
    """Take up the pages that earlier tests left free, so that the next row needs a new one."""
    free, size = (cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_size"))
    cursor.execute("CREATE TABLE filler (content BLOB)")
    cursor.execute(f"INSERT INTO filler VALUES (zeroblob({free * size}))")


@pytest.mark.django_db(transaction=True)
def test_a_database_that_may_not_grow_says_the_disk_is_full() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("this limit is SQLite's")
    person = an_administrator()
    client: Client = client_of(person)
    with connection.cursor() as cursor:
        fill_free_pages(cursor)
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count={pages}")
        try:
            days = "\n".join(f"20{y}-01-{d:02} rest {'长' * 40}" for y in range(30, 44) for d in range(1, 29))
            answer = client.post("/settings/calendar/", {"days": days})
        finally:
            cursor.execute("PRAGMA max_page_count=1073741823")
    assert answer.status_code == 507
    assert "disk" in answer.content.decode() or "磁盘" in answer.content.decode()
    assert "<h1>" in answer.content.decode()
