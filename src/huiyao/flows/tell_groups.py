# SPDX-License-Identifier: Apache-2.0
"""Groups and webhooks are told that an invitation or minutes went out: title, time, address; nothing of the content.

Where an administrator wants it for a group, owners of actions are called by name and the minutes come as a file.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from huiyao.documents.exports import Format
from huiyao.documents.states import PaperState
from huiyao.domain.actions import LIVE
from huiyao.domain.channels import KINDS
from huiyao.domain.filing import filing_name
from huiyao.features.actions.reads import actions_of_meeting
from huiyao.features.invitations.events import InvitationSent
from huiyao.features.invitations.mails import group
from huiyao.features.meetings.reads import find_meeting
from huiyao.features.minutes.events import MinutesCirculated
from huiyao.features.minutes.mails import announced
from huiyao.features.minutes.reads import CirculationRow, find_circulation, paper_in
from huiyao.features.organisation.reads import ChannelRow, find_organisation, live_channels
from huiyao.features.people.reads import reach_of
from huiyao.flows.minutes_file import minutes_file
from huiyao.flows.on_minutes_final import day_of
from huiyao.plumbing import bundles, files, messages
from huiyao.plumbing.messages import Recipient

MENTIONED_BY = {
    "dingtalk_robot": "dingtalk_user_id",
    "wecom_robot": "wecom_user_id",
    "feishu_robot": "feishu_open_id",
}
"""The kind of id by which a group's robot calls somebody by name."""
BY_MOBILE = frozenset({"dingtalk_robot", "wecom_robot"})


@dataclass(frozen=True, slots=True)
class Notice:
    """What a group is told: which kind, of what, in which meeting; ``settling`` where more may follow at once."""

    kind: str
    subject: str
    meeting: str
    settling: bool = False


def tell_groups_of_minutes(event: MinutesCirculated, at: datetime) -> None:
    """One notice per group and circulation; corrections within minutes are one."""
    groups, meeting = _groups("minutes"), find_meeting(event.meeting_id)
    circulation = find_circulation(event.circulation_id)
    if not groups or meeting is None or circulation is None:
        return
    url = f"{settings.HUIYAO.base_url}/meetings/{event.meeting_id}/minutes/"
    for channel in groups:
        called = _owners(channel, event.meeting_id) if channel.settings.get("mentions") == "yes" else {}
        told = announced(meeting.title, url, list(called), language=_language())
        notice = Notice("group.minutes", event.circulation_id, event.meeting_id, settling=event.number > 1)
        _put(channel, notice, (told.title, told.text), at, notes=list(called.values()))
        if wanted := channel.settings.get("files"):
            _put_file(channel, notice, circulation, Format(wanted), at)


def _owners(channel: ChannelRow, meeting_id: str) -> dict[str, dict[str, str]]:
    """Who owns live actions of the meeting, by name, with the ids a group of this kind calls them by."""
    owners = [action.person for action in actions_of_meeting(meeting_id) if action.person and action.state in LIVE]
    reaches = reach_of(str(person.pk) for person in owners)
    kind = MENTIONED_BY.get(channel.kind, "")
    called: dict[str, dict[str, str]] = {}
    for person in owners:
        known = reaches[str(person.pk)].addresses
        mobile = known.get("mobile", "") if channel.kind in BY_MOBILE else ""
        called[person.name] = {"id": known.get(kind, ""), "mobile": mobile}
    return called


def _put_file(channel: ChannelRow, notice: Notice, circulation: CirculationRow, wanted: Format, at: datetime) -> None:
    meeting = circulation.minutes.meeting
    stem = filing_name(day_of(meeting, at), meeting.title)
    made = minutes_file(paper_in(circulation.version).minutes, PaperState.CIRCULATED, wanted, stem=stem, at=at)
    stored = files.store(io.BytesIO(made.content), at=at)
    attachment = messages.Attachment(made.name, stored.sha256, made.media_type)
    _put(channel, replace(notice, kind="group.file"), (made.name, ""), at, attachments=[attachment])


def tell_groups_of_invitation(event: InvitationSent, at: datetime) -> None:
    """One notice per group and meeting, when people are invited; a change is told to those invited only."""
    groups, meeting = _groups("invitation"), find_meeting(event.meeting_id)
    if not groups or meeting is None or not event.invited:
        return
    url = f"{settings.HUIYAO.base_url}/meetings/{event.meeting_id}/plan/"
    told = group.announced(meeting.title, meeting.starts_at, meeting.zone, url, language=_language())
    for channel in groups:
        notice = Notice("group.invitation", event.meeting_id, event.meeting_id)
        _put(channel, notice, (told.title, told.text), at)


def _groups(notice: str) -> list[ChannelRow]:
    return [
        channel
        for channel in live_channels()
        if not KINDS[channel.kind].personal and notice in channel.settings.get("notices", "").split()
    ]


def _language() -> str:
    organisation = find_organisation()
    return organisation.language if organisation else settings.LANGUAGE_CODE


def _put(
    channel: ChannelRow,
    notice: Notice,
    told: tuple[str, str],
    at: datetime,
    *,
    notes: Sequence[dict[str, str]] = (),
    attachments: Sequence[messages.Attachment] = (),
) -> None:
    title, text = told
    messages.put(
        key=f"{notice.kind}:{notice.subject}:{channel.pk}",
        kind=notice.kind,
        to=Recipient("", channel.name),
        channel=str(channel.pk),
        title=title,
        text=text,
        attachments=attachments,
        context=notice.meeting,
        at=at,
        not_before=at + bundles.SETTLE if notice.settling else None,
        bundle=f"{notice.kind}:{notice.meeting}" if notice.settling else "",
        notes=notes,
    )
