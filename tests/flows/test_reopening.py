# SPDX-License-Identifier: Apache-2.0
"""Final minutes are locked; opening them again is an act with a reason: a corrected version, the chain goes on."""

from datetime import timedelta
from itertools import pairwise

import pytest

from huiyao.domain.duties import DutyKind
from huiyao.domain.refusals import BadValue, Refusal, WrongStage
from huiyao.domain.review import State
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.minutes.commands import circulating, editing, reviewing
from huiyao.features.minutes.commands.closing import close_window
from huiyao.features.minutes.duties import find_duties
from huiyao.features.minutes.models import Answer, Minutes, MinutesVersion
from huiyao.features.minutes.reads import (
    broken_versions,
    current_version,
    last_circulation,
    paper_in,
    running_clocks,
)
from huiyao.features.organisation.commands.policy import set_policy
from huiyao.plumbing.models import AuditRow, Message
from huiyao.project.wiring import wire
from huiyao.web.after.steps import Times, steps_of
from tests.builders.minutes import Company, a_company, address, browser, circulated

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "负责人写错了部门"


@pytest.fixture
def company() -> Company:
    wire()
    found = a_company()
    sent = circulated(found)
    close_window(found.meeting.pk, at=sent.window_ends_at)
    found.at = sent.window_ends_at + timedelta(days=2)  # type: ignore[attr-defined]
    return found


def minutes_of(company: Company) -> Minutes:
    return Minutes.objects.get(meeting=company.meeting)


def reopened(company: Company) -> Minutes:
    return reviewing.reopen(company.meeting.pk, WHY, by=company.host, at=company.at)  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", ["ops", "market", "stranger", "coordinator"])
def test_only_the_host_may(company: Company, who: str) -> None:
    before = MinutesVersion.objects.count()
    with pytest.raises(Refusal) as caught:
        reviewing.reopen(company.meeting.pk, WHY, by=company.actor(who), at=company.at)  # type: ignore[attr-defined]
    assert caught.value.code in {"not_allowed", "not_found"}
    assert (minutes_of(company).state, MinutesVersion.objects.count()) == (State.FINAL, before)


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_happens(company: Company, reason: str) -> None:
    with pytest.raises(BadValue):
        reviewing.reopen(company.meeting.pk, reason, by=company.host, at=company.at)  # type: ignore[attr-defined]
    assert minutes_of(company).state == State.FINAL
    assert not Message.objects.filter(key__startswith="minutes-reopened:").exists()


def test_final_minutes_are_locked_until_then(company: Company) -> None:
    paper = paper_in(current_version(minutes_of(company))).minutes
    with pytest.raises(WrongStage):
        editing.edit_line(
            company.meeting.pk,
            paper.decisions[0].id,
            "换一句",
            was=paper.decisions[0].text,
            by=company.recorder,
            at=company.at,  # type: ignore[attr-defined]
        )
    assert paper_in(current_version(minutes_of(company))).minutes == paper


def test_everybody_who_has_them_is_told_why(company: Company) -> None:
    reopened(company)
    told = Message.objects.filter(key__startswith="minutes-reopened:")
    reached = {a.person.name for a in Answer.objects.filter(circulation__minutes=minutes_of(company))}
    assert set(told.values_list("recipient", flat=True)) == reached - {company.host.name}
    assert told.count() >= 4
    assert all(WHY in message.text for message in told)
    row = AuditRow.objects.get(act="minutes.reopen")
    assert (row.actor_name, row.facts["reason"]) == (company.host.name, WHY)


def test_readers_keep_the_last_version_until_the_next_is_sent(company: Company) -> None:
    before = last_circulation(minutes_of(company)).version  # type: ignore[union-attr]
    reopened(company)
    page = browser(company, "market").get(address(company)).content.decode()
    assert f"v{before.number}" in page or WHY not in page
    assert last_circulation(minutes_of(company)).version == before  # type: ignore[union-attr]


def test_the_corrected_version_goes_out_with_its_notice_and_the_chain_is_whole(company: Company) -> None:
    reopened(company)
    at, decision = company.at, paper_in(current_version(minutes_of(company))).minutes.decisions[0]  # type: ignore[attr-defined]
    editing.edit_line(
        company.meeting.pk, decision.id, "必做清单由产品部出。", was=decision.text, by=company.recorder, at=at
    )
    reviewing.submit(company.meeting.pk, by=company.recorder, at=at)
    sent = circulating.approve_and_send(company.meeting.pk, by=company.host, at=at + timedelta(hours=1))
    assert paper_in(sent.version).minutes.correction == WHY
    assert sent.changed == [decision.id]
    letters = Message.objects.filter(kind__startswith="minutes", key__startswith=f"minutes:{sent.pk}")
    assert letters.count() >= 4
    assert all(WHY in letter.text and "必做清单由产品部出" in letter.text for letter in letters)
    close_window(company.meeting.pk, at=sent.window_ends_at)
    assert minutes_of(company).state == State.FINAL
    assert list(broken_versions(minutes_of(company))) == []
    chain = list(MinutesVersion.objects.filter(minutes__meeting=company.meeting).order_by("number"))
    assert all(after.previous_sha256 == before.sha256 for before, after in pairwise(chain))
    assert [version.cause for version in chain][-2:] == ["reopening", "edit"]


def test_what_was_changed_since_is_found_out(company: Company) -> None:
    reopened(company)
    version = MinutesVersion.objects.filter(minutes__meeting=company.meeting, number=1).get()
    version.content["minutes"]["title"] = "别的会"
    version.save()
    assert list(broken_versions(minutes_of(company))) != []


def test_the_recorder_has_a_working_day_from_then_and_is_not_late_at_once(company: Company) -> None:
    reopened(company)
    duties = find_duties(company.recorder, company.at, working_calendar())  # type: ignore[attr-defined]
    (duty,) = [duty for duty in duties if duty.kind == DutyKind.DRAFT]
    assert duty.since == company.at  # type: ignore[attr-defined]
    assert duty.due > company.at + timedelta(hours=20)  # type: ignore[attr-defined]


def test_a_policy_changed_later_leaves_the_running_clock_alone(company: Company) -> None:
    minutes = reopened(company)
    due = minutes.reopened_due_at
    set_policy({"circulate_hours": "72"}, version=0, by=company.host, at=company.at)  # type: ignore[attr-defined]
    duties = find_duties(company.recorder, company.at, working_calendar())  # type: ignore[attr-defined]
    assert [duty.due for duty in duties if duty.kind == DutyKind.DRAFT] == [due]
    assert AuditRow.objects.get(act="minutes.reopen").facts["policy"] == 0


def test_lists_and_the_page_count_to_the_same_instant_as_the_duty(company: Company) -> None:
    minutes = reopened(company)
    assert running_clocks([company.meeting.pk]) == {str(company.meeting.pk): (State.RETURNED, minutes.reopened_due_at)}
    times = Times(company.at, "Asia/Shanghai", 2, "")  # type: ignore[attr-defined]
    (step,) = [one for one in steps_of(minutes, last_circulation(minutes), times) if one.kind == "on"]
    assert (step.until, step.late) == (minutes.reopened_due_at, False)


def test_the_page_asks_for_the_reason_and_opens_them(company: Company) -> None:
    host = browser(company, "product")
    assert "reopen/" in host.get(address(company)).content.decode()
    assert "reopen/" not in browser(company, "market").get(address(company)).content.decode()
    assert host.post(address(company, "reopen/"), {"reason": ""}).status_code == 422
    assert host.post(address(company, "reopen/"), {"reason": WHY}).status_code == 303
    assert minutes_of(company).state == State.RETURNED
