# SPDX-License-Identifier: Apache-2.0
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from huiyao.domain.actions import ActionAct, ActionState
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import DutyKind
from huiyao.domain.refusals import BadValue, Conflict, NotAllowed, NotFound, WrongStage
from huiyao.features.actions.access import get_action_for
from huiyao.features.actions.commands.adopting import adopt
from huiyao.features.actions.commands.following import Said, act_on, give_support, name_owner, postpone
from huiyao.features.actions.commands.succession import hand_over_actions
from huiyao.features.actions.duties import find_duties
from huiyao.features.actions.models import Action, Postponement, ProgressUpdate, SupportDuty
from huiyao.features.actions.reads import COUNTED_TO, Counts, Filter, counts, narrowed, visible_to
from huiyao.features.minutes.models import Minutes
from huiyao.features.minutes.reads import current_version, paper_in
from huiyao.features.people.models import Person
from tests.builders.minutes import ENDED, a_company, a_draft, a_person, circulated

pytestmark = pytest.mark.django_db(transaction=True)
AT = ENDED + timedelta(hours=2)
TODAY = date(2026, 11, 25)


def adopted(**more):
    company = a_company(**more)
    circulated(company)
    return company


def of(entry):
    return Action.objects.get(entry=entry)


def commitments_of(company):
    return paper_in(current_version(Minutes.objects.get(meeting=company.meeting))).commitments


def test_a_draft_has_no_action_rows_and_circulation_makes_them_once():
    company = a_company()
    a_draft(company)
    assert not Action.objects.exists()
    circulated(company)
    assert Action.objects.count() == 3


def test_acceptance_in_the_room_is_carried_over():
    adopted()
    assert of("acti-1").accepted_at == ENDED - timedelta(minutes=5)
    assert of("acti-2").accepted_at is None
    assert of("acti-2").accept_due_at == datetime(2026, 11, 25, 8, 30, tzinfo=UTC)


def test_adopting_the_same_version_again_changes_nothing(unchanged):
    company = adopted()
    before = unchanged()
    adopt(company.meeting.pk, commitments_of(company), acceptances={}, minutes_version=1, at=AT)
    assert unchanged() == before


def test_a_correction_updates_the_same_row_keeps_given_support_and_cancels_what_was_taken_out():
    company = adopted()
    first, second, _third = commitments_of(company)
    give_support(of("acti-2").pk, SupportDuty.objects.get().pk, by=company.actor("market"), at=AT)
    act_on(of("acti-1").pk, ActionAct.PROGRESS, Said("过半", 50), by=company.actor("market"), at=AT)
    corrected = (replace(first, task="写出必做与可选清单"), replace(second, due=date(2026, 12, 9)))
    assert adopt(company.meeting.pk, corrected, acceptances={}, minutes_version=2, at=AT) == []
    assert of("acti-1").task == "写出必做与可选清单"
    assert of("acti-1").state == ActionState.IN_PROGRESS
    assert of("acti-2").due == date(2026, 12, 9)
    assert SupportDuty.objects.get(dropped_at=None).given_at == AT
    assert of("acti-3").state == ActionState.CANCELLED
    assert Action.objects.count() == 3


def test_a_new_owner_by_correction_has_to_accept_anew():
    company = adopted()
    first = replace(commitments_of(company)[0], person=str(company.people["sales"].pk))
    adopt(company.meeting.pk, (first, *commitments_of(company)[1:]), acceptances={}, minutes_version=2, at=AT)
    assert of("acti-1").accepted_at is None


def leave(company, name, successor):
    Person.objects.filter(pk=company.people[name].pk).update(is_active=False)
    leaver, heir = str(company.people[name].pk), str(company.people[successor].pk) if successor else ""
    hand_over_actions(leaver, heir, by=company.host, at=AT)


