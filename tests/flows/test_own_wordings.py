# SPDX-License-Identifier: Apache-2.0
"""An administrator's list of wordings takes the place of the shipped one while it can be used."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from huiyao.flows.own_wordings import FILE, wordings
from huiyao.language.wording import check_wording, own_entries

LINE = "opinion\t蓝莓式\t是意见\t写事实\tan opinion\twrite facts\n"


@pytest.fixture
def file() -> Iterator[Path]:
    path = Path(settings.HUIYAO.data) / FILE
    yield path
    path.unlink(missing_ok=True)


def test_without_a_file_the_shipped_list_is_in_force(file: Path) -> None:
    assert wordings() == own_entries()


def test_the_administrators_list_takes_its_place(file: Path) -> None:
    file.write_text(LINE)
    assert [hint.wording for hint in check_wording("这是蓝莓式的安排，请尽快处理", wordings())] == ["蓝莓式"]


def test_a_list_with_a_mistake_is_left_aside(file: Path) -> None:
    file.write_text("opinion\tonly two columns\n")
    assert wordings() == own_entries()
