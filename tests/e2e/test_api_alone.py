# SPDX-License-Identifier: Apache-2.0
"""One whole meeting through /api/v1 alone: planned, held, closed, agreed, followed up, filed."""

import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from tests.e2e.conftest import Stage

DAY = 24 * 3600


class Someone:
    """A person who has nothing but a token."""

    def __init__(self, stage: Stage, login: str) -> None:
        person = stage.people[login]
        self.id, self.department = person["id"], person["department"]
        self.until = stage.server.after_rounds
        headers = {"Authorization": f"Bearer {person['token']}"}
        self.http = httpx.Client(base_url=f"{stage.server.url}/api/v1", headers=headers, timeout=30)

    def ask(self, method: str, path: str, body: Any = None, *, status: int = 200, **more: Any) -> Any:
        answer = (
            self.http.request(method, path, json=body, **more)
            if body is not None
            else self.http.request(method, path, **more)
        )
        assert answer.status_code == status, f"{method} {path}: {answer.status_code} {answer.text[:800]}"
        kind = answer.headers.get("content-type", "")
        return answer.json() if kind.startswith("application/json") else answer

    def get(self, path: str, **more: Any) -> Any:
        return self.ask("GET", path, **more)

    def post(self, path: str, status: int = 200, **body: Any) -> Any:
        return self.ask("POST", path, body, status=status)


@pytest.fixture
def six(stage: Stage) -> Iterator[dict[str, Someone]]:
    people = {login: Someone(stage, login) for login in stage.people}
    yield people
    for someone in people.values():
        someone.http.close()


def test_a_meeting_from_plan_to_archive(six: dict[str, Someone], stage: Stage) -> None:
    meeting = _plan(six)
    _invite_and_answer(six, meeting)
    stage.server.move_clock(7 * DAY)
    entries = _hold(six, meeting)
    _agree_in_the_room(six, meeting, entries)
    _close(six, meeting, entries, stage)
    _look_back_and_ahead(six, meeting, entries)
    _review(six, meeting)
    _agree(six, meeting, stage)
    _follow(six, meeting)
    _find_in_the_archive(six, meeting)
    looked_back = six["baihe"].get(f"{meeting}/retrospective")
    assert (looked_back["open"], looked_back["counts"], looked_back["answers"]) == (
        False,
        {"yes": 0, "partly": 1, "no": 0},
        [],
    )


def _plan(six: dict[str, Someone]) -> str:
    host = six["wenqing"]
    plan = host.post("/meetings", status=201, title="春季版本协调会")
    meeting = f"/meetings/{plan['id']}"
    start = (datetime.now(UTC) + timedelta(days=7)).strftime("%Y-%m-%dT10:00")
    for field, value in (
        ("objective", "定下春季版本各部门的分工和先后"),
        ("starts_at", start),
        ("place", "三楼大会议室"),
    ):
        plan = host.ask(
            "PATCH", meeting, {"field": field, "value": value, "was": plan[field] or "", "version": plan["version"]}
        )
    stale = {"field": "place", "value": "别处", "was": "一楼", "version": plan["version"] - 1}
    conflict = host.ask("PATCH", meeting, stale, status=409)
    assert (conflict["facts"]["yours"], conflict["facts"]["theirs"]) == ("别处", "三楼大会议室")
    for someone in six.values():
        seated = host.post(f"{meeting}/seats", status=201, department=someone.department)
        seat = next(s for s in seated["seats"] if s["department"] == someone.department)
        host.post(f"{meeting}/seats/{seat['id']}/representatives", status=201, person=someone.id)
    change = {"field": "need", "value": "optional", "was": "required", "version": seat["version"]}
    assert host.ask("PATCH", f"{meeting}/seats/{seat['id']}", change)["seats"][-1]["need"] == "optional"
    for role, login in (("recorder", "guyu"), ("facilitator", "shiyan")):
        plan = host.ask("PUT", f"{meeting}/roles/{role}", {"person": six[login].id})
    assert plan["roles"]["recorder"] == six["guyu"].id
    _guests(host, meeting)
    _agenda(host, meeting)
    return meeting


def _guests(host: Someone, meeting: str) -> None:
    kept = host.post(f"{meeting}/guests", status=201, name="来宾甲", company="外部公司", email="jia@example.test")
    both = host.post(f"{meeting}/guests", status=201, name="来宾乙")
    gone = next(g for g in both if g["name"] == "来宾乙")
    assert host.ask("DELETE", f"{meeting}/guests/{gone['id']}") == kept == host.get(f"{meeting}/guests")


