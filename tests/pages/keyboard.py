# SPDX-License-Identifier: Apache-2.0
"""A page driven by keys alone: no mouse, no filling in; what cannot be reached with Tab is not reached."""

from playwright.sync_api import Page

MOST_STEPS = 150


class Keyboard:
    """Somebody who has only a keyboard."""

    def __init__(self, page: Page) -> None:
        self.page = page

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
