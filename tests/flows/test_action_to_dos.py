# SPDX-License-Identifier: Apache-2.0
"""Actions as DingTalk to-dos against the simulator: made when adopted, moved, ticked off, taken away with them."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import date, timedelta

import pytest

from huiyao.domain.actions import ActionAct
from huiyao.domain.actor import Actor
from huiyao.features.actions.commands import following
from huiyao.features.actions.commands.following import Said
from huiyao.features.actions.models import Action
from huiyao.features.minutes.events import MinutesCirculated
from huiyao.features.organisation.commands.channels import add_channel, change_channel
from huiyao.features.people.commands.addresses import set_addresses
from huiyao.flows.action_to_dos import carry_to_dos, follow_actions
from huiyao.gateways import tokens
from huiyao.plumbing.models import RemoteToDo
from huiyao.project.wiring import wire
from tests.builders.minutes import ENDED, Company, a_company, circulated
from tests.fakes import dingtalk as ding
from tests.fakes.clock import FakeClock
from tests.fakes.http_service import served

pytestmark = pytest.mark.django_db(transaction=True)
ADMIN = Actor(id="", name="test", administrator=True)


class Office:
    """A company whose market and tech people are known to DingTalk, and its rounds under a fake clock."""

    def __init__(self, open_: ExitStack) -> None:
        wire()
        self.clock = FakeClock(ENDED + timedelta(hours=1))
        self.service = ding.DingTalk(self.clock.now)
        base = open_.enter_context(served(self.service))
        self.company: Company = a_company()
        told = {"name": "钉钉", "app_key": ding.KEY, "app_secret": ding.SECRET, "agent_id": str(ding.AGENT)}
        self.told = {**told, "base_url": base, "api_url": base, "inner": "yes"}
        self.channel = add_channel("dingtalk_app", self.told, by=ADMIN, at=self.clock.now())
        for name in ("market", "tech"):
            self.service.users[name] = f"union-{name}"
            ids = {"dingtalk_union_id": f"union-{name}"}
            set_addresses(self.company.people[name].pk, ids, by=ADMIN, at=self.clock.now())
        self.sent = circulated(self.company, at=self.clock.now())

    def action(self, entry: str) -> Action:
        return Action.objects.get(entry=entry)

    def act(self, entry: str, act: ActionAct, text: str = "") -> None:
        owner = self.company.actor({"acti-1": "market", "acti-2": "tech"}[entry])
        by = self.company.host if act is ActionAct.CANCEL else owner
        following.act_on(self.action(entry).pk, act, Said(text), by=by, at=self.clock.now())

    def round(self, **later: float) -> int:
        self.clock.advance(**(later or {"seconds": 5}))
        return carry_to_dos(self.clock.now())

    def shown(self) -> dict[str, bool]:
        return {task["subject"]: task["done"] for task in self.service.to_dos.values()}


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr(tokens.TOKENS, "_kept", {})
    with ExitStack() as open_:
        yield Office(open_)


def test_owners_known_to_dingtalk_get_a_to_do_when_actions_are_adopted(office: Office) -> None:
    assert office.round() == 2
    assert office.shown() == {"写出改版必做清单": False, "评估清单并给出排期": False}
    task = next(t for t in office.service.to_dos.values() if t["executorIds"] == ["union-market"])
    assert task["dueTime"] == 1_796_378_400_000  # 4 December 2026, 18:00 in Shanghai
    assert task["detailUrl"]["appUrl"].endswith(f"/actions/{office.action('acti-1').pk}/")
    assert office.round() == 0


def test_a_to_do_follows_its_action_to_its_end(office: Office) -> None:
    office.round()
    action = office.action("acti-2")
    by = office.company.actor("tech")
    following.postpone(action.pk, date(2026, 12, 10), "等数据", by=by, at=office.clock.now())
    office.act("acti-1", ActionAct.FINISH)
    assert office.round() == 2
    assert office.shown() == {"写出改版必做清单": True, "评估清单并给出排期": False}
    assert 1_796_896_800_000 in {task["dueTime"] for task in office.service.to_dos.values()}
    office.act("acti-1", ActionAct.REOPEN)
    office.act("acti-2", ActionAct.CANCEL, "不做了")
    assert office.round() == 2
    assert office.shown() == {"写出改版必做清单": False}
    assert RemoteToDo.objects.count() == 1


def test_another_owner_gets_it_and_the_first_loses_it(office: Office) -> None:
    office.round()
    tech = office.company.people["tech"]
    following.name_owner(office.action("acti-1").pk, tech.pk, by=office.company.host, at=office.clock.now())
    office.round()
    owners = {tuple(task["executorIds"]) for task in office.service.to_dos.values()}
    assert owners == {("union-tech",)}
    market = office.company.people["market"]
    following.name_owner(office.action("acti-1").pk, market.pk, by=office.company.host, at=office.clock.now())
    office.round()
    assert {task["subject"]: task["executorIds"] for task in office.service.to_dos.values()} == {
        "写出改版必做清单": ["union-market"],
        "评估清单并给出排期": ["union-tech"],
    }


def test_an_answer_that_never_came_makes_no_second_to_do(office: Office) -> None:
    office.service.faults.extend(["", "truncated"])
    office.round()
    office.round(minutes=10)
    office.round(minutes=10)
    assert len(office.service.to_dos) == office.service.made == 2
    assert not RemoteToDo.objects.filter(behind=True).exists()


def test_what_changed_while_dingtalk_was_away_is_told_once_in_its_newest_shape(office: Office) -> None:
    office.service.faults.append("down_always")
    office.round()
    office.act("acti-1", ActionAct.START)
    office.act("acti-1", ActionAct.FINISH)
    office.round(minutes=60)
    assert office.service.to_dos == {}
    office.service.faults.clear()
    for _ in range(4):
        office.round(minutes=10)
    assert office.shown() == {"写出改版必做清单": True, "评估清单并给出排期": False}


def test_a_missing_right_is_waited_for_and_stops_no_message(office: Office) -> None:
    office.service.permitted = False
    office.round()
    assert {row.error.split(" ")[0] for row in RemoteToDo.objects.exclude(error="")} == {"no_rights"}
    office.service.permitted = True
    office.round(minutes=15)
    office.round(minutes=15)
    assert len(office.shown()) == 2


def test_the_same_event_again_changes_nothing_and_unticked_nothing_is_made(office: Office) -> None:
    office.round()
    event = MinutesCirculated(str(office.company.meeting.pk), str(office.sent.pk), 1, "")
    follow_actions(event, office.clock.now())
    assert office.round() == 0
    channel = office.channel
    change_channel(channel.pk, {**office.told, "to_dos": ""}, version=channel.version, by=ADMIN, at=office.clock.now())
    office.act("acti-1", ActionAct.FINISH)
    assert office.round() == 0


def test_one_deleted_there_stays_deleted(office: Office) -> None:
    office.round()
    office.service.to_dos.clear()
    office.act("acti-1", ActionAct.FINISH)
    office.round()
    assert office.service.to_dos == {}
    assert RemoteToDo.objects.get(subject=str(office.action("acti-1").pk)).error.startswith("unknown_to_do")
    assert office.round(hours=2) == 0