def _agenda(host: Someone, meeting: str) -> None:
    topics = host.get(f"{meeting}/topics")
    assert [t["minutes"] for t in topics] == [5, 15, 20, 30, 10]
    added = host.post(f"{meeting}/topics", status=201, title="版本名称", minutes=5)
    write = {"field": "minutes", "value": "6", "was": "5", "version": added["version"]}
    assert host.ask("PATCH", f"{meeting}/topics/{added['id']}", write)["minutes"] == 6
    moved = host.post(f"{meeting}/topics/{added['id']}/move", to="2")
    assert moved[1]["id"] == added["id"]
    assert len(host.ask("DELETE", f"{meeting}/topics/{added['id']}")) == 5
    assert len(host.post(f"{meeting}/topics/{added['id']}/restore")) == 6
    host.ask("DELETE", f"{meeting}/topics/{added['id']}")
    host.post(f"{meeting}/materials/links", status=201, url="https://example.test/plan", name="排期表")
    files = {"file": ("需求.txt", "必做与可选".encode(), "text/plain")}
    stored = host.ask("POST", f"{meeting}/materials/files", files=files, data={"topic": topics[1]["id"]}, status=201)
    fetched = host.get(f"{meeting}/materials/{stored['id']}/content")
    assert fetched.content.decode() == "必做与可选"
    assert fetched.headers["content-disposition"].startswith("attachment")
    assert len(host.ask("DELETE", f"{meeting}/materials/{stored['id']}")) == 1
    assert len(host.post(f"{meeting}/materials/{stored['id']}/restore")) == 2


def _invite_and_answer(six: dict[str, Someone], meeting: str) -> None:
    host, seated = six["wenqing"], six["muge"]
    seated.get(meeting, status=403)  # as head she knows of it, no more
    sent = host.post(f"{meeting}/invitation")
    assert sent == {"invited": 7, "updated": 0, "withdrawn": 0, "late": False}
    assert host.ask("POST", f"{meeting}/invitation", {}, status=409)["code"] == "nothing_to_send"
    seated.ask("PUT", f"{meeting}/reply", {"answer": "accepted"})
    six["xiling"].ask("PUT", f"{meeting}/reply", {"answer": "tentative", "comment": "或由同事代替"})
    answers = {row["person"]: (row["reply"], row["comment"]) for row in host.get(f"{meeting}/invitations")}
    assert answers[seated.id] == ("accepted", "")
    assert answers[six["xiling"].id] == ("tentative", "或由同事代替")
    letters = seated.get("/outbox")
    assert any("/l/reply/" in letter["text"] and "…" not in letter["text"] for letter in letters)
    assert all(
        "/l/reply/…" in letter["text"] for letter in host.get("/outbox?of=meetings") if letter["id"] == letters[0]["id"]
    )


def _hold(six: dict[str, Someone], meeting: str) -> dict[str, str]:
    host, recorder, seated = six["wenqing"], six["guyu"], six["muge"]
    seated.ask("POST", f"{meeting}/start", {}, status=403)
    host.post(f"{meeting}/start")
    topics = [t["id"] for t in host.get(f"{meeting}/topics")]
    host.ask("PUT", f"{meeting}/clock/{topics[2]}")
    host.post(f"{meeting}/clock/{topics[2]}/extend", minutes=3)
    written = _entries(recorder, meeting, topics[2], six)
    for login in ("muge", "xiling", "shiyan"):
        recorder.ask("PUT", f"{meeting}/attendance/{six[login].id}", {"state": "present"})
    recorder.ask("PUT", f"{meeting}/attendance/{six['baihe'].id}", {"state": "absent"})
    recorder.post(f"{meeting}/attendance", status=201, name="路过的同行", department=six["baihe"].department)
    states = {row["person"]: row["state"] for row in recorder.get(f"{meeting}/attendance")}
    assert (states[seated.id], states[six["baihe"].id]) == ("present", "absent")
    assert "present" in {state for person, state in states.items() if person not in {s.id for s in six.values()}}
    return written


