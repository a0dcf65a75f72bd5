# SPDX-License-Identifier: Apache-2.0
"""Consensus calls: asked by host or facilitator, answered by seats, closed with an outcome that stands at closing."""

import hashlib
import json
from datetime import UTC, date, datetime, timedelta

import pytest

from huiyao.domain.consensus import Outcome
from huiyao.domain.record import Kind
from huiyao.domain.refusals import BadValue, NotAllowed, NotFound, Refusal, WrongStage
from huiyao.features.meetings.commands.participations import refresh
from huiyao.features.meetings.models import Meeting, Need, Representative, Seat
from huiyao.features.people.models import Department
from huiyao.features.sittings import commands
from huiyao.features.sittings.models import ConsensusCall, Snapshot, Voice
from huiyao.features.sittings.reads import calls_in, find_threads
from huiyao.features.sittings.reads.facts import read_parts
from huiyao.features.sittings.reads.held import broken_snapshots
from huiyao.plumbing.ids import uuid7
from huiyao.plumbing.models import AuditRow
from huiyao.room.edits import Add, Convert, Delete
from huiyao.web.during import live
from tests.builders.sittings import Held, a_person, an_invited_meeting

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
LATER = AT + timedelta(minutes=50)


@pytest.fixture
def held() -> Held:
    """Seats: ``seat`` and ``second`` (with ``deputy``) required, ``third`` optional; ``facilitator`` has none."""
    live.wire()
    made = an_invited_meeting()
    for name, need in (("second", Need.REQUIRED), ("third", Need.OPTIONAL)):
        department = Department.objects.create(name=f"{name}-{uuid7()}")
        made.people[name] = a_person(name, department)
        seat = Seat.objects.create(meeting=made.meeting, department=department, need=need, position=5)
        Representative.objects.create(seat=seat, person=made.people[name])
        if name == "second":
            made.people["deputy"] = a_person("deputy", department)
            Representative.objects.create(seat=seat, person=made.people["deputy"], position=1)
    made.people["facilitator"] = a_person("facilitator", Department.objects.create(name=f"f-{uuid7()}"))
    made.meeting.facilitator = made.people["facilitator"]
    made.meeting.save()
    refresh(made.meeting)
    commands.start(made.id, by=made.actor("host"), at=AT)
    for name in ("seat", "second"):
        commands.attend(made.id, str(made.people[name].pk), "present", by=made.actor("host"), at=AT)
    return made


@pytest.fixture
def entry(held: Held) -> str:
    return add(held, "先做到货提醒")


def add(held: Held, text: str, kind: Kind = Kind.SOLUTION) -> str:
    return commands.edit_record(held.id, [Add(kind, str(held.topics[1].pk), text)], by=held.actor("recorder")).ids[0]


def ask(held: Held, entry: str) -> ConsensusCall:
    return commands.open_call(held.id, entry, by=held.actor("host"), at=AT)


def say(held: Held, entry: str, who: str, answer: str = "agree", reason: str = "", department: str = "") -> None:
    commands.give_voice(held.id, entry, answer, reason, by=held.actor(who), at=AT, department=department)


def shut(held: Held, entry: str, decider: str = "", decide_by: str = "") -> Outcome:
    who = str(held.people[decider].pk) if decider else ""
    return commands.close_call(
        held.id, entry, by=held.actor("facilitator"), at=LATER, decider_id=who, decide_by=decide_by
    )


def shown(held: Held) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = read_parts(held.id, ["calls"])[1]["calls"]
    return found


def department(held: Held, name: str) -> str:
    return str(held.people[name].department_id)


def close(held: Held) -> Snapshot:
    return commands.close(held.id, by=held.actor("host"), at=LATER)


def test_everybody_sees_who_was_asked_what_was_said_and_who_is_silent(held: Held, entry: str) -> None:
    call = ask(held, entry)
    say(held, entry, "seat")
    say(held, entry, "second", "reserve", "人手不够")
    part = shown(held)[entry]
    assert (part["id"], part["state"], part["text"], part["outcome"]) == (str(call.pk), "open", "先做到货提醒", "")
    assert part["asked"] == [department(held, name) for name in ("seat", "second", "third")]
    assert part["silent"] == [department(held, "third")]
    assert [(v["department"], v["answer"], v["reason"]) for v in part["voices"]] == [  # type: ignore[index, attr-defined]
        (department(held, "seat"), "agree", ""),
        (department(held, "second"), "reserve", "人手不够"),
    ]


def test_a_seat_has_one_voice_and_its_last_word_counts_whoever_speaks_for_it(held: Held, entry: str) -> None:
    ask(held, entry)
    say(held, entry, "second", "object", "太急")
    say(held, entry, "deputy")
    voice = Voice.objects.get()
    assert (voice.answer, voice.person_id, voice.reason) == ("agree", held.people["deputy"].pk, "")
    assert AuditRow.objects.filter(act="call.voice").count() == 2