def test_a_correction_elsewhere_leaves_the_successor_of_somebody_who_left():
    company = adopted()
    sent = commitments_of(company)
    leave(company, "market", "sales")
    act_on(of("acti-1").pk, ActionAct.ACCEPT, by=company.actor("sales"), at=AT)
    corrected = (replace(sent[0], task="写出必做与可选清单"), *sent[1:])
    adopt(company.meeting.pk, corrected, acceptances={}, minutes_version=2, at=AT, before=sent)
    assert (of("acti-1").task, of("acti-1").person) == ("写出必做与可选清单", company.people["sales"])
    assert of("acti-1").accepted_at == AT
    assert SupportDuty.objects.get(dropped_at=None).person == company.people["sales"]


def test_nothing_goes_back_to_somebody_who_left_even_where_no_earlier_paper_is_known():
    company = adopted()
    leave(company, "market", "")
    adopt(company.meeting.pk, commitments_of(company), acceptances={}, minutes_version=2, at=AT)
    assert (of("acti-1").person, of("acti-1").named_by) == (None, company.people["product"])
    assert SupportDuty.objects.get(dropped_at=None).person is None


def test_a_correction_that_changes_the_owner_itself_goes_before_the_successor():
    company = adopted()
    sent = commitments_of(company)
    leave(company, "market", "sales")
    corrected = (replace(sent[0], person=str(company.people["tech"].pk)), *sent[1:])
    adopt(company.meeting.pk, corrected, acceptances={}, minutes_version=2, at=AT, before=sent)
    assert (of("acti-1").person, of("acti-1").accepted_at) == (company.people["tech"], None)


def test_a_correction_elsewhere_keeps_the_owner_named_since_and_the_date_agreed_since():
    company = adopted()
    sent = commitments_of(company)
    name_owner(of("acti-3").pk, company.people["sales"].pk, by=company.actor("sales"), at=AT)
    postpone(of("acti-1").pk, date(2026, 12, 10), "等样品", by=company.actor("market"), at=AT)
    adopt(company.meeting.pk, sent, acceptances={}, minutes_version=2, at=AT, before=sent)
    assert of("acti-3").person == company.people["sales"]
    assert of("acti-1").due == date(2026, 12, 10)


def test_ids_that_are_none_do_not_stop_the_adoption():
    company = adopted()
    odd = replace(commitments_of(company)[0], id="odd", person="nobody", department="x")
    adopt(company.meeting.pk, (*commitments_of(company), odd), acceptances={}, minutes_version=2, at=AT)
    assert (of("odd").person, of("odd").department) == (None, None)


SEEN = {
    "product": {"acti-1", "acti-2", "acti-3"},
    "coordinator": {"acti-1", "acti-2", "acti-3"},
    "market": {"acti-1", "acti-2", "acti-3"},
    "stranger": set(),
    "outsider": {"acti-1"},
    "helper": {"acti-2"},
    "boss": {"acti-2"},
    "administrator": set(),
}


@pytest.mark.parametrize("who", SEEN)
def test_list_and_page_show_the_same_actions_to_each(who):
    company = a_company()
    people = company.people
    people["outsider"] = a_person("outsider", "白露", None)
    people["helper"] = a_person("helper", "谷雨", None)
    people["boss"] = a_person("boss", "严霜", None)
    people["administrator"] = a_person("administrator", "管理", None, administrator=True)
    company.departments["tech"].head = people["boss"]
    company.departments["tech"].save()
    circulated(company)
    Action.objects.filter(entry="acti-1").update(person=people["outsider"])
    SupportDuty.objects.update(person=people["helper"])
    actor = company.actor(who)
    assert {a.entry for a in visible_to(actor)} == SEEN[who]
    for action in Action.objects.all():
        if action.entry in SEEN[who]:
            assert get_action_for(actor, action.pk).action == action
        else:
            with pytest.raises(NotFound):
                get_action_for(actor, action.pk)


