# SPDX-License-Identifier: Apache-2.0
"""A duty in words: what to do, where, and how long is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import get_language, gettext, gettext_noop

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind, Urgency, urgency
from huiyao.features.meetings.mails import address_of, sentence_of
from huiyao.plumbing import formatting

WORDS: dict[DutyKind, tuple[str, str]] = {
    # kind: chip, button; the sentence and the address are those of the reminder
    DutyKind.UPLOAD_MATERIAL: (gettext_noop("Material"), gettext_noop("Add")),
    DutyKind.INVITE: (gettext_noop("Invitation"), gettext_noop("Plan")),
    DutyKind.REPLY: (gettext_noop("Reply"), gettext_noop("Answer")),
    DutyKind.START: (gettext_noop("Host"), gettext_noop("Enter")),
    DutyKind.DRAFT: (gettext_noop("Draft"), gettext_noop("Write")),
    DutyKind.REVIEW: (gettext_noop("Review"), gettext_noop("Review")),
    DutyKind.CIRCULATE: (gettext_noop("Circulation"), gettext_noop("Send")),
    DutyKind.ANSWER_MINUTES: (gettext_noop("Answer"), gettext_noop("Look")),
    DutyKind.ANSWER_OBJECTION: (gettext_noop("Objection"), gettext_noop("Answer")),
    DutyKind.NAME_OWNER: (gettext_noop("Owner open"), gettext_noop("Name somebody")),
    DutyKind.ACCEPT_ACTION: (gettext_noop("New action"), gettext_noop("Look")),
    DutyKind.UPDATE_PROGRESS: (gettext_noop("Progress"), gettext_noop("Update")),
    DutyKind.FINISH_ACTION: (gettext_noop("Action"), gettext_noop("Update")),
    DutyKind.EXPLAIN_DELAY: (gettext_noop("Late"), gettext_noop("Say why")),
    DutyKind.SUPPORT_ACTION: (gettext_noop("Support"), gettext_noop("Look")),
    DutyKind.NAME_SUPPORTER: (gettext_noop("Support"), gettext_noop("Name somebody")),
    DutyKind.DECIDE: (gettext_noop("To decide"), gettext_noop("Decide")),
    DutyKind.RETROSPECTIVE: (gettext_noop("Retrospective"), gettext_noop("Look back")),
}


@dataclass(frozen=True, slots=True)
class DutyRow:
    """A duty as a row of the Today page. ``tone`` is a chip's class."""

    duty: Duty
    what: str
    chip: str
    button: str
    url: str
    left: str
    due: str
    tone: str


def rows_of(duties: Iterable[Duty], now: datetime, calendar: WorkingCalendar) -> list[DutyRow]:
    """The duties in words, in the active language."""
    return [_row(duty, now, calendar) for duty in duties]


def _row(duty: Duty, now: datetime, calendar: WorkingCalendar) -> DutyRow:
    chip, button = WORDS[duty.kind]
    group = urgency(duty, now, calendar)
    left, due = _times(duty, group, now, calendar)
    tone = {Urgency.LATE: "late", Urgency.TODAY: "soon"}.get(group, "")
    return DutyRow(duty, sentence_of(duty), gettext(chip), gettext(button), address_of(duty), left, due, tone)


def _times(duty: Duty, group: Urgency, now: datetime, calendar: WorkingCalendar) -> tuple[str, str]:
    language = get_language() or "zh-hans"
    local = calendar.local(duty.due)
    if duty.whole_day:
        local = calendar.local(duty.due - timedelta(seconds=1))
        due = formatting.short_day(local.date(), language)
        if group is Urgency.LATE:
            return "+" + formatting.span(now - duty.due, language), due
        return (gettext("Today") if group is Urgency.TODAY else formatting.long_day(local.date(), language)), due
    if group is Urgency.LATE:
        shown = local.strftime("%H:%M") if local.date() == calendar.local(now).date() else _day_time(duty, calendar)
        return "+" + formatting.span(now - duty.due, language), gettext("was due %(when)s") % {"when": shown}
    if group is Urgency.TODAY:
        return formatting.span(duty.due - now, language), gettext("by %(when)s") % {"when": local.strftime("%H:%M")}
    if group is Urgency.WEEK:
        return formatting.weekday(local.date(), language), local.strftime("%m-%d %H:%M")
    return local.strftime("%m-%d"), formatting.weekday(local.date(), language) + local.strftime(" %H:%M")


def _day_time(duty: Duty, calendar: WorkingCalendar) -> str:
    return formatting.day_and_time(duty.due, calendar.zone, get_language() or "zh-hans")