def test_who_fills_two_seats_speaks_for_the_own_one_or_names_the_other(held: Held, entry: str) -> None:
    third = Seat.objects.get(meeting=held.meeting, department=held.people["third"].department)
    Representative.objects.create(seat=third, person=held.people["seat"])
    ask(held, entry)
    say(held, entry, "seat")
    say(held, entry, "seat", "object", "太急", department=department(held, "third"))
    assert {(str(v.seat.department_id), v.answer) for v in Voice.objects.all()} == {
        (department(held, "seat"), "agree"),
        (department(held, "third"), "object"),
    }


@pytest.mark.parametrize(
    ("who", "answer", "reason", "named", "refusal"),
    [
        ("host", "agree", "", "", NotAllowed),
        ("recorder", "agree", "", "", NotAllowed),
        ("informed", "agree", "", "", NotAllowed),
        ("outside", "agree", "", "", NotFound),
        ("seat", "agree", "", "second", NotAllowed),  # somebody else's seat
        ("seat", "object", " ", "", BadValue),
        ("seat", "reserve", "", "", BadValue),
        ("seat", "maybe", "", "", BadValue),
        ("seat", "object", "x" * 501, "", BadValue),
    ],
)
def test_a_voice_that_may_not_be_changes_nothing(
    held: Held, entry: str, who: str, answer: str, reason: str, named: str, refusal: type[Refusal]
) -> None:
    ask(held, entry)
    with pytest.raises(refusal):
        say(held, entry, who, answer, reason, department(held, named) if named else "")
    assert not Voice.objects.exists()
    assert not AuditRow.objects.filter(act="call.voice").exists()


def test_only_host_and_facilitator_ask_close_and_take_back(held: Held, entry: str) -> None:
    for who in ("recorder", "seat", "informed"):
        with pytest.raises(NotAllowed):
            commands.open_call(held.id, entry, by=held.actor(who), at=AT)
    ask(held, entry)
    say(held, entry, "seat")
    for who in ("recorder", "seat"):
        with pytest.raises(NotAllowed):
            commands.close_call(held.id, entry, by=held.actor(who), at=AT)
        with pytest.raises(NotAllowed):
            commands.drop_call(held.id, entry, by=held.actor(who), at=AT)
    call = ConsensusCall.objects.get()
    assert (call.closed_at, call.voices.count()) == (None, 1)


def test_only_solutions_and_decisions_that_are_there_can_be_asked_about(held: Held) -> None:
    note, gone = add(held, "只是记一笔", Kind.NOTE), add(held, "删了的")
    commands.edit_record(held.id, [Delete(gone)], by=held.actor("recorder"))
    for entry in (note, gone, str(held.topics[1].pk), "nowhere-0000", ""):
        with pytest.raises(NotFound):
            ask(held, entry)
    assert not ConsensusCall.objects.exists()


def test_asking_twice_is_once_and_after_closing_a_new_call_begins(held: Held, entry: str) -> None:
    first = ask(held, entry)
    assert ask(held, entry) == first
    say(held, entry, "seat")
    say(held, entry, "second")
    assert shut(held, entry) is Outcome.UNANIMOUS
    second = ask(held, entry)
    assert second != first
    assert shown(held)[entry]["id"] == str(second.pk)
    assert Voice.objects.filter(call=first).count() == 2


def test_a_closed_call_takes_no_voice_and_is_neither_closed_nor_dropped_again(held: Held, entry: str) -> None:
    ask(held, entry)
    say(held, entry, "seat")
    say(held, entry, "second")
    shut(held, entry)
    for act in (
        lambda: say(held, entry, "seat", "object", "变了"),
        lambda: shut(held, entry),
        lambda: commands.drop_call(held.id, entry, by=held.actor("host"), at=AT),
    ):
        with pytest.raises(WrongStage):
            act()
    assert {v.answer for v in Voice.objects.all()} == {"agree"}
    assert ConsensusCall.objects.get().outcome == Outcome.UNANIMOUS


def test_not_reached_names_who_decides_next_and_by_when(held: Held, entry: str) -> None:
    ask(held, entry)
    say(held, entry, "seat", "object", "客户不接受")
    for decider, day, field in (
        ("", "", "decider"),
        ("host", "2026-11-23", "decide_by"),
        ("host", "soon", "decide_by"),
    ):
        with pytest.raises(BadValue) as refused:
            shut(held, entry, decider, day)
        assert refused.value.facts["field"] == field
    with pytest.raises(BadValue):
        commands.close_call(held.id, entry, by=held.actor("host"), at=AT, decider_id="nobody")
    assert ConsensusCall.objects.get().closed_at is None
    assert shut(held, entry, "host", "2026-12-01") is Outcome.NOT_REACHED
    part = shown(held)[entry]
    assert (part["outcome"], part["decider"], part["decide_by"]) == (
        "not_reached",
        str(held.people["host"].pk),
        "2026-12-01",
    )


