# SPDX-License-Identifier: Apache-2.0
"""The plan page."""

from playwright.sync_api import Page, expect


class PlanPage:
    """A meeting being planned."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @property
    def meeting(self) -> str:
        """The meeting's id, from the address."""
        return self.page.url.split("/meetings/")[1].split("/")[0]

    def begin(self, url: str, title: str) -> None:
        """From the first page to an empty plan with a title."""
        self.page.goto(f"{url}/meetings/new/")
        self.page.fill("input[name=title]", title)
        self.page.locator("main button.primary").click()
        self.page.wait_for_url("**/plan/")

    def write(self, field: str, value: str) -> None:
        """Fill a field, leave it, and wait until it is saved."""
        with self.page.expect_response(lambda answer: answer.request.method == "POST" and "/plan/" in answer.url):
            box = self.page.locator(f"[name='{field}']").first
            box.fill(value)
            box.blur()
        expect(self.page.locator("#save-state")).to_have_text("已自动保存")

    def seat(self, department: str, representative: str) -> None:
        """Seat a department and let somebody speak for it."""
        form = self.page.locator("form[action$='/seats/']")
        form.locator("select[name=department]").select_option(label=department)
        form.locator("button").click()
        row = self.page.locator("li.seat", has_text=department)
        self.choose(row.locator("[role=combobox]"), representative)
        expect(row.locator(".chip.named", has_text=representative)).to_be_visible()

    def give_role(self, role: str, name: str) -> None:
        """Give a role to somebody."""
        box = self.page.locator(f"#roles [name='{role}.name']")
        with self.page.expect_response(lambda answer: answer.request.method == "POST" and "/roles/" in answer.url):
            self.choose(box, name)
        expect(self.page.locator("#save-state")).to_have_text("已自动保存")

    def choose(self, box: object, name: str) -> None:
        """Type a name into a person picker and take the first found."""
        box.click()  # type: ignore[attr-defined]
        box.press_sequentially(name)  # type: ignore[attr-defined]
        self.page.locator("[role=option]:visible", has_text=name).first.click()

    def send(self) -> None:
        """Preview and send the invitation."""
        self.page.goto(self.page.url.replace("/plan/", "/invitation/").split("#")[0])
        self.page.locator("form[action$='/send/'] button.primary").click()
        self.page.wait_for_url("**/plan/**")
