# SPDX-License-Identifier: Apache-2.0
"""A person's calendar feed: their meetings and their duties, as calendar programs subscribe to it."""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext, override

from huiyao.documents.calendar_files import FeedEvent, feed_ics
from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import DutyKind, day_of
from huiyao.domain.invitations import Reply
from huiyao.domain.stage import Stage
from huiyao.features.agenda.reads import planned_minutes_of
from huiyao.features.calendars.reads import in_zone, working_calendar
from huiyao.features.invitations.reads.invitees import replies_of
from huiyao.features.meetings.mails import address_of, sentence_of
from huiyao.features.meetings.reads import own_meetings
from huiyao.features.people.reads import PersonRow, actor_of
from huiyao.flows.duties import duties_of
from huiyao.flows.on_minutes_circulated import language_of

PAST = timedelta(days=90)
"""How far back meetings stay in the feed."""
LENGTH = timedelta(minutes=15)
"""How long a duty with a due instant is drawn: it ends at that instant."""
STATUS = {Stage.PREPARING: "TENTATIVE", Stage.CANCELLED: "CANCELLED"}


def feed_of(person: PersonRow, now: datetime) -> bytes:
    """The feed as the person chose it. The same rows give the same bytes, whenever asked."""
    actor, calendar = actor_of(person), working_calendar()
    with override(language_of(person)):
        events = [*_meetings(actor, now)] if person.feed_meetings else []
        if person.feed_duties != "none":
            events += _duties(person, actor, now, calendar)
        name = gettext("Huiyao: %(name)s") % {"name": person.name}
        return feed_ics(name, events, stamp=person.created_at, zone=in_zone(person.zone, calendar).zone)


def _meetings(actor: Actor, now: datetime) -> Iterator[FeedEvent]:
    """Meetings open to them, those they declined left out; the UID is that of the invitation."""
    since = now - PAST
    meetings, invited = own_meetings(actor, since), replies_of(actor.id, since)
    minutes = planned_minutes_of(meeting.pk for meeting in meetings)
    for meeting in meetings:
        invitation = invited.get(str(meeting.pk))
        if meeting.starts_at is None or (invitation is not None and invitation.reply == Reply.DECLINED):
            continue
        planned = minutes.get(str(meeting.pk), 0)
        yield FeedEvent(
            uid=invitation.uid if invitation else f"{meeting.pk}@huiyao",
            title=meeting.title,
            starts_at=meeting.starts_at,
            ends_at=meeting.starts_at + timedelta(minutes=planned) if planned else None,
            place=" / ".join(filter(None, (meeting.place, meeting.online))),
            url=f"{settings.HUIYAO.base_url}/meetings/{meeting.pk}/",
            updated_at=(invitation.sent_at if invitation else None) or meeting.invited_at or meeting.created_at,
            sequence=meeting.sequence,
            status=STATUS.get(Stage(meeting.stage), "CONFIRMED"),
            busy=invitation is None or not invitation.informed,
        )


def _duties(person: PersonRow, actor: Actor, now: datetime, calendar: WorkingCalendar) -> Iterator[FeedEvent]:
    """Open duties: a due date as a whole day, a due instant as the quarter of an hour that ends with it."""
    todo, seen = person.feed_duties == "todos", Counter[str]()
    for duty in duties_of(actor, now, calendar):
        if duty.kind is DutyKind.START and person.feed_meetings:
            continue  # the meeting itself stands there
        name = f"{duty.kind}-{duty.subject}"
        seen[name] += 1
        again = f"-{seen[name]}" if seen[name] > 1 else ""
        day = day_of(duty, calendar)
        begins, ends = (day, day + timedelta(days=1)) if duty.whole_day else (duty.due - LENGTH, duty.due)
        yield FeedEvent(
            uid=f"{name}{again}@huiyao",
            title=gettext("%(what)s: %(title)s") % {"what": sentence_of(duty), "title": duty.title},
            starts_at=(day if duty.whole_day else duty.due) if todo else begins,
            ends_at=None if todo else ends,
            url=f"{settings.HUIYAO.base_url}{address_of(duty)}",
            updated_at=duty.since,
            status="NEEDS-ACTION" if todo else "",
            busy=False,
            todo=todo,
        )
