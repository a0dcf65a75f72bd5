# SPDX-License-Identifier: Apache-2.0
"""The policy in words: each figure of the guide, what it means, and its unit."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, gettext_noop

from huiyao.domain.policy import LIMITS

GROUPS: tuple[tuple[str, tuple[tuple[tuple[str, ...], str, str, str], ...]], ...] = (
    (
        gettext_noop("Before the meeting"),
        (
            (
                ("meeting_minutes",),
                gettext_noop("Longest meeting"),
                gettext_noop("Beyond it a reason is asked; nothing is blocked"),
                gettext_noop("minutes"),
            ),
            (
                ("invite_days", "invite_days_most"),
                gettext_noop("Invitation ahead of the meeting"),
                gettext_noop("Later is possible and recorded as late"),
                gettext_noop("working days"),
            ),
            (
                ("reply_days",),
                gettext_noop("Reply ahead of the meeting"),
                gettext_noop("Each invitee, counted back from the start"),
                gettext_noop("working days"),
            ),
        ),
    ),
    (
        gettext_noop("In the meeting"),
        (
            (
                ("turn_minutes",),
                gettext_noop("One turn"),
                gettext_noop("The clock changes colour; nobody is muted"),
                gettext_noop("minutes"),
            ),
        ),
    ),
    (
        gettext_noop("After the meeting"),
        (
            (
                ("draft_hours",),
                gettext_noop("Draft minutes"),
                gettext_noop("The recorder, from the end of the meeting"),
                gettext_noop("hours"),
            ),
            (
                ("circulate_hours",),
                gettext_noop("Review and send the minutes"),
                gettext_noop("The host, from the end of the meeting; 24 means the same time on the next working day"),
                gettext_noop("hours"),
            ),
            (
                ("objection_hours",),
                gettext_noop("Time to object"),
                gettext_noop("Silence is recorded as “no objection”, never as “confirmed”"),
                gettext_noop("hours"),
            ),
            (
                ("retrospective_minutes",),
                gettext_noop("Retrospective"),
                gettext_noop("Two questions: was the objective met, what to change"),
                gettext_noop("minutes"),
            ),
        ),
    ),
    (
        gettext_noop("Actions"),
        (
            (
                ("accept_days",),
                gettext_noop("Accept an action"),
                gettext_noop("The owner, from the day the minutes are sent"),
                gettext_noop("working days"),
            ),
            (
                ("remind_days_last", "remind_days_first"),
                gettext_noop("Remind before the due date"),
                gettext_noop("Once at each; there is never a default due date"),
                gettext_noop("working days"),
            ),
            (
                ("progress_days",),
                gettext_noop("Progress update"),
                gettext_noop("One word on each open action, every so many days"),
                gettext_noop("days"),
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One input: its name, value, limits, and what is wrong with it."""

    name: str
    value: object
    least: int
    most: int
    error: str


@dataclass(frozen=True, slots=True)
class PolicyRow:
    """One line of the page. ``guide`` is the guide's figure, shown where another is in force."""

    title: str
    meaning: str
    unit: str
    figures: tuple[Figure, ...]
    guide: str


def policy_rows(
    values: Mapping[str, object], errors: Mapping[str, str], guide: Mapping[str, object]
) -> list[tuple[str, list[PolicyRow]]]:
    """The page's groups and lines, in the active language."""
    return [
        (gettext(group), [_row(names, words, values, errors, guide) for names, *words in rows])
        for group, rows in GROUPS
    ]


def _row(
    names: tuple[str, ...],
    words: list[str],
    values: Mapping[str, object],
    errors: Mapping[str, str],
    guide: Mapping[str, object],
) -> PolicyRow:
    title, meaning, unit = (gettext(text) for text in words)
    figures = tuple(Figure(name, values[name], *LIMITS[name], errors.get(name, "")) for name in names)
    differs = any(str(values[name]) != str(guide[name]) for name in names)
    shown = "–".join(str(guide[name]) for name in names) if differs else ""
    return PolicyRow(title, meaning, unit, figures, shown)
