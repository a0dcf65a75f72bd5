# SPDX-License-Identifier: Apache-2.0
"""When the next meeting is, on the paper."""

import pytest

from huiyao.documents.paper.wording import next_plan_text
from huiyao.documents.words import words_for
from huiyao.domain.minutes import NextPlan


@pytest.mark.parametrize(
    ("language", "text"),
    [("zh-hans", "2026年12月7日 10:00"), ("zh-hant", "2026年12月7日 10:00"), ("en", "7 December 2026, 10:00")],
)
def test_a_moment_picked_in_the_room_is_written_as_the_language_writes_it(language: str, text: str) -> None:
    found = next_plan_text(words_for(language), NextPlan("2026-12-07T10:00", ""))
    assert text in found
    assert "T10" not in found


@pytest.mark.parametrize("when", ["下周一上午", "2026-13-45T10:00", "2026-12-07"])
def test_free_words_and_moments_that_are_none_stay_as_they_are(when: str) -> None:
    assert when in next_plan_text(words_for("zh-hans"), NextPlan(when, ""))
