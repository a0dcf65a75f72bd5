# SPDX-License-Identifier: Apache-2.0
"""Where the seats did not agree, who was named decides after the meeting."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from huiyao.domain.calendar import WorkingCalendar
from huiyao.domain.duties import DutyKind
from huiyao.domain.record import Kind
from huiyao.domain.refusals import BadValue, NotAllowed, NotFound, WrongStage
from huiyao.features.sittings import commands
from huiyao.features.sittings.duties import find_duties
from huiyao.features.sittings.models import ConsensusCall
from huiyao.plumbing.models import AuditRow
from huiyao.project.wiring import wire
from huiyao.room.edits import Add, Convert, Delete, Edit
from tests.builders.sittings import Held, an_invited_meeting

pytestmark = pytest.mark.django_db(transaction=True)
AT = datetime(2026, 11, 24, 2, 5, tzinfo=UTC)
LATER = AT + timedelta(minutes=50)
DUE = datetime(2026, 12, 1, 16, tzinfo=UTC)


@pytest.fixture
def held() -> Held:
    """Closed with one call not reached; ``outside``, who was not there, decides by 1 December."""
    wire()
    made = an_invited_meeting()
    host = made.actor("host")
    commands.start(made.id, by=host, at=AT)
    add = Add(Kind.SOLUTION, str(made.topics[1].pk), "先做到货提醒")
    entry = commands.edit_record(made.id, [add], by=host).ids[0]
    commands.open_call(made.id, entry, by=host, at=AT)
    commands.give_voice(made.id, entry, "object", "太急", by=made.actor("seat"), at=AT)
    commands.close_call(
        made.id, entry, by=host, at=AT, decider_id=str(made.people["outside"].pk), decide_by="2026-12-01"
    )
    return made


def shut(held: Held) -> ConsensusCall:
    commands.close(held.id, by=held.actor("host"), at=LATER)
    return ConsensusCall.objects.latest("opened_at")


def owed(held: Held, who: str = "") -> list[tuple[DutyKind, str, datetime]]:
    duties = find_duties(held.actor(who) if who else None, LATER, WorkingCalendar())
    return [(duty.kind, duty.title, duty.due) for duty in duties]


def test_it_is_owed_once_the_meeting_is_closed_until_it_is_decided(held: Held) -> None:
    assert owed(held) == []
    call = shut(held)
    assert owed(held, "outside") == owed(held) == [(DutyKind.DECIDE, "先做到货提醒", DUE)]
    assert owed(held, "host") == []
    commands.decide(call.pk, " 先做，\n两周后再看 ", by=held.actor("outside"), at=LATER)
    call.refresh_from_db()
    assert (call.decision, call.decided_at, owed(held)) == ("先做， 两周后再看", LATER, [])
    assert AuditRow.objects.get(act="call.decide").facts["decision"] == "先做， 两周后再看"


def test_only_who_was_named_decides_once_and_with_words(held: Held) -> None:
    call = shut(held)
    for who, text, refusal in (
        ("host", "先做", NotAllowed),
        ("outside", "  ", BadValue),
        ("outside", "x" * 1001, BadValue),
    ):
        with pytest.raises(refusal):
            commands.decide(call.pk, text, by=held.actor(who), at=LATER)
    with pytest.raises(NotFound):
        commands.decide("nothing", "先做", by=held.actor("outside"), at=LATER)
    call.refresh_from_db()
    assert call.decided_at is None
    commands.decide(call.pk, "先做", by=held.actor("outside"), at=LATER)
    with pytest.raises(WrongStage):
        commands.decide(call.pk, "不做", by=held.actor("outside"), at=LATER)
    call.refresh_from_db()
    assert call.decision == "先做"


def test_while_the_meeting_goes_on_or_a_newer_call_was_made_nothing_is_owed(held: Held) -> None:
    call = ConsensusCall.objects.get()
    with pytest.raises(NotFound):
        commands.decide(call.pk, "先做", by=held.actor("outside"), at=AT)
    commands.open_call(held.id, call.entry, by=held.actor("host"), at=AT + timedelta(minutes=2))
    shut(held)
    assert owed(held) == []


def test_the_page_is_for_the_decider_and_who_may_read_the_room(held: Held) -> None:
    call = shut(held)
    path = f"/decisions/{call.pk}/"
    client = Client()
    client.force_login(held.people["outside"])
    assert "太急" in client.get(path).content.decode()
    assert client.post(f"{path}decide/", {"decision": "先做"}).status_code == 303
    host = Client()
    host.force_login(held.people["host"])
    assert "先做" in host.get(path).content.decode()
    assert "先做" in host.get(f"/meetings/{held.id}/minutes/").content.decode()
    stranger = Client()
    call.decider = held.people["seat"]
    call.save()
    stranger.force_login(held.people["outside"])
    assert stranger.get(path).status_code == 404


@pytest.mark.parametrize("successor", ["seat", ""])
def test_who_decided_stays_named_after_leaving(held: Held, successor: str) -> None:
    call = shut(held)
    commands.decide(call.pk, "先做", by=held.actor("outside"), at=LATER)
    to = str(held.people[successor].pk) if successor else ""
    assert commands.hand_over_decisions(str(held.people["outside"].pk), to, by=held.actor("host"), at=LATER) == 0
    call.refresh_from_db()
    assert (call.decider, call.decision) == (held.people["outside"], "先做")


def test_a_decision_still_to_be_taken_goes_to_the_successor(held: Held) -> None:
    shut(held)
    to = str(held.people["seat"].pk)
    assert commands.hand_over_decisions(str(held.people["outside"].pk), to, by=held.actor("host"), at=LATER) == 1
    assert (owed(held, "outside"), len(owed(held, "seat"))) == ([], 1)


@pytest.mark.parametrize("kind", [None, Kind.NOTE])
def test_a_proposal_that_was_taken_back_asks_nobody_to_decide(held: Held, kind: Kind | None) -> None:
    entry = ConsensusCall.objects.get().entry
    edit: Edit = Delete(entry) if kind is None else Convert(entry, kind)
    commands.edit_record(held.id, [edit], by=held.actor("host"))
    call = shut(held)
    assert owed(held) == []
    with pytest.raises(NotFound):
        commands.decide(call.pk, "先做", by=held.actor("outside"), at=LATER)
