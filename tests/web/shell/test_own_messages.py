# SPDX-License-Identifier: Apache-2.0
"""One's own page of messages, and the link that switches one kind off: a look changes nothing, a POST does."""

from datetime import timedelta

import pytest
from django.test import Client

from huiyao.features.people.commands.own_messages import UNSUBSCRIBE_LIFE, make_unsubscribe_link
from huiyao.plumbing import clock, links
from tests.builders.people import a_person, an_organisation, client_of

pytestmark = pytest.mark.django_db


def test_informing_kinds_are_chosen_and_obligations_stay_with_their_reason() -> None:
    an_organisation()
    person = a_person()
    page = client_of(person).get("/profile/messages/").content.decode()
    assert page.count("Stays on:") == 5
    answer = client_of(person).post("/profile/messages/", {"digest": "mail", "kind": ["minutes.informed"]})
    assert answer.status_code == 302
    person.refresh_from_db()
    assert (person.digest, person.muted) == ("mail", ["digest"])


def test_opening_the_link_changes_nothing_and_one_click_switches_off() -> None:
    an_organisation()
    person = a_person()
    token = make_unsubscribe_link(person, "digest", at=clock.now())
    mailer = Client(enforce_csrf_checks=True)  # a mail program: no cookies, no token of a form
    assert mailer.get(f"/l/unsubscribe/{token}/").status_code == 200
    person.refresh_from_db()
    assert person.muted == []
    assert mailer.post(f"/l/unsubscribe/{token}/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert mailer.post(f"/l/unsubscribe/{token}/", {"List-Unsubscribe": "One-Click"}).status_code == 200
    person.refresh_from_db()
    assert person.muted == ["digest"]


def test_an_expired_an_unknown_and_a_foreign_link_switch_nothing_off() -> None:
    an_organisation()
    person, now = a_person(), clock.now()
    old = make_unsubscribe_link(person, "digest", at=now - UNSUBSCRIBE_LIFE - timedelta(days=1))
    other = links.make(purpose="feed", person_id=person.pk, subject=person.pk, at=now, expires_at=now + timedelta(1))
    statuses = [Client().post(f"/l/unsubscribe/{token}/").status_code for token in (old, other, "nobody-knows-this")]
    assert statuses == [410, 404, 404]
    person.refresh_from_db()
    assert person.muted == []


def test_a_zone_is_chosen_on_the_profile_and_a_wrong_one_is_named() -> None:
    an_organisation()
    person = a_person()
    assert client_of(person).post("/profile/zone/", {"zone": "Europe/Berlin"}).status_code == 302
    answer = client_of(person).post("/profile/zone/", {"zone": "Mars/Olympus"})
    assert answer.status_code == 422
    assert "Mars/Olympus" in answer.content.decode()
    person.refresh_from_db()
    assert person.zone == "Europe/Berlin"
