# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from huiyao.domain.refusals import BadValue, Conflict, NotAllowed, NotFound, WrongStage
from huiyao.domain.review import AnswerState, NotApproved, State, WindowClosed
from huiyao.features.actions.models import Action
from huiyao.features.minutes.access import get_minutes_for
from huiyao.features.minutes.commands import answering, circulating, closing, drafting, editing, objections, reviewing
from huiyao.features.minutes.commands.objections import Correction
from huiyao.features.minutes.models import Answer, Circulation, Minutes, MinutesVersion, Objection
from huiyao.features.minutes.reads import broken_versions, current_version, paper_in, recipients_for, stamp_of
from huiyao.plumbing.models import Message
from tests.builders.minutes import ENDED, a_company, a_draft, a_snapshot, circulated, in_review

pytestmark = pytest.mark.django_db(transaction=True)
LATER = ENDED + timedelta(hours=1, minutes=5)
WAS = "必做清单由市场部出，技术部收到后两天内回复。"


def paper_of(company):
    return paper_in(current_version(Minutes.objects.get(meeting=company.meeting)))


def test_the_draft_holds_the_meetings_facts_and_starts_two_clocks():
    company = a_company()
    minutes = a_draft(company)
    paper = paper_of(company)
    assert (paper.minutes.title, paper.minutes.place) == ("订单页改版协调会", "3 楼东会议室")
    assert (paper.minutes.host, paper.minutes.recorder) == ("林乔（产品部）", "周澜（运营部）")
    assert paper.minutes.starts_at is not None
    assert paper.minutes.starts_at.hour == 14
    assert minutes.draft_due_at == datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
    assert minutes.circulate_due_at == datetime(2026, 11, 25, 7, 30, tzinfo=UTC)


def test_a_host_who_chose_plain_hours_has_plain_clocks():
    company = a_company(plain_hours=True)
    minutes = a_draft(company)
    assert not minutes.working
    assert minutes.circulate_due_at == ENDED + timedelta(hours=24)


def test_the_same_snapshot_twice_is_one_draft(unchanged):
    company = a_company()
    a_draft(company)
    before = unchanged()
    a_draft(company, at=LATER)
    assert unchanged() == before


def test_reopening_voids_the_draft_and_the_next_snapshot_revives_it_keeping_the_trace():
    company = a_company()
    a_draft(company)
    assert drafting.void_draft(company.meeting.pk, snapshot=1, by=company.host, at=LATER)
    with pytest.raises(NotFound):
        reviewing.submit(company.meeting.pk, by=company.recorder, at=LATER)
    drafting.draft_from_snapshot(company.meeting.pk, a_snapshot(company, 2), at=LATER)
    assert [v.number for v in MinutesVersion.objects.all()] == [1, 2]
    assert Minutes.objects.get().snapshot == 2


def test_a_submitted_draft_is_not_voided(unchanged):
    company = a_company()
    in_review(company)
    before = unchanged()
    with pytest.raises(WrongStage):
        drafting.void_draft(company.meeting.pk, snapshot=1, by=company.host, at=LATER)
    assert unchanged() == before


def test_one_author_writes_on_one_version_and_another_begins_the_next():
    company = a_company()
    a_draft(company)
    at = ENDED + timedelta(minutes=5)
    editing.edit_line(company.meeting.pk, "deci-1", "甲", was=WAS, by=company.recorder, at=at)
    editing.edit_line(company.meeting.pk, "deci-1", "乙", was="甲", by=company.recorder, at=at)
    editing.edit_line(company.meeting.pk, "deci-1", "丙", was="乙", by=company.host, at=at)
    versions = list(MinutesVersion.objects.order_by("number"))
    assert [(v.cause, bool(v.sealed_at)) for v in versions] == [("draft", True), ("edit", True), ("edit", False)]
    assert broken_versions(Minutes.objects.get()) == []


