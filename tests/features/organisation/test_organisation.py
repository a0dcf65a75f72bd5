# SPDX-License-Identifier: Apache-2.0
"""The organisation and its policy: founded once, changed with a version, every refusal leaving everything as it was."""

from datetime import datetime

import pytest

from huiyao.domain.actor import Actor
from huiyao.domain.policy import Policy, as_figures
from huiyao.domain.refusals import BadValue, Conflict, NotFound
from huiyao.features.organisation.commands.details import AlreadyFounded, change_details, found
from huiyao.features.organisation.commands.policy import set_policy
from huiyao.features.organisation.models import Organisation, PolicyVersion
from huiyao.features.organisation.reads import policy_in_force
from huiyao.plumbing.models import AuditRow

pytestmark = pytest.mark.django_db
BY = Actor("", "周岚")


def everything() -> list[object]:
    tables = (Organisation, PolicyVersion, AuditRow)
    return [list(table.objects.order_by("pk").values()) for table in tables]


def test_founding_begins_with_the_guides_figures(at: datetime) -> None:
    row = found({"name": "  云杉　制造 "}, by=BY, at=at)
    assert (row.name, row.zone, row.language) == ("云杉 制造", "Asia/Shanghai", "zh-hans")
    assert policy_in_force().number == 1
    assert policy_in_force().policy == Policy()
    assert AuditRow.objects.get().act == "organisation.founded"


def test_there_is_one_organisation(at: datetime) -> None:
    found({"name": "一"}, by=BY, at=at)
    before = everything()
    with pytest.raises(AlreadyFounded):
        found({"name": "二"}, by=BY, at=at)
    assert everything() == before


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("name", " ", "required"),
        ("name", "长" * 121, "too_long"),
        ("zone", "Asia/Nowhere", "unknown"),
        ("zone", "../etc/passwd", "unknown"),
        ("language", "fr", "unknown"),
        ("hours", [], "required"),
        ("hours", [["9", "12:00"]], "time"),
        ("hours", [["12:00", "09:00"]], "order"),
        ("hours", [["09:00", "12:00"], ["11:00", "18:00"]], "order"),
        ("weekdays", [], "required"),
        ("weekdays", ["7"], "required"),
        ("mail_from", "not an address", "email"),
        ("shoe_size", "42", "unknown"),
    ],
)
def test_a_bad_value_is_named_and_changes_nothing(at: datetime, field: str, value: object, reason: str) -> None:
    found({"name": "云杉"}, by=BY, at=at)
    before = everything()
    with pytest.raises(BadValue) as caught:
        change_details({field: value}, version=1, by=BY, at=at)
    assert (caught.value.facts["field"], caught.value.facts["reason"]) == (field, reason)
    assert everything() == before


def test_a_change_is_audited_with_both_values(at: datetime) -> None:
    found({"name": "云杉"}, by=BY, at=at)
    row = change_details({"name": "雪杉", "weekdays": ["0", "1"]}, version=1, by=BY, at=at)
    assert (row.name, row.weekdays, row.version) == ("雪杉", [0, 1], 2)
    assert AuditRow.objects.get(act="organisation.changed").facts["name"] == ["云杉", "雪杉"]


def test_saving_what_is_there_changes_nothing(at: datetime) -> None:
    found({"name": "云杉"}, by=BY, at=at)
    before = everything()
    change_details({"name": "云杉"}, version=1, by=BY, at=at)
    assert everything() == before


def test_an_older_version_is_a_conflict_that_shows_both(at: datetime) -> None:
    found({"name": "云杉"}, by=BY, at=at)
    change_details({"name": "雪杉"}, version=1, by=BY, at=at)
    before = everything()
    with pytest.raises(Conflict) as caught:
        change_details({"name": "铁杉"}, version=1, by=BY, at=at)
    assert dict(caught.value.facts) == {"field": "name", "yours": "铁杉", "theirs": "雪杉", "version": 2}
    assert everything() == before


def test_nothing_can_be_changed_before_the_founding(at: datetime) -> None:
    with pytest.raises(NotFound):
        change_details({"name": "云杉"}, version=1, by=BY, at=at)


def test_a_policy_change_is_a_new_version_and_the_old_one_stays(at: datetime) -> None:
    found({"name": "云杉"}, by=BY, at=at)
    now = set_policy({"turn_minutes": "5"}, version=1, by=BY, at=at)
    assert (now.number, now.policy.turn_minutes) == (2, 5)
    assert PolicyVersion.objects.get(number=1).figures == as_figures(Policy())
    assert AuditRow.objects.get(act="policy.set").facts == {"turn_minutes": [3, 5]}


def test_setting_what_is_in_force_makes_no_version(at: datetime) -> None:
    found({"name": "云杉"}, by=BY, at=at)
    assert set_policy({"turn_minutes": "3"}, version=1, by=BY, at=at).number == 1


@pytest.mark.parametrize("figures", [{"turn_minutes": "0"}, {"turn_minutes": "x"}, {"turn_minutes": ""}, {"no": 1},
                                     {"invite_days": 9, "invite_days_most": 5}])  # fmt: skip
def test_a_bad_figure_changes_nothing(at: datetime, figures: dict[str, object]) -> None:
    found({"name": "云杉"}, by=BY, at=at)
    before = everything()
    with pytest.raises(BadValue):
        set_policy(figures, version=1, by=BY, at=at)
    assert everything() == before


def test_an_older_policy_version_is_a_conflict(at: datetime) -> None:
    found({"name": "云杉"}, by=BY, at=at)
    set_policy({"turn_minutes": 5}, version=1, by=BY, at=at)
    before = everything()
    with pytest.raises(Conflict):
        set_policy({"turn_minutes": 4}, version=1, by=BY, at=at)
    assert everything() == before
