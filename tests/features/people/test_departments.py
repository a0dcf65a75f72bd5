# SPDX-License-Identifier: Apache-2.0
"""The tree of departments."""

from datetime import datetime

import pytest

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import BadValue, Conflict, NotFound
from huiyao.features.people.commands.departments import (
    DEPTH_MOST,
    DepartmentInUse,
    add_department,
    archive_department,
    change_department,
    restore_department,
)
from huiyao.features.people.models import Department
from huiyao.features.people.reads import actor_of, department_tree
from huiyao.plumbing.models import AuditRow, Event
from tests.builders.people import a_department, a_person

pytestmark = pytest.mark.django_db
BY = Actor("", "周岚")


def everything() -> list[object]:
    return [list(table.objects.order_by("pk").values()) for table in (Department, AuditRow, Event)]


def change(row: Department, at: datetime, **named: object) -> Department:
    told = {"name": row.name, "parent_id": row.parent_id or "", "head_id": row.head_id or "", "version": row.version}
    return change_department(row.pk, **{**told, **named}, by=BY, at=at)


def test_departments_stand_in_the_order_they_were_added(at: datetime) -> None:
    first = add_department("市场部", by=BY, at=at)
    add_department("产品部", by=BY, at=at)
    add_department("品牌组", parent_id=first.pk, by=BY, at=at)
    assert [(row.path, row.depth) for row in department_tree()] == [("市场部", 0), ("市场部/品牌组", 1), ("产品部", 0)]


def test_a_head_answers_for_what_lies_below(at: datetime) -> None:
    top, person = a_department("市场部"), a_person()
    below = a_department("品牌组", parent=top)
    change(top, at, head_id=person.pk)
    assert actor_of(person).headed == {str(top.pk), str(below.pk)}
    assert Event.objects.get().name == "HeadsChanged"


def test_renaming_tells_nobody(at: datetime) -> None:
    change(a_department("市场部"), at, name="营销部")
    assert not Event.objects.exists()


@pytest.mark.parametrize(
    ("name", "reason"), [("", "required"), ("长" * 81, "too_long"), ("a/b", "slash"), ("产品部", "taken")]
)
def test_a_bad_name_is_refused_and_changes_nothing(at: datetime, name: str, reason: str) -> None:
    a_department("产品部")
    row = a_department("市场部")
    before = everything()
    with pytest.raises(BadValue) as caught:
        add_department(name, by=BY, at=at)
    assert caught.value.facts["reason"] == reason
    with pytest.raises(BadValue):
        change(row, at, name=name)
    assert everything() == before


def test_the_same_name_is_free_below_another_parent(at: datetime) -> None:
    add_department("行政组", parent_id=a_department("产品部").pk, by=BY, at=at)
    add_department("行政组", parent_id=a_department("市场部").pk, by=BY, at=at)
    assert Department.objects.filter(name="行政组").count() == 2


def test_a_department_cannot_lie_below_itself(at: datetime) -> None:
    top = a_department()
    below = a_department(parent=a_department(parent=top))
    before = everything()
    for target in (top, below):
        with pytest.raises(BadValue) as caught:
            change(top, at, parent_id=target.pk)
        assert caught.value.facts["reason"] == "loop"
    assert everything() == before


def test_the_tree_has_a_depth(at: datetime) -> None:
    row = a_department()
    for _ in range(DEPTH_MOST - 1):
        row = a_department(parent=row)
    with pytest.raises(BadValue) as caught:
        add_department("更深", parent_id=row.pk, by=BY, at=at)
    assert caught.value.facts["reason"] == "too_deep"


@pytest.mark.parametrize("head", ["nobody", "guest", "left"])
def test_a_head_is_somebody_of_the_house(at: datetime, head: str) -> None:
    persons = {"guest": a_person(guest=True).pk, "left": a_person(is_active=False).pk, "nobody": "x"}
    row = a_department()
    before = everything()
    with pytest.raises(BadValue) as caught:
        change(row, at, head_id=persons[head])
    assert (caught.value.facts["field"], caught.value.facts["reason"]) == ("head", "person")
    assert everything() == before


def test_an_older_version_is_a_conflict(at: datetime) -> None:
    row = a_department("市场部")
    change(row, at, name="营销部")
    before = everything()
    with pytest.raises(Conflict) as caught:
        change(row, at, name="品牌部")
    assert caught.value.facts["theirs"] == "营销部"
    assert everything() == before


def test_a_department_in_use_is_not_archived(at: datetime) -> None:
    row = a_department()
    a_department(parent=row)
    a_person(department=row)
    before = everything()
    with pytest.raises(DepartmentInUse) as caught:
        archive_department(row.pk, by=BY, at=at)
    assert dict(caught.value.facts) == {"persons": 1, "departments": 1}
    assert everything() == before


def test_an_archived_department_leaves_the_lists_and_can_come_back(at: datetime) -> None:
    row = a_department()
    archive_department(row.pk, by=BY, at=at)
    assert department_tree() == []
    with pytest.raises(NotFound):
        archive_department(row.pk, by=BY, at=at)
    restore_department(row.pk, by=BY, at=at)
    assert [one.department.pk for one in department_tree()] == [row.pk]


@pytest.mark.parametrize("unknown", ["", "x", "0198f0aa-0000-7000-8000-000000000001"])
def test_an_unknown_department_is_not_there(at: datetime, unknown: str) -> None:
    for act in (archive_department, restore_department):
        with pytest.raises(NotFound):
            act(unknown, by=BY, at=at)
