# SPDX-License-Identifier: Apache-2.0
"""The whole meeting from the keyboard alone: planned, invited, held, agreed, closed, reviewed, circulated, filed."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.company import PASSWORD
from tests.e2e.conftest import Stage
from tests.e2e.planned import DAY
from tests.pages.browsers import chromium_at
from tests.pages.keyboard import Keyboard
from tests.pages.room import SAVED

pytestmark = pytest.mark.browser
SEATED = (("产品部", "闻清"), ("运营部", "谷雨"), ("市场部", "牧歌"))


def test_a_meeting_is_held_from_the_keyboard_alone(chromium: str, stage: Stage) -> None:
    with chromium_at(chromium) as browser:
        host, recorder = _person(browser, stage, "wenqing"), _person(browser, stage, "guyu")
        meeting = _plan(host)
        _invite(host)
        stage.server.move_clock(7 * DAY)
        _begin(host, meeting)
        _capture(host)
        _correct_the_date(host)
        _complete_the_action(host)
        _agree(host)
        _park(host)
        _steer(host)
        _close(host)
        _write_up(host, recorder, stage, meeting)
        stage.server.move_clock(6 * DAY)
        _find_it_filed(host, stage)
        assert host.wrong == recorder.wrong == []


def _person(browser: Browser, stage: Stage, login: str) -> Keyboard:
    keys = Keyboard.of(browser)
    keys.sign_in(stage.server.url, login, PASSWORD)
    return keys


def _plan(host: Keyboard) -> str:
    """Objective, seats, the recorder, day and place; returns the meeting's id."""
    page = host.page
    host.press("n")
    page.wait_for_url("**/plan/")
    host.reach("input[name=title]")
    with host.saved():
        host.type("春季版本协调会")
        host.press("Tab")
    host.reach("textarea[name=objective]")
    with host.saved():
        host.type("定下分工和先后")
        host.press("Tab")
    for department, person in SEATED:
        _seat(host, department, person)
    host.reach("#roles [name='recorder.name']")
    with host.saved("/roles/"):
        host.pick("谷雨")
    host.reach("[name=starts_at]")
    with host.saved():
        host.date(datetime.now(UTC) + timedelta(days=7), "1000AM")
    host.reach("[name=place]")
    with host.saved():
        host.type("三楼")
        host.press("Tab")
    return page.url.split("/meetings/")[1].split("/")[0]


def _seat(host: Keyboard, department: str, person: str) -> None:
    page = host.page
    host.reach("form[action$='/seats/'] select[name=department]")
    host.choose(department)
    host.enter("form[action$='/seats/'] > button")
    row = page.locator("li.seat", has_text=department)
    row.wait_for()
    seat = row.get_attribute("id")
    host.reach(f"#{seat} [role=combobox]")
    host.pick(person)
    expect(row.locator(".chip.named", has_text=person)).to_be_visible()


def _invite(host: Keyboard) -> None:
    host.enter("a[href$='/invitation/#send'], a[href$='/invitation/']")
    host.page.wait_for_url("**/invitation/**")
    host.enter("form[action$='/send/'] button.primary")
    host.page.wait_for_url("**/plan/**")
    expect(host.page.locator("#invitation")).to_contain_text("已发送")


def _begin(host: Keyboard, meeting: str) -> None:
    host.enter(f"a[href$='{meeting}/room/']")
    host.page.wait_for_selector(SAVED)
    host.enter("#opening [data-do=start]")
    host.page.wait_for_selector(".topic[data-state=running]")


def _capture(host: Keyboard) -> None:
    page = host.page
    host.press("Alt+c")
    expect(page.locator("#capture")).to_be_focused()
    for line in ("问题：口径不一致", "方案：说明分成两栏"):
        host.type(line)
        host.press("Enter")
        expect(page.locator("#capture")).to_have_value("")
    host.press("Alt+a")
    host.type("写出必做清单，下周五前完成")
    expect(page.locator(".cap [data-do=read-due]")).to_contain_text(re.compile(r"\d\d-\d\d"))


