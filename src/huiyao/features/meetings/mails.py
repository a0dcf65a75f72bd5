# SPDX-License-Identifier: Apache-2.0
"""The words of reminders and of the morning's digest, short enough for a chat, in the recipient's language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.utils.translation import gettext, gettext_noop, ngettext, override

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind, Urgency, day_of
from huiyao.domain.reminding import Reminder, Rule
from huiyao.plumbing import formatting

DUTIES: dict[DutyKind, tuple[str, str]] = {
    # kind: what to do, address ({m} meeting, {s} subject)
    DutyKind.UPLOAD_MATERIAL: (gettext_noop("Add the material of your topic"), "/meetings/{m}/plan/#agenda"),
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
    DutyKind.UPDATE_PROGRESS: (gettext_noop("Tell the week's progress"), "/actions/{s}/"),
    DutyKind.FINISH_ACTION: (gettext_noop("Finish the action"), "/actions/{s}/"),
    DutyKind.EXPLAIN_DELAY: (gettext_noop("Finish the action, or say why it slips"), "/actions/{s}/"),
    DutyKind.SUPPORT_ACTION: (gettext_noop("Give the promised support"), "/actions/{s}/"),
    DutyKind.NAME_SUPPORTER: (gettext_noop("Name who gives the support"), "/actions/{s}/"),
    DutyKind.DECIDE: (gettext_noop("Decide where the meeting could not"), "/decisions/{s}/"),
    DutyKind.RETROSPECTIVE: (gettext_noop("Look back on the meeting: two questions"), "/meetings/{m}/retrospective/"),
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


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a message is for: their language, their zone, the organisation's calendar and the base address."""

    language: str
    zone: str
    home: WorkingCalendar
    base: str

    def due(self, duty: Duty) -> str:
        """A due date as it was minuted, a due instant on the reader's own clock."""
        if duty.whole_day:
            return formatting.short_day(day_of(duty, self.home), self.language)
        return formatting.day_and_time(duty.due, self.zone, self.language)


def reminder_mail(reminder: Reminder, owner: str, reader: Reader, *, at: datetime) -> Mail:
    """The reminder as it reads at ``at``. ``owner`` is named to those above."""
    with override(reader.language):
        return Mail(_headline(reminder.duty), f"{_when(reminder, owner, reader, at)}\n{_link(reminder.duty, reader)}")


def together_mail(told: Sequence[tuple[Reminder, str]], reader: Reader, *, at: datetime) -> Mail:
    """Several reminders of one person in one message; each comes with its owner's name."""
    with override(reader.language):
        lines = []
        for number, (reminder, owner) in enumerate(told, 1):
            mail = reminder_mail(reminder, owner, reader, at=at)
            lines.append(f"{number}. {mail.title}\n{mail.text}")
        words = {"count": len(told), "title": told[0][0].duty.title}
        title = ngettext("%(count)s reminder: %(title)s", "%(count)s reminders: %(title)s and more", len(told)) % words
        return Mail(title, "\n\n".join(lines))


class Coming(NamedTuple):
    """A meeting of the day in a digest."""

    title: str
    starts_at: datetime
    place: str
    address: str


GROUPS = {
    Urgency.LATE: gettext_noop("Late"),
    Urgency.TODAY: gettext_noop("Today"),
    Urgency.WEEK: gettext_noop("Within a week"),
}
"""The groups a digest tells of; what is due later is on Today."""
IN_A_GROUP = 12


def digest_mail(
    groups: Mapping[Urgency, Sequence[Duty]],
    meetings: Sequence[Coming],
    reader: Reader,
    *,
    at: datetime,
    off: str,
) -> Mail:
    """The morning's digest: meetings of the day, duties by urgency; ``off`` is the address that switches it off."""
    with override(reader.language):
        parts = [_section(gettext("Meetings today"), [_meeting_line(one, reader) for one in meetings])]
        for urgency, name in GROUPS.items():
            lines = [_duty_line(duty, reader) for duty in groups.get(urgency, ())]
            parts.append(_section(f"{gettext(name)} ({len(lines)})", lines))
        parts.append(f"{gettext('All of it')}: {reader.base}/\n{gettext('No more digests')}: {off}")
        owed = sum(len(groups.get(urgency, ())) for urgency in GROUPS)
        counted = (
            ngettext("%(count)s duty", "%(count)s duties", owed) % {"count": owed} if owed else "",
            ngettext("%(count)s meeting", "%(count)s meetings", len(meetings)) % {"count": len(meetings)}
            if meetings
            else "",
        )
        day = formatting.long_day(formatting.wall(at, reader.zone).date(), reader.language)
        title = gettext("%(what)s: %(title)s") % {"what": day, "title": " · ".join(filter(None, counted))}
        return Mail(title, "\n\n".join(part for part in parts if part))


def _section(name: str, lines: Sequence[str]) -> str:
    if not lines:
        return ""
    more = [gettext("and %(count)s more") % {"count": len(lines) - IN_A_GROUP}] if len(lines) > IN_A_GROUP else []
    return "\n".join([name, *lines[:IN_A_GROUP], *more])


def _meeting_line(one: Coming, reader: Reader) -> str:
    what = " · ".join(filter(None, (one.title, one.place)))
    return f"· {formatting.clock_time(one.starts_at, reader.zone)} {what}\n  {reader.base}{one.address}"


def _duty_line(duty: Duty, reader: Reader) -> str:
    return f"· {_headline(duty)} ({reader.due(duty)})\n  {_link(duty, reader)}"


def _headline(duty: Duty) -> str:
    return gettext("%(what)s: %(title)s") % {"what": sentence_of(duty), "title": duty.title}


def _link(duty: Duty, reader: Reader) -> str:
    return f"{reader.base}{address_of(duty)}"


def _when(reminder: Reminder, owner: str, reader: Reader, at: datetime) -> str:
    duty, when = reminder.duty, reader.due(reminder.duty)
    if reminder.person != duty.owner:
        return gettext("%(name)s has not done this yet; it was due %(when)s.") % {"name": owner, "when": when}
    if at >= duty.due:
        return gettext("It was due %(when)s.") % {"when": when}
    if duty.kind is DutyKind.FINISH_ACTION and reminder.rule is Rule.AT:
        return gettext("It is due %(when)s. If it slips, say why there and give a new date.") % {"when": when}
    return gettext("It is due %(when)s.") % {"when": when}
