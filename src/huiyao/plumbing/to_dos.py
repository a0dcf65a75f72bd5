# SPDX-License-Identifier: Apache-2.0
"""To-dos in other services: how each shall be, and who brings the service up to date.

Only the newest wish counts: whatever changed while the service was away is told in one call. Several workers may do
this at once.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.db.models import Q, QuerySet

from huiyao.plumbing.models import RemoteToDo
from huiyao.plumbing.redaction import redact

LEASE = timedelta(minutes=5)
BACK_OFF_SECONDS = (30, 120, 600, 1800, 3600)
ATTEMPTS_MOST = 20


class Shape(StrEnum):
    """What a to-do shall be."""

    OPEN = "open"
    DONE = "done"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Wish:
    """How a to-do shall be; ``due`` is an instant as ISO text, empty where there is none."""

    shape: str
    title: str = ""
    text: str = ""
    url: str = ""
    due: str = ""


@transaction.atomic
def wish(channel: object, subject: object, person_id: object, address: str, wanted: Wish, *, at: datetime) -> None:
    """Note how the to-do of this person for this subject shall be; nobody is told of one that never was and is over."""
    rows = RemoteToDo.objects.select_for_update()
    row = rows.filter(channel=str(channel), subject=str(subject), person_id=str(person_id)).first()
    if row is None and wanted.shape != Shape.OPEN:
        return
    row = row or RemoteToDo(channel=str(channel), subject=str(subject), person_id=str(person_id), address=address)
    new = asdict(wanted)
    if wanted.shape == Shape.GONE:
        new = {**(row.wanted or new), "shape": str(Shape.GONE)}
    if row.wanted == new and row.told is not None:
        return
    row.wanted, row.behind = new, row.told != new
    row.next_at, row.attempts, row.error = at, 0, ""
    row.save()


def held_for(subjects: Iterable[object]) -> list[RemoteToDo]:
    """The to-dos that stand for these subjects."""
    return list(RemoteToDo.objects.filter(subject__in=[str(one) for one in subjects]))


def is_due(channel: str, at: datetime) -> bool:
    """Whether the service has anything to be told."""
    return _due(channel, at).exists()


def lease(channel: str, at: datetime, *, limit: int) -> list[RemoteToDo]:
    """Take to-dos that are behind, for ``LEASE``; nobody else gets them in that time."""
    return [row for row in _due(channel, at).order_by("next_at", "id")[:limit] if _take(row, at)]


def _due(channel: str, at: datetime) -> QuerySet[RemoteToDo]:
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    return RemoteToDo.objects.filter(free, channel=channel, behind=True, next_at__lte=at)


def _take(row: RemoteToDo, at: datetime) -> bool:
    mine = RemoteToDo.objects.filter(pk=row.pk, behind=True, leased_until=row.leased_until)
    until = at + LEASE
    taken = mine.update(leased_until=until) == 1
    row.leased_until = until
    return taken


def told(row: RemoteToDo, reference: str) -> None:
    """The service has heard ``row.wanted``; what was wished meanwhile stays to be told. One gone there goes here."""
    mine = RemoteToDo.objects.filter(pk=row.pk)
    if row.wanted["shape"] == Shape.GONE and mine.filter(wanted=row.wanted).delete()[0]:
        return
    mine.update(told=row.wanted, reference=reference, leased_until=None, attempts=0, error="")
    mine.filter(wanted=row.wanted).update(behind=False)


def later(row: RemoteToDo, *, at: datetime, error: str, counts: bool = True) -> None:
    """It did not work: try again after a growing pause, or give up; ``counts`` is False for trouble of the service."""
    attempts = row.attempts + (1 if counts else 0)
    pause = BACK_OFF_SECONDS[min(attempts, len(BACK_OFF_SECONDS) - 1)]
    RemoteToDo.objects.filter(pk=row.pk).update(
        leased_until=None,
        attempts=attempts,
        error=redact(error)[:1000],
        next_at=at + timedelta(seconds=pause),
    )
    if attempts >= ATTEMPTS_MOST:
        RemoteToDo.objects.filter(pk=row.pk, wanted=row.wanted).update(behind=False)


def refused(row: RemoteToDo, *, error: str) -> None:
    """It cannot work as it is; only another wish brings it back."""
    mine = RemoteToDo.objects.filter(pk=row.pk)
    mine.update(leased_until=None, error=redact(error)[:1000])
    mine.filter(wanted=row.wanted).update(behind=False)
