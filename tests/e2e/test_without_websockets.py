# SPDX-License-Identifier: Apache-2.0
"""Where websockets or scripts are blocked: the room leads to a plain page, which is read, refreshed and written."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.company import PASSWORD
from tests.e2e.conftest import Stage
from tests.e2e.planned import a_running_meeting
from tests.pages.browsers import Someone, chromium_at

pytestmark = pytest.mark.browser
NO_SOCKETS = """
class Blocked {
  readyState = 3;
  constructor() { setTimeout(() => this.onclose?.({ code: 1006, reason: '' })); }
  send() {}
  close() {}
}
Object.assign(Blocked, { OPEN: 1 });
window.WebSocket = Blocked;
"""


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    with chromium_at(chromium) as found:
        yield found


def test_the_meeting_is_followed_and_written_without_websockets(browser: Browser, stage: Stage) -> None:
    meeting = a_running_meeting(stage)
    record = f"/meetings/{meeting}/record/"
    blocked = Someone(browser, stage.server.url, "guyu", PASSWORD, viewport={"width": 390, "height": 844})
    blocked.context.add_init_script(NO_SOCKETS)
    page = blocked.go(f"/meetings/{meeting}/room/")
    page.locator("[data-do=plain]").click()
    page.wait_for_url(f"**{record}")
    reader = Someone(browser, stage.server.url, "muge", PASSWORD)
    reader.go(record)
    reader.page.locator("textarea[name=text]").fill("还没写完")
    page.locator("select[name=kind]").select_option(value="action")
    page.locator("textarea[name=text]").fill("第一件事\n第二件事")
    page.locator("form#add summary").click()
    page.locator("select[name=owner]").select_option(value=stage.people["muge"]["id"])
    page.locator("form#add button").click()
    page.wait_for_url(f"**{record}#e-*")
    for text in ("第一件事", "第二件事"):
        expect(page.locator("#record li", has_text=text)).to_contain_text("牧歌")
        expect(reader.page.locator("#record")).to_contain_text(text, timeout=30_000)
    expect(reader.page.locator("textarea[name=text]")).to_have_value("还没写完")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert blocked.wrong == reader.wrong == []


def test_without_scripts_the_room_leads_to_the_page(browser: Browser, stage: Stage) -> None:
    meeting = a_running_meeting(stage)
    plain = Someone(browser, stage.server.url, "xiling", PASSWORD, java_script_enabled=False)
    page = plain.go(f"/meetings/{meeting}/room/")
    page.locator("noscript a, #room p a").first.click()
    page.locator("textarea[name=text]").fill("没有脚本也能写")
    page.locator("form#add button").click()
    expect(page.locator("#record")).to_contain_text("没有脚本也能写")
