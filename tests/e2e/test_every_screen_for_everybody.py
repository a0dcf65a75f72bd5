# SPDX-License-Identifier: Apache-2.0
"""axe on every screen, wide and narrow, light and dark: nothing serious; and nothing is said on the console."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.company import PASSWORD
from tests.e2e.conftest import Stage
from tests.e2e.planned import a_running_meeting, ask
from tests.live import ROOT
from tests.pages.browsers import Someone, chromium_at
from tests.pages.room import SAVED

pytestmark = pytest.mark.browser
AXE = Path(ROOT / "frontend" / "node_modules" / "axe-core" / "axe.min.js")
LOOKS = [(width, scheme) for scheme in ("light", "dark") for width in (1280, 390)]
RUN = """
async () => (await axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa'] })).violations
  .filter((one) => ['serious', 'critical'].includes(one.impact))
  .map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target} ${node.html.slice(0, 90)}`).join(' | ')}`)
"""
PLAIN = (
    "/", "/meetings/", "/meetings/?tab=preparing", "/meetings/new/", "/actions/", "/archive/", "/outbox/", "/profile/",
    "/profile/channels/", "/settings/", "/settings/policy/", "/settings/organisation/", "/settings/calendar/",
    "/settings/mail/", "/settings/channels/", "/settings/channels/new/webhook/", "/settings/people/",
    "/settings/persons/new/", "/settings/import/", "/welcome/",
)  # fmt: skip


@pytest.fixture
def axe() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed (cd frontend && npm ci)")
    return AXE.read_text(encoding="utf-8")


def test_axe_finds_nothing_serious_on_any_screen(chromium: str, stage: Stage, axe: str) -> None:
    meeting = a_running_meeting(stage)
    base = f"/meetings/{meeting}"
    department = next(iter(stage.departments.values()))
    person = stage.people["muge"]["id"]
    wrong: list[str] = []
    with chromium_at(chromium) as browser:
        visitor = browser.new_page(locale="zh-CN")
        visitor.goto(f"{stage.server.url}/accounts/login/")
        wrong += _look(visitor, axe)
        host = Someone(browser, stage.server.url, "wenqing", PASSWORD)
        for path in (*PLAIN, f"/settings/departments/{department}/", f"/settings/persons/{person}/", f"{base}/plan/",
                     f"{base}/invitation/", f"{base}/record/"):  # fmt: skip
            wrong += _look(host.go(path), axe)
        wrong += _rooms(host, axe, base)
        ask(stage, "wenqing", "POST", f"{base}/close")
        host.go(f"{base}/room/").wait_for_selector("#closed")
        wrong += _look(host.page, axe)
        recorder = Someone(browser, stage.server.url, "guyu", PASSWORD)
        wrong += _look(recorder.go(f"{base}/minutes/"), axe)
    assert wrong == [], "\n".join(wrong)
    assert host.wrong == recorder.wrong == []


def _rooms(host: Someone, axe: str, base: str) -> list[str]:
    """The room as it runs, its read-back, its dialog of keys, and the wall."""
    page = host.go(f"{base}/room/")
    page.wait_for_selector(SAVED)
    page.locator("#capture").fill("问题：口径不一致")
    page.locator("#capture").press("Enter")
    found = _look(page, axe)
    page.keyboard.press("Alt+r")
    page.locator("#readback").wait_for()
    found += _look(page, axe)
    page = host.go(f"{base}/room/?view=projector")
    page.wait_for_selector(SAVED, state="attached")
    return found + _look(page, axe)


def _look(page: Page, axe: str) -> list[str]:
    page.evaluate(axe)
    where = re.sub(r"[0-9a-f-]{36}", "…", page.url.split("/", 3)[3])
    found = []
    for width, scheme in LOOKS:
        page.set_viewport_size({"width": width, "height": 864})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"/{where} {width} {scheme}: {one}" for one in page.evaluate(RUN)]
    page.set_viewport_size({"width": 1280, "height": 864})
    page.emulate_media(color_scheme="light")
    return found
