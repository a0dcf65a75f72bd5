# SPDX-License-Identifier: Apache-2.0
"""The bar of four steps with its clocks: draft, review, sending, final."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language, gettext, ngettext

from huiyao.domain.review import State
from huiyao.features.minutes.reads import CirculationRow, MinutesRow
from huiyao.plumbing import formatting


@dataclass(frozen=True, slots=True)
class Step:
    """One step. ``kind`` is ``done``, ``on`` or empty; ``until`` counts down where a clock runs; ``late`` marks red."""

    kind: str
    title: str
    detail: str
    until: datetime | None = None
    late: bool = False


@dataclass(frozen=True, slots=True)
class Times:
    """What the bar tells besides the minutes themselves."""

    at: datetime
    zone: str
    objection_hours: int
    filing: str


def steps_of(minutes: MinutesRow, circulation: CirculationRow | None, times: Times) -> Sequence[Step]:
    """The four steps as they stand at ``times.at``."""
    return (
        _draft(minutes, times),
        _review(minutes, times),
        _sending(minutes, circulation, times),
        _final(minutes, times),
    )


def _language() -> str:
    return get_language() or "zh-hans"


def _taken(done_at: datetime, minutes: MinutesRow, times: Times) -> str:
    took = formatting.span(done_at - minutes.drafted_at, _language())
    when = formatting.day_and_time(done_at, times.zone, _language())
    return gettext("%(when)s · took %(span)s") % {"when": when, "span": took}


def left(until: datetime, at: datetime) -> str:
    """How long is left, or by how much it is late."""
    span = formatting.span(until - at, _language())
    text = gettext("%(span)s left") if until > at else gettext("%(span)s late")
    return text % {"span": span}


def _draft(minutes: MinutesRow, times: Times) -> Step:
    title = gettext("Draft")
    if minutes.submitted_at is not None:
        late = minutes.submitted_at > minutes.draft_due_at
        detail = _taken(minutes.submitted_at, minutes, times)
        return Step("done", title, detail + (gettext(" · late") if late else ""), late=late)
    due = minutes.draft_due_at
    return Step("on", title, left(due, times.at), due, late=due <= times.at)


def _review(minutes: MinutesRow, times: Times) -> Step:
    title = gettext("Host's review")
    if minutes.state in (State.CIRCULATED, State.FINAL):
        approved = minutes.approved_at
        when = formatting.day_and_time(approved, times.zone, _language()) if approved else ""
        return Step("done", title, gettext("approved %(when)s") % {"when": when} if when else "")
    due, late = minutes.going_out_by, minutes.going_out_by <= times.at
    if minutes.state == State.DRAFT:
        by = formatting.day_and_time(due, times.zone, _language())
        return Step("", title, gettext("to be sent by %(when)s") % {"when": by})
    if minutes.state == State.RETURNED:
        return Step("on", gettext("Returned to the recorder"), left(due, times.at), due, late=late)
    return Step("on", title, left(due, times.at), due, late=late)


def _sending(minutes: MinutesRow, circulation: CirculationRow | None, times: Times) -> Step:
    title = gettext("Sent · objections")
    if circulation is None or minutes.circulated_at is None:
        hours = times.objection_hours
        return Step("", title, ngettext("window of %(n)s hour", "window of %(n)s hours", hours) % {"n": hours})
    sent = formatting.day_and_time(circulation.at, times.zone, _language())
    late = minutes.circulated_at > minutes.circulate_due_at
    if minutes.state == State.CIRCULATED:
        until = minutes.window_ends_at or circulation.window_ends_at
        if until > times.at:
            return Step("on", title, left(until, times.at), until)
        return Step("on", title, gettext("window over, an objection waits"), late=True)
    kind = "done" if minutes.state == State.FINAL else ""
    return Step(kind, title, sent + (gettext(" · late") if late else ""), late=late)


def _final(minutes: MinutesRow, times: Times) -> Step:
    if minutes.state == State.FINAL:
        return Step("done", gettext("Final and filed"), times.filing)
    return Step("", gettext("Final and filed"), times.filing)
