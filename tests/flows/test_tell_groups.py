# SPDX-License-Identifier: Apache-2.0
"""Groups hear that something went out, once, and nothing of what it says."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from huiyao.features.invitations.events import InvitationSent
from huiyao.features.minutes.events import MinutesCirculated
from huiyao.features.organisation.commands.channels import add_channel
from huiyao.features.organisation.models import Channel
from huiyao.features.people.commands.addresses import set_addresses
from huiyao.features.people.reads import actor_of
from huiyao.flows.deliver_channels import deliver_over
from huiyao.flows.on_minutes_circulated import on_minutes_circulated
from huiyao.flows.tell_groups import tell_groups_of_invitation, tell_groups_of_minutes
from huiyao.plumbing.models import Event, Message
from tests.builders import minutes as build
from tests.builders.meetings import an_invited_meeting, an_office
from tests.builders.people import an_administrator
from tests.fakes.http_service import served
from tests.fakes.wecom import WeCom

pytestmark = pytest.mark.django_db


def a_group(at: datetime, **values: str) -> Channel:
    return add_channel(
        "wecom_robot", {"name": "项目群", "token": "k", **values}, by=actor_of(an_administrator()), at=at
    )


def test_minutes_are_announced_once_with_title_and_address_only(
    at: datetime, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    company = build.a_company()
    channel = a_group(at)
    with django_capture_on_commit_callbacks(execute=True):
        circulation = build.circulated(company)
    event = MinutesCirculated(str(company.meeting.pk), str(circulation.pk), 1, "")
    tell_groups_of_minutes(event, at)
    told = Message.objects.get(channel=str(channel.pk))
    assert (told.recipient, told.kind, told.state) == ("项目群", "group.minutes", "waiting")
    assert company.meeting.title in told.title
    assert told.text.endswith(f"/meetings/{company.meeting.pk}/minutes/")
    assert len(told.text.splitlines()) == 1
    assert "/l/" not in told.text


def test_an_invitation_is_announced_with_its_time(at: datetime) -> None:
    channel = a_group(at)
    meeting = an_invited_meeting(an_office())
    event = Event.objects.get(name="InvitationSent")
    for _ in range(2):
        tell_groups_of_invitation(InvitationSent(**event.data), at)
    told = Message.objects.get(channel=str(channel.pk))
    assert told.text.splitlines()[-1].endswith(f"/meetings/{meeting.pk}/plan/")
    assert f"{meeting.starts_at + timedelta(hours=8):%H:%M}" in told.text


def test_a_group_hears_only_what_it_was_set_up_for(at: datetime) -> None:
    a_group(at, notices="minutes")
    an_invited_meeting(an_office())
    tell_groups_of_invitation(InvitationSent(**Event.objects.get(name="InvitationSent").data), at)
    assert not Message.objects.exclude(channel="mail").exists()


def test_owners_are_called_by_name_and_the_file_comes_where_that_is_wanted(
    at: datetime, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    company = build.a_company()
    admin = actor_of(an_administrator())
    set_addresses(company.people["market"].pk, {"wecom_user_id": "ChenMo", "mobile": "13800000001"}, by=admin, at=at)
    set_addresses(company.people["tech"].pk, {"mobile": "13800000002"}, by=admin, at=at)
    service = WeCom(lambda: at)
    heard = service.heard["k"] = []
    with served(service) as base:
        told = {"mentions": "yes", "files": "pdf", "base_url": base, "inner": "yes"}
        channel = a_group(at, **told)
        with django_capture_on_commit_callbacks(execute=False):
            sent = build.circulated(company)
        event = MinutesCirculated(str(company.meeting.pk), str(sent.pk), 1, "")
        on_minutes_circulated(event, at)
        tell_groups_of_minutes(event, at)
        deliver_over(channel, max(at, build.ENDED) + timedelta(hours=2))
    text = heard[0]["text"]
    assert text["mentioned_list"] == ["ChenMo"]
    assert text["mentioned_mobile_list"] == ["13800000002"]
    assert "陈墨" in text["content"]
    assert "写出改版必做清单" not in text["content"]
    assert heard[1] == {"msgtype": "file", "file": {"media_id": "media-0"}}
    name, content = service.media["media-0"]
    assert ".pdf" in name
    assert content.lstrip().startswith(b"%PDF")
    assert set(Message.objects.filter(channel=str(channel.pk)).values_list("kind", "state")) == {
        ("group.minutes", "sent"),
        ("group.file", "sent"),
    }
