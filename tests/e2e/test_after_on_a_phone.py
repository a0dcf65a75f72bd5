# SPDX-License-Identifier: Apache-2.0
"""From the draft to final minutes on phones of 390 px with touch: hand in, return, approve and send, open the link,
confirm, object, accept, decline, correction, final.
"""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.closed_meeting import PASSWORD
from tests.live import ROOT, LiveServer
from tests.pages.browsers import Someone, chromium_at
from tests.pages.minutes import PHONE, AnswerPage, MinutesPage

pytestmark = pytest.mark.browser
CORRECTED = "必做清单由市场部出，技术部收到后两个工作日内回复。"


@dataclass(frozen=True)
class Afterwards:
    """A server, a closed meeting, a browser."""

    server: LiveServer
    meeting: str
    people: dict[str, str]
    browser: Browser

    def signed_in(self, login: str) -> MinutesPage:
        someone = Someone(self.browser, self.server.url, login, PASSWORD, **PHONE)
        return MinutesPage(someone.page, self.server.url, self.meeting)

    def link_of(self, name: str) -> AnswerPage:
        """The newest link in this person's messages, in a browser that is not signed in."""
        path = next(self.server.folder.glob("*.sqlite3"))
        with sqlite3.connect(path) as database:
            rows = database.execute(
                "SELECT text FROM plumbing_message WHERE recipient_id = ? AND kind = 'minutes' ORDER BY at DESC, id DESC",
                (self.people[name],),
            ).fetchall()
        link = re.search(r"http://\S+/l/minutes/\S+", rows[0][0])
        assert link is not None
        return AnswerPage(self.browser.new_context(locale="zh-CN", **PHONE).new_page(), link[0])


@pytest.fixture
def afterwards(tmp_path: Path, chromium: str) -> Iterator[Afterwards]:
    server = LiveServer(tmp_path)
    command = [sys.executable, "-m", "tests.e2e.closed_meeting"]
    done = subprocess.run(command, env=server.environment, cwd=ROOT, check=True, capture_output=True)
    told = json.loads(done.stdout)
    with server, chromium_at(chromium) as browser:
        yield Afterwards(server, told["meeting"], told["people"], browser)


def test_minutes_go_from_draft_to_final_on_phones(afterwards: Afterwards) -> None:
    recorder, host = afterwards.signed_in("ops"), afterwards.signed_in("product")
    recorder.open()
    assert recorder.step() == 1
    recorder.press("submit")
    host.open()
    host.press("return", reason="结论写全")
    recorder.open()
    expect(recorder.page.locator("#comments")).to_contain_text("结论写全")
    recorder.press("submit")
    host.open()
    expect(host.page.locator("#send li")).to_have_count(5)
    host.press("send")
    assert host.step() == 3

    absent = afterwards.link_of("tech")
    absent.open()
    asked = absent.page.locator("section.absent")
    expect(asked).to_contain_text("评估清单并给出排期")
    expect(asked).not_to_contain_text("写出改版必做清单")
    absent.confirm()
    host.open()
    expect(host.page.locator("#absent")).to_contain_text("技术部")
    expect(host.page.locator("#absent .chip.ok")).to_have_count(1)

    market, sales = afterwards.link_of("market"), afterwards.link_of("sales")
    market.open()
    market.object_to("deci-1", "应为工作日")
    sales.open()
    sales.object_to("acti-3", "不归我们")
    recorder.open()
    first = recorder.page.locator("#objections .entry").filter(has_text="应为工作日")
    first.locator("details").first.locator("summary").tap()
    first.locator("[name=text]").fill(CORRECTED)
    first.locator("[name=notice]").fill("期限写明为工作日")
    first.locator("form[action$='/accept/'] button").tap()
    recorder.page.wait_for_load_state()
    expect(recorder.page.locator(".paper .correction")).to_contain_text("期限写明为工作日")
    host.open()
    second = host.page.locator("#objections .entry").filter(has_text="不归我们")
    second.locator("details").last.locator("summary").tap()
    second.locator("[name=reason]").fill("会上就是这样定的")
    second.locator("form[action$='/decline/'] button").tap()
    host.page.wait_for_load_state()

    market = afterwards.link_of("market")
    market.open()
    expect(market.page.locator(".correction").first).to_contain_text("期限写明为工作日")
    expect(market.page.locator(".what-changed ins")).to_have_text("个工作日")
    market.confirm()
    sales.open()
    expect(sales.page.locator("body")).to_contain_text("会上就是这样定的")

    afterwards.server.move_clock(3 * 3600)

    def final() -> bool:
        host.open()
        return host.step() == 4

    afterwards.server.after_rounds(final)
    market.open()
    expect(market.page.locator(".top .chip.ok")).to_be_visible()
    host.open()
    expect(host.page.locator("#answers")).to_be_visible()


def test_a_line_is_edited_and_a_hint_repaired_on_a_phone(afterwards: Afterwards) -> None:
    recorder = afterwards.signed_in("ops")
    recorder.page.goto(recorder.path + "?line=note-1#l-note-1")
    form = recorder.page.locator("#l-note-1 form").first
    form.locator("textarea").fill("技术部尽快评估问卷。")
    form.locator("button").tap()
    recorder.page.wait_for_load_state()
    hint = recorder.page.locator("#hints .entry").filter(has_text="尽快")
    hint.locator(".repair button").tap()
    recorder.page.wait_for_load_state()
    expect(recorder.page.locator("#l-note-1 .t")).to_have_text("技术部评估问卷。")
    expect(recorder.page.locator("#hints").filter(has_text="尽快")).to_have_count(0)
