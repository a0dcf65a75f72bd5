# SPDX-License-Identifier: Apache-2.0
"""Topics and materials: adding, changing, moving, taking off and bringing back; refusals change nothing."""

import io

import pytest

from huiyao.domain.editing import FieldWrite
from huiyao.domain.refusals import BadValue, Conflict, NotAllowed, NotFound, WrongStage
from huiyao.features.agenda.commands import materials, topics
from huiyao.features.agenda.commands.guide import TITLES, fill_with_guide
from huiyao.features.agenda.models import Material, Topic
from huiyao.features.agenda.reads import materials_of, planned_minutes, topics_of
from huiyao.features.meetings.commands.cancel import cancel
from huiyao.features.meetings.models import Meeting
from huiyao.plumbing.files import FileEmpty, FileTooLarge, path_of
from huiyao.plumbing.models import AuditRow, StoredFile
from tests.builders.meetings import Office, a_plan, an_office

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return an_office()


@pytest.fixture
def plan(office) -> Meeting:
    return a_plan(office)


def titles(meeting: Meeting) -> list[str]:
    return [topic.title for topic in topics_of(meeting.pk)]


def everything() -> list[list[dict[str, object]]]:
    return [list(table.objects.order_by("pk").values()) for table in (Topic, Material, AuditRow, StoredFile)]


def test_a_new_topic_comes_before_the_closing_one(office, plan, at):
    topics.add_topic(plan.pk, " 预算 调整 ", minutes="15", lead="role:everyone", by=office.actor("product"), at=at)
    assert titles(plan)[-2:] == ["预算 调整", "行动项确认与总结"]
    assert planned_minutes(plan.pk) == 95


def test_a_topic_is_led_by_a_role_a_person_or_nobody(office, plan, at):
    by, topic = office.actor("product"), topics_of(plan.pk)[2]
    person = f"person:{office.people['tech'].pk}"
    topics.set_topic(plan.pk, topic.pk, FieldWrite("lead", person, "role:facilitator", 1), by=by, at=at)
    topic.refresh_from_db()
    assert (topic.lead, topic.lead_role, topics.shown(topic, "lead")) == (office.people["tech"], "", person)
    topics.set_topic(plan.pk, topic.pk, FieldWrite("lead", "", person, 2), by=by, at=at)
    topic.refresh_from_db()
    assert (topic.lead, topic.lead_role, topics.shown(topic, "lead")) == (None, "", "")


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        ("title", "", "required"),
        ("title", "长" * 121, "too_long"),
        ("minutes", "0", "range"),
        ("minutes", "many", "number"),
        ("outcome", "长" * 201, "too_long"),
        ("lead", "role:king", "unknown"),
        ("lead", "somebody", "unknown"),
        ("lead", "person:nonsense", "person"),
        ("position", "3", "unknown"),
    ],
)
def test_a_value_that_cannot_be_used_changes_nothing(office, plan, at, field, value, reason):
    topic = topics_of(plan.pk)[0]
    before = everything()
    with pytest.raises(BadValue) as refused:
        topics.set_topic(plan.pk, topic.pk, FieldWrite(field, value, "", 1), by=office.actor("product"), at=at)
    assert refused.value.facts["reason"] == reason
    assert everything() == before


def test_two_people_writing_the_minutes_of_one_topic_conflict(office, plan, at):
    by, topic = office.actor("product"), topics_of(plan.pk)[1]
    topics.set_topic(plan.pk, topic.pk, FieldWrite("minutes", "20", "15", 1), by=by, at=at)
    before = everything()
    with pytest.raises(Conflict) as refused:
        topics.set_topic(plan.pk, topic.pk, FieldWrite("minutes", "25", "15", 1), by=by, at=at)
    assert refused.value.facts["theirs"] == "20"
    assert everything() == before


@pytest.mark.parametrize(
    ("which", "to", "order"),
    [
        (0, "down", [1, 0, 2, 3, 4]),
        (2, "up", [0, 2, 1, 3, 4]),
        (0, "up", [0, 1, 2, 3, 4]),
        (4, "down", [0, 1, 2, 3, 4]),
        (0, "4", [1, 2, 3, 0, 4]),
        (4, "1", [4, 0, 1, 2, 3]),
        (1, "99", [0, 2, 3, 4, 1]),
    ],
)
def test_topics_move_up_down_and_to_a_place(office, plan, at, which, to, order):
    before = topics_of(plan.pk)
    topics.move_topic(plan.pk, before[which].pk, to, by=office.actor("product"), at=at)
    assert [t.pk for t in topics_of(plan.pk)] == [before[n].pk for n in order]


@pytest.mark.parametrize("to", ["", "sideways", "0", "-1"])
def test_there_is_no_other_way_to_move(office, plan, at, to):
    before = everything()
    with pytest.raises(BadValue):
        topics.move_topic(plan.pk, topics_of(plan.pk)[0].pk, to, by=office.actor("product"), at=at)
    assert everything() == before