def _entries(recorder: Someone, meeting: str, topic: str, six: dict[str, Someone]) -> dict[str, str]:
    record, ids = f"{meeting}/record/entries", {}

    def add(name: str, kind: str, text: str, parent: str, **fields: Any) -> None:
        written = recorder.post(record, status=201, kind=kind, text=text, parent=parent, **fields)
        ids[name] = written["ids"][0]

    add("note", "note", "试用反馈已收齐", topic)
    add("problem", "problem", "接口文档迟了一周", topic)
    add("solution", "solution", "先给草案再补齐", ids["problem"])
    add("decision", "decision", "草案周三前发出", ids["problem"])
    add("parked", "parked", "品牌改名另议", topic)
    add("action", "action", "发出接口草案", ids["decision"], own=six["muge"].id)
    add("later", "note", "核对试用名单", topic)
    recorder.ask("PATCH", f"{record}/{ids['note']}", {"text": "试用反馈已收齐，共 40 份"})
    recorder.post(f"{record}/{ids['later']}/kind", kind="action")
    recorder.post(f"{record}/{ids['later']}/move", parent=ids["decision"], after=ids["action"])
    recorder.ask("DELETE", f"{record}/{ids['parked']}")
    recorder.post(f"{record}/{ids['parked']}/restore")
    rows = recorder.until(lambda: found if ids["parked"] in (found := _record(recorder, meeting)) else None)
    assert rows[ids["note"]]["text"].endswith("40 份")
    assert (rows[ids["later"]]["kind"], rows[ids["later"]]["parent"]) == ("action", ids["decision"])
    assert {row["kind"] for row in rows.values()} == {
        "topic",
        "note",
        "problem",
        "solution",
        "decision",
        "action",
        "parked",
    }
    recorder.ask("POST", record, {"kind": "topic", "parent": "", "text": "自造议题"}, status=422)
    return ids


def _record(someone: Someone, meeting: str) -> dict[str, dict[str, Any]]:
    return {row["id"]: row for row in someone.get(f"{meeting}/record")}


def _agree_in_the_room(six: dict[str, Someone], meeting: str, entries: dict[str, str]) -> None:
    entry = f"{meeting}/record/entries/{entries['decision']}"
    six["guyu"].ask("POST", f"{entry}/call", status=403)
    six["wenqing"].ask("POST", f"{entry}/call", status=201)
    for login in ("wenqing", "guyu", "muge"):
        six[login].ask("PUT", f"{entry}/call/voice", {"answer": "agree"})
    six["xiling"].ask("PUT", f"{entry}/call/voice", {"answer": "reserve"}, status=422)
    six["xiling"].ask("PUT", f"{entry}/call/voice", {"answer": "reserve", "reason": "周三太赶"})
    six["shiyan"].ask("PUT", f"{entry}/call/voice", {"answer": "object", "reason": "测试环境还没有"})
    (call,) = six["muge"].get(f"{meeting}/calls")
    assert (call["outcome"], call["silent"]) == ("", [six["baihe"].department])
    assert six["shiyan"].ask("POST", f"{entry}/call/close", {}) == {"outcome": "majority"}
    six["muge"].ask("PUT", f"{entry}/call/voice", {"answer": "agree"}, status=409)
    other = f"{meeting}/record/entries/{entries['solution']}"
    six["wenqing"].ask("POST", f"{other}/call", status=201)
    assert six["wenqing"].ask("POST", f"{other}/call/close", {}, status=422)["facts"]["field"] == "decider"
    six["wenqing"].ask("DELETE", f"{other}/call")
    six["guyu"].ask("POST", f"{meeting}/record/entries/{entries['parked']}/park", {"person": six["xiling"].id})


def _look_back_and_ahead(six: dict[str, Someone], meeting: str, entries: dict[str, str]) -> None:
    muge, host = six["muge"], six["wenqing"]
    asked = muge.until(
        lambda: found if (found := muge.http.get(f"{meeting}/retrospective")).status_code == 200 else None
    )
    assert (asked.json()["open"], asked.json()["asked"]) == (True, True)
    assert "retrospective" in {duty["kind"] for duty in muge.get("/duties")}
    muge.ask("PUT", f"{meeting}/retrospective", {"met": "partly", "improve": "材料早两天发"})
    assert "retrospective" not in {duty["kind"] for duty in muge.get("/duties")}
    six["baihe"].ask("PUT", f"{meeting}/retrospective", {"met": "no"}, status=403)
    assert [a["improve"] for a in host.get(f"{meeting}/retrospective")["answers"]] == ["材料早两天发"]
    plan = host.post(f"{meeting}/next")
    assert host.post(f"{meeting}/next")["id"] == plan["id"]
    topics = {t["title"]: t for t in host.get(f"/meetings/{plan['id']}/topics")}
    assert topics["品牌改名另议"]["lead"] == six["xiling"].id
    assert entries["parked"] not in {t["id"] for t in topics.values()}


