# SPDX-License-Identifier: Apache-2.0
"""A person's ids at the vendors and the channels they prefer."""

from datetime import datetime

import pytest

from huiyao.domain.refusals import BadValue, NotAllowed
from huiyao.features.people.commands.addresses import prefer_channels, set_addresses
from huiyao.features.people.reads import actor_of, addresses_of, reach_of
from tests.builders.people import a_person, an_administrator

pytestmark = pytest.mark.django_db


def test_ids_are_set_changed_and_taken_away(at: datetime) -> None:
    by, person = actor_of(an_administrator()), a_person()
    set_addresses(person.pk, {"dingtalk_user_id": "u1", "mobile": "13800000000"}, by=by, at=at)
    set_addresses(person.pk, {"dingtalk_user_id": "u2", "mobile": ""}, by=by, at=at)
    assert addresses_of(person.pk) == {"dingtalk_user_id": "u2"}


def test_an_id_belongs_to_one_person(at: datetime) -> None:
    by = actor_of(an_administrator())
    set_addresses(a_person().pk, {"wecom_user_id": "w"}, by=by, at=at)
    with pytest.raises(BadValue) as caught:
        set_addresses(a_person().pk, {"wecom_user_id": "w"}, by=by, at=at)
    assert caught.value.facts == {"field": "wecom_user_id", "reason": "taken"}


def test_people_choose_for_themselves_but_enter_no_ids(at: datetime) -> None:
    person, other = a_person(), a_person()
    prefer_channels(person.pk, ["mail", "wecom_app"], by=actor_of(person), at=at)
    assert reach_of([person.pk])[str(person.pk)].preferred == ("mail", "wecom_app")
    with pytest.raises(NotAllowed):
        prefer_channels(person.pk, ["mail"], by=actor_of(other), at=at)
    with pytest.raises(NotAllowed):
        set_addresses(person.pk, {"wecom_user_id": "w"}, by=actor_of(person), at=at)


@pytest.mark.parametrize("order", [["mail", "mail"], ["pigeon"], ["wecom_robot"]])
def test_an_order_that_means_nothing_is_refused(order: list[str], at: datetime) -> None:
    person = a_person()
    with pytest.raises(BadValue):
        prefer_channels(person.pk, order, by=actor_of(person), at=at)
