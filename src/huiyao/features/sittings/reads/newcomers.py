# SPDX-License-Identifier: Apache-2.0
"""Who was at a meeting before: one of the chain a meeting continues, or any where it continues none (R33)."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Exists, OuterRef

from huiyao.features.meetings.models import Meeting
from huiyao.features.people.models import Person
from huiyao.features.sittings.models import Attendance, Presence

LONGEST_CHAIN = 60
"""Meetings looked back upon: a year of weekly ones and some."""
SEEN = (Presence.PRESENT, Presence.LEFT)


def met_before(meeting: Meeting, persons: Collection[UUID]) -> set[str]:
    """Those of these persons who were there before."""
    seen = Attendance.objects.filter(person=OuterRef("pk"), state__in=SEEN)
    chain = _chain(meeting)
    seen = seen.filter(meeting__in=chain) if chain else seen.exclude(meeting=meeting)
    rows = Person.objects.filter(Exists(seen), pk__in=persons).order_by()
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def _chain(meeting: Meeting) -> list[UUID]:
    """The earlier meetings this one continues, newest first, a few steps in each query."""
    steps = [f"{'continues__' * step}continues_id" for step in range(6)]
    found: list[UUID] = []
    last = meeting.continues_id
    while last is not None and last not in found and len(found) < LONGEST_CHAIN:
        found.append(last)
        before = Meeting.objects.filter(pk=last).values_list(*steps).first() or ()
        earlier: list[UUID] = [pk for pk in before if pk is not None]
        found += [pk for pk in earlier[:-1] if pk not in found]
        last = earlier[-1] if earlier else None
    return found
