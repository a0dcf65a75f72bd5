# SPDX-License-Identifier: Apache-2.0
"""The morning's digest: once on a working day, only with something to tell, in the reader's zone, switched off in one click."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.conf import settings

from huiyao.domain.actions import ActionAct
from huiyao.domain.actor import Actor
from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import Duty, DutyKind
from huiyao.domain.refusals import BadValue, NotAllowed
from huiyao.features.actions.commands.following import act_on
from huiyao.features.actions.models import Action
from huiyao.features.people.commands.own_messages import choose_messages, set_zone
from huiyao.features.people.models import Person, Told
from huiyao.features.people.reads import actor_of
from huiyao.flows.deliver import letter_of
from huiyao.flows.digest import digest
from huiyao.flows.duties import Sources
from huiyao.flows.remind import remind
from huiyao.gateways.smtp.letter import compose
from huiyao.plumbing.models import Message, MessageState
from huiyao.project.wiring import wire
from tests.builders.minutes import ENDED, a_company, circulated
from tests.builders.people import a_person, an_organisation

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 24, 1, 11, tzinfo=UTC)
"""Tuesday 09:11 in Shanghai."""


def owing(monkeypatch: pytest.MonkeyPatch, person: Person, *duties: Duty) -> None:
    def source(actor: Actor | None, now: datetime, calendar: WorkingCalendar) -> list[Duty]:
        return [duty for duty in duties if actor is None or actor.id == duty.owner]

    monkeypatch.setattr(Sources, "known", [source])


def a_duty(person: Person, due: datetime, kind: DutyKind = DutyKind.ACCEPT_ACTION, subject: str = "a1") -> Duty:
    return Duty(kind, str(person.pk), due, subject, "m1", f"写清单 {subject}")


def test_it_tells_once_and_the_reminder_of_the_same_hour_stays_away(monkeypatch: pytest.MonkeyPatch) -> None:
    an_organisation()
    person = a_person(language="zh-hans")
    owing(monkeypatch, person, a_duty(person, MORNING + timedelta(minutes=20)))
    assert digest(MORNING) == 1
    assert digest(MORNING + timedelta(minutes=1)) == 0
    assert remind(MORNING + timedelta(minutes=21)) == 0
    row = Message.objects.get()
    assert row.kind == "digest"
    assert "/actions/a1/" in row.text
    assert "/l/unsubscribe/" in row.text


def test_without_anything_to_tell_there_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    an_organisation()
    person = a_person()
    owing(monkeypatch, person, a_duty(person, MORNING + timedelta(days=30)))
    assert digest(MORNING) == 0
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "at",
    [
        MORNING - timedelta(hours=1),  # 08:11
        MORNING + timedelta(hours=4),  # the morning is over
        MORNING + timedelta(days=4),  # Saturday
        datetime(2026, 10, 1, 1, 11, tzinfo=UTC),  # National Day
    ],
)
def test_it_comes_in_the_morning_of_working_days_only(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    an_organisation()
    person = a_person()
    owing(monkeypatch, person, a_duty(person, at - timedelta(days=1)))
    assert digest(at) == 0


def test_who_lives_elsewhere_reads_it_in_their_own_morning(monkeypatch: pytest.MonkeyPatch) -> None:
    an_organisation()
    person = a_person(language="en")
    set_zone(person.pk, "Europe/Berlin", by=actor_of(person), at=MORNING)
    due = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)  # 17:00 in Shanghai, 10:00 in Berlin
    owing(monkeypatch, person, a_duty(person, due))
    assert digest(MORNING) == 0
    assert digest(datetime(2026, 11, 24, 8, 11, tzinfo=UTC)) == 1
    assert "Tue 24 Nov 10:00" in Message.objects.get().text


def test_yesterdays_that_could_not_go_out_is_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    an_organisation()
    person = a_person()
    owing(monkeypatch, person, a_duty(person, MORNING))
    digest(MORNING)
    digest(MORNING + timedelta(days=1))
    states = Message.objects.order_by("at").values_list("state", flat=True)
    assert list(states) == [MessageState.RETIRED, MessageState.HELD]


def test_switched_off_it_does_not_come_and_reminders_do(monkeypatch: pytest.MonkeyPatch) -> None:
    an_organisation()
    person = a_person()
    choose_messages(person.pk, digest="", muted=("digest",), by=actor_of(person), at=MORNING)
    owing(monkeypatch, person, a_duty(person, MORNING))
    assert (digest(MORNING), remind(MORNING)) == (0, 1)


@pytest.mark.parametrize(
    ("digest_way", "muted", "refusal"),
    [("", ("reminder",), BadValue), ("", ("nonsense",), BadValue), ("pigeon", (), BadValue)],
)
def test_obligations_cannot_be_switched_off(digest_way: str, muted: tuple[str, ...], refusal: type[Exception]) -> None:
    person = a_person()
    before = Person.objects.values().get(pk=person.pk)
    with pytest.raises(refusal):
        choose_messages(person.pk, digest=digest_way, muted=muted, by=actor_of(person), at=MORNING)
    assert Person.objects.values().get(pk=person.pk) == before


def test_nobody_chooses_for_somebody_else() -> None:
    person = a_person()
    with pytest.raises(NotAllowed):
        choose_messages(person.pk, digest="", muted=("digest",), by=actor_of(a_person("别人")), at=MORNING)
    with pytest.raises(NotAllowed):
        set_zone(person.pk, "Europe/Berlin", by=actor_of(a_person("别人")), at=MORNING)
    with pytest.raises(BadValue):
        set_zone(person.pk, "Mars/Olympus", by=actor_of(person), at=MORNING)
    person.refresh_from_db()
    assert (person.muted, person.zone) == ([], "")


def headers(row: Message) -> EmailMessage:
    return compose(letter_of(row, "云杉制造"), "huiyao@example.com")


def test_its_letter_can_be_switched_off_in_one_click_and_a_reminder_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, base_url="https://h.example.com"))
    an_organisation()
    person, other = a_person(), a_person()
    choose_messages(other.pk, digest="", muted=("digest",), by=actor_of(other), at=MORNING)
    owing(monkeypatch, person, a_duty(person, MORNING), a_duty(other, MORNING, subject="a2"))
    digest(MORNING)
    remind(MORNING)
    letter = headers(Message.objects.get(kind="digest"))
    assert letter["List-Unsubscribe"].startswith("<https://h.example.com/l/unsubscribe/")
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers(Message.objects.get(kind="reminder"))["List-Unsubscribe"] is None


def test_several_reminders_of_one_moment_are_one_message_and_what_is_kept_leaves_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    an_organisation()
    person = a_person(language="en")
    duties = [a_duty(person, MORNING, subject=f"a{n}") for n in range(5)]
    owing(monkeypatch, person, *duties)
    assert remind(MORNING) == 1
    row = Message.objects.get()
    assert row.title == "5 reminders: 写清单 a0 and more"
    assert all(f"/actions/a{n}/" in row.text for n in range(5))
    owing(monkeypatch, person, *duties[:3])
    assert remind(MORNING + timedelta(minutes=1)) == 0
    row.refresh_from_db()
    assert [f"/actions/a{n}/" in row.text for n in range(5)] == [True, True, True, False, False]
    owing(monkeypatch, person)
    remind(MORNING + timedelta(minutes=2))
    row.refresh_from_db()
    assert row.state == MessageState.RETIRED
    assert Told.objects.count() == 5


@pytest.mark.django_db(transaction=True)
def test_a_finished_action_is_asked_for_no_progress_and_a_late_one_why_it_slips() -> None:
    wire()
    company = a_company()
    circulated(company)
    action = Action.objects.get(entry="acti-1")  # accepted in the room on 24 November, due on 4 December
    remind(ENDED + timedelta(days=7, hours=-5))  # 1 December, 10:30
    assert Told.objects.filter(key__startswith=f"duty:update_progress:{action.pk}:").count() == 1
    remind(ENDED + timedelta(days=13, hours=-5))  # 7 December, Monday after the due date
    assert Told.objects.filter(key__startswith=f"duty:explain_delay:{action.pk}:").count() == 1
    assert action.due == date(2026, 12, 4)
    act_on(action.pk, ActionAct.FINISH, by=company.actor("market"), at=ENDED + timedelta(days=13))
    before = Told.objects.filter(key__contains=str(action.pk)).count()
    remind(ENDED + timedelta(days=14, hours=-5))
    assert Told.objects.filter(key__contains=str(action.pk)).count() == before
    assert not Message.objects.filter(key__contains=str(action.pk), state=MessageState.HELD).exists()
