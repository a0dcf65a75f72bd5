# SPDX-License-Identifier: Apache-2.0
"""The whole meeting on a phone: 390 pixels wide, tapped, nothing wider than the screen on the way."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.company import PASSWORD
from tests.e2e.conftest import Stage
from tests.e2e.planned import DAY, a_planned_meeting
from tests.pages.browsers import Someone, chromium_at
from tests.pages.room import SAVED

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}


def test_a_meeting_is_held_on_a_phone(chromium: str, stage: Stage) -> None:
    with chromium_at(chromium) as browser:
        meeting = a_planned_meeting(stage)
        host = Someone(browser, stage.server.url, "wenqing", PASSWORD, **PHONE)
        recorder = Someone(browser, stage.server.url, "guyu", PASSWORD, **PHONE)
        _invite(host, meeting)
        stage.server.move_clock(7 * DAY)
        _hold(host.go(f"/meetings/{meeting}/room/"))
        _accept(Someone(browser, stage.server.url, "muge", PASSWORD, **PHONE), meeting)
        _close(host.page)
        _write_up(host, recorder, meeting)
        assert host.wrong == recorder.wrong == []


def _fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth + 1"), f"{page.url} is wider than a phone"


def _invite(host: Someone, meeting: str) -> None:
    page = host.go(f"/meetings/{meeting}/plan/")
    _fits(page)
    page.locator("a[href*='/invitation/']:visible").first.tap()
    page.wait_for_url("**/invitation/**")
    _fits(page)
    page.locator("form[action$='/send/'] button.primary").tap()
    page.wait_for_url("**/plan/**")
    expect(page.locator("#invitation")).to_contain_text("已发送")


def _hold(page: Page) -> None:
    page.wait_for_selector(SAVED)
    _fits(page)
    page.locator("#opening [data-do=start]").tap()
    for line in ("问题：口径不一致", "共识：清单由市场部牵头", "行动：写出必做清单"):
        page.locator("#capture").tap()
        page.keyboard.type(line)
        page.locator("[data-do=add]:visible").tap()
        expect(page.locator("#capture")).to_have_value("")
    page.locator("[data-entry][data-kind=action] [data-do=field-owner]").tap()
    page.locator(".fields [role=combobox]").first.tap()
    page.keyboard.type("牧歌")
    page.locator(".fields [role=option]", has_text="牧歌").tap()
    page.locator(".fields .due input").fill("2030-12-20")
    page.locator(".fields .support input[type=checkbox]").tap()
    _fits(page)
    page.locator("[data-do=fields-done]:visible").tap()
    expect(page.locator("[data-entry][data-kind=action] .chips")).to_contain_text("牧歌")
    page.wait_for_selector(SAVED)


def _accept(owner: Someone, meeting: str) -> None:
    page = owner.go(f"/meetings/{meeting}/room/")
    page.wait_for_selector(SAVED)
    page.locator("[data-do=accept]:visible").first.tap()
    expect(page.locator("[data-entry][data-kind=action] .chip.ok")).to_have_count(1)
    for tab in ("agenda", "people", "record"):
        page.locator(f".phone-tabs [data-tab={tab}]").tap()
        _fits(page)
    assert owner.wrong == []


def _close(page: Page) -> None:
    readback = page.locator("[data-do=readback]:visible")
    if readback.count() == 0:
        page.locator(".phone-tabs [data-tab=agenda]").tap()
    readback.first.tap()
    _fits(page)
    page.locator("#readback [data-do=close]").tap()
    page.wait_for_selector("[data-do=minutes]")
    _fits(page)


def _write_up(host: Someone, recorder: Someone, meeting: str) -> None:
    page = recorder.go(f"/meetings/{meeting}/minutes/")
    _fits(page)
    with page.expect_navigation():
        page.locator("form[action$='/submit/'] button").first.tap()
    page = host.go(f"/meetings/{meeting}/minutes/")
    page.locator("form[action$='/send/'] button").first.tap()
    expect(page.locator("main")).to_contain_text("异议")
    _fits(page)
