# SPDX-License-Identifier: Apache-2.0
"""The minutes of a meeting on a phone: what is tapped, and that nothing sticks out of the screen."""

from playwright.sync_api import Page, expect

PHONE = {
    "viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2,
}  # fmt: skip


def fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= 390, f"{page.url} is {wide} wide"


class MinutesPage:
    """The page of those who sign in."""

    def __init__(self, page: Page, url: str, meeting: str) -> None:
        self.page, self.path = page, f"{url}/meetings/{meeting}/minutes/"

    def open(self) -> None:
        self.page.goto(self.path)
        fits(self.page)

    def press(self, act: str, **fields: str) -> None:
        """Fill the form of an act and tap its button."""
        form = self.page.locator(f"form[action$='/{act}/']").last
        if not form.is_visible():
            form.locator("xpath=ancestor::details[1]/summary").tap()
        for name, text in fields.items():
            form.locator(f"[name={name}]").fill(text)
        form.locator("button").last.tap()
        self.page.wait_for_load_state()
        expect(self.page.locator("[role=alert]")).to_have_count(0)
        fits(self.page)

    def step(self) -> int:
        """Which of the four steps is on; 4 when the last is done."""
        kinds = self.page.locator(".step").evaluate_all("all => all.map(one => one.className)")
        on = [number for number, kind in enumerate(kinds, 1) if " on" in kind]
        return on[0] if on else sum(" done" in kind for kind in kinds)


class AnswerPage:
    """The page a signed link opens, without signing in."""

    def __init__(self, page: Page, link: str) -> None:
        self.page, self.link = page, link

    def open(self) -> None:
        self.page.goto(self.link)
        fits(self.page)

    def object_to(self, line: str, text: str) -> None:
        form = self.page.locator(f"form:has(input[name=line][value='{line}'])")
        form.locator("xpath=ancestor::details[1]/summary").tap()
        form.locator("[name=text]").fill(text)
        form.locator("button").tap()
        self.page.wait_for_url("**told=objected")
        fits(self.page)

    def confirm(self) -> None:
        self.page.locator(".foot-bar form button").tap()
        self.page.wait_for_url("**told=confirmed")
        fits(self.page)