def test_a_topic_taken_off_comes_back_where_it_was(office, plan, at):
    before, topic = titles(plan), topics_of(plan.pk)[2]
    by = office.actor("product")
    topics.remove_topic(plan.pk, topic.pk, by=by, at=at)
    assert titles(plan) == before[:2] + before[3:]
    with pytest.raises(NotFound):
        topics.set_topic(plan.pk, topic.pk, FieldWrite("title", "x", "", 2), by=by, at=at)
    topics.bring_back_topic(plan.pk, topic.pk, by=by, at=at)
    assert titles(plan) == before


def test_a_topic_of_another_meeting_is_not_found(office, plan, at):
    topic = topics_of(a_plan(office).pk)[0]
    before = everything()
    with pytest.raises(NotFound):
        topics.remove_topic(plan.pk, topic.pk, by=office.actor("product"), at=at)
    assert everything() == before


def test_the_guide_is_not_laid_over_an_agenda(office, plan, at):
    before = everything()
    assert fill_with_guide(plan.pk, by=office.actor("product"), at=at) == []
    assert everything() == before


def test_the_guides_titles_exist_in_each_language():
    assert {language: len(words) for language, words in TITLES.items()} == {"zh-hans": 5, "zh-hant": 5, "en": 5}


def test_a_file_is_kept_by_its_content_and_fetched_under_its_own_name(office, plan, at):
    by = office.actor("product")
    material = materials.add_file(
        plan.pk, io.BytesIO(b"%PDF-1.7 x"), "C:\\Users\\a\\进度表.pdf", topic_id=topics_of(plan.pk)[1].pk, by=by, at=at
    )
    assert (material.name, material.size, material.topic) == ("进度表.pdf", 10, topics_of(plan.pk)[1])
    assert path_of(material.sha256).read_bytes() == b"%PDF-1.7 x"


def test_an_empty_or_too_large_file_is_refused(office, plan, at, settings):
    by, before = office.actor("product"), everything()
    with pytest.raises(FileEmpty):
        materials.add_file(plan.pk, io.BytesIO(b""), "a.txt", by=by, at=at)

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            return b"x" * size

    with pytest.raises(FileTooLarge):
        materials.add_file(plan.pk, Endless(), "a.txt", by=by, at=at)
    with pytest.raises(BadValue):
        materials.add_file(plan.pk, io.BytesIO(b"x"), " / ", by=by, at=at)
    assert everything() == before


def test_a_link_is_http_or_https(office, plan, at):
    by = office.actor("product")
    kept = materials.add_link(plan.pk, "https://example.com/q3", by=by, at=at)
    assert (kept.name, kept.url) == ("https://example.com/q3", "https://example.com/q3")
    before = everything()
    with pytest.raises(BadValue):
        materials.add_link(plan.pk, "javascript:alert(1)", by=by, at=at)
    with pytest.raises(NotFound):
        materials.add_link(plan.pk, "https://example.com", topic_id="nonsense", by=by, at=at)
    assert everything() == before


def test_a_material_removed_comes_back(office, plan, at):
    by = office.actor("product")
    material = materials.add_link(plan.pk, "https://example.com/q3", by=by, at=at)
    materials.remove_material(plan.pk, material.pk, by=by, at=at)
    assert materials_of(plan.pk) == []
    materials.bring_back_material(plan.pk, material.pk, by=by, at=at)
    assert materials_of(plan.pk) == [material]


@pytest.mark.parametrize(("who", "refusal"), [("tech", NotAllowed), ("stranger", NotFound)])
def test_others_change_no_agenda(office, plan, at, who, refusal):
    by, before = office.actor(who), everything()
    topic = topics_of(plan.pk)[0]
    acts = (
        lambda: topics.add_topic(plan.pk, "x", by=by, at=at),
        lambda: topics.set_topic(plan.pk, topic.pk, FieldWrite("title", "x", "", 1), by=by, at=at),
        lambda: topics.move_topic(plan.pk, topic.pk, "down", by=by, at=at),
        lambda: topics.remove_topic(plan.pk, topic.pk, by=by, at=at),
        lambda: materials.add_link(plan.pk, "https://example.com", by=by, at=at),
        lambda: materials.add_file(plan.pk, io.BytesIO(b"x"), "a.txt", by=by, at=at),
    )
    for act in acts:
        with pytest.raises(refusal):
            act()
    assert everything() == before


def test_the_agenda_of_a_cancelled_meeting_stays(office, plan, at):
    by = office.actor("product")
    cancel(plan.pk, "", by=by, at=at)
    before = everything()
    with pytest.raises(WrongStage):
        topics.add_topic(plan.pk, "x", by=by, at=at)
    assert everything() == before
