# SPDX-License-Identifier: Apache-2.0
"""axe on every screen, wide and narrow, light and dark: nothing serious; and nothing is said on the console."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.e2e.company import PASSWORD
from tests.e2e.conftest import Stage
from tests.e2e.planned import DAY, a_planned_meeting, a_running_meeting, ask
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


def test_axe_finds_nothing_serious_on_what_links_lead_to_and_what_is_left_afterwards(
    chromium: str, stage: Stage, axe: str
) -> None:
    meeting = _invited_with_one_informed(stage)
    base = f"/meetings/{meeting}"
    wrong: list[str] = []
    with chromium_at(chromium) as browser:
        visitor = browser.new_page(locale="zh-CN")
        host = Someone(browser, stage.server.url, "wenqing", PASSWORD)
        seated = Someone(browser, stage.server.url, "muge", PASSWORD)
        wrong += _look(_at(visitor, _link(seated, "reply")), axe)
        for someone in (host, seated):
            someone.go(f"{base}/room/").wait_for_selector("#opening")
            someone.page.wait_for_selector(SAVED)
            wrong += (_look if someone is seated else _glance)(someone.page, axe)
        call = _held(stage, base)
        for path in (f"{base}/plan/", f"{base}/record/", "/", "/meetings/"):
            wrong += _glance(seated.go(path), axe)
        seated.go(f"{base}/room/").wait_for_selector("[data-do=accept]")
        wrong += _look(seated.page, axe)
        _left(stage, base)
        for path in (f"{base}/retrospective/", f"{base}/minutes/"):
            wrong += _look(seated.go(path), axe)
        wrong += _look(host.go(f"{base}/minutes/compare/"), axe)
        wrong += _look(host.go(f"/decisions/{call}/"), axe)
        wrong += _look(_at(visitor, _link(seated, "minutes")), axe)
        wrong += _glance(host.go(f"{base}/minutes/"), axe)
        wrong += _filed(host, seated, stage, axe)
        wrong += _look(_at(visitor, _link(Someone(browser, stage.server.url, "baihe", PASSWORD), "unsubscribe")), axe)
    assert wrong == [], "\n".join(wrong)
    assert host.wrong == seated.wrong == []


def _invited_with_one_informed(stage: Stage) -> str:
    """The seat of 白鹤 need not come; the day has arrived."""
    meeting = a_planned_meeting(stage)
    seats = ask(stage, "wenqing", "GET", f"/meetings/{meeting}").json()["seats"]
    seat = next(one for one in seats if one["department"] == stage.people["baihe"]["department"])
    change = {"field": "need", "value": "informed", "was": "required", "version": seat["version"]}
    ask(stage, "wenqing", "PATCH", f"/meetings/{meeting}/seats/{seat['id']}", **change)
    ask(stage, "wenqing", "POST", f"/meetings/{meeting}/invitation")
    stage.server.move_clock(7 * DAY)
    return meeting


def _held(stage: Stage, base: str) -> str:
    """Begun; an action of 牧歌's, and a call on a solution that came to nothing and that 闻清 decides. Returns its id."""
    muge, host = stage.people["muge"], stage.people["wenqing"]

    def add(kind: str, parent: str, text: str, **fields: str) -> str:
        line = {"kind": kind, "parent": parent, "text": text, **fields}
        return str(ask(stage, "guyu", "POST", f"{base}/record/entries", **line).json()["ids"][0])

    ask(stage, "wenqing", "POST", f"{base}/start")
    ask(stage, "guyu", "PUT", f"{base}/attendance/{muge['id']}", state="present")
    topic = ask(stage, "wenqing", "GET", f"{base}/topics").json()[0]["id"]
    problem = add("problem", topic, "口径不一致")
    solution = add("solution", problem, "说明分成两栏")
    action = add("action", problem, "写出必做清单", own=muge["id"])
    whole = {"dep": muge["department"], "due": "2030-12-20", "sup": "none"}
    ask(stage, "guyu", "PATCH", f"{base}/record/entries/{action}", **whole)
    entry = f"{base}/record/entries/{solution}"
    ask(stage, "wenqing", "POST", f"{entry}/call")
    ask(stage, "muge", "PUT", f"{entry}/call/voice", answer="object", reason="工期还没估过")
    ask(stage, "wenqing", "POST", f"{entry}/call/close", decider=host["id"], decide_by="2030-12-01")
    return str(ask(stage, "wenqing", "GET", f"{base}/calls").json()[0]["id"])


def _left(stage: Stage, base: str) -> None:
    """Closed, a line changed, and sent to everybody."""
    stage.server.after_rounds(lambda: not ask(stage, "guyu", "GET", f"{base}/record/gaps").json()["gaps"])
    ask(stage, "wenqing", "POST", f"{base}/close")
    draft = ask(stage, "guyu", "GET", f"{base}/minutes").json()
    change = {"text": "清单分成必做与可选", "was": "写出必做清单"}
    line = next(one["id"] for one in draft["content"]["actions"])
    ask(stage, "guyu", "PATCH", f"{base}/minutes/lines/{line}", **change)
    ask(stage, "guyu", "POST", f"{base}/minutes/submit")
    ask(stage, "wenqing", "POST", f"{base}/minutes/approve")
    ask(stage, "wenqing", "POST", f"{base}/minutes/circulate")


def _filed(host: Someone, seated: Someone, stage: Stage, axe: str) -> list[str]:
    """Final and filed: the archive with something in it, one filing, one action, for the administrator and a participant."""
    stage.server.move_clock(6 * DAY)
    stage.server.after_rounds(lambda: seated.go("/archive/").locator("article.hit").count())
    found = []
    for someone, look in ((host, _look), (seated, _glance)):
        found += look(someone.go("/archive/"), axe)
        someone.page.locator("article.hit h2 a").click()
        someone.page.wait_for_url(re.compile(r"/archive/[0-9a-f-]{36}/"))
        found += look(someone.page, axe)
        someone.go("/actions/?which=all").locator("main a[href^='/actions/']", has_text="清单").first.click()
        someone.page.wait_for_url(re.compile(r"/actions/[0-9a-f-]{36}/"))
        found += look(someone.page, axe)
    return found


def _link(someone: Someone, purpose: str) -> str:
    """The newest link of a purpose in their own messages."""
    found = re.search(rf"http://[^\s\"<]+/l/{purpose}/[\w-]+/", someone.go("/outbox/").content())
    assert found is not None, f"no {purpose} link"
    return found[0]


def _at(page: Page, address: str) -> Page:
    page.goto(address)
    return page


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


def _glance(page: Page, axe: str) -> list[str]:
    """What somebody else was shown already in every look: wide and light, narrow and dark."""
    return _look(page, axe, LOOKS[::3])


def _look(page: Page, axe: str, looks: list[tuple[int, str]] = LOOKS) -> list[str]:
    page.evaluate(axe)
    where = re.sub(r"[0-9a-f-]{36}", "…", page.url.split("/", 3)[3])
    found = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 864})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        found += [f"/{where} {width} {scheme}: {one}" for one in page.evaluate(RUN)]
    page.set_viewport_size({"width": 1280, "height": 864})
    page.emulate_media(color_scheme="light")
    return found
