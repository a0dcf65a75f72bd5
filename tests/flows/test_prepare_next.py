# SPDX-License-Identifier: Apache-2.0
"""The next meeting out of this one: once, with what was parked."""

from datetime import timedelta

import pytest

from huiyao.domain.record import Kind
from huiyao.domain.refusals import BadValue, NotAllowed, NotFound, WrongStage
from huiyao.features.agenda.models import Topic
from huiyao.features.agenda.reads import topics_of
from huiyao.features.meetings.commands.cancel import cancel
from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings.commands import close, edit_record, go_to_topic, park, start
from huiyao.features.sittings.reads.facts import read_parts
from huiyao.flows.begin_plan import begin_like
from huiyao.flows.prepare_next import prepare_next
from huiyao.plumbing.models import AuditRow
from huiyao.project.wiring import wire
from huiyao.room.edits import Add, Delete
from tests.builders.sittings import STARTS, Held, an_invited_meeting

pytestmark = pytest.mark.django_db(transaction=True)
END = STARTS + timedelta(minutes=50)


@pytest.fixture
def held() -> Held:
    wire()
    meeting = an_invited_meeting()
    start(meeting.id, by=meeting.actor("host"), at=STARTS)
    return meeting


def parked(held: Held, text: str, owner: str = "", kind: Kind = Kind.PARKED) -> str:
    added = Add(kind, str(held.topics[1].pk), text)
    entry = edit_record(held.id, [added], by=held.actor("recorder")).ids[0]
    if owner:
        park(held.id, entry, by=held.actor("recorder"), at=STARTS, person_id=str(held.people[owner].pk))
    return entry


def prepare(held: Held, who: str = "host", **more: str) -> Meeting:
    return Meeting.objects.get(pk=prepare_next(held.id, by=held.actor(who), at=END, **more))


def titles(meeting: Meeting) -> list[str]:
    return [topic.title for topic in topics_of(meeting.pk)]


def test_the_plan_has_seats_topics_and_roles_of_this_one_and_the_focus_as_objective(held: Held) -> None:
    entry = parked(held, "展位 预算\n下次谈", "seat")
    close(held.id, by=held.actor("host"), at=END, next_focus="补货执行得怎样")
    plan = prepare(held, starts_at="2026-12-08T10:00")
    assert (plan.continues_id, plan.stage, plan.objective) == (held.meeting.pk, "preparing", "补货执行得怎样")
    assert (plan.organiser_id, plan.host_id) == (held.people["host"].pk, held.people["host"].pk)
    assert (plan.recorder_id, plan.seats.count()) == (held.people["recorder"].pk, 2)
    assert plan.starts_at is not None
    assert plan.starts_at.isoformat() == "2026-12-08T02:00:00+00:00"
    assert titles(plan) == ["开场", "问题", "展位 预算 下次谈", "收尾"]
    topic = topics_of(plan.pk)[2]
    assert (topic.from_entry, topic.lead_id) == (entry, held.people["seat"].pk)
    assert read_parts(held.id, ["meeting"])[1]["meeting"]["next_meeting"] == str(plan.pk)
    assert AuditRow.objects.get(act="meeting.next").facts["title"] == plan.title


def test_asked_again_it_is_the_same_plan_with_what_was_parked_since(held: Held) -> None:
    parked(held, "展位预算")
    first = prepare(held)
    assert first.objective == held.meeting.objective
    parked(held, "品牌改名")
    close(held.id, by=held.actor("host"), at=END, next_focus="看执行")
    again = prepare(held)
    assert again.pk == first.pk
    assert titles(again) == ["开场", "问题", "展位预算", "品牌改名", "收尾"]
    assert again.objective == "看执行"
    assert titles(prepare(held)) == titles(again)
    assert Meeting.objects.count() == 2


