# SPDX-License-Identifier: Apache-2.0
"""Uploading the company's Word form on a phone: refused with its places, taken, put to use; also without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.documents.test_forms import ORDINARY, form
from tests.e2e.company import PASSWORD
from tests.e2e.conftest import Stage
from tests.pages.browsers import Someone, chromium_at

pytestmark = pytest.mark.browser
ADMINISTRATOR = "wenqing"
BUTTON = "form[data-controller=upload] button"


def files_in(folder: Path) -> tuple[Path, Path]:
    bad, good = folder / "bad.docx", folder / "公司纪要表.docx"
    bad.write_bytes(form("一", "{{ title.upper() }}"))
    good.write_bytes(ORDINARY)
    return bad, good


def test_a_form_is_refused_then_taken_then_used(chromium: str, stage: Stage, tmp_path: Path) -> None:
    bad, good = files_in(tmp_path)
    with chromium_at(chromium) as browser:
        page = Someone(browser, stage.server.url, ADMINISTRATOR, PASSWORD).page
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(f"{stage.server.url}/settings/word-form/")
        page.set_input_files("input[name=file]", str(bad))
        page.click(BUTTON)
        expect(page.locator(".fix[role=alert]")).to_contain_text("title.upper()")
        page.set_input_files("input[name=file]", str(good))
        page.click(BUTTON)
        page.wait_for_url("**/settings/word-form/*-*/")
        expect(page.locator("h1")).to_have_text("公司纪要表.docx")
        page.click("header.head form button")
        page.wait_for_url("**/settings/word-form/")
        expect(page.locator(".sheet .chip.ok").first).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_scripts_the_form_is_sent_as_any_other(chromium: str, stage: Stage, tmp_path: Path) -> None:
    _, good = files_in(tmp_path)
    with chromium_at(chromium) as browser:
        signed_in = Someone(browser, stage.server.url, ADMINISTRATOR, PASSWORD).page.context.storage_state()
        page = browser.new_context(java_script_enabled=False, storage_state=signed_in).new_page()
        page.goto(f"{stage.server.url}/settings/word-form/")
        page.set_input_files("input[name=file]", str(good))
        page.click(BUTTON)
        expect(page.locator("h1")).to_have_text("公司纪要表.docx")