def _close(six: dict[str, Someone], meeting: str, entries: dict[str, str], stage: Stage) -> None:
    host, recorder = six["wenqing"], six["guyu"]
    recorder.ask("POST", f"{meeting}/close", {}, status=403)
    refused = host.ask("POST", f"{meeting}/close", {}, status=409)
    assert refused["code"] == "record_incomplete"
    assert {gap["entry"] for gap in refused["facts"]["gaps"]} == {entries["action"], entries["later"]}
    due = (datetime.now(UTC) + timedelta(days=12)).date().isoformat()
    muge, xiling = six["muge"], six["xiling"]
    whole = {
        "dep": muge.department,
        "due": due,
        "sup": [{"what": "提供测试环境", "dep": six["shiyan"].department, "person": six["shiyan"].id}],
    }
    recorder.ask("PATCH", f"{meeting}/record/entries/{entries['action']}", whole)
    named = {"date": due, "person": xiling.id}
    recorder.ask(
        "PATCH",
        f"{meeting}/record/entries/{entries['later']}",
        {"dep": xiling.department, "name_by": named, "due": due, "sup": "none"},
    )
    assert recorder.until(lambda: not recorder.get(f"{meeting}/record/gaps")["gaps"])
    muge.post(f"{meeting}/record/entries/{entries['action']}/accept")
    host.post(f"{meeting}/close", next_when="两周后", next_focus="验收")
    recorder.ask(
        "POST", f"{meeting}/record/entries", {"kind": "note", "parent": entries["problem"], "text": "迟到"}, status=409
    )
    host.post(f"{meeting}/reopen", reason="漏了一句")
    recorder.post(f"{meeting}/record/entries", status=201, kind="note", parent=entries["problem"], text="补上一句")
    assert host.post(f"{meeting}/close")["number"] == 2
    assert recorder.get(f"{meeting}/late-edits") == []


def _review(six: dict[str, Someone], meeting: str) -> None:
    host, recorder, seated = six["wenqing"], six["guyu"], six["muge"]
    minutes = f"{meeting}/minutes"
    draft = recorder.until(lambda: found if (found := recorder.http.get(minutes)).status_code == 200 else None).json()
    assert draft["state"] == "draft"
    outcome = next(d for d in draft["content"]["decisions"] if d["outcome"])["outcome"]
    assert (outcome["result"], [r["reason"] for r in outcome["reservations"]]) == ("majority", ["周三太赶"])
    seated.get(minutes, status=404)
    line, text = _line(draft, "草案周三前发出")
    recorder.ask("PATCH", f"{minutes}/lines/{line}", {"text": "草案周三中午前发出", "was": text})
    stale = recorder.ask("PATCH", f"{minutes}/lines/{line}", {"text": "草案周五发出", "was": text}, status=409)
    assert stale["facts"]["theirs"] == "草案周三中午前发出"
    _add_an_action(recorder, six, minutes)
    recorder.post(f"{minutes}/submit")
    note = host.post(f"{minutes}/comments", status=201, line=line, text="写明由谁发出")
    host.post(f"{minutes}/return", comment="请补上发出人")
    recorder.ask("POST", f"{minutes}/return", {"comment": "我也想退"}, status=403)
    recorder.post(f"{minutes}/comments/{note['id']}/settle")
    assert [c["returned"] for c in recorder.get(f"{minutes}/comments")] == [False, True]
    recorder.post(f"{minutes}/submit")
    host.ask("POST", f"{minutes}/circulate", {}, status=409)
    host.post(f"{minutes}/approve")
    sent = host.post(f"{minutes}/circulate")
    assert sent["state"] == "circulated"
    for ending, start in (("docx", b"PK"), ("pdf", b"%PDF-"), ("xlsx", b"PK"), ("md", b"#"), ("txt", b"")):
        assert seated.get(f"{minutes}/document.{ending}").content.startswith(start)


def _add_an_action(recorder: Someone, six: dict[str, Someone], minutes: str) -> None:
    xiling = six["xiling"]
    due = (datetime.now(UTC) + timedelta(days=14)).date().isoformat()
    action = {
        "task": "整理试用名单",
        "department": xiling.department,
        "person": xiling.id,
        "due": due,
        "support": "none",
    }
    recorder.ask("POST", f"{minutes}/actions", action, status=201)
    stamps = {row["task"]: row for row in recorder.get(f"{minutes}/actions")}
    known = stamps["整理试用名单"]
    changed = {**action, "task": "整理并发出试用名单", "was": known["stamp"]}
    recorder.ask("PUT", f"{minutes}/actions/{known['id']}", changed)
    recorder.ask(
        "PUT", f"{minutes}/actions/{known['id']}", {**action, "task": "另一种写法", "was": known["stamp"]}, status=409
    )


