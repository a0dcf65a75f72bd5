# SPDX-License-Identifier: Apache-2.0
"""Setting a subject aside with its owner."""

from datetime import UTC, datetime

import pytest

from huiyao.domain.record import Entry, Kind
from huiyao.domain.refusals import BadValue, NotAllowed, NotFound, Refusal, WrongStage
from huiyao.features.sittings import commands
from huiyao.features.sittings.models import Room
from huiyao.features.sittings.reads import find_entries
from huiyao.plumbing.models import AuditRow
from huiyao.room.edits import Add
from huiyao.web.during import live
from tests.builders.sittings import Held, an_invited_meeting

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)


@pytest.fixture
def held() -> Held:
    live.wire()
    made = an_invited_meeting()
    commands.start(made.id, by=made.actor("host"), at=AT)
    return made


def add(held: Held, text: str, kind: Kind = Kind.NOTE, parent: str = "", **fields: object) -> str:
    edit = Add(kind, parent or str(held.topics[1].pk), text, fields=fields)
    return commands.edit_record(held.id, [edit], by=held.actor("recorder")).ids[0]


def park(held: Held, entry: str, who: str = "seat", **owner: str) -> None:
    commands.park(held.id, entry, by=held.actor(who), at=AT, **owner)


def row(held: Held, entry: str) -> Entry:
    return next(found for found in find_entries(held.id) if found.id == entry)


def owner(held: Held, entry: str) -> tuple[str, str, str]:
    found = row(held, entry)
    return str(found.kind), found.person, found.department


def test_a_subject_is_parked_with_person_and_department_in_one_go(held: Held) -> None:
    entry, person = add(held, "展位预算"), held.people["host"]
    park(held, entry, person_id=str(person.pk))
    assert owner(held, entry) == ("parked", str(person.pk), str(person.department_id))
    assert row(held, entry).text == "展位预算"
    assert AuditRow.objects.get(act="entry.park").facts["person"] == str(person.pk)


def test_a_department_alone_may_own_it(held: Held) -> None:
    entry, department = add(held, "展位预算"), str(held.people["outside"].department_id)
    park(held, entry, department_id=department)
    assert owner(held, entry) == ("parked", "", department)


def test_without_a_word_its_topics_lead_owns_it_or_nobody(held: Held) -> None:
    below = add(held, "展位预算", parent=add(held, "缺样机", Kind.PROBLEM))
    park(held, below)
    assert owner(held, below) == ("parked", "", "")
    held.topics[1].lead, held.topics[1].lead_role = held.people["recorder"], ""
    held.topics[1].save()
    park(held, below)
    assert owner(held, below) == (
        "parked",
        str(held.people["recorder"].pk),
        str(held.people["recorder"].department_id),
    )


def test_parking_again_keeps_the_owner_or_gives_it_another(held: Held) -> None:
    entry, seat = add(held, "展位预算"), held.people["seat"]
    park(held, entry, person_id=str(seat.pk))
    park(held, entry)
    assert owner(held, entry) == ("parked", str(seat.pk), str(seat.department_id))
    park(held, entry, person_id=str(held.people["host"].pk))
    assert owner(held, entry)[1] == str(held.people["host"].pk)


@pytest.mark.parametrize(
    ("who", "owner", "refusal"),
    [
        ("informed", {}, NotAllowed),
        ("outside", {}, NotFound),
        ("seat", {"person_id": "nobody"}, BadValue),
        ("seat", {"person_id": "0192aaaa-0000-7000-8000-000000000000"}, BadValue),
        ("seat", {"department_id": "0192aaaa-0000-7000-8000-000000000000"}, BadValue),
    ],
)
def test_a_refused_parking_changes_nothing(held: Held, who: str, owner: dict[str, str], refusal: type[Refusal]) -> None:
    entry = add(held, "展位预算")
    seq = Room.objects.get(name=held.id).seq
    with pytest.raises(refusal):
        park(held, entry, who, **owner)
    assert Room.objects.get(name=held.id).seq == seq
    assert row(held, entry).kind is Kind.NOTE


def test_neither_a_topic_nor_what_is_not_there_is_parked_nor_anything_after_closing(held: Held) -> None:
    entry = add(held, "展位预算")
    with pytest.raises(BadValue):
        park(held, str(held.topics[1].pk))
    with pytest.raises(NotFound):
        park(held, "nowhere-0000")
    commands.close(held.id, by=held.actor("host"), at=AT)
    with pytest.raises(WrongStage):
        park(held, entry)
    assert row(held, entry).kind is Kind.NOTE
