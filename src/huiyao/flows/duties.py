# SPDX-License-Identifier: Apache-2.0
"""Everybody's duties, gathered from the features that derive them; the Today page and the reminders ask here."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import ClassVar

from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty

Source = Callable[[Actor | None, datetime, WorkingCalendar], Iterable[Duty]]
"""Each feature's ``duties.find_duties(actor, now, calendar)``; without an actor everybody's are meant."""


class Sources:
    """The features that have duties; filled once by ``project.wiring``."""

    known: ClassVar[list[Source]] = []


def duties_of(actor: Actor | None, now: datetime, calendar: WorkingCalendar) -> list[Duty]:
    """The open duties of one person, or of everybody when no actor is named."""
    return [duty for source in Sources.known for duty in source(actor, now, calendar)]