def _line(minutes: dict[str, Any], words: str) -> tuple[str, str]:
    """The id and text of the line that holds these words."""

    def look(value: Any) -> Iterator[tuple[str, str]]:
        if isinstance(value, dict):
            if words in str(value.get("text", "")) and value.get("id"):
                yield value["id"], value["text"]
            for inner in value.values():
                yield from look(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from look(inner)

    return next(look(minutes["content"]))


def _agree(six: dict[str, Someone], meeting: str, stage: Stage) -> None:
    host, recorder = six["wenqing"], six["guyu"]
    minutes = f"{meeting}/minutes"
    six["muge"].post(f"{minutes}/opened")
    six["muge"].post(f"{minutes}/confirm")
    line, _ = _line(six["xiling"].get(minutes), "试用反馈已收齐")
    first = six["xiling"].post(f"{minutes}/objections", status=201, line=line, text="共 42 份")
    second = six["shiyan"].post(f"{minutes}/objections", status=201, text="没有提到测试环境的时间")
    six["muge"].get(f"{minutes}/objections", status=403)
    accepted = {"texts": {line: "试用反馈已收齐，共 42 份"}, "notice": "份数更正"}
    recorder.ask("POST", f"{minutes}/objections/{first['id']}/accept", accepted)
    host.ask("POST", f"{minutes}/objections/{second['id']}/decline", {"reason": ""}, status=422)
    stage.server.move_clock(4 * DAY)
    assert host.get(minutes)["state"] == "circulated", "an open objection holds it"
    host.post(f"{minutes}/objections/{second['id']}/decline", reason="时间写在行动里")
    host.until(lambda: host.get(minutes)["state"] == "final")
    answers = {(row["person"], row["state"]) for row in host.get(f"{minutes}/answers")}
    assert (six["muge"].id, "confirmed") in answers
    assert (six["baihe"].id, "silent") in answers
    assert {row["state"] for row in six["muge"].get(f"{minutes}/objections")} == {"accepted", "declined"}
    six["xiling"].ask("POST", f"{minutes}/confirm", {}, status=409)


def _follow(six: dict[str, Someone], meeting: str) -> None:
    muge, xiling, shiyan = six["muge"], six["xiling"], six["shiyan"]
    listed = {row["task"]: row for row in muge.get(f"/actions?meeting={meeting.rsplit('/', 1)[-1]}")}
    assert set(listed) == {"发出接口草案", "核对试用名单", "整理并发出试用名单"}
    draft, check = listed["发出接口草案"], listed["核对试用名单"]
    mine = f"/actions/{draft['id']}"
    xiling.ask("POST", f"{mine}/start", {}, status=403)
    muge.post(f"{mine}/start", version=draft["version"])
    muge.ask("POST", f"{mine}/finish", {"version": draft["version"]}, status=409)
    muge.post(f"{mine}/progress", text="写到一半", percent=50)
    later = (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    assert muge.ask("PUT", f"{mine}/due", {"due": later, "reason": "等测试环境"})["state"] == "postponed"
    support = draft["supports"][0]["id"]
    shiyan.ask("PUT", f"{mine}/supports/{support}/given")
    assert muge.post(f"{mine}/finish", text="已发出")["state"] == "done"
    assert xiling.ask("PUT", f"/actions/{check['id']}/owner", {"person": xiling.id})["person"] == xiling.id
    xiling.post(f"/actions/{check['id']}/accept")
    xiling.ask("POST", f"/actions/{check['id']}/dance", {}, status=422)
    assert muge.get(f"{mine}/updates")[0]["act"] == "finish"
    assert muge.get("/actions/table.xlsx?which=all").content.startswith(b"PK")
    assert muge.get("/actions?whose=nobody", status=422)["code"] == "bad_value"


def _find_in_the_archive(six: dict[str, Someone], meeting: str) -> None:
    seated = six["baihe"]
    filing = seated.until(lambda: seated.get("/archive?q=春季"))[0]
    files = seated.get(f"/archive/{filing['id']}")["items"]
    bundle = seated.get(f"/archive/{filing['id']}/bundle")
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as packed:
        assert packed.testzip() is None
        names = packed.namelist()
    assert any(name.endswith("需求.txt") for name in names)
    assert {item["kind"] for item in files} >= {"minutes", "actions", "material"}
    first = next(item for item in files if item["kind"] == "material")
    assert seated.get(f"/archive/{filing['id']}/items/{first['id']}").content.decode() == "必做与可选"
    assert seated.get(meeting)["stage"] == "filed"
