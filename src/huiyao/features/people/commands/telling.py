# SPDX-License-Identifier: Apache-2.0
"""Noting which reminders a person was given: whoever notes first sends, everybody else leaves it."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from huiyao.features.people.models import Told


def claim(keys: Iterable[str], person_id: UUID, *, message: str, at: datetime) -> list[str]:
    """Note reminders as given by the message with this key; returns those nobody had noted before, in order.

    Runs in the caller's transaction: a message that is not written after all leaves no note.
    """
    rows = [Told(key=key, person_id=person_id, message=message, at=at) for key in keys]
    Told.objects.bulk_create(rows, ignore_conflicts=True)
    mine = set(Told.objects.filter(pk__in=[row.pk for row in rows]).values_list("key", flat=True))
    return [row.key for row in rows if row.key in mine]


def let_go(keys: Iterable[str]) -> None:
    """These reminders are no longer part of a message that is not sent yet; they stay noted as given."""
    Told.objects.filter(key__in=list(keys)).update(message="")
