# SPDX-License-Identifier: Apache-2.0
"""Delivery over chats against simulators: the preferred way first, the next one where it fails, in order, in pace."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.conf import settings

from huiyao.domain.channels import KINDS
from huiyao.features.organisation.commands.channels import add_channel, change_channel, remove_channel
from huiyao.features.organisation.models import Channel
from huiyao.features.people.commands.addresses import prefer_channels, set_addresses
from huiyao.features.people.models import Person
from huiyao.features.people.reads import actor_of, recipient_of
from huiyao.flows.deliver import deliver
from huiyao.flows.deliver_channels import deliver_channels
from huiyao.gateways import tokens
from huiyao.plumbing import messages
from huiyao.plumbing.messages import Attachment, Recipient
from huiyao.plumbing.models import Message
from huiyao.project.environment import MailServer
from tests.builders.people import a_person, an_administrator, an_organisation
from tests.fakes import dingtalk as ding
from tests.fakes import feishu as fei
from tests.fakes import webhook as hook
from tests.fakes import wecom as wec
from tests.fakes.clock import FakeClock
from tests.fakes.http_service import served
from tests.fakes.mail_server import Behaviour, mail_server

pytestmark = pytest.mark.django_db


class House:
    """The simulators, a mail server, an administrator, and rounds of the worker under a fake clock."""

    def __init__(self, clock: FakeClock, open_: ExitStack) -> None:
        self.clock, self.open = clock, open_
        self.dingtalk, self.wecom = ding.DingTalk(clock.now), wec.WeCom(clock.now)
        self.feishu, self.receiver = fei.Feishu(clock.now), hook.Receiver(clock.now)
        self.mail = Behaviour()
        self.admin = an_administrator()

    def channel(self, kind: str, **values: str) -> Channel:
        service = {"dingtalk": self.dingtalk, "wecom": self.wecom, "feishu": self.feishu}.get(kind.split("_")[0])
        base = self.open.enter_context(served(service or self.receiver))
        urls = {"base_url": base, "api_url": base, "inner": "yes"}
        told = {field.name: urls[field.name] for field in KINDS[kind].fields if field.name in urls}
        return add_channel(kind, {"name": kind, **told, **values}, by=actor_of(self.admin), at=self.clock.now())

    def dingtalk_app(self) -> Channel:
        return self.channel("dingtalk_app", app_key=ding.KEY, app_secret=ding.SECRET, agent_id=str(ding.AGENT))

    def wecom_app(self) -> Channel:
        return self.channel("wecom_app", corp_id=wec.CORP, app_secret=wec.SECRET, agent_id=str(wec.AGENT))

    def feishu_app(self) -> Channel:
        return self.channel("feishu_app", app_id=fei.APP, app_secret=fei.SECRET)

    def person(self, name: str = "安然", **addresses: str) -> Person:
        person = a_person(name)
        set_addresses(person.pk, addresses, by=actor_of(self.admin), at=self.clock.now())
        return person

    def put(self, to: Person | Recipient, key: str = "k", **named: object) -> Message:
        recipient = recipient_of(to) if isinstance(to, Person) else to
        told = {"kind": "minutes", "title": f"题 {key}", "text": f"文 {key}", "at": self.clock.now(), **named}
        return Message.objects.get(pk=messages.put(key=key, to=recipient, **told))

    def round(self, **later: float) -> None:
        if later:
            self.clock.advance(**later)
        deliver(self.clock.now())
        deliver_channels(self.clock.now())


@pytest.fixture
def house(at: datetime, monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    monkeypatch.setattr(tokens.TOKENS, "_kept", {})
    with ExitStack() as open_:
        clock = FakeClock(at + timedelta(minutes=7))
        an_organisation()
        house = House(clock, open_)
        port = open_.enter_context(mail_server(house.mail))
        server = MailServer("127.0.0.1", port, "", "", "plain", "huiyao@example.com")
        told = replace(settings.HUIYAO, mail=server, base_url="https://huiyao.example.com")
        monkeypatch.setattr(settings, "HUIYAO", told)
        yield house


def state(key: str = "k") -> tuple[str, str]:
    row = Message.objects.get(key=key)
    return row.state, row.error.split(" ")[0]


class TestThePreferredWay:
    def test_a_person_known_to_a_chat_gets_it_there_and_not_by_mail(self, house: House) -> None:
        house.wecom_app()
        house.wecom.users.add("AnRan")
        house.put(house.person(wecom_user_id="AnRan"))
        house.round()
        assert house.wecom.arrived == [("AnRan", "题 k\n\n文 k")]
        assert (house.mail.letters, state()) == ([], ("sent", ""))

    def test_a_person_unknown_to_every_chat_gets_mail(self, house: House) -> None:
        house.wecom_app()
        house.put(house.person())
        house.round()
        assert len(house.mail.letters) == 1

    def test_what_a_person_prefers_decides(self, house: House) -> None:
        house.wecom_app()
        house.feishu_app()
        house.wecom.users.add("AnRan")
        house.feishu.users.add("ou_1")
        person = house.person(wecom_user_id="AnRan", feishu_open_id="ou_1")
        for number, order in enumerate((["feishu_app"], ["mail", "wecom_app"], [])):
            prefer_channels(person.pk, order, by=actor_of(person), at=house.clock.now())
            house.put(person, key=str(number))
            house.round()
        assert [len(house.feishu.arrived), len(house.mail.letters), len(house.wecom.arrived)] == [1, 1, 1]

    def test_an_invitation_goes_by_mail_for_its_calendar_and_to_the_chat(self, house: House) -> None:
        house.wecom_app()
        house.wecom.users.add("AnRan")
        house.put(
            house.person(wecom_user_id="AnRan"),
            calendar="BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
            calendar_method="REQUEST",
        )
        house.round()
        assert (len(house.mail.letters), len(house.wecom.arrived)) == (1, 1)
        house.round()
        assert (len(house.mail.letters), len(house.wecom.arrived)) == (1, 1)

    def test_a_link_to_a_password_stays_with_mail(self, house: House) -> None:
        house.wecom_app()
        house.wecom.users.add("AnRan")
        house.put(house.person(wecom_user_id="AnRan"), kind="account.password")
        house.round()
        assert (len(house.mail.letters), len(house.wecom.arrived)) == (1, 0)

    def test_without_a_mail_server_a_chat_carries_what_was_held(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, mail=None))
        house.wecom.users.add("AnRan")
        person = house.person(wecom_user_id="AnRan")
        house.put(person)
        house.round()
        assert state() == ("held", "no_mail_server")
        house.wecom_app()
        house.round()
        assert state() == ("sent", "")

    def test_taking_back_a_message_takes_back_its_copy(self, house: House) -> None:
        house.wecom_app()
        person = house.person(wecom_user_id="AnRan")
        house.put(person, attachments=[Attachment("a.pdf", "ab" * 32, "application/pdf")])
        deliver(house.clock.now(), limit=0)
        assert messages.retire(key="k") == 2


class TestFallingBack:
    def test_a_person_the_chat_does_not_know_gets_mail_and_the_trace_is_kept(self, house: House) -> None:
        channel = house.wecom_app()
        house.put(house.person(wecom_user_id="Nobody"))
        house.round()
        house.round(seconds=2)
        assert len(house.mail.letters) == 1
        row = Message.objects.get()
        assert (row.state, row.channel) == ("sent", "mail")
        assert [(way, error.split()[0]) for way, error in row.passed] == [(str(channel.pk), "unknown_recipient")]

    def test_accepted_by_dingtalk_but_not_delivered_is_found_out_and_goes_by_mail(self, house: House) -> None:
        house.dingtalk_app()
        house.put(house.person(dingtalk_user_id="left-the-company"))
        house.round()
        assert state() == ("waiting", "")
        assert not house.mail.letters
        house.round(seconds=25)
        house.round(seconds=2)
        assert len(house.mail.letters) == 1

    def test_delivered_by_dingtalk_is_sent_only_when_dingtalk_says_so(self, house: House) -> None:
        house.dingtalk_app()
        house.dingtalk.users["u1"] = "union-1"
        house.put(house.person(dingtalk_user_id="u1"))
        house.round()
        assert state() == ("waiting", "")
        house.round(seconds=25)
        assert (state(), len(house.dingtalk.arrived)) == (("sent", ""), 1)

    def test_a_refused_set_up_sends_everybody_the_next_way_with_one_call(self, house: House) -> None:
        house.wecom_app()
        house.wecom.trusted = False
        for number in range(5):
            house.put(house.person(f"人{number}", wecom_user_id=f"U{number}"), key=f"k{number}")
        house.round()
        house.round(seconds=2)
        assert len(house.mail.letters) == 5
        assert len([asked for asked in house.wecom.log if asked.path.endswith("/send")]) == 1

    def test_mail_that_fails_for_good_falls_back_to_the_chat(self, house: House) -> None:
        house.wecom_app()
        house.wecom.users.add("AnRan")
        house.mail.refuse_recipient = "550 5.1.1 no such user"
        person = house.person(wecom_user_id="AnRan")
        prefer_channels(person.pk, ["mail", "wecom_app"], by=actor_of(person), at=house.clock.now())
        house.put(person)
        house.round()
        house.round(seconds=2)
        assert (state(), len(house.wecom.arrived)) == (("sent", ""), 1)

    def test_a_removed_channel_leaves_nothing_behind(self, house: House) -> None:
        channel = house.wecom_app()
        house.wecom.faults.append("down_always")
        house.put(house.person(wecom_user_id="AnRan"))
        house.round()
        remove_channel(channel.pk, by=actor_of(house.admin), at=house.clock.now())
        house.round()
        assert len(house.mail.letters) == 1
        assert Channel.objects.get().secrets == ""


def group(house: House, kind: str = "wecom_robot", **values: str) -> Callable[..., Message]:
    channel = house.channel(kind, **values)
    return lambda key: house.put(Recipient("", "项目群", ""), key=key, channel=str(channel.pk))


class TestPace:
    def test_a_gateway_down_for_an_hour_and_back_gets_everything_in_order_within_its_rate(self, house: House) -> None:
        heard = house.wecom.heard["key"] = []
        put = group(house, token="key")
        house.wecom.faults.append("down_always")
        for number in range(60):
            put(f"{number:02}")
            house.round(minutes=1)
        down = len(house.wecom.log)
        assert down < 30
        house.wecom.faults.clear()
        began = house.clock.now()
        while Message.objects.filter(state="waiting").exists() and house.clock.now() < began + timedelta(hours=1):
            house.round(seconds=2)
        assert [body["text"]["content"][2:4] for body in heard] == [f"{number:02}" for number in range(60)]
        assert len([asked for asked in house.wecom.log[down:] if asked.method == "POST"]) == 60  # none was too fast
        assert house.clock.now() - began < timedelta(minutes=10)

    def test_a_robot_that_says_too_fast_is_left_alone_until_its_penalty_is_over(self, house: House) -> None:
        robot = house.dingtalk.robots["t"] = ding.RobotOf()
        robot.window.blocked_until = house.clock.now().timestamp() + 600
        group(house, "dingtalk_robot", token="t")("k")
        house.round()
        for _ in range(10):
            house.round(seconds=50)
        assert (state(), len(house.dingtalk.log)) == (("waiting", "too_fast"), 1)
        house.round(seconds=101)
        assert (state(), len(robot.heard)) == (("sent", ""), 1)

    def test_an_uncertain_message_to_a_group_is_repeated_once_at_most(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        heard = house.wecom.heard["key"] = []
        group(house, token="key")("k")
        house.wecom.faults.extend(["html"] * 20)
        for _ in range(10):
            house.round(minutes=6)
        assert (state(), len(heard)) == (("failed", "uncertain"), 2)
        messages.send_again(Message.objects.get().pk, at=house.clock.now())
        house.wecom.faults.clear()
        house.round()
        assert (state(), len(heard)) == (("sent", ""), 3)

    def test_an_uncertain_message_to_a_person_arrives_once(self, house: House) -> None:
        house.feishu_app()
        house.feishu.users.add("ou_1")
        house.put(house.person(feishu_open_id="ou_1"))
        house.feishu.faults.extend(["", "truncated", "500", "html"])
        for _ in range(8):
            house.round(minutes=5)
        assert (state(), len(house.feishu.arrived)) == (("sent", ""), 1)

    def test_a_changed_set_up_is_tried_at_once(self, house: House) -> None:
        heard = house.wecom.heard["right"] = []
        channel = house.channel("wecom_robot", token="wrong")
        house.put(Recipient("", "群", ""), channel=str(channel.pk))
        house.round()
        house.round(seconds=30)
        assert (state(), len(house.wecom.log)) == (("waiting", "bad_token"), 1)
        told = {"name": "群", "token": "right", **channel.settings}
        change_channel(channel.pk, told, version=1, by=actor_of(house.admin), at=house.clock.now())
        house.round()
        assert len(heard) == 1

    def test_a_webhook_gets_the_same_id_at_every_attempt(self, house: House) -> None:
        channel = house.channel("webhook", secret=hook.SECRET)
        row = house.put(Recipient("", "系统", ""), channel=str(channel.pk))
        house.receiver.faults.append("500")
        house.round()
        house.round(seconds=10)
        assert list(house.receiver.received) == [str(row.pk)]
        assert len(house.receiver.log) == 2


class TestQuietHours:
    @pytest.mark.parametrize(("hour", "minute"), [(14, 30), (19, 5), (23, 59)])
    def test_a_reminder_of_the_night_arrives_in_the_morning(self, house: House, hour: int, minute: int) -> None:
        house.clock.at = house.clock.at.replace(hour=hour, minute=minute)  # UTC: 22:30, 03:05 and 07:59 in Shanghai
        house.put(house.person(), kind="reminder")
        house.round()
        assert not house.mail.letters
        due = Message.objects.get().next_at
        local = due + timedelta(hours=8)
        assert (local.hour, 2 <= local.minute <= 10) == (8, True)
        house.clock.at = due
        house.round()
        assert len(house.mail.letters) == 1

    def test_an_invitation_does_not_wait_for_the_morning(self, house: House) -> None:
        house.clock.at = house.clock.at.replace(hour=15)
        house.put(house.person(), kind="invitation")
        house.round()
        assert len(house.mail.letters) == 1
