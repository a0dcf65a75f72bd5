# SPDX-License-Identifier: Apache-2.0
"""Many reach for the floor in the same instant: one speaks, everybody else waits once, nothing breaks."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection

from huiyao.domain.actor import Actor
from huiyao.domain.rights import Standing
from huiyao.features.meetings.commands import participations
from huiyao.features.people.reads import actor_of
from huiyao.features.sittings import commands
from huiyao.features.sittings.models import Hand, Turn
from tests.builders.sittings import a_person, an_invited_meeting

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
MANY = 6


def test_one_speaks_and_the_others_wait() -> None:
    held = an_invited_meeting()
    commands.start(held.id, by=held.actor("host"), at=AT)
    persons = [actor_of(a_person(f"人{n}")) for n in range(MANY)]
    for person in persons:
        participations.add(held.meeting, person.id, Standing.WALK_IN)
    together = Barrier(MANY)

    def reach(person: Actor) -> str:
        together.wait()
        try:
            return str(commands.take_floor(held.id, person.id, by=person, at=AT))
        finally:
            connection.close()

    with ThreadPoolExecutor(MANY) as threads:
        steps = Counter(threads.map(reach, persons))
    assert steps == {"speaks": 1, "waits": MANY - 1}
    assert (Turn.objects.filter(ended_at=None).count(), Hand.objects.count()) == (1, MANY - 1)
