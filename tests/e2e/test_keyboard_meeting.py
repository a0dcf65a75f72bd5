# SPDX-License-Identifier: Apache-2.0
"""The whole meeting from the keyboard alone: signed in, invited, held, closed, reviewed, circulated, filed."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from tests.e2e.company import PASSWORD
from tests.e2e.conftest import Stage
from tests.e2e.planned import DAY, a_planned_meeting
from tests.pages.browsers import chromium_at
from tests.pages.keyboard import Keyboard
from tests.pages.room import SAVED

pytestmark = pytest.mark.browser


def test_a_meeting_is_held_from_the_keyboard_alone(chromium: str, stage: Stage) -> None:
    with chromium_at(chromium) as browser:
        meeting = a_planned_meeting(stage)
        host, recorder = _person(browser, stage, "wenqing"), _person(browser, stage, "guyu")
        _invite(host, stage, meeting)
        stage.server.move_clock(7 * DAY)
        _begin(host, meeting)
        _capture(host)
        _complete_the_action(host)
        _agree(host)
        _steer(host)
        _close(host)
        _write_up(host, recorder, stage, meeting)
        stage.server.move_clock(6 * DAY)
        _find_it_filed(host, stage)


def _person(browser: Browser, stage: Stage, login: str) -> Keyboard:
    context: BrowserContext = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 864})
    context.set_default_timeout(30_000)
    keys = Keyboard(context.new_page())
    keys.sign_in(stage.server.url, login, PASSWORD)
    return keys


def _invite(host: Keyboard, stage: Stage, meeting: str) -> None:
    host.enter("nav a[href='/meetings/']")
    host.enter("main a[href='?tab=preparing']")
    host.enter(f"main a[href*='{meeting}']")
    host.page.wait_for_url(f"**{meeting}/plan/**")
    host.enter("main a[href$='/invitation/'], header a[href$='/invitation/']")
    host.page.wait_for_url("**/invitation/")
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
    for line in ("问题：口径不一致", "方案：说明分成两栏", "共识：清单由市场部牵头"):
        host.type(line)
        host.press("Enter")
        expect(page.locator("#capture")).to_have_value("")
    host.press("Alt+a")
    host.type("写出必做清单，下周五前完成")
    expect(page.locator(".cap .chips")).to_contain_text(re.compile(r"\d\d-\d\d"))
    host.press("Enter")
    host.type("明年展会预算")
    host.press("Enter")
    for kind in ("problem", "solution", "decision", "action", "note"):
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
    """A consensus call on the solution, answered and closed."""
    _stand_on(host, "solution")
    host.press("Alt+v")
    host.page.locator("[data-do=voice-agree]").first.wait_for()
    host.press("Alt+y")
    expect(host.page.locator("[data-do=voice-agree][aria-pressed=true]")).to_have_count(1)
    _stand_on(host, "note")
    host.press("Alt+o")
    expect(host.page.locator("[data-entry][data-kind=parked]")).to_have_count(1)


def _steer(host: Keyboard) -> None:
    """More time for a topic, and on to the next."""
    page = host.page
    first = page.locator(".topic[data-state=running]").get_attribute("data-topic")
    host.press("Escape", "Alt+m")
    host.press("Alt+t")
    expect(page.locator(f".topic[data-topic='{first}']")).not_to_have_attribute("data-state", "running")


def _close(host: Keyboard) -> None:
    page = host.page
    page.wait_for_selector(SAVED)
    host.press("Alt+r")
    host.enter("#readback [data-do=close]")
    page.wait_for_selector("[data-do=minutes]")


def _write_up(host: Keyboard, recorder: Keyboard, stage: Stage, meeting: str) -> None:
    minutes = f"{stage.server.url}/meetings/{meeting}/minutes/"
    recorder.page.goto(minutes)
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

    filed = next((True for _ in range(40) if shown()), False)
    assert filed
    host.enter("article.hit h2 a")
    host.page.wait_for_url(re.compile(r"/archive/[0-9a-f-]{36}/"))
