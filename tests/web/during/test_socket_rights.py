# SPDX-License-Identifier: Apache-2.0
"""The room's socket as every role: who may join, read and type, and who may give which command."""

import uuid
from collections.abc import Iterator

import pytest
from django.conf import settings

from huiyao.domain.rights import Deed, Facts, may
from huiyao.domain.stage import Stage
from huiyao.features.agenda.models import Topic
from huiyao.features.people.commands.tokens import make_token
from huiyao.features.people.reads import actor_of
from huiyao.features.sittings.models import Attendance, Turn
from huiyao.plumbing.models import AuditRow
from huiyao.room.frames import TOKEN_PREFIX, Close
from huiyao.web.during.acts import Call
from huiyao.web.during.calls import ACTS, _carry_out
from huiyao.web.during.entrance import Entry, Refused, let_in
from tests.builders import minutes as build
from tests.builders.people import client_of
from tests.web.rights_table import OWN, Wanted
from tests.web.walking import FACTS, ROLES, STAGES, a_company_at, allowed

pytestmark = pytest.mark.django_db(transaction=True)

HOST = "huiyao.example.test"
COMMANDS: dict[str, Wanted] = {
    "start": Deed.HOST,
    "topic": Deed.HOST,
    "extend": Deed.HOST,
    "skip": Deed.HOST,
    "move_topic": Deed.HOST,
    "floor": Deed.TYPE,
    "yield": Deed.TYPE,
    "hand": Deed.TYPE,
    "call": Deed.CALL,
    "voice": Deed.VOTE,
    "call_close": Deed.CALL,
    "call_drop": Deed.CALL,
    "park": Deed.TYPE,
    "next_plan": Deed.NAME_STAND_IN,
    "retro": OWN,
    "attend": Deed.TAKE_ATTENDANCE,
    "walk_in": Deed.TAKE_ATTENDANCE,
    "role": Deed.NAME_STAND_IN,
    "accept": OWN,
    "contest": OWN,
    "read": Deed.READ_ROOM,
    "find_person": Deed.READ_ROOM,
    "names": Deed.READ_ROOM,
    "convert": Deed.TYPE,
    "check": Deed.READ_ROOM,
    "close": Deed.HOST,
    "reopen": Deed.HOST,
    "late_edits": Deed.EDIT_DRAFT,
    "amend": Deed.EDIT_DRAFT,
    "dismiss": Deed.EDIT_DRAFT,
}


@pytest.fixture(params=STAGES)
def company(request: pytest.FixtureRequest) -> build.Company:
    return a_company_at(request.param)


@pytest.fixture
def preparing() -> build.Company:
    return a_company_at("preparing")


def join(company: build.Company, name: str, *, origin: str = f"https://{HOST}", room: str = "room") -> Entry | int:
    """The entry of somebody who is signed in by cookie, or the code they are turned away with."""
    headers = {b"host": HOST.encode(), b"origin": origin.encode()}
    if name != "nobody":
        client = client_of(company.people[name])
        cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        headers[b"cookie"] = cookie.encode()
    try:
        return let_in(f"/ws/{room}/{company.meeting.pk}", headers, [])
    except Refused as refusal:
        return int(refusal.code)


def people() -> Iterator[str]:
    return (name for name in ROLES if name != "nobody")


def test_each_role_joins_and_types_as_the_table_says(company: build.Company) -> None:
    facts, begun = FACTS[company.stage], company.stage != "preparing"  # type: ignore[attr-defined]
    for name in people():
        entry = join(company, name)
        if allowed(name, Deed.READ_ROOM, facts):
            assert isinstance(entry, Entry), name
            assert entry.rights.types == (begun and allowed(name, Deed.TYPE, facts)), name
        else:
            seen = allowed(name, Deed.SEE_MEETING, facts)
            assert entry == (Close.NO_ACCESS if seen else Close.NO_ROOM), name


def test_while_it_runs_the_seated_type_and_the_informed_read() -> None:
    company = a_company_at("circulated")
    company.meeting.stage, company.meeting.ended_at = Stage.IN_SESSION, None
    company.meeting.save()
    for name in people():
        entry, facts = join(company, name), Facts(invited=True)
        held = {ROLES[name]} - {None}
        if may(held, Deed.READ_ROOM, facts):
            assert isinstance(entry, Entry)
            assert entry.rights.types == may(held, Deed.TYPE, facts), name
            assert Attendance.objects.filter(person=company.people[name]).exists() == entry.rights.types, name


def test_the_notes_are_the_recorders(company: build.Company) -> None:
    for name in people():
        entry = join(company, name, room="notes")
        assert isinstance(entry, Entry) == (name == "ops"), name


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example.test", "null", "", f"https://{HOST}.elsewhere.test", f"https://{HOST}@x.test"]
)
def test_a_foreign_page_gets_nowhere_with_the_readers_cookie(preparing: build.Company, origin: str) -> None:
    assert join(preparing, "product", origin=origin) == Close.NO_ACCESS


