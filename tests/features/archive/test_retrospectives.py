# SPDX-License-Identifier: Apache-2.0
"""The two questions: asked at closing, answered by who was there, seen by whom the table says, closed by the clock."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from huiyao.domain.actor import Actor
from huiyao.domain.duties import DutyKind
from huiyao.domain.refusals import BadValue, NotAllowed, NotFound, Refusal, WrongStage
from huiyao.features.archive.access import get_retrospective_for, retrospective_parts
from huiyao.features.archive.commands.retrospectives import answer_retrospective
from huiyao.features.archive.duties import find_duties
from huiyao.features.archive.models import Retrospective, RetrospectiveAnswer
from huiyao.features.archive.reads import find_retrospective, replies_of, summarised
from huiyao.features.calendars.reads import working_calendar
from huiyao.features.meetings.models import Meeting
from huiyao.features.sittings.commands import attend, close, reopen, start, take_floor
from huiyao.features.sittings.models import Turn
from huiyao.flows.retrospectives import close_retrospectives
from huiyao.plumbing import events
from huiyao.plumbing.models import AuditRow, Event
from tests.builders.sittings import STARTS, Held, an_invited_meeting

pytestmark = pytest.mark.django_db(transaction=True)
END = STARTS + timedelta(minutes=50)
NEXT_DAY = END + timedelta(hours=24)
Rows = dict[str, list[dict[str, object]]]


@pytest.fixture
def held() -> Held:
    """Held and closed: host and seat were there, the recorder went early, nobody saw the informed one."""
    made = an_invited_meeting()
    host = made.actor("host")
    start(made.id, by=host, at=STARTS)
    for name, state in (("seat", "present"), ("recorder", "left"), ("informed", "absent")):
        attend(made.id, str(made.people[name].pk), state, by=host, at=STARTS)
    take_floor(made.id, host.id, by=host, at=STARTS)
    close(made.id, by=host, at=END)
    return made


def answer(held: Held, who: str, met: str = "yes", improve: str = "", minutes: int = 2) -> None:
    at = END + timedelta(minutes=minutes)
    answer_retrospective(held.id, met, improve, by=held.actor(who), at=at)


def owing(held: Held, who: str = "", minutes: int = 1) -> set[str]:
    actor: Actor | None = held.actor(who) if who else None
    duties = find_duties(actor, END + timedelta(minutes=minutes), working_calendar())
    assert {duty.kind for duty in duties} <= {DutyKind.RETROSPECTIVE}
    names = {str(person.pk): name for name, person in held.people.items()}
    return {names[duty.owner] for duty in duties}


def part(held: Held, who: str) -> dict[str, object] | None:
    person = held.actor(who).id
    return retrospective_parts(Meeting.objects.get(pk=held.id), [person])[person]


def test_closing_asks_everybody_who_was_there_within_five_minutes(held: Held) -> None:
    row = Retrospective.objects.get()
    assert (row.due_at, row.closes_at) == (END + timedelta(minutes=5), NEXT_DAY)
    assert owing(held) == {"host", "seat", "recorder"}
    (duty,) = find_duties(held.actor("seat"), END, working_calendar())
    assert (duty.due, duty.meeting, duty.title) == (END + timedelta(minutes=5), held.id, "仓配协调会")
    assert owing(held, "informed") == set()
    answer(held, "seat")
    assert owing(held) == {"host", "recorder"}
    assert owing(held, minutes=24 * 60) == set()


def test_the_last_word_counts_and_the_trail_does_not_tell_it(held: Held) -> None:
    answer(held, "seat", "no", "议题太多")
    answer(held, "seat", "partly", "材料早点发", minutes=30)
    (row,) = RetrospectiveAnswer.objects.all()
    assert (row.met, row.improve) == ("partly", "材料早点发")
    assert [a.facts for a in AuditRow.objects.filter(act="retrospective.answer")] == [{}, {}]


def test_everyone_sees_what_the_table_says_while_it_is_open(held: Held) -> None:
    answer(held, "seat", "no", "议题太多")
    host, seat = part(held, "host"), part(held, "seat")
    assert host is not None
    assert seat is not None
    assert (host["met"], host["answered"], host["mine"]) == ({"yes": 0, "partly": 0, "no": 1}, 1, None)
    assert (seat["met"], seat["mine"], seat["asked"]) == (None, {"met": "no", "improve": "议题太多"}, True)
    assert part(held, "informed") is None
    assert get_retrospective_for(held.actor("host"), held.id).sees_answers
    reached = get_retrospective_for(held.actor("seat"), held.id)
    assert (reached.was_there, reached.sees_answers, reached.sees_summary) == (True, False, False)
    for who in ("informed", "outside"):
        with pytest.raises(NotFound):
            get_retrospective_for(held.actor(who), held.id)


def test_the_clock_closes_it_keeps_the_summary_and_forgets_who_spoke(held: Held) -> None:
    answer(held, "seat", "no", "议题太多")
    assert close_retrospectives(NEXT_DAY - timedelta(seconds=1)) == 0
    assert Turn.objects.count() == 1
    assert close_retrospectives(NEXT_DAY) == 1
    assert close_retrospectives(NEXT_DAY + timedelta(minutes=1)) == 0
    assert Turn.objects.count() == 0
    row = find_retrospective(held.id)
    assert row is not None
    assert (row.closed_at, summarised(replies_of(row)).improvements) == (NEXT_DAY, ("议题太多",))
    assert get_retrospective_for(held.actor("seat"), held.id).sees_summary
    seat = part(held, "seat")
    assert seat is not None
    assert (seat["open"], seat["met"]) == (False, {"yes": 0, "partly": 0, "no": 1})
    assert owing(held, minutes=1) == set()


@pytest.mark.parametrize(
    ("who", "met", "improve", "minutes", "refusal"),
    [
        ("informed", "yes", "", 2, NotFound),
        ("outside", "yes", "", 2, NotFound),
        ("seat", "", "x", 2, BadValue),
        ("seat", "maybe", "", 2, BadValue),
        ("seat", "yes", "x" * 1001, 2, BadValue),
        ("seat", "yes", "", 24 * 60, WrongStage),
    ],
)
def test_a_refused_answer_changes_nothing(
    held: Held,
    unchanged: Callable[[], Rows],
    who: str,
    met: str,
    improve: str,
    minutes: int,
    refusal: type[Refusal],
) -> None:
    before = unchanged()
    with pytest.raises(refusal):
        answer(held, who, met, improve, minutes)
    assert unchanged() == before


def test_an_organiser_who_was_not_there_sees_the_answers_and_gives_none(held: Held) -> None:
    host = held.actor("host")
    attend(held.id, host.id, "absent", by=host, at=END)
    with pytest.raises(NotAllowed):
        answer(held, "host")
    assert get_retrospective_for(host, held.id).sees_answers


def test_reopening_takes_the_questions_back_and_the_next_closing_finds_the_answers(held: Held) -> None:
    host = held.actor("host")
    answer(held, "seat", "no", "议题太多")
    reopen(held.id, "漏了一项", by=host, at=END + timedelta(minutes=10))
    assert (find_retrospective(held.id), owing(held), part(held, "host")) == (None, set(), None)
    with pytest.raises(NotFound):
        answer(held, "seat")
    assert close_retrospectives(NEXT_DAY) == 0
    again = END + timedelta(minutes=40)
    close(held.id, by=host, at=again)
    row = find_retrospective(held.id)
    assert row is not None
    assert (row.snapshot, row.closes_at) == (2, again + timedelta(hours=24))
    assert [reply.improve for reply in replies_of(row)] == ["议题太多"]
    assert owing(held) == {"host", "recorder"}


def test_events_handled_again_ask_nothing_twice(held: Held) -> None:
    reopen(held.id, "漏了一项", by=held.actor("host"), at=END + timedelta(minutes=10))
    Event.objects.update(done_at=None)
    events.catch_up(END + timedelta(minutes=12))
    assert find_retrospective(held.id) is None
    assert Retrospective.objects.count() == 1


def test_somebody_who_has_left_owes_nothing(held: Held) -> None:
    held.people["seat"].is_active = False
    held.people["seat"].save()
    assert owing(held) == {"host", "recorder"}
