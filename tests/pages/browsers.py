# SPDX-License-Identifier: Apache-2.0
"""Chromium, and one person in it: signed in, with every error of the page kept."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
)  # fmt: skip
EXPECTED = ("WebSocket", "ERR_", "status of 4")


@contextmanager
def chromium_at(path: str) -> Iterator[Browser]:
    """Debian's Chromium, headless, without the network."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


class Someone:
    """One person with a browser of their own. ``wrong`` collects what went wrong in any of their pages."""

    def __init__(self, browser: Browser, url: str, login: str, password: str, **options: object) -> None:
        self.url, self.login, self.password = url, login, password
        self.wrong: list[str] = []
        self.context: BrowserContext = browser.new_context(locale="zh-CN", **options)
        self.context.set_default_timeout(40_000)
        self.page = self.open_page()
        self.sign_in()

    def open_page(self) -> Page:
        """A further tab; errors of scripts are kept."""
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(f"{error} {error.stack}"))
        page.on("console", self._console)
        return page

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not any(word in message.text for word in EXPECTED):
            self.wrong.append(message.text)

    def sign_in(self) -> None:
        """Through the sign-in page."""
        self.page.goto(f"{self.url}/accounts/login/")
        self.page.fill("[name=login]", self.login)
        self.page.fill("[name=password]", self.password)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(f"{self.url}/")

    def go(self, path: str) -> Page:
        """Open an address of the product."""
        self.page.goto(self.url + path)
        return self.page

    def new_tab(self) -> Page:
        """Close the present tab and open another, as after the browser was closed."""
        self.page.close()
        self.page = self.open_page()
        return self.page
