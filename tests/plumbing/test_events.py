# SPDX-License-Identifier: Apache-2.0
"""Events: what goes wrong while they are handled stays away from whoever wrote them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from django.db import transaction

from huiyao.plumbing import events
from huiyao.plumbing.models import Event

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Noted:
    """Something happened."""

    word: str


class Unspeakable(Exception):
    """A failure that cannot even be written down."""

    def __str__(self) -> str:
        raise RuntimeError("no words")


@pytest.fixture
def told() -> Iterator[list[str]]:
    heard: list[str] = []

    def handler(event: Noted, at: datetime) -> None:
        if event.word == "bad":
            raise Unspeakable
        heard.append(event.word)

    events.Handlers.on(Noted, handler)
    yield heard
    del events.Handlers.known[Noted.__name__]


def test_a_failure_that_cannot_be_noted_leaves_the_change_and_the_other_events_alone(told: list[str]) -> None:
    with transaction.atomic():
        events.put(Noted("bad"), at=AT)
        events.put(Noted("good"), at=AT)
    assert told == ["good"]
    assert [row.data["word"] for row in Event.objects.filter(done_at=None)] == ["bad"]