def test_a_changed_version_or_a_broken_chain_is_found():
    company = a_company()
    in_review(company)
    editing.edit_line(company.meeting.pk, "deci-1", "甲", was=WAS, by=company.recorder, at=LATER)
    circulating.approve_and_send(company.meeting.pk, by=company.host, at=LATER)
    minutes = Minutes.objects.get()
    assert broken_versions(minutes) == []
    version = MinutesVersion.objects.get(number=1)
    version.content["minutes"]["title"] = "别的会"
    version.save()
    assert broken_versions(minutes) == [1]


def test_two_who_write_different_lines_do_not_disturb_each_other():
    company = a_company()
    a_draft(company)
    editing.edit_line(company.meeting.pk, "deci-1", "甲", was=WAS, by=company.host, at=LATER)
    editing.edit_line(company.meeting.pk, "park-1", "乙", was="会员价展示另找时间谈。", by=company.recorder, at=LATER)
    lines = paper_of(company).minutes
    assert (lines.decisions[0].text, lines.parked[0].text) == ("甲", "乙")


def test_an_edited_action_carries_names_and_ids():
    company = a_company()
    a_draft(company)
    known = paper_of(company).commitments[0]
    changed = replace(known, person=str(company.people["sales"].pk), due=date(2026, 12, 9))
    editing.edit_action(company.meeting.pk, changed, was=stamp_of(known), by=company.recorder, at=LATER)
    assert paper_of(company).minutes.actions[0].person == "赵凝"


