# SPDX-License-Identifier: Apache-2.0
"""Flows as the product wires them, and a way to see that nothing changed."""

from collections.abc import Callable

import pytest

from huiyao.project.wiring import wire
from tests.builders.rows import everything


@pytest.fixture(autouse=True)
def wired() -> None:
    """Events reach their flows."""
    wire()


@pytest.fixture
def unchanged() -> Callable[[], dict[str, list[dict[str, object]]]]:
    """What to compare before and after a refusal."""
    return everything
