# SPDX-License-Identifier: Apache-2.0
"""Pages of channels: set up, tested in words, secrets never shown; a person's ids and wishes."""

from collections.abc import Iterator

import pytest
from django.test import Client

from huiyao.domain.channels import KINDS
from huiyao.features.organisation.models import Channel
from huiyao.features.people.models import Person, PersonAddress
from huiyao.gateways import tokens
from huiyao.plumbing import clock
from huiyao.plumbing.models import AuditRow
from huiyao.web.shell import channel_words
from tests.builders.people import a_person, an_administrator, an_organisation, client_of
from tests.fakes.http_service import served
from tests.fakes.wecom import AGENT, CORP, SECRET, WeCom

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> WeCom:
    return WeCom(clock.now)


@pytest.fixture
def base(service: WeCom, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(tokens.TOKENS, "_kept", {})
    with served(service) as base:
        yield base


@pytest.fixture
def admin() -> Client:
    an_organisation()
    return client_of(an_administrator())


def told(base: str, **more: str) -> dict[str, str]:
    app = {"corp_id": CORP, "app_secret": SECRET, "agent_id": str(AGENT)}
    return {"name": "企业微信", **app, "base_url": base, "inner": "yes", **more}


def add(admin: Client, base: str, kind: str = "wecom_app", **more: str) -> Channel:
    answer = admin.post(f"/settings/channels/new/{kind}/", told(base, **more))
    assert answer.status_code == 302, answer.content.decode()
    return Channel.objects.get()


def test_every_kind_has_a_page_in_every_language(admin: Client) -> None:
    for kind in KINDS:
        for language in ("en", "zh-hans", "zh-hant"):
            answer = admin.get(f"/settings/channels/new/{kind}/", headers={"accept-language": language})
            assert answer.status_code == 200
    assert admin.get("/settings/channels/new/pigeon/").status_code == 404


def test_a_secret_is_stored_and_never_sent_back(admin: Client, base: str) -> None:
    row = add(admin, base)
    pages = [admin.get("/settings/channels/"), admin.get(f"/settings/channels/{row.pk}/")]
    pages.append(admin.post(f"/settings/channels/{row.pk}/", told(base, name="", version="1")))
    pages.append(admin.post("/settings/channels/new/wecom_app/", told(base, agent_id="x")))
    assert [page.status_code for page in pages] == [200, 200, 422, 422]
    assert not [page for page in pages if SECRET in page.content.decode()]
    assert "••••" in pages[1].content.decode()


def test_saving_without_typing_the_secret_again_keeps_it(admin: Client, base: str, service: WeCom) -> None:
    row = add(admin, base)
    admin.post(f"/settings/channels/{row.pk}/", told(base, name="新", app_secret="", version="1"))
    answer = admin.post(f"/settings/channels/{row.pk}/test/")
    assert (answer.status_code, Channel.objects.get().name) == (302, "新")
    assert not service.arrived


def test_the_self_test_names_the_missing_trusted_address_and_its_remedy(
    admin: Client, base: str, service: WeCom
) -> None:
    row = add(admin, base)
    service.trusted = False
    answer = admin.post(f"/settings/channels/{row.pk}/test/")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "203.0.113.24" in page
    assert "trusted addresses" in page
    assert AuditRow.objects.get(act="channel.tested").facts == {"passed": False, "code": "address_not_trusted"}


@pytest.mark.parametrize(("field", "words"), [("app_secret", "credentials"), ("agent_id", "AgentId is another")])
def test_the_self_test_names_wrong_credentials(admin: Client, base: str, field: str, words: str) -> None:
    row = add(admin, base, **{field: "77"})
    answer = admin.post(f"/settings/channels/{row.pk}/test/")
    assert (answer.status_code, words in answer.content.decode()) == (422, True)


def test_the_self_test_of_a_group_says_one_sentence_there(admin: Client, base: str, service: WeCom) -> None:
    heard = service.heard["robot-key"] = []
    row = add(admin, base, "wecom_robot", token="robot-key")
    assert admin.post(f"/settings/channels/{row.pk}/test/").status_code == 302
    assert len(heard) == 1


def test_an_inner_address_is_refused_unless_it_is_ticked(admin: Client, base: str, service: WeCom) -> None:
    row = add(admin, base, inner="")
    answer = admin.post(f"/settings/channels/{row.pk}/test/")
    assert "inner network" in answer.content.decode()
    assert not service.log


def test_a_channel_is_removed(admin: Client, base: str) -> None:
    row = add(admin, base)
    admin.post(f"/settings/channels/{row.pk}/remove/")
    assert admin.get(f"/settings/channels/{row.pk}/").status_code == 404


def test_a_persons_ids_are_entered_by_an_administrator(admin: Client) -> None:
    person = a_person()
    page = f"/settings/persons/{person.pk}/channels/"
    assert admin.get(page).status_code == 200
    assert admin.post(page, {"wecom_user_id": "AnRan"}).status_code == 302
    assert PersonAddress.objects.get().value == "AnRan"
    taken = admin.post(f"/settings/persons/{a_person().pk}/channels/", {"wecom_user_id": "AnRan"})
    assert taken.status_code == 422


def test_people_choose_where_they_are_reached_first(admin: Client, base: str) -> None:
    add(admin, base)
    person = a_person()
    mine = client_of(person)
    assert "does not know you yet" in mine.get("/profile/channels/").content.decode()
    PersonAddress.objects.create(person=person, kind="wecom_user_id", value="AnRan")
    mine.post("/profile/channels/", {"first": "wecom_app"})
    assert Person.objects.get(pk=person.pk).channels == ["wecom_app", "mail"]
    mine.post("/profile/channels/", {"first": ""})
    assert Person.objects.get(pk=person.pk).channels == []


def test_every_field_and_kind_has_words() -> None:
    assert set(channel_words.KINDS) == set(KINDS)
    fields = {field.name for kind in KINDS.values() for field in kind.fields}
    assert fields - {"notices", "inner", "files"} == {*channel_words.FIELDS, *channel_words.BOXES}