def test_the_owner_takes_an_action_from_open_to_done_and_back():
    company = adopted()
    owner, key = company.actor("tech"), of("acti-2").pk
    act_on(key, ActionAct.ACCEPT, by=owner, at=AT)
    act_on(key, ActionAct.PROGRESS, Said("读完了", 40), by=owner, at=AT)
    act_on(key, ActionAct.FINISH, by=owner, at=AT)
    done = of("acti-2")
    assert (done.state, done.percent, done.done_on) == (ActionState.DONE, 100, date(2026, 11, 24))
    act_on(key, ActionAct.REOPEN, by=owner, at=AT)
    assert of("acti-2").done_on is None
    assert list(ProgressUpdate.objects.order_by("id").values_list("act", flat=True)) == [
        "accept", "progress", "finish", "reopen",
    ]  # fmt: skip


def test_working_on_it_is_taking_it():
    company = adopted()
    act_on(of("acti-2").pk, ActionAct.PROGRESS, Said("", 10), by=company.actor("tech"), at=AT)
    assert of("acti-2").accepted_at == AT


def test_a_postponement_keeps_old_date_reason_and_who_agreed():
    company = adopted()
    postpone(of("acti-2").pk, date(2026, 12, 15), "等数据", agreed_by=company.host.id, by=company.actor("tech"), at=AT)
    kept = Postponement.objects.get()
    assert (kept.from_due, kept.to_due, kept.reason, kept.agreed_by) == (
        date(2026, 12, 8), date(2026, 12, 15), "等数据", company.people["product"],
    )  # fmt: skip
    assert (of("acti-2").due, of("acti-2").state) == (date(2026, 12, 15), ActionState.POSTPONED)


def test_the_head_names_the_owner_who_was_left_open():
    company = adopted()
    name_owner(of("acti-3").pk, company.people["tech"].pk, by=company.actor("sales"), at=AT)
    assert of("acti-3").person == company.people["tech"]
    assert of("acti-3").accepted_at is None


