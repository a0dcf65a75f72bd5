# SPDX-License-Identifier: Apache-2.0
"""The plan in a browser on a slow line: what was typed and saved stays on the page."""

from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import APIResponse, Route, expect

from tests.e2e.company import PASSWORD
from tests.e2e.conftest import Stage
from tests.pages.browsers import Someone, chromium_at
from tests.pages.plan import PlanPage

pytestmark = pytest.mark.browser


def test_a_section_asked_for_before_the_last_save_does_not_show_the_old_words(chromium: str, stage: Stage) -> None:
    with chromium_at(chromium) as browser:
        someone = Someone(browser, stage.server.url, "wenqing", PASSWORD)
        plan = PlanPage(someone.page)
        plan.begin(stage.server.url, "慢线路")
        asked: list[Route] = []
        answered: list[tuple[Route, APIResponse]] = []

        def hold_back(route: Route) -> None:
            if route.request.method != "GET" or asked:
                route.continue_()
                return
            asked.append(route)
            answered.append((route, route.fetch()))
            someone.page.evaluate("document.documentElement.dataset.held = ''")

        someone.page.route("**/plan/", hold_back)
        plan.write("starts_at", (datetime.now(UTC) + timedelta(days=7)).strftime("%Y-%m-%dT10:00"))
        # The first section is on its way, as it was before the next word.
        someone.page.wait_for_selector("html[data-held]", state="attached")
        plan.write("place", "三楼大会议室")
        route, answer = answered[0]
        with someone.page.expect_response(lambda told: told.request == route.request):
            route.fulfill(response=answer)
        someone.page.wait_for_load_state("networkidle")
        expect(someone.page.locator("[name=place]")).to_have_value("三楼大会议室")
        assert someone.wrong == []