def test_what_the_organiser_took_off_or_reworded_stays_as_it_is(held: Held) -> None:
    entry = parked(held, "展位预算")
    plan = prepare(held)
    Topic.objects.filter(from_entry=entry).update(removed_at=END)
    Meeting.objects.filter(pk=plan.pk).update(objective="自己写的目标")
    close(held.id, by=held.actor("host"), at=END, next_focus="看执行")
    again = prepare(held, starts_at="2026-12-08T10:00")
    assert (titles(again), again.objective) == (["开场", "问题", "收尾"], "自己写的目标")
    later = prepare(held, starts_at="2026-12-09T10:00")
    assert later.starts_at == again.starts_at


def test_a_cancelled_plan_is_replaced_and_takes_the_parked_ones_again(held: Held) -> None:
    parked(held, "展位预算")
    first = prepare(held)
    cancel(first.pk, "不开了", by=held.actor("host"), at=END)
    second = prepare(held)
    assert second.pk != first.pk
    assert titles(second) == ["开场", "问题", "展位预算", "收尾"]


def test_neither_deleted_nor_blank_entries_become_topics_and_a_long_one_is_cut(held: Held) -> None:
    gone = parked(held, "删了的")
    edit_record(held.id, [Delete(gone)], by=held.actor("recorder"))
    parked(held, " \u200b\n")
    parked(held, "长" * 300)
    parked(held, "记要不算", kind=Kind.NOTE)
    assert titles(prepare(held)) == ["开场", "问题", "长" * 120, "收尾"]


def test_a_department_that_owns_it_is_led_by_its_head_and_who_has_left_leads_nothing(held: Held) -> None:
    department = held.people["seat"].department
    assert department is not None
    department.head = held.people["seat"]
    department.save()
    entry = parked(held, "展位预算")
    park(held.id, entry, by=held.actor("recorder"), at=STARTS, department_id=str(department.pk))
    parked(held, "品牌改名", "recorder")
    held.people["recorder"].is_active = False
    held.people["recorder"].save()
    leads = [topic.lead_id for topic in topics_of(prepare(held).pk)]
    assert leads == [None, None, held.people["seat"].pk, None, None]


def test_a_subject_taken_up_and_discussed_is_not_on_the_plan_after_that_one_left_undone_is(held: Held) -> None:
    for title, entry in (("谈过的", "entry-000001"), ("没谈的", "entry-000002")):
        Topic.objects.create(meeting=held.meeting, title=title, position=7, minutes=5, from_entry=entry)
    done = Topic.objects.get(title="谈过的")
    go_to_topic(held.id, str(done.pk), by=held.actor("host"), at=STARTS)
    assert titles(prepare(held)) == ["开场", "问题", "收尾", "没谈的"]


@pytest.mark.parametrize(
    ("who", "refusal"),
    [("recorder", NotAllowed), ("seat", NotAllowed), ("informed", NotAllowed), ("outside", NotFound)],
)
def test_only_host_and_organiser_prepare(held: Held, who: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        prepare(held, who)
    assert Meeting.objects.count() == 1


def test_a_time_that_is_none_or_past_makes_no_plan(held: Held) -> None:
    for starts_at in ("soon", "2020-01-01T10:00"):
        with pytest.raises(BadValue):
            prepare(held, starts_at=starts_at)
    assert Meeting.objects.count() == 1


def test_before_it_has_begun_there_is_nothing_to_go_on_from() -> None:
    wire()
    invited = an_invited_meeting()
    with pytest.raises(WrongStage):
        prepare(invited)
    copied = Meeting.objects.get(pk=begin_like(invited.id, by=invited.actor("host"), at=END))
    assert copied.continues_id is None


def test_a_copy_made_by_hand_after_the_meeting_continues_it(held: Held) -> None:
    copied = begin_like(held.id, by=held.actor("host"), at=END)
    assert Meeting.objects.get(pk=copied).continues_id == held.meeting.pk
    assert prepare(held).pk == copied
