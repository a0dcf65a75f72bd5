# SPDX-License-Identifier: Apache-2.0
"""Groups and webhooks are told that an invitation or minutes went out: title, time, address; nothing of the content."""

from datetime import datetime

from django.conf import settings

from huiyao.domain.channels import KINDS
from huiyao.features.invitations.events import InvitationSent
from huiyao.features.invitations.mails import group
from huiyao.features.meetings.reads import find_meeting
from huiyao.features.minutes.events import MinutesCirculated
from huiyao.features.minutes.mails import announced
from huiyao.features.organisation.reads import ChannelRow, find_organisation, live_channels
from huiyao.plumbing import messages
from huiyao.plumbing.messages import Recipient


def tell_groups_of_minutes(event: MinutesCirculated, at: datetime) -> None:
    """One notice per group and circulation."""
    groups, meeting = _groups("minutes"), find_meeting(event.meeting_id)
    if not groups or meeting is None:
        return
    url = f"{settings.HUIYAO.base_url}/meetings/{event.meeting_id}/minutes/"
    told = announced(meeting.title, url, language=_language())
    for channel in groups:
        _put(channel, "group.minutes", event.circulation_id, (told.title, told.text), event.meeting_id, at)


def tell_groups_of_invitation(event: InvitationSent, at: datetime) -> None:
    """One notice per group and meeting, when people are invited; a change is told to those invited only."""
    groups, meeting = _groups("invitation"), find_meeting(event.meeting_id)
    if not groups or meeting is None or not event.invited:
        return
    url = f"{settings.HUIYAO.base_url}/meetings/{event.meeting_id}/plan/"
    told = group.announced(meeting.title, meeting.starts_at, meeting.zone, url, language=_language())
    for channel in groups:
        _put(channel, "group.invitation", event.meeting_id, (told.title, told.text), event.meeting_id, at)


def _groups(notice: str) -> list[ChannelRow]:
    return [
        channel
        for channel in live_channels()
        if not KINDS[channel.kind].personal and notice in channel.settings.get("notices", "").split()
    ]


def _language() -> str:
    organisation = find_organisation()
    return organisation.language if organisation else settings.LANGUAGE_CODE


def _put(channel: ChannelRow, kind: str, subject: str, told: tuple[str, str], context: str, at: datetime) -> None:
    title, text = told
    messages.put(
        key=f"{kind}:{subject}:{channel.pk}",
        kind=kind,
        to=Recipient("", channel.name),
        channel=str(channel.pk),
        title=title,
        text=text,
        context=context,
        at=at,
    )