REFUSED = {
    "an act of a stranger": (NotFound, lambda c: act_on(of("acti-2").pk, ActionAct.FINISH, by=c.actor("stranger"), at=AT)),
    "an act of another attendee": (NotAllowed, lambda c: act_on(of("acti-2").pk, ActionAct.FINISH, by=c.actor("sales"), at=AT)),
    "an acceptance by the host": (NotAllowed, lambda c: act_on(of("acti-2").pk, ActionAct.ACCEPT, by=c.host, at=AT)),
    "a cancellation by the owner": (NotAllowed, lambda c: act_on(of("acti-2").pk, ActionAct.CANCEL, Said("x"), by=c.actor("tech"), at=AT)),
    "a cancellation without reason": (BadValue, lambda c: act_on(of("acti-2").pk, ActionAct.CANCEL, by=c.host, at=AT)),
    "contesting without reason": (BadValue, lambda c: act_on(of("acti-2").pk, ActionAct.CONTEST, by=c.actor("tech"), at=AT)),
    "endless words": (BadValue, lambda c: act_on(of("acti-2").pk, ActionAct.PROGRESS, Said("长" * 501), by=c.actor("tech"), at=AT)),
    "a percentage over a hundred": (BadValue, lambda c: act_on(of("acti-2").pk, ActionAct.PROGRESS, Said("x", 101), by=c.actor("tech"), at=AT)),
    "an old page": (Conflict, lambda c: act_on(of("acti-2").pk, ActionAct.FINISH, by=c.actor("tech"), at=AT, seen=99)),
    "reopening what is open": (WrongStage, lambda c: act_on(of("acti-2").pk, ActionAct.REOPEN, by=c.actor("tech"), at=AT)),
    "postponing to an earlier day": (BadValue, lambda c: postpone(of("acti-2").pk, date(2026, 12, 1), "x", by=c.actor("tech"), at=AT)),
    "postponing without reason": (BadValue, lambda c: postpone(of("acti-2").pk, date(2026, 12, 30), " ", by=c.actor("tech"), at=AT)),
    "postponing agreed by nobody known": (BadValue, lambda c: postpone(of("acti-2").pk, date(2026, 12, 30), "x", agreed_by=c.meeting.pk, by=c.actor("tech"), at=AT)),
    "naming by an attendee": (NotAllowed, lambda c: name_owner(of("acti-3").pk, c.people["tech"].pk, by=c.actor("tech"), at=AT)),
    "naming nobody known": (BadValue, lambda c: name_owner(of("acti-3").pk, "x", by=c.actor("sales"), at=AT)),
    "support of another's": (NotAllowed, lambda c: give_support(of("acti-2").pk, SupportDuty.objects.get().pk, by=c.actor("sales"), at=AT)),
    "unknown support": (NotFound, lambda c: give_support(of("acti-2").pk, c.meeting.pk, by=c.actor("market"), at=AT)),
    "no such action": (NotFound, lambda c: act_on(c.meeting.pk, ActionAct.FINISH, by=c.actor("tech"), at=AT)),
    "no id at all": (NotFound, lambda c: act_on("x", ActionAct.FINISH, by=c.actor("tech"), at=AT)),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_refused_act_changes_nothing(what, unchanged):
    company = adopted()
    refusal, act = REFUSED[what]
    before = unchanged()
    with pytest.raises(refusal):
        act(company)
    assert unchanged() == before


def test_what_is_done_is_counted_only_so_far():
    company = adopted()
    late = date(2026, 12, 10)
    Action.objects.bulk_create(
        Action(
            meeting=company.meeting, entry=f"more-{n}", task="再做一件", number=9, person=company.people["tech"],
            state=ActionState.DONE, accept_due_at=AT, adopted_at=AT, minutes_version=1,
        )
        for n in range(COUNTED_TO + 5)
    )  # fmt: skip
    found = counts(visible_to(company.actor("tech")), late)
    assert (found.done, found.more) == (COUNTED_TO + 1, True)


def test_filters_and_counts_agree():
    company = adopted()
    actor = company.actor("tech")
    late = date(2026, 12, 10)
    act_on(of("acti-1").pk, ActionAct.FINISH, by=company.actor("market"), at=AT)
    everything = narrowed(visible_to(actor), Filter(which="all"), actor, late)
    assert counts(everything, late) == Counts(open=2, late=1, done=1)
    for which, entries in {"open": {"acti-2", "acti-3"}, "late": {"acti-2"}, "done": {"acti-1"}}.items():
        assert {a.entry for a in narrowed(visible_to(actor), Filter(which=which), actor, late)} == entries
    assert {a.entry for a in narrowed(visible_to(actor), Filter("mine", "all"), actor, late)} == {"acti-2"}
    assert {a.entry for a in narrowed(visible_to(actor), Filter("department", "all"), actor, late)} == {"acti-2"}
    assert {a.entry for a in narrowed(visible_to(actor), Filter(which="all", words="客户"), actor, late)} == {"acti-3"}


def test_duties_name_who_accepts_finishes_names_and_supports():
    company = adopted()
    calendar = WorkingCalendar()
    found = {(d.kind, d.owner, d.due) for key in company.people for d in find_duties(company.actor(key), AT, calendar)}
    near = {(d.kind, d.owner, d.due) for d in find_duties(None, AT, calendar)}
    far = (DutyKind.FINISH_ACTION, DutyKind.UPDATE_PROGRESS)  # too far off for any reminder today
    assert found - near == {one for one in found if one[0] in far}
    people = {key: str(person.pk) for key, person in company.people.items()}
    assert found == {
        (DutyKind.FINISH_ACTION, people["market"], datetime(2026, 12, 4, 16, tzinfo=UTC)),
        (DutyKind.UPDATE_PROGRESS, people["market"], datetime(2026, 12, 1, 16, tzinfo=UTC)),
        (DutyKind.ACCEPT_ACTION, people["tech"], datetime(2026, 11, 25, 8, 30, tzinfo=UTC)),
        (DutyKind.NAME_OWNER, people["sales"], datetime(2026, 11, 27, 16, tzinfo=UTC)),
        (DutyKind.SUPPORT_ACTION, people["market"], datetime(2026, 12, 1, 16, tzinfo=UTC)),
    }
    for key in ("market", "tech", "sales", "stranger"):
        own = find_duties(company.actor(key), AT, calendar)
        assert {(d.kind, d.owner, d.due) for d in own} == {d for d in found if d[1] == people[key]}
