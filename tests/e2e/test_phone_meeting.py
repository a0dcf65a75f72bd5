# SPDX-License-Identifier: Apache-2.0
"""The whole meeting on a phone: 390 pixels wide, tapped, nothing wider than the screen on the way."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.company import PASSWORD
from tests.e2e.conftest import Stage
from tests.e2e.planned import DAY, a_planned_meeting
from tests.pages.browsers import Someone, chromium_at
from tests.pages.minutes import PHONE, AnswerPage, fits
from tests.pages.room import SAVED

pytestmark = pytest.mark.browser
TITLE = "春季版本协调会"


def test_a_meeting_is_held_on_a_phone(chromium: str, stage: Stage) -> None:
    with chromium_at(chromium) as browser:
        meeting = a_planned_meeting(stage)
        host = Someone(browser, stage.server.url, "wenqing", PASSWORD, **PHONE)
        recorder = Someone(browser, stage.server.url, "guyu", PASSWORD, **PHONE)
        _invite(host, meeting)
        stage.server.move_clock(7 * DAY)
        page = host.go(f"/meetings/{meeting}/room/")
        _hold(page)
        _ask_the_seats(page)
        owner = Someone(browser, stage.server.url, "muge", PASSWORD, **PHONE)
        _accept(owner, meeting)
        _say_yes(recorder, meeting)
        _decide(page)
        _park(page)
        _more_time(page)
        _close(page)
        _write_up(host, recorder, meeting)
        link = _link_of(owner)
        _confirm(browser, link)
        stage.server.move_clock(6 * DAY)
        _find_it_filed(owner, stage)
        assert host.wrong == recorder.wrong == owner.wrong == []


def _invite(host: Someone, meeting: str) -> None:
    page = host.go(f"/meetings/{meeting}/plan/")
    fits(page)
    page.locator("a[href*='/invitation/']:visible").first.tap()
    page.wait_for_url("**/invitation/**")
    fits(page)
    page.locator("form[action$='/send/'] button.primary").tap()
    page.wait_for_url("**/plan/**")
    expect(page.locator("#invitation")).to_contain_text("已发送")


def _hold(page: Page) -> None:
    page.wait_for_selector(SAVED)
    fits(page)
    page.locator("#opening [data-do=start]").tap()
    for line in ("问题：口径不一致", "方案：说明分成两栏", "行动：写出必做清单", "明年展会预算"):
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
    fits(page)
    page.locator("[data-do=fields-done]:visible").tap()
    expect(page.locator("[data-entry][data-kind=action] .chips")).to_contain_text("牧歌")
    page.wait_for_selector(SAVED)


def _menu(page: Page, kind: str, act: str) -> None:
    """Tap an entry's menu, and in it an act."""
    entry = page.locator(f"[data-entry][data-kind={kind}]")
    entry.locator("[data-do=more]").tap()
    fits(page)
    entry.locator(f"[role=menuitem][data-do={act}]").tap()


def _tab(page: Page, name: str) -> None:
    page.locator(f".phone-tabs [data-tab={name}]").tap()
    fits(page)


def _ask_the_seats(page: Page) -> None:
    _menu(page, "solution", "call")
    page.locator("[data-do=voice-agree]:visible").tap()
    expect(page.locator("[data-do=voice-agree][aria-pressed=true]")).to_have_count(1)
    fits(page)


def _accept(owner: Someone, meeting: str) -> None:
    """The owner answers the call, and takes the action on."""
    page = owner.go(f"/meetings/{meeting}/room/")
    page.wait_for_selector(SAVED)
    page.locator("[data-do=voice-reserve]:visible").tap()
    page.keyboard.type("周三太赶")
    page.locator("[data-do=voice-send]:visible").tap()
    expect(page.locator("[data-do=voice-reserve][aria-pressed=true]")).to_have_count(1)
    page.locator("[data-do=accept]:visible").first.tap()
    expect(page.locator("[data-entry][data-kind=action] .chip.ok")).to_have_count(1)
    for tab in ("agenda", "people", "record"):
        _tab(page, tab)


def _say_yes(recorder: Someone, meeting: str) -> None:
    page = recorder.go(f"/meetings/{meeting}/room/")
    page.wait_for_selector(SAVED)
    page.locator("[data-do=voice-agree]:visible").tap()
    expect(page.locator("[data-do=voice-agree][aria-pressed=true]")).to_have_count(1)


def _decide(page: Page) -> None:
    """The host closes the call and writes down what was agreed."""
    page.locator("[data-do=call-close]:visible").tap()
    solution = page.locator("[data-entry][data-kind=solution]")
    expect(solution.locator("[data-outcome=majority]")).to_have_count(1)
    solution.locator("[data-do=call-decide]").tap()
    expect(page.locator("[data-entry][data-kind=decision]")).to_contain_text("说明分成两栏")
    fits(page)


def _park(page: Page) -> None:
    _menu(page, "note", "kind-parked")
    parked = page.locator("[data-entry][data-kind=parked]")
    parked.locator(".fields").wait_for()
    parked.locator("[data-do=fields-done]").tap()
    expect(parked.locator(".fields")).to_have_count(0)
    fits(page)


def _more_time(page: Page) -> None:
    _tab(page, "agenda")
    topic = page.locator(".topic[data-state=running]")
    before = topic.inner_text()
    page.locator("[data-do=extend]:visible").tap()
    fits(page)
    page.locator("[data-do=extend-confirm]:visible").tap()
    expect(topic).not_to_have_text(before, use_inner_text=True)
    fits(page)
    _tab(page, "record")
    page.wait_for_selector(SAVED)


def _close(page: Page) -> None:
    readback = page.locator("[data-do=readback]:visible")
    if readback.count() == 0:
        page.locator(".phone-tabs [data-tab=agenda]").tap()
    readback.first.tap()
    fits(page)
    page.locator("#readback [data-do=close]").tap()
    page.wait_for_selector("[data-do=minutes]")
    fits(page)


def _write_up(host: Someone, recorder: Someone, meeting: str) -> None:
    """Handed in by the recorder, approved and sent by the host."""
    page = recorder.go(f"/meetings/{meeting}/minutes/")
    fits(page)
    with page.expect_navigation():
        page.locator("form[action$='/submit/'] button").first.tap()
    page = host.go(f"/meetings/{meeting}/minutes/")
    page.locator("form[action$='/send/'] button").first.tap()
    expect(page.locator("main")).to_contain_text("异议")
    fits(page)


def _link_of(owner: Someone) -> str:
    """The link to the minutes in her own messages."""
    found = re.search(r"http://[^\s\"<]+/l/minutes/[\w-]+/", owner.go("/outbox/").content())
    assert found is not None
    return found[0]


def _confirm(browser: Browser, link: str) -> None:
    """By the link, without signing in."""
    context = browser.new_context(locale="zh-CN", **PHONE)
    answer = AnswerPage(context.new_page(), link)
    answer.open()
    answer.confirm()
    context.close()


def _find_it_filed(owner: Someone, stage: Stage) -> None:
    """No objection came: final, and in the archive."""
    page = owner.page
    stage.server.after_rounds(lambda: TITLE in owner.go("/archive/").locator("main").inner_text())
    fits(page)
    page.locator("article.hit h2 a", has_text=TITLE).tap()
    page.wait_for_url(re.compile(r"/archive/[0-9a-f-]{36}/"))
    expect(page.locator("main")).to_contain_text(TITLE)
    fits(page)
