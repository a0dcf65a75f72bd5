# SPDX-License-Identifier: Apache-2.0
"""Channels as data: what is needed, who may, what is never told again."""

import json
from datetime import datetime

import pytest

from huiyao.domain.channels import KINDS
from huiyao.domain.refusals import BadValue, Conflict, NotAllowed, NotFound
from huiyao.features.organisation.commands.channels import add_channel, change_channel, remove_channel, secrets_of
from huiyao.features.organisation.models import Channel
from huiyao.features.organisation.reads import live_channels
from huiyao.features.people.reads import actor_of
from huiyao.plumbing.models import AuditRow
from tests.builders.people import an_actor, an_administrator

pytestmark = pytest.mark.django_db
TOLD = {"name": "项目群", "token": "robot-token", "secret": "SECabc"}


def admin() -> object:
    return actor_of(an_administrator())


def test_a_channel_gets_the_vendors_host_unless_told_otherwise(at: datetime) -> None:
    row = add_channel("dingtalk_robot", TOLD, by=admin(), at=at)
    assert row.settings["base_url"] == "https://oapi.dingtalk.com"
    own = add_channel("feishu_robot", {**TOLD, "base_url": "https://open.larksuite.com/"}, by=admin(), at=at)
    assert own.settings["base_url"] == "https://open.larksuite.com"
    assert live_channels() == [row, own]


@pytest.mark.parametrize("kind", list(KINDS))
def test_every_kind_refuses_to_be_without_what_it_needs(kind: str, at: datetime) -> None:
    needed = [field.name for field in KINDS[kind].fields if field.required]
    full = {"name": "x", **dict.fromkeys(needed, "123"), "base_url": "https://example.com"}
    for name in ("name", *needed):
        with pytest.raises(BadValue) as caught:
            add_channel(kind, {**full, name: " "}, by=admin(), at=at)
        assert caught.value.facts["field"] == name
    assert add_channel(kind, full, by=admin(), at=at).name == "x"


@pytest.mark.parametrize(
    "url", ["ftp://a", "https://", "nothing", "https://user:pw@host", "http://[", "https://h:99999"]
)
def test_an_address_that_cannot_be_called_is_refused(url: str, at: datetime) -> None:
    with pytest.raises(BadValue) as caught:
        add_channel("webhook", {"name": "x", "secret": "s", "base_url": url}, by=admin(), at=at)
    assert caught.value.facts == {"field": "base_url", "reason": "url"}


def test_an_empty_secret_keeps_the_stored_one_and_a_new_one_replaces_it(at: datetime) -> None:
    by = admin()
    row = add_channel("dingtalk_robot", TOLD, by=by, at=at)
    change_channel(row.pk, {"name": "新群", "token": "", "secret": "SECnew"}, version=1, by=by, at=at)
    assert secrets_of(Channel.objects.get()) == {"token": "robot-token", "secret": "SECnew"}
    assert Channel.objects.get().name == "新群"


def test_the_trail_tells_which_secret_was_changed_but_not_what_it_is(at: datetime) -> None:
    by = admin()
    row = add_channel("dingtalk_robot", TOLD, by=by, at=at)
    change_channel(row.pk, {"token": "other-token"}, version=1, by=by, at=at)
    remove_channel(row.pk, by=by, at=at)
    trail = json.dumps(list(AuditRow.objects.values_list("facts", flat=True)), ensure_ascii=False)
    assert "token" in trail
    assert not [secret for secret in ("robot-token", "other-token", "SECabc") if secret in trail]


def test_a_removed_channel_forgets_its_secrets_and_cannot_be_changed(at: datetime) -> None:
    by = admin()
    row = add_channel("dingtalk_robot", TOLD, by=by, at=at)
    remove_channel(row.pk, by=by, at=at)
    assert (live_channels(), Channel.objects.get().secrets) == ([], "")
    with pytest.raises(NotFound):
        change_channel(row.pk, TOLD, version=2, by=by, at=at)


def test_somebody_elses_change_is_not_overwritten(at: datetime) -> None:
    by = admin()
    row = add_channel("dingtalk_robot", TOLD, by=by, at=at)
    change_channel(row.pk, {"name": "一"}, version=1, by=by, at=at)
    with pytest.raises(Conflict):
        change_channel(row.pk, {"name": "二"}, version=1, by=by, at=at)


def test_only_an_administrator_may(at: datetime) -> None:
    row = add_channel("dingtalk_robot", TOLD, by=admin(), at=at)
    other = an_actor()
    for deed in (
        lambda: add_channel("dingtalk_robot", TOLD, by=other, at=at),
        lambda: change_channel(row.pk, TOLD, version=1, by=other, at=at),
        lambda: remove_channel(row.pk, by=other, at=at),
    ):
        with pytest.raises(NotAllowed):
            deed()
