# SPDX-License-Identifier: Apache-2.0
"""The room."""

from playwright.sync_api import Locator, Page, expect

SAVED = "#state[data-state=saved]"
KEPT = """
async (text) => {
  for (const { name } of await indexedDB.databases()) {
    if (!name.startsWith('huiyao-room:')) continue;
    const updates = await new Promise((resolve) => {
      indexedDB.open(name).onsuccess = ({ target: { result: kept } }) => {
        kept.transaction('updates').objectStore('updates').getAll().onsuccess = ({ target }) => (kept.close(), resolve(target.result));
      };
    });
    if (updates.some((update) => new TextDecoder().decode(update).includes(text))) return true;
  }
  return false;
}
"""


class RoomPage:
    """A meeting being held, as one person sees it."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def enter(self, url: str, meeting: str) -> None:
        """Open the room and wait until it is connected."""
        self.page.goto(f"{url}/meetings/{meeting}/room/")
        self.page.wait_for_selector(SAVED)

    def do(self, act: str) -> None:
        """Press one of the room's buttons."""
        self.page.locator(f"[data-do='{act}']:visible").first.click()

    def say(self, line: str) -> None:
        """Type a line into the capture line and add it."""
        box = self.page.locator("#capture")
        box.fill(line)
        box.press("Enter")

    def entry(self, text: str) -> Locator:
        """The entry with these words."""
        return self.page.locator("[data-entry]", has_text=text).first

    def sees(self, text: str) -> None:
        """Wait until an entry reads like this."""
        expect(self.entry(text)).to_be_visible()

    def saved(self) -> None:
        """Wait until everything typed is acknowledged."""
        self.page.wait_for_selector(SAVED)

    def edit(self, text: str) -> Locator:
        """Begin editing an entry; the field."""
        self.entry(text).locator(".words").first.click()
        return self.page.locator("[data-entry] textarea:visible").first

    def kept(self, text: str) -> None:
        """Wait until the browser's own store holds these words, which it writes in the background."""
        self.page.wait_for_function(KEPT, arg=text)
