# SPDX-License-Identifier: Apache-2.0
"""A page driven by keys alone: no mouse, no filling in; what cannot be reached with Tab is not reached."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Self

from playwright.sync_api import Browser, ConsoleMessage, Page, expect

MOST_STEPS = 150


class Keyboard:
    """Somebody who has only a keyboard. ``wrong`` collects the errors of scripts and of the console."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("pageerror", lambda error: self.wrong.append(f"{error} {error.stack}"))
        page.on("console", self._console)

    @classmethod
    def of(cls, browser: Browser) -> Self:
        """In a browser of its own, wide."""
        context = browser.new_context(locale="zh-CN", viewport={"width": 1280, "height": 864})
        context.set_default_timeout(30_000)
        return cls(context.new_page())

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.wrong.append(message.text)

    def reach(self, selector: str) -> None:
        """Tab until the focus is on something this selects."""
        self.page.locator(selector).first.wait_for(state="attached")
        on_it = "selector => document.activeElement !== null && document.activeElement.matches(selector)"
        seen: list[str] = []
        for _ in range(MOST_STEPS):
            if self.page.evaluate(on_it, selector):
                return
            self.page.keyboard.press("Tab")
            seen.append(str(self.page.evaluate("document.activeElement?.outerHTML.slice(0, 70)")))
        raise AssertionError(f"Tab never reaches {selector}: {seen[-40:]}")

    def press(self, *keys: str) -> None:
        """These keys, one after the other."""
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        """These letters where the focus is."""
        self.page.keyboard.type(text)

    def date(self, day: datetime, time: str = "") -> None:
        """A date, and a time like ``1000AM``, into the fields the browser shows: month, day and year, as it speaks English."""
        self.type(f"{day:%m%d%Y}")
        if time:
            self.press("ArrowRight")
            self.type(time)

    def choose(self, label: str) -> None:
        """In the list that has the focus, down to the one that is called so."""
        self.press("Home")
        for _ in range(MOST_STEPS):
            if self.page.evaluate("document.activeElement.selectedOptions[0].label") == label:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{label} is not in the list")

    def pick(self, name: str) -> None:
        """In the person picker that has the focus: type a name, take the first found."""
        self.type(name)
        self.page.locator("[role=option][aria-selected=true]", has_text=name).wait_for()
        self.press("Enter")

    @contextmanager
    def saved(self, path: str = "/plan/") -> Iterator[None]:
        """What is done in the block is saved by the page itself when it ends."""
        with self.page.expect_response(lambda told: told.request.method == "POST" and path in told.url):
            yield
        expect(self.page.locator("#save-state")).to_have_text("已自动保存")

    def enter(self, selector: str) -> None:
        """Go to a link or button and press Enter on it."""
        self.reach(selector)
        self.press("Enter")

    def sign_in(self, url: str, login: str, password: str) -> None:
        """Through the sign-in page."""
        self.page.goto(f"{url}/accounts/login/")
        self.reach("[name=login]")
        self.type(login)
        self.reach("[name=password]")
        self.type(password)
        self.press("Enter")
        self.page.wait_for_url(f"{url}/")