REFUSED = {
    "an edit by an attendee": (NotFound, lambda c: editing.edit_line(c.meeting.pk, "deci-1", "x", was=WAS, by=c.actor("tech"), at=LATER)),
    "an edit by the coordinator": (NotAllowed, lambda c: editing.edit_line(c.meeting.pk, "deci-1", "x", was=WAS, by=c.actor("coordinator"), at=LATER)),
    "an edit of what reads otherwise": (Conflict, lambda c: editing.edit_line(c.meeting.pk, "deci-1", "x", was="别的", by=c.recorder, at=LATER)),
    "an edit of an unknown line": (NotFound, lambda c: editing.edit_line(c.meeting.pk, "nowhere", "x", was="", by=c.recorder, at=LATER)),
    "an empty line": (BadValue, lambda c: editing.edit_line(c.meeting.pk, "deci-1", " ", was=WAS, by=c.recorder, at=LATER)),
    "an action seen otherwise": (Conflict, lambda c: editing.edit_action(c.meeting.pk, paper_of(c).commitments[0], was="old", by=c.recorder, at=LATER)),
    "an action taken out meanwhile": (NotFound, lambda c: editing.edit_action(c.meeting.pk, replace(paper_of(c).commitments[0], id="gone"), was="old", by=c.recorder, at=LATER)),
    "an unknown kind": (BadValue, lambda c: editing.add_line(c.meeting.pk, "joke", "x", by=c.recorder, at=LATER)),
    "taking out what reads otherwise": (Conflict, lambda c: editing.remove_line(c.meeting.pk, "deci-1", was="x", by=c.recorder, at=LATER)),
    "a submission by a stranger": (NotFound, lambda c: reviewing.submit(c.meeting.pk, by=c.actor("stranger"), at=LATER)),
    "a submission from an old page": (Conflict, lambda c: reviewing.submit(c.meeting.pk, by=c.recorder, at=LATER, seen=0)),
    "an approval before submission": (WrongStage, lambda c: reviewing.approve(c.meeting.pk, by=c.host, at=LATER)),
    "an approval by the recorder": (NotAllowed, lambda c: reviewing.approve(c.meeting.pk, by=c.recorder, at=LATER)),
    "sending a draft": (WrongStage, lambda c: circulating.approve_and_send(c.meeting.pk, by=c.host, at=LATER)),
    "a remark without words": (BadValue, lambda c: reviewing.comment(c.meeting.pk, "deci-1", " ", by=c.recorder, at=LATER)),
    "a remark on an unknown line": (NotFound, lambda c: reviewing.comment(c.meeting.pk, "x", "y", by=c.recorder, at=LATER)),
    "a remark by an attendee": (NotFound, lambda c: reviewing.comment(c.meeting.pk, "deci-1", "y", by=c.actor("tech"), at=LATER)),
    "a hint put aside without reason": (BadValue, lambda c: reviewing.dismiss_hint(c.meeting.pk, "k", "", by=c.recorder, at=LATER)),
    "an answer before sending": (NotFound, lambda c: answering.confirm(c.meeting.pk, by=c.actor("tech"), at=LATER)),
    "reopening a draft": (WrongStage, lambda c: reviewing.reopen(c.meeting.pk, "x", by=c.host, at=LATER)),
    "minutes of no meeting": (NotFound, lambda c: reviewing.submit("not-an-id", by=c.recorder, at=LATER)),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_draft_refuses_and_nothing_changes(what, unchanged):
    company = a_company()
    a_draft(company)
    refusal, act = REFUSED[what]
    before = unchanged()
    with pytest.raises(refusal):
        act(company)
    assert unchanged() == before


REFUSED_SENT = {
    "an edit": (WrongStage, lambda c, _: editing.edit_line(c.meeting.pk, "deci-1", "x", was=WAS, by=c.recorder, at=LATER)),
    "an answer of the recorder": (NotAllowed, lambda c, _: answering.confirm(c.meeting.pk, by=c.recorder, at=LATER)),
    "an answer of a stranger": (NotFound, lambda c, _: answering.confirm(c.meeting.pk, by=c.actor("stranger"), at=LATER)),
    "an empty objection": (BadValue, lambda c, _: answering.object_to(c.meeting.pk, "deci-1", " ", by=c.actor("tech"), at=LATER)),
    "an endless objection": (BadValue, lambda c, _: answering.object_to(c.meeting.pk, "deci-1", "长" * 2001, by=c.actor("tech"), at=LATER)),
    "an objection to no line": (NotFound, lambda c, _: answering.object_to(c.meeting.pk, "x", "y", by=c.actor("tech"), at=LATER)),
    "an objection after the window": (WindowClosed, lambda c, s: answering.object_to(c.meeting.pk, "deci-1", "y", by=c.actor("tech"), at=s.window_ends_at)),
    "a confirmation after the window": (WindowClosed, lambda c, s: answering.confirm(c.meeting.pk, by=c.actor("tech"), at=s.window_ends_at)),
    "declining an unknown objection": (NotFound, lambda c, _: objections.decline(c.meeting.pk, c.meeting.pk, "x", by=c.recorder, at=LATER)),
    "sending twice": (WrongStage, lambda c, _: circulating.circulate(c.meeting.pk, by=c.host, at=LATER)),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED_SENT)
def test_sent_minutes_refuse_and_nothing_changes(what, unchanged):
    company = a_company()
    sent = circulated(company)
    refusal, act = REFUSED_SENT[what]
    before = unchanged()
    with pytest.raises(refusal):
        act(company, sent)
    assert unchanged() == before


def test_sending_without_approval_is_refused(unchanged):
    company = a_company()
    in_review(company)
    before = unchanged()
    with pytest.raises(NotApproved):
        circulating.circulate(company.meeting.pk, by=company.host, at=LATER)
    assert unchanged() == before


def test_an_edit_after_approval_needs_another():
    company = a_company()
    in_review(company)
    reviewing.approve(company.meeting.pk, by=company.host, at=LATER)
    editing.edit_line(company.meeting.pk, "deci-1", "甲", was=WAS, by=company.recorder, at=LATER)
    with pytest.raises(NotApproved):
        circulating.circulate(company.meeting.pk, by=company.host, at=LATER)


def test_recipients_are_all_but_the_host_and_only_the_recorder_is_not_asked():
    company = a_company()
    a_draft(company)
    found = {r.person.login: r.asked for r in recipients_for(company.meeting, paper_of(company))}
    assert found == {"coordinator": True, "market": True, "tech": True, "sales": True, "ops": False}


def test_who_has_left_gets_nothing():
    company = a_company()
    company.people["sales"].is_active = False
    company.people["sales"].save()
    circulated(company)
    assert not Message.objects.filter(recipient="赵凝").exists()


def test_confirming_twice_is_once(unchanged):
    company = a_company()
    circulated(company)
    assert answering.confirm(company.meeting.pk, by=company.actor("tech"), at=LATER) == 1
    before = unchanged()
    assert answering.confirm(company.meeting.pk, by=company.actor("tech"), at=LATER) == 0
    assert unchanged() == before


def objected(company, line="deci-1", text="应为工作日"):
    sent = circulated(company)
    return sent, answering.object_to(company.meeting.pk, line, text, by=company.actor("tech"), at=LATER)


def test_the_same_objection_twice_is_one(unchanged):
    company = a_company()
    _, objection = objected(company)
    before = unchanged()
    again = answering.object_to(company.meeting.pk, "deci-1", "应为工作日", by=company.actor("tech"), at=LATER)
    assert again.pk == objection.pk
    assert unchanged() == before


def test_an_open_objection_holds_the_minutes_and_declining_releases_them():
    company = a_company()
    sent, objection = objected(company)
    assert not closing.close_window(company.meeting.pk, at=sent.window_ends_at)
    assert Answer.objects.filter(state=AnswerState.SILENT).count() == 3
    after = sent.window_ends_at + timedelta(hours=1)
    objections.decline(company.meeting.pk, objection.pk, "会上就是这样定的", by=company.recorder, at=after)
    assert closing.close_window(company.meeting.pk, at=after)
    assert Minutes.objects.get().state == State.FINAL
    assert Message.objects.filter(recipient="许恒", text__contains="会上就是这样定的").exists()
    with pytest.raises(WrongStage):
        objections.decline(company.meeting.pk, objection.pk, "再说", by=company.recorder, at=after)


def test_accepting_makes_a_version_sends_the_changed_part_and_opens_a_new_window():
    company = a_company()
    sent, objection = objected(company)
    at = sent.window_ends_at - timedelta(minutes=10)
    correction = Correction({"deci-1": "收到清单后两个工作日内回复。"}, notice="期限写明为工作日")
    again = objections.accept(company.meeting.pk, objection.pk, correction, by=company.recorder, at=at)
    assert (again.number, again.changed) == (2, ["deci-1"])
    assert Answer.objects.filter(circulation=again, asked=True).count() == 4
    minutes = paper_of(company).minutes
    assert (minutes.version, minutes.correction) == (2, "期限写明为工作日")
    assert not closing.close_window(company.meeting.pk, at=sent.window_ends_at)
    assert closing.close_window(company.meeting.pk, at=again.window_ends_at)
    mail = Message.objects.get(key=f"minutes:{again.pk}:{company.people['tech'].pk}")
    assert "收到清单后两个工作日内回复。" in mail.text
    assert Objection.objects.get().version.number == 2


def test_a_corrected_action_asks_only_those_in_it_and_keeps_its_row():
    company = a_company()
    sent, objection = objected(company, "acti-2", "应为 12 月 9 日")
    row = Action.objects.get(entry="acti-2")
    known = next(c for c in paper_of(company).commitments if c.id == "acti-2")
    correction = Correction(commitments=(replace(known, due=date(2026, 12, 9)),))
    again = objections.accept(company.meeting.pk, objection.pk, correction, by=company.recorder, at=LATER)
    asked = Answer.objects.filter(circulation=again, asked=True).values_list("person__login", flat=True)
    assert set(asked) == {"tech", "market"}
    assert Action.objects.get(entry="acti-2").pk == row.pk
    assert Action.objects.get(entry="acti-2").due == date(2026, 12, 9)
    assert Action.objects.count() == 3
    assert Circulation.objects.count() == 2
    assert again.window_ends_at >= sent.window_ends_at


def test_a_correction_that_changes_nothing_is_refused(unchanged):
    company = a_company()
    _, objection = objected(company)
    before = unchanged()
    with pytest.raises(BadValue):
        objections.accept(company.meeting.pk, objection.pk, Correction({"deci-1": WAS}), by=company.recorder, at=LATER)
    with pytest.raises(NotAllowed):
        objections.accept(
            company.meeting.pk, objection.pk, Correction({"deci-1": "x"}), by=company.actor("tech"), at=LATER
        )
    assert unchanged() == before


def test_corrections_within_minutes_are_one_message_with_everything_that_changed():
    company = a_company()
    _, first = objected(company)
    second = answering.object_to(company.meeting.pk, "note-1", "份数", by=company.actor("sales"), at=LATER)
    told = Message.objects.filter(recipient="周澜", kind="review").exclude(state="retired").get()
    assert "应为工作日" in told.text
    assert "份数" in told.text
    corrections = ((first, {"deci-1": "两个工作日内回复。"}), (second, {"note-1": "问卷已回收 321 份。"}))
    for minutes, (objection, texts) in enumerate(corrections):
        at = LATER + timedelta(minutes=minutes)
        objections.accept(company.meeting.pk, objection.pk, Correction(texts), by=company.recorder, at=at)
    rows = Message.objects.filter(recipient="陈墨", bundle=f"minutes:{company.meeting.pk}")
    text = rows.exclude(state="retired").get().text
    for words in (
        "两个工作日内回复。",
        WAS,
        "问卷已回收 321 份。",
        "问卷已回收 312 份，结论本周整理完。",
        "应为工作日",
    ):
        assert words in text


def test_of_two_who_accept_at_once_the_second_is_told_and_changes_nothing(unchanged):
    company = a_company()
    _, first = objected(company)
    second = answering.object_to(company.meeting.pk, "deci-1", "应写两周", by=company.actor("sales"), at=LATER)
    shown = current_version(Minutes.objects.get()).number
    correction = Correction({"deci-1": "两个工作日内回复。"})
    objections.accept(company.meeting.pk, first.pk, correction, by=company.host, at=LATER, seen=shown)
    before = unchanged()
    with pytest.raises(Conflict) as told:
        objections.accept(
            company.meeting.pk,
            second.pk,
            Correction({"deci-1": "两周内回复。"}),
            by=company.recorder,
            at=LATER,
            seen=shown,
        )
    assert (told.value.facts["theirs"], told.value.facts["yours"]) == ("两个工作日内回复。", "两周内回复。")
    assert unchanged() == before


def test_final_minutes_opened_again_stay_readable_as_sent_until_a_new_version_goes_out():
    company = a_company()
    sent = circulated(company)
    closing.close_window(company.meeting.pk, at=sent.window_ends_at)
    after = sent.window_ends_at + timedelta(days=1)
    reviewing.reopen(company.meeting.pk, "人名写错", by=company.host, at=after)
    editing.edit_line(company.meeting.pk, "deci-1", "改过", was=WAS, by=company.recorder, at=after)
    from_outside = get_minutes_for(company.actor("tech"), company.meeting.pk)
    assert paper_in(from_outside.readable_version()).minutes.decisions[0].text == WAS
    assert from_outside.shown_state() == State.CIRCULATED
    reviewing.submit(company.meeting.pk, by=company.recorder, at=after)
    again = circulating.approve_and_send(company.meeting.pk, by=company.host, at=after)
    assert again.changed == ["deci-1"]
    assert closing.close_window(company.meeting.pk, at=again.window_ends_at)


def test_the_clock_leaves_drafts_and_unknown_meetings_alone(unchanged):
    company = a_company()
    a_draft(company)
    before = unchanged()
    assert not closing.close_window(company.meeting.pk, at=LATER + timedelta(days=9))
    assert not closing.close_window("01a20430-0000-7000-8000-000000000000", at=LATER)
    assert unchanged() == before