def _correct_the_date(host: Keyboard) -> None:
    """The chip below the line: emptied with Delete, then filled in through its form, and the line is added."""
    page = host.page
    chip = page.locator(".cap [data-do=read-due]")
    host.reach("[data-do=read-due]")
    host.press("Delete")
    expect(chip).to_have_class(re.compile("missing"))
    expect(chip).to_be_focused()
    host.press("Enter")
    expect(page.locator(".cap .due input")).to_be_focused()
    host.date(datetime(2030, 12, 20, tzinfo=UTC))
    host.press("Enter")
    expect(chip).to_contain_text("12-20")
    expect(page.locator("#capture")).to_be_focused()
    host.press("Enter")
    expect(page.locator("[data-entry][data-kind=action] .chips")).to_contain_text("12-20")
    host.type("明年展会预算")
    host.press("Enter")
    for kind in ("problem", "solution", "action", "note"):
        expect(page.locator(f"[data-entry][data-kind={kind}]")).to_have_count(1)


def _complete_the_action(host: Keyboard) -> None:
    """Owner and support of the action, through its form."""
    page = host.page
    _stand_on(host, "action")
    host.press("e")
    host.reach(".fields [role=combobox]")
    host.type("牧歌")
    page.locator(".fields [role=option]", has_text="牧歌").wait_for()
    host.press("Enter")
    host.reach(".fields .support input[type=checkbox]")
    host.press("Space", "Escape")
    chips = page.locator("[data-entry][data-kind=action] .chips")
    expect(chips).to_contain_text("牧歌")
    expect(chips.locator("[data-missing]:not([data-missing=false])")).to_have_count(0)


def _stand_on(host: Keyboard, kind: str) -> None:
    """Walk the record to an entry of a kind."""
    host.reach("[data-entry][tabindex='0']")
    host.press("Home")
    for _ in range(10):
        if host.page.evaluate("kind => document.activeElement.dataset.kind === kind", kind):
            return
        host.press("ArrowDown")
    raise AssertionError(f"no {kind} reached")


def _agree(host: Keyboard) -> None:
    """A consensus call on the solution: opened, objected, agreed, closed, and the decision written from it."""
    page = host.page
    _stand_on(host, "solution")
    host.press("Alt+v")
    page.locator("[data-do=voice-agree]").first.wait_for()
    host.press("Alt+i")
    host.type("还没估过工期")
    host.press("Enter")
    expect(page.locator("[data-do=voice-object][aria-pressed=true]")).to_have_count(1)
    host.press("Alt+y")
    expect(page.locator("[data-do=voice-agree][aria-pressed=true]")).to_have_count(1)
    host.press("Alt+q")
    expect(page.locator("[data-entry][data-kind=solution] [data-outcome]")).to_have_count(1)
    expect(page.locator("[data-entry][data-kind=decision]")).to_have_count(0)
    host.press("Alt+q")
    decision = page.locator("[data-entry][data-kind=decision]")
    expect(decision).to_contain_text("说明分成两栏")
    expect(decision.locator("[data-outcome]")).to_have_count(1)


def _park(host: Keyboard) -> None:
    _stand_on(host, "note")
    host.press("Alt+o")
    expect(host.page.locator("[data-entry][data-kind=parked]")).to_have_count(1)


def _steer(host: Keyboard) -> None:
    """More time for a topic, and on to the next."""
    page = host.page
    topic = page.locator(".topic[data-state=running]")
    first, before = topic.get_attribute("data-topic"), topic.inner_text()
    host.press("Escape", "Alt+m")
    expect(page.locator("[data-do=extend-confirm]")).to_be_focused()
    host.press("Enter")
    expect(topic).not_to_have_text(before, use_inner_text=True)
    host.press("Alt+t")
    expect(page.locator(f".topic[data-topic='{first}']")).not_to_have_attribute("data-state", "running")


def _close(host: Keyboard) -> None:
    page = host.page
    page.wait_for_selector(SAVED)
    host.press("Alt+r")
    host.enter("#readback [data-do=close]")
    page.wait_for_selector("[data-do=minutes]")


def _write_up(host: Keyboard, recorder: Keyboard, stage: Stage, meeting: str) -> None:
    recorder.page.goto(f"{stage.server.url}/meetings/{meeting}/minutes/")
    recorder.reach("form[action$='/submit/'] button")
    with recorder.page.expect_navigation():
        recorder.press("Enter")
    host.enter("[data-do=minutes]")
    host.page.wait_for_url("**/minutes/**")
    host.enter("form[action$='/send/'] button")
    expect(host.page.locator("main")).to_contain_text("异议")


def _find_it_filed(host: Keyboard, stage: Stage) -> None:
    def shown() -> bool:
        host.page.goto(f"{stage.server.url}/archive/")
        return "春季版本协调会" in host.page.inner_text("main")

    stage.server.after_rounds(shown)
    host.enter("article.hit h2 a")
    host.page.wait_for_url(re.compile(r"/archive/[0-9a-f-]{36}/"))
