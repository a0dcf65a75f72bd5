# SPDX-License-Identifier: Apache-2.0
"""Flows as the product wires them, and a way to see that nothing changed."""

from collections.abc import Callable

import pytest
from django.apps import apps

from huiyao.project.wiring import wire

WATCHED = ("minutes", "actions", "archive", "plumbing")


@pytest.fixture(autouse=True)
def wired() -> None:
    """Events reach their flows."""
    wire()


def everything() -> dict[str, list[dict[str, object]]]:
    """All rows of the features after a meeting and of the plumbing."""
    return {
        model._meta.label: list(model.objects.order_by("pk").values())
        for label in WATCHED
        for model in apps.get_app_config(label).get_models()
    }


@pytest.fixture
def unchanged() -> Callable[[], dict[str, list[dict[str, object]]]]:
    """What to compare before and after a refusal."""
    return everything