def test_nobody_and_who_left_are_not_signed_in(preparing: build.Company) -> None:
    assert join(preparing, "nobody") == Close.NOT_SIGNED_IN
    host = preparing.people["product"]
    token = make_token(host.pk, "room", by=actor_of(host), at=build.ENDED)
    host.is_active = False
    host.save()
    assert join(preparing, "product") == Close.NOT_SIGNED_IN
    with pytest.raises(Refused) as refused:
        let_in(f"/ws/room/{preparing.meeting.pk}", {}, [TOKEN_PREFIX + token])
    assert refused.value.code == Close.NOT_SIGNED_IN


def test_a_cancelled_meeting_has_no_room(preparing: build.Company) -> None:
    preparing.meeting.stage = Stage.CANCELLED
    preparing.meeting.save()
    assert join(preparing, "product") == Close.NO_ROOM


def test_every_command_is_in_the_table() -> None:
    assert set(COMMANDS) == set(ACTS)


def test_each_role_gives_the_commands_the_table_grants_and_no_other(company: build.Company) -> None:
    facts, wrong = FACTS[company.stage], []  # type: ignore[attr-defined]
    topic = str(Topic.objects.filter(meeting=company.meeting)[0].pk)
    values = {
        "topic": topic, "minutes": 5, "person": str(company.people["tech"].pk), "state": "absent", "role": "recorder",
        "entry": "acti-1", "reason": "x", "text": "x", "q": "林", "kind": "note", "id": str(uuid.UUID(int=7)),
        "up": True,
    }  # fmt: skip
    for name in people():
        for command, wants in COMMANDS.items():
            if wants == OWN or allowed(name, wants, facts):
                continue
            before = AuditRow.objects.count()
            call = Call(actor_of(company.people[name]), str(company.meeting.pk), build.ENDED, values)
            answer = _carry_out(ACTS[command], command, call)
            if answer.refusal is None or answer.refusal.code not in ("not_allowed", "not_found"):
                wrong.append(f"{name} gave {command}: {answer}")
            elif AuditRow.objects.count() != before:
                wrong.append(f"{name} was refused {command} but something happened")
    assert not wrong, "\n".join(wrong)


def test_a_guest_finds_nobody_but_those_of_the_meeting() -> None:
    company = a_company_at("circulated")
    company.people["stranger"].name = "林外人"
    company.people["stranger"].save()
    call = Call(actor_of(company.people["guest"]), str(company.meeting.pk), build.ENDED, {"q": "林"})
    found = ACTS["find_person"](call)
    assert [person["name"] for person in found] == ["林乔"]  # type: ignore[attr-defined]


def test_a_guest_learns_no_name_from_outside_the_meeting_however_many_share_it() -> None:
    company = a_company_at("circulated")
    outside = [build.a_person(f"lin{n}", "林外人", None) for n in range(110)]
    guest, inside = actor_of(company.people["guest"]), company.people["ops"]
    alone = build.a_person("alone", "司空远", None)
    asked = {"q": "林", "ids": [str(outside[0].pk), str(inside.pk)], "text": "行动：司空远周五前整理清单"}
    call = Call(guest, str(company.meeting.pk), build.ENDED, asked)
    assert [person["name"] for person in ACTS["find_person"](call)] == ["林乔"]  # type: ignore[attr-defined]
    assert list(ACTS["names"](call)) == [str(inside.pk)]  # type: ignore[call-overload]
    assert ACTS["read"](call)["person"] == ""  # type: ignore[index]
    member = Call(actor_of(company.people["attendee"]), str(company.meeting.pk), build.ENDED, asked)
    assert ACTS["read"](member)["person"] == str(alone.pk)  # type: ignore[index]
    assert set(ACTS["names"](member)) == set(asked["ids"])  # type: ignore[call-overload]


def test_while_it_runs_nobody_gives_the_floor_or_speaks_for_others_without_the_right() -> None:
    company, wrong = a_company_at("circulated"), []
    company.meeting.stage, company.meeting.ended_at = Stage.IN_SESSION, None
    company.meeting.save()
    topic = str(Topic.objects.filter(meeting=company.meeting)[0].pk)
    wants = {
        "floor": Deed.GIVE_FLOOR, "hand": Deed.GIVE_FLOOR, "yield": Deed.GIVE_FLOOR, "attend": Deed.TAKE_ATTENDANCE,
        "skip": Deed.HOST, "move_topic": Deed.HOST, "extend": Deed.HOST, "topic": Deed.HOST,
    }  # fmt: skip
    for name in people():
        for other in ("ops", "attendee", "guest"):
            if other == name:
                continue
            Turn.objects.all().delete()
            Turn.objects.create(meeting=company.meeting, person=company.people[other], started_at=build.ENDED)
            values = {
                "person": str(company.people[other].pk),
                "state": "absent",
                "up": True,
                "topic": topic,
                "minutes": 5,
            }
            for command, deed in wants.items():
                call = Call(actor_of(company.people[name]), str(company.meeting.pk), build.ENDED, values)
                answer = _carry_out(ACTS[command], command, call)
                refused = answer.refusal is not None and answer.refusal.code in ("not_allowed", "not_found")
                if refused == allowed(name, deed, Facts(invited=True)):
                    wrong.append(f"{name}, {command} for {other}: {answer}")
    assert not wrong, "\n".join(wrong)
