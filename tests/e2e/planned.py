# SPDX-License-Identifier: Apache-2.0
"""Meetings of the company that have already come so far, made through the API, for tests of what follows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

from tests.e2e.conftest import Stage

DAY = 24 * 3600


def a_planned_meeting(stage: Stage, title: str = "春季版本协调会") -> str:
    """Everybody seated at a meeting in a week, not yet invited; 闻清 hosts, 谷雨 records. Returns its id."""
    host = _someone(stage, "wenqing")
    plan = _ok(host.post("/meetings", json={"title": title})).json()
    path = f"/meetings/{plan['id']}"
    start = (datetime.now(UTC) + timedelta(days=7)).strftime("%Y-%m-%dT10:00")
    for field, value in (("objective", "定下分工和先后"), ("starts_at", start), ("place", "三楼")):
        change = {"field": field, "value": value, "was": plan[field] or "", "version": plan["version"]}
        plan = _ok(host.patch(path, json=change)).json()
    for person in stage.people.values():
        seats = _ok(host.post(f"{path}/seats", json={"department": person["department"]})).json()["seats"]
        seat = next(one for one in seats if one["department"] == person["department"])
        _ok(host.post(f"{path}/seats/{seat['id']}/representatives", json={"person": person["id"]}))
    _ok(host.put(f"{path}/roles/recorder", json={"person": stage.people["guyu"]["id"]}))
    _ok(host.put(f"{path}/roles/facilitator", json={"person": stage.people["shiyan"]["id"]}))
    host.close()
    return str(plan["id"])


def an_invited_meeting(stage: Stage) -> str:
    """The same, invited, and a week has passed."""
    meeting = a_planned_meeting(stage)
    with _someone(stage, "wenqing") as host:
        _ok(host.post(f"/meetings/{meeting}/invitation", json={}))
    stage.server.move_clock(7 * DAY)
    return meeting


def a_running_meeting(stage: Stage) -> str:
    """The same, begun."""
    meeting = an_invited_meeting(stage)
    with _someone(stage, "wenqing") as host:
        _ok(host.post(f"/meetings/{meeting}/start", json={}))
    return meeting


def ask(stage: Stage, login: str, method: str, path: str, **body: Any) -> httpx.Response:
    """One request of somebody's token."""
    with _someone(stage, login) as someone:
        return _ok(someone.request(method, path, json=body))


def _someone(stage: Stage, login: str) -> httpx.Client:
    headers = {"Authorization": f"Bearer {stage.people[login]['token']}"}
    return httpx.Client(base_url=f"{stage.server.url}/api/v1", headers=headers, timeout=30)


def _ok(answer: httpx.Response) -> httpx.Response:
    assert answer.is_success, f"{answer.request.method} {answer.request.url}: {answer.status_code} {answer.text[:400]}"
    return answer
