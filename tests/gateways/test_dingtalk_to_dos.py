# SPDX-License-Identifier: Apache-2.0
"""To-dos of DingTalk: made once however often it is tried, changed, ticked off, taken away."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from huiyao.gateways.calling import Line
from huiyao.gateways.dingtalk import App
from huiyao.gateways.dingtalk_to_dos import ToDo, ToDos
from huiyao.gateways.outcome import Later, Refused, Taken
from huiyao.gateways.tokens import TokenCache
from tests.fakes.clock import FakeClock
from tests.fakes.dingtalk import AGENT, KEY, SECRET, DingTalk
from tests.fakes.http_service import served

TASK = ToDo("a1", "union-1", "写方案")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(datetime(2026, 11, 24, 2, 0, tzinfo=UTC))


@pytest.fixture
def service(clock: FakeClock) -> DingTalk:
    service = DingTalk(clock.now)
    service.users["u1"] = "union-1"
    return service


@pytest.fixture
def to_dos(service: DingTalk) -> Iterator[ToDos]:
    with served(service) as base, Line(base, allowed={"127.0.0.1"}, step=2) as line:
        yield ToDos(App(line, line, KEY, SECRET, str(AGENT), TokenCache()))


def test_a_to_do_is_made_once_changed_ticked_off_and_taken_away(
    to_dos: ToDos, clock: FakeClock, service: DingTalk
) -> None:
    at = clock.now()
    made = to_dos.make(ToDo("a1", "union-1", "写方案" * 500, due=at), at)
    assert isinstance(made, Taken)
    assert to_dos.make(TASK, at) == made
    assert len(service.to_dos) == 1
    moved = ToDo("a1", "union-1", "写方案", due=at + timedelta(days=3), done=True)
    assert to_dos.change(made.reference, moved, at) == made
    kept = service.to_dos[made.reference]
    assert (kept["subject"], kept["done"]) == ("写方案", True)
    assert kept["dueTime"] == int((at + timedelta(days=3)).timestamp() * 1000)
    assert to_dos.remove(made.reference, "union-1", at) == made
    assert to_dos.remove(made.reference, "union-1", at) == made
    assert service.to_dos == {}


def test_an_answer_that_never_came_does_not_make_two(to_dos: ToDos, clock: FakeClock, service: DingTalk) -> None:
    service.faults.extend(["", "truncated"])
    lost = to_dos.make(TASK, clock.now())
    assert isinstance(lost, Later)
    assert lost.uncertain
    assert to_dos.make(TASK, clock.now()) == Taken("task0")
    assert len(service.to_dos) == 1


def test_one_deleted_there_is_named(to_dos: ToDos, clock: FakeClock) -> None:
    gone = to_dos.change("task9", TASK, clock.now())
    assert isinstance(gone, Refused)
    assert (gone.code, gone.channel) == ("unknown_to_do", False)


def test_a_to_do_wants_the_union_id_and_the_right(to_dos: ToDos, clock: FakeClock, service: DingTalk) -> None:
    wrong = to_dos.make(ToDo("a1", "u1", "写方案"), clock.now())
    assert isinstance(wrong, Refused)
    assert (wrong.code, wrong.channel) == ("bad_message", False)
    assert to_dos.check("union-1", clock.now()) == Taken()
    service.permitted = False
    for right in (to_dos.make(TASK, clock.now()), to_dos.check("union-1", clock.now())):
        assert isinstance(right, Refused)
        assert (right.code, right.channel) == ("no_rights", True)