def test_where_consensus_was_reached_nobody_decides_next(held: Held, entry: str) -> None:
    ask(held, entry)
    say(held, entry, "seat")
    say(held, entry, "second")
    assert shut(held, entry, "host", "2026-12-01") is Outcome.UNANIMOUS
    call = ConsensusCall.objects.get()
    assert (call.decider_id, call.decide_by) == (None, None)


def test_a_call_taken_back_leaves_no_voice(held: Held, entry: str) -> None:
    ask(held, entry)
    say(held, entry, "seat")
    commands.drop_call(held.id, entry, by=held.actor("host"), at=AT)
    assert not ConsensusCall.objects.exists()
    assert not Voice.objects.exists()
    assert AuditRow.objects.get(act="call.drop").facts["voices"] == 1
    with pytest.raises(NotFound):
        say(held, entry, "seat")


def test_the_snapshot_holds_the_calls_and_its_hash_proves_them(held: Held, entry: str) -> None:
    ask(held, entry)
    say(held, entry, "seat")
    say(held, entry, "second", "object", "太急")
    shut(held, entry, "host")
    ask(held, other := add(held, "改排期"))
    say(held, other, "third")
    ask(held, gone := add(held, "删了的"))
    commands.edit_record(held.id, [Delete(gone)], by=held.actor("recorder"))
    ask(held, note := add(held, "改成记要的"))
    commands.edit_record(held.id, [Convert(note, Kind.NOTE)], by=held.actor("recorder"))
    snapshot = close(held)
    first, second = calls_in(snapshot)
    assert (first.entry, first.outcome, first.decider) == (entry, "not_reached", str(held.people["host"].pk))
    assert [(v.department, v.reason) for v in first.voices] == [
        (department(held, "seat"), ""),
        (department(held, "second"), "太急"),
    ]
    assert (second.entry, second.outcome, second.silent) == (
        other,
        "",
        (department(held, "seat"), department(held, "second")),
    )
    assert hashlib.sha256(snapshot.content.encode()).hexdigest() == snapshot.sha256
    Snapshot.objects.filter(pk=snapshot.pk).update(content=snapshot.content.replace("太急", "很好"))
    assert broken_snapshots() == [(held.id, 1)]


def test_a_snapshot_from_before_there_were_calls_holds_none(held: Held) -> None:
    snapshot = close(held)
    content = json.loads(snapshot.content)
    del content["calls"]
    snapshot.content = json.dumps(content)
    assert calls_in(snapshot) == []


def test_after_closing_no_voice_is_taken_and_reopening_finds_them_all(held: Held, entry: str) -> None:
    ask(held, entry)
    say(held, entry, "seat")
    close(held)
    for act in (lambda: say(held, entry, "second"), lambda: shut(held, entry), lambda: ask(held, entry)):
        with pytest.raises(WrongStage):
            act()
    assert Voice.objects.count() == 1
    commands.reopen(held.id, "漏了一项", by=held.actor("host"), at=LATER)
    say(held, entry, "second")
    assert shut(held, entry) is Outcome.UNANIMOUS
    assert calls_in(close(held))[0].outcome == Outcome.UNANIMOUS


def test_open_and_undecided_calls_and_what_nobody_owns_are_threads_at_the_read_back(held: Held, entry: str) -> None:
    undecided, parked = add(held, "改排期"), add(held, "展位预算", Kind.PARKED)
    ask(held, entry)
    ask(held, undecided)
    shut(held, undecided, "third", "2026-12-01")
    assert {(gap.entry, gap.what) for gap in find_threads(held.id)} == {(entry, "call"), (parked, "parked")}
    commands.hand_over_decisions(str(held.people["third"].pk), "", by=held.actor("host"), at=LATER)
    assert (undecided, "decider") in {(gap.entry, gap.what) for gap in find_threads(held.id)}


def test_who_decides_next_has_a_successor_and_calls_of_somebody_who_left_go_on(held: Held, entry: str) -> None:
    ask(held, entry)
    say(held, entry, "second", "object", "太急")
    shut(held, entry, "second", "2026-12-01")
    leaver, deputy = str(held.people["second"].pk), str(held.people["deputy"].pk)
    assert commands.hand_over_decisions(leaver, deputy, by=held.actor("host"), at=LATER) == 1
    assert commands.hand_over_decisions(leaver, deputy, by=held.actor("host"), at=LATER) == 0
    held.people["second"].is_active = False
    held.people["second"].save()
    assert (ConsensusCall.objects.get().decider_id, shown(held)[entry]["decide_by"]) == (
        held.people["deputy"].pk,
        date(2026, 12, 1).isoformat(),
    )
    ask(held, entry)
    say(held, entry, "deputy")
    assert Meeting.objects.get().stage == "in_session"
