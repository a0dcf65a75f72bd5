# SPDX-License-Identifier: Apache-2.0
"""Support asked of a department without naming anybody: its head names who gives it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from huiyao.domain.actions import ActionAct
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import DutyKind
from huiyao.domain.record import SupportAsked
from huiyao.domain.refusals import BadValue, NotAllowed, NotFound, WrongStage
from huiyao.features.actions.access import get_action_for
from huiyao.features.actions.commands.adopting import adopt
from huiyao.features.actions.commands.following import act_on, give_support, name_supporter
from huiyao.features.actions.duties import find_duties
from huiyao.features.actions.models import Action, SupportDuty
from huiyao.features.actions.reads import Filter, involved_in, narrowed, visible_to
from huiyao.features.minutes.models import Minutes
from huiyao.features.minutes.reads import current_version, paper_in
from huiyao.features.people.models import Department
from tests.builders.minutes import ENDED, Company, a_company, a_person, browser, circulated

pytestmark = pytest.mark.django_db(transaction=True)
AT = ENDED + timedelta(hours=2)
DUE = datetime(2026, 12, 1, 16, tzinfo=UTC)


@pytest.fixture
def company() -> Company:
    """Action 1 of Marketing wants something of the legal department, which has no seat at the meeting."""
    made = a_company()
    made.departments["legal"] = Department.objects.get(name="法务部")
    made.people["head"] = a_person("head", "梁简", made.departments["legal"])
    made.departments["legal"].head = made.people["head"]
    made.departments["legal"].save()
    circulated(made)
    commitments = paper_in(current_version(Minutes.objects.get(meeting=made.meeting))).commitments
    asked = SupportAsked("看一遍用户协议", str(made.departments["legal"].pk), "", date(2026, 12, 1))
    wanted = (replace(commitments[0], support=(asked,)), *commitments[1:])
    adopt(made.meeting.pk, wanted, acceptances={}, minutes_version=2, at=AT)
    return made


def action() -> Action:
    return Action.objects.get(entry="acti-1")


def support() -> SupportDuty:
    return SupportDuty.objects.get(action=action(), dropped_at=None)


def owed(company: Company, name: str) -> list[tuple[DutyKind, str, datetime]]:
    kinds = (DutyKind.SUPPORT_ACTION, DutyKind.NAME_SUPPORTER)
    found = find_duties(company.actor(name), AT, WorkingCalendar())
    return [(d.kind, d.title, d.due) for d in found if d.kind in kinds and d.subject == str(action().pk)]


def name(company: Company, who: str, whom: str) -> None:
    name_supporter(action().pk, support().pk, company.people[whom].pk, by=company.actor(who), at=AT)


def test_the_head_of_the_giving_department_has_to_name_somebody_and_then_they_have_to_give_it(
    company: Company,
) -> None:
    assert owed(company, "head") == [(DutyKind.NAME_SUPPORTER, "看一遍用户协议", DUE)]
    assert str(company.people["head"].pk) in involved_in(company.meeting.pk)
    name(company, "head", "stranger")
    assert owed(company, "head") == []
    assert owed(company, "stranger") == [(DutyKind.SUPPORT_ACTION, "看一遍用户协议", DUE)]
    give_support(action().pk, support().pk, by=company.actor("stranger"), at=AT)
    assert owed(company, "stranger") == []
    everybody = find_duties(None, AT, WorkingCalendar())
    assert str(company.people["head"].pk) not in {duty.owner for duty in everybody}


def test_the_head_sees_the_action_and_may_give_it_at_once(company: Company) -> None:
    head = company.actor("head")
    mine = narrowed(visible_to(head), Filter("mine", "all"), head, date(2026, 11, 25))
    assert [row.entry for row in mine] == ["acti-1"]
    give_support(action().pk, support().pk, by=head, at=AT)
    assert support().given_at == AT


def test_without_a_head_the_host_names_somebody(company: Company) -> None:
    Department.objects.filter(name="法务部").update(head=None)
    assert owed(company, "product") == [(DutyKind.NAME_SUPPORTER, "看一遍用户协议", DUE)]
    name(company, "product", "stranger")
    assert owed(company, "product") == []


def test_others_name_nobody_and_see_nothing(company: Company) -> None:
    with pytest.raises(NotFound):
        name(company, "stranger", "stranger")
    for who in ("tech", "market"):
        with pytest.raises(NotAllowed):
            name(company, who, "stranger")
    with pytest.raises(BadValue):
        name_supporter(action().pk, support().pk, "nobody", by=company.actor("head"), at=AT)
    with pytest.raises(NotFound):
        name_supporter(action().pk, "nothing", company.people["head"].pk, by=company.actor("product"), at=AT)
    assert support().person_id is None
    with pytest.raises(NotFound):
        get_action_for(company.actor("stranger"), action().pk)


def test_once_named_the_head_is_out_of_it_and_a_correction_keeps_who_was_named(company: Company) -> None:
    name(company, "head", "stranger")
    with pytest.raises(NotFound):
        name(company, "head", "head")
    commitments = paper_in(current_version(Minutes.objects.get(meeting=company.meeting))).commitments
    asked = SupportAsked("看一遍用户协议", str(company.departments["legal"].pk), "", date(2026, 12, 1))
    before = (replace(commitments[0], support=(asked,)), *commitments[1:])
    adopt(company.meeting.pk, before, acceptances={}, minutes_version=3, at=AT, before=before)
    assert support().person_id == company.people["stranger"].pk


def test_a_closed_action_asks_nobody(company: Company) -> None:
    act_on(action().pk, ActionAct.FINISH, by=company.actor("market"), at=AT)
    assert owed(company, "head") == []
    with pytest.raises(WrongStage):
        name(company, "head", "stranger")


def test_the_page_lets_the_head_name_somebody(company: Company) -> None:
    client, row = browser(company, "head"), support()
    path = f"/actions/{action().pk}/"
    assert f"{path}name_supporter/" in client.get(path).content.decode()
    sent = client.post(f"{path}name_supporter/", {"support": row.pk, "person": company.people["stranger"].pk})
    assert (sent.status_code, support().person_id) == (303, company.people["stranger"].pk)
    assert "name_supporter" not in browser(company, "product").get(path).content.decode()
