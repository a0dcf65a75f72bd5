# SPDX-License-Identifier: Apache-2.0
"""The words of reminders, short enough for a chat, in the recipient's language."""

from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext, gettext_noop, override

from huiyao.domain.duties import Duty, DutyKind
from huiyao.domain.reminding import Reminder
from huiyao.plumbing import formatting

DUTIES: dict[DutyKind, tuple[str, str]] = {
    # kind: what to do, address ({m} meeting, {s} subject)
    DutyKind.INVITE: (gettext_noop("Send the invitation"), "/meetings/{m}/plan/"),
    DutyKind.REPLY: (gettext_noop("Answer the invitation"), "/meetings/{m}/plan/"),
    DutyKind.START: (gettext_noop("Start the meeting on time"), "/meetings/{m}/room/"),
    DutyKind.DRAFT: (gettext_noop("Finish the draft minutes"), "/meetings/{m}/minutes/"),
    DutyKind.REVIEW: (gettext_noop("Review the minutes"), "/meetings/{m}/minutes/"),
    DutyKind.CIRCULATE: (gettext_noop("Send the minutes"), "/meetings/{m}/minutes/"),
    DutyKind.ANSWER_MINUTES: (gettext_noop("Confirm the minutes or object"), "/meetings/{m}/minutes/"),
    DutyKind.ANSWER_OBJECTION: (gettext_noop("Answer the objection"), "/meetings/{m}/minutes/"),
    DutyKind.NAME_OWNER: (gettext_noop("Name the owner"), "/actions/{s}/"),
    DutyKind.ACCEPT_ACTION: (gettext_noop("Accept the action"), "/actions/{s}/"),
    DutyKind.FINISH_ACTION: (gettext_noop("Finish the action"), "/actions/{s}/"),
    DutyKind.SUPPORT_ACTION: (gettext_noop("Give the promised support"), "/actions/{s}/"),
}


class Mail(NamedTuple):
    """A message's subject and text."""

    title: str
    text: str


def sentence_of(duty: Duty) -> str:
    """What is to be done, in the active language."""
    return gettext(DUTIES[duty.kind][0])


def address_of(duty: Duty) -> str:
    """The page a duty is done on, below the base address."""
    return DUTIES[duty.kind][1].format(m=duty.meeting, s=duty.subject)


def reminder_mail(reminder: Reminder, owner: str, *, zone: str, base: str, at: datetime, language: str) -> Mail:
    """The reminder as it reads at ``at``. ``owner`` is named to those above; times are in the zone ``zone``."""
    duty = reminder.duty
    with override(language):
        title = gettext("%(what)s: %(title)s") % {"what": sentence_of(duty), "title": duty.title}
        return Mail(title, f"{_when(reminder, owner, zone, at, language)}\n{base}{address_of(duty)}")


def _when(reminder: Reminder, owner: str, zone: str, at: datetime, language: str) -> str:
    duty = reminder.duty
    if duty.whole_day:
        last = formatting.wall(duty.due, zone).date().toordinal() - 1
        when = formatting.short_day(formatting.wall(duty.due, zone).date().fromordinal(last), language)
    else:
        when = formatting.day_and_time(duty.due, zone, language)
    if reminder.person != duty.owner:
        return gettext("%(name)s has not done this yet; it was due %(when)s.") % {"name": owner, "when": when}
    if at < duty.due:
        return gettext("It is due %(when)s.") % {"when": when}
    return gettext("It was due %(when)s.") % {"when": when}
