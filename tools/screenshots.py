# SPDX-License-Identifier: Apache-2.0
"""Take the README's screenshots from the running product with the demo organisation."""

import re
import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from bench.serving import PASSWORD, Served
from tests.pages.browsers import Someone, chromium_at

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 780}


def address(page: Page, listing: str, title: str) -> str:
    """The id of the meeting with this title, from a list of meetings."""
    page.goto(listing)
    link = page.locator("a[href*='/meetings/']", has_text=title).first.get_attribute("href") or ""
    found = re.search(r"/meetings/([0-9a-f-]{36})/", link)
    if found is None:
        raise RuntimeError(f"no meeting called {title}")
    return found[1]


def shoot(page: Page, url: str, name: str) -> None:
    """One picture of what fits the window."""
    page.goto(url)
    page.wait_for_load_state("networkidle")
    page.screenshot(path=IMAGES / f"{name}.png")
    print(IMAGES / f"{name}.png")


def take(browser: Browser, url: str) -> None:
    """The five pictures of the README."""
    host = Someone(browser, url, "linxiao", PASSWORD, viewport=WIDE)
    running = address(host.page, f"{url}/meetings/", "一季度产品迭代协调会")
    shoot(host.page, f"{url}/", "today")
    shoot(host.page, f"{url}/meetings/{running}/room/", "room")
    review = address(host.page, f"{url}/meetings/?tab=past", "客诉升级联合处理会")
    shoot(host.page, f"{url}/meetings/{review}/minutes/", "minutes")
    planner = Someone(browser, url, "chenmo", PASSWORD, viewport=WIDE)
    plan = address(planner.page, f"{url}/meetings/?tab=preparing", "展会资源协调会")
    shoot(planner.page, f"{url}/meetings/{plan}/plan/", "plan")
    phone = Someone(browser, url, "xuheng", PASSWORD, viewport=PHONE, color_scheme="dark")
    shoot(phone.page, f"{url}/meetings/{running}/room/", "phone")


def main() -> None:
    """Load the demo into a folder of its own, take the pictures, forget it."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    chromium = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    with (
        tempfile.TemporaryDirectory(prefix="huiyao-shots-") as folder,
        Served(Path(folder), demo=True) as server,
        chromium_at(chromium) as browser,
    ):
        take(browser, server.url)


if __name__ == "__main__":
    main()
