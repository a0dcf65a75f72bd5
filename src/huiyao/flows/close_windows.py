# SPDX-License-Identifier: Apache-2.0
"""The clock of the objection window: the worker calls it each minute; any number of workers, any number of times."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.reminding import waking_moment
from huiyao.features.calendars.reads import calendars_of, working_calendar
from huiyao.features.minutes.commands.closing import close_window, note_reminded
from huiyao.features.minutes.mails import unopened
from huiyao.features.minutes.reads import AnswerRow, due_for_closing, unanswered_before
from huiyao.features.people.reads import recipient_of
from huiyao.flows.on_minutes_circulated import LINK_LIFE, LINK_PURPOSE, language_of
from huiyao.plumbing import formatting, links, messages

REMIND_BEFORE = timedelta(minutes=30)
CROWDED_MOST = timedelta(minutes=12)
"""How long a reminder waits for a calmer minute; longer means that it is night or a rest day."""


def close_windows(now: datetime) -> int:
    """Record silence and make final what is due; returns how many minutes became final."""
    return sum(close_window(meeting_id, at=now) for meeting_id in due_for_closing(now))


def remind_of_windows(now: datetime) -> int:
    """Remind once, half an hour before the end, those who have neither opened the minutes nor answered.

    Nobody at night or on a rest day where they live: they are reminded as soon as that is over, if the window still is.
    """
    answers = unanswered_before(now, now + REMIND_BEFORE)
    if not answers:
        return 0
    calendar = working_calendar()
    calendar_of = calendars_of(calendar, [answer.person_id for answer in answers])
    return sum(_remind(answer, now, calendar_of(str(answer.person_id))) for answer in answers)


@transaction.atomic
def _remind(answer: AnswerRow, now: datetime, own: WorkingCalendar) -> bool:
    moment = waking_moment(now, own, str(answer.person_id))
    ends_at = answer.circulation.window_ends_at
    if moment - now > CROWDED_MOST or moment >= ends_at or not note_reminded(answer, at=now):
        return False
    circulation, person = answer.circulation, answer.person
    meeting, language = circulation.minutes.meeting, language_of(person)
    token = links.make(
        purpose=LINK_PURPOSE,
        person_id=person.pk,
        subject=meeting.pk,
        at=now,
        expires_at=circulation.window_ends_at + LINK_LIFE,
    )
    until = formatting.day_and_time(circulation.window_ends_at, own.zone if person.zone else meeting.zone, language)
    url = f"{settings.HUIYAO.base_url}/l/{LINK_PURPOSE}/{token}/"
    mail = unopened(meeting.title, until, url, language=language)
    messages.put(
        key=f"minutes-reminder:{circulation.pk}:{person.pk}",
        kind="reminder",
        to=recipient_of(person),
        title=mail.title,
        text=mail.text,
        context=meeting.pk,
        at=now,
    )
    return True
