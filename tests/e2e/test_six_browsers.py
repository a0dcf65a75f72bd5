# SPDX-License-Identifier: Apache-2.0
"""One whole meeting in six browsers: planned, invited, held, killed in the middle, closed, agreed, filed."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.company import PASSWORD
from tests.e2e.conftest import Stage
from tests.pages.browsers import Someone, chromium_at
from tests.pages.plan import PlanPage
from tests.pages.room import SAVED, RoomPage

pytestmark = pytest.mark.browser
DAY = 24 * 3600
TITLE = "春季版本协调会"


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    with chromium_at(chromium) as found:
        yield found


def test_a_meeting_from_plan_to_archive(browser: Browser, stage: Stage) -> None:
    six = {login: Someone(browser, stage.server.url, login, PASSWORD) for login in stage.people}
    meeting = _plan_and_invite(six, stage)
    _answer(six, meeting)
    rooms = _hold(six, stage, meeting)
    _two_type_while_the_server_dies(rooms, stage)
    _one_works_offline_and_comes_back(six, rooms, stage, meeting)
    _decide(rooms)
    _close(six, rooms, stage, meeting)
    _late_lines_are_offered(six, rooms, stage, meeting)
    _agree(six, stage, meeting)
    _follow_and_file(six, stage, meeting)
    assert {login: someone.wrong for login, someone in six.items() if someone.wrong} == {}


def _plan_and_invite(six: dict[str, Someone], stage: Stage) -> str:
    plan = PlanPage(six["wenqing"].page)
    plan.begin(stage.server.url, TITLE)
    plan.write("objective", "定下春季版本各部门的分工和先后")
    plan.write("starts_at", (datetime.now(UTC) + timedelta(days=7)).strftime("%Y-%m-%dT10:00"))
    plan.write("place", "三楼大会议室")
    for person in stage.people.values():
        department = next(name for name, pk in stage.departments.items() if pk == person["department"])
        plan.seat(department, person["name"])
    plan.give_role("recorder", "谷雨")
    plan.give_role("facilitator", "石岩")
    meeting = plan.meeting
    plan.send()
    expect(plan.page.locator("#invitation")).to_contain_text("已发送")
    return meeting


def _answer(six: dict[str, Someone], meeting: str) -> None:
    muge = six["muge"].go(f"/meetings/{meeting}/plan/")
    muge.locator("button[value=accepted]").click()
    expect(muge.locator("main")).to_contain_text("接受")
    xiling = six["xiling"]
    letters = xiling.go("/outbox/").content()
    link = re.search(r"http://[^\s\"<]+/l/reply/[\w-]+/?", letters)
    assert link is not None, "the addressee reads her own link in the outbox"
    visitor = xiling.context.browser.new_context(locale="zh-CN")
    page = visitor.new_page()
    page.goto(link[0])
    page.locator("button[value=tentative]").click()
    expect(page.locator("main")).to_contain_text("待定")
    visitor.close()


def _hold(six: dict[str, Someone], stage: Stage, meeting: str) -> dict[str, RoomPage]:
    stage.server.move_clock(7 * DAY)
    rooms = {login: RoomPage(someone.page) for login, someone in six.items()}
    for room in rooms.values():
        room.enter(stage.server.url, meeting)
    rooms["wenqing"].do("start")
    expect(rooms["baihe"].page.locator(".topic[data-state=running]")).to_be_visible()
    rooms["guyu"].say("产品部：需求说明写到第一版")
    for room in rooms.values():
        room.sees("产品部：需求说明写到第一版")
    return rooms


def _two_type_while_the_server_dies(rooms: dict[str, RoomPage], stage: Stage) -> None:
    guyu, shiyan = rooms["guyu"], rooms["shiyan"]
    guyu.say("问题：口径")
    shiyan.say("问题：工期")
    for room in (guyu, shiyan):
        room.sees("口径")
        room.sees("工期")
    first, second = guyu.edit("口径"), shiyan.edit("工期")
    first.press("End")
    second.press("End")
    first.press_sequentially("不一致", delay=20)
    second.press_sequentially("估不出", delay=20)
    guyu.saved()
    shiyan.saved()
    stage.server.kill()
    first.press_sequentially("，技术没法评估", delay=10)
    second.press_sequentially("，要先看需求", delay=10)
    expect(guyu.page.locator("#state")).not_to_have_attribute("data-state", "saved")
    stage.server.start()
    for room in (guyu, shiyan):
        room.page.wait_for_selector(SAVED, timeout=30_000)
    first.press("Escape")
    second.press("Escape")
    for room in rooms.values():
        expect(room.entry("口径不一致，技术没法评估")).to_be_visible(timeout=30_000)
        expect(room.entry("工期估不出，要先看需求")).to_be_visible()


def _one_works_offline_and_comes_back(
    six: dict[str, Someone], rooms: dict[str, RoomPage], stage: Stage, meeting: str
) -> None:
    baihe = six["baihe"]
    baihe.context.set_offline(True)
    rooms["baihe"].page.wait_for_selector("#state[data-state=offline]")
    rooms["baihe"].say("客服部：同类咨询占来电三成")
    expect(rooms["baihe"].page.locator("#state")).to_have_attribute("data-unsaved", re.compile(r"[1-9]"))
    rooms["baihe"].kept("客服部：同类咨询占来电三成")
    baihe.new_tab()
    baihe.context.clear_cookies()
    baihe.context.set_offline(False)
    baihe.sign_in()
    rooms["baihe"] = RoomPage(baihe.page)
    rooms["baihe"].enter(stage.server.url, meeting)
    rooms["guyu"].sees("客服部：同类咨询占来电三成")


def _decide(rooms: dict[str, RoomPage]) -> None:
    guyu = rooms["guyu"]
    guyu.entry("口径不一致").click()
    guyu.page.keyboard.press("Escape")
    guyu.say("方案：说明分成必做与可选两栏")
    guyu.say("共识：必做清单由市场部牵头写")
    guyu.say("行动：写出必做清单")
    rooms["wenqing"].sees("写出必做清单")
    guyu.saved()
    rooms["wenqing"].do("readback")
    rooms["wenqing"].page.wait_for_selector("[data-gap]")
    expect(rooms["wenqing"].page.locator("[data-gap=due]")).to_have_count(1)


def _close(six: dict[str, Someone], rooms: dict[str, RoomPage], stage: Stage, meeting: str) -> None:
    token = stage.people["guyu"]["token"]
    _complete_the_action(six["guyu"], stage, meeting, token)
    expect(rooms["wenqing"].page.locator("[data-gap]")).to_have_count(0)
    six["xiling"].context.set_offline(True)
    rooms["xiling"].page.wait_for_selector("#state[data-state=offline]")
    rooms["xiling"].say("销售部：大客户还想要到货提醒")
    rooms["wenqing"].do("close")
    rooms["wenqing"].page.wait_for_selector("[data-do=minutes]")


def _complete_the_action(guyu: Someone, stage: Stage, meeting: str, token: str) -> None:
    """Fill owner, date and support of the one action, as an outside program with a token would."""
    base = f"{stage.server.url}/api/v1/meetings/{meeting}/record"
    headers = {"Authorization": f"Bearer {token}", "Accept": "application/json"}
    request = guyu.context.request
    expect(guyu.page.locator("[data-entry][data-kind=action]")).to_have_count(1)
    entry = guyu.page.locator("[data-entry][data-kind=action]").get_attribute("data-entry")
    due = (datetime.now(UTC) + timedelta(days=20)).date().isoformat()
    muge = stage.people["muge"]
    fields = {"dep": muge["department"], "own": muge["id"], "due": due, "sup": "none"}
    answer = request.patch(f"{base}/entries/{entry}", headers=headers, data=fields)
    assert answer.ok, answer.text()


def _late_lines_are_offered(six: dict[str, Someone], rooms: dict[str, RoomPage], stage: Stage, meeting: str) -> None:
    six["xiling"].context.set_offline(False)
    rooms["xiling"].page.wait_for_selector("#state[data-state=saved], [data-closed]", timeout=30_000)
    guyu = six["guyu"].go(f"/meetings/{meeting}/room/")
    expect(guyu.locator("[data-late-edit]")).to_contain_text("到货提醒", timeout=30_000)


def _agree(six: dict[str, Someone], stage: Stage, meeting: str) -> None:
    minutes = f"/meetings/{meeting}/minutes/"
    guyu = six["guyu"].go(minutes)
    expect(guyu.locator("main")).to_contain_text("必做清单由市场部牵头写")
    guyu.locator("form[action$='/submit/'] button").first.click()
    wenqing = six["wenqing"].go(minutes)
    wenqing.locator("form[action$='/send/'] button").first.click()
    expect(wenqing.locator("main")).to_contain_text("异议")
    muge = six["muge"].go(minutes)
    muge.locator("form[action$='/confirm/'] button").first.click()
    baihe = six["baihe"].go(minutes)
    baihe.locator(".line", has_text="必做清单由市场部牵头写").first.locator("a.pen").click()
    baihe.locator("form.objecting textarea").fill("牵头的应是产品部")
    baihe.locator("form.objecting button").click()
    expect(baihe.locator("main")).to_contain_text("异议")
    guyu = six["guyu"].go(minutes)
    decline = guyu.locator("form[action$='/decline/']").first
    decline.evaluate("form => { form.closest('details')?.setAttribute('open', '') }")
    decline.locator("textarea, input[name=reason]").first.fill("会上定的是市场部，产品部配合")
    decline.locator("button").last.click()


def _follow_and_file(six: dict[str, Someone], stage: Stage, meeting: str) -> None:
    stage.server.move_clock(6 * DAY)
    muge = six["muge"]
    page = muge.page
    stage.server.after_rounds(lambda: TITLE in muge.go("/archive/").content())
    bundle = muge.context.request.get(_href(page, "/bundle/"))
    assert bundle.ok
    assert bundle.body()[:2] == b"PK"
    muge.go("/actions/")
    expect(muge.page.locator("main")).to_contain_text("写出必做清单")
    minutes = muge.context.request.get(f"{stage.server.url}/meetings/{meeting}/minutes/export/pdf/")
    assert minutes.body()[:5] == b"%PDF-"


def _href(page: object, part: str) -> str:
    found = page.locator(f"a[href*='{part}']")  # type: ignore[attr-defined]
    if found.count() == 0:
        page.locator("main a", has_text=TITLE).first.click()  # type: ignore[attr-defined]
        found = page.locator(f"a[href*='{part}']")  # type: ignore[attr-defined]
    base = "/".join(page.url.split("/")[:3])  # type: ignore[attr-defined]
    return base + str(found.first.get_attribute("href"))
