# SPDX-License-Identifier: Apache-2.0
"""Policy, organisation, calendar and mail pages."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client

from huiyao.features.calendars.models import CalendarDay
from huiyao.features.organisation.models import Organisation, PolicyVersion
from huiyao.features.organisation.reads import policy_in_force
from huiyao.flows.deliver import deliver
from huiyao.plumbing import clock
from huiyao.plumbing.models import Message
from huiyao.project.environment import MailServer
from huiyao.web.shell.mail_words import WORDS
from tests.builders.people import an_administrator, an_organisation, client_of
from tests.fakes.mail_server import Behaviour, mail_server
from tests.servers import free_port

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss() -> Client:
    an_organisation()
    return client_of(an_administrator(login="boss", email="boss@example.com"))


class TestPolicy:
    def test_it_shows_the_guides_figures_and_what_each_means(self, boss: Client) -> None:
        page = boss.get("/settings/policy/").content.decode()
        for name, value in (("meeting_minutes", 90), ("circulate_hours", 24), ("turn_minutes", 3)):
            assert f'name="{name}" value="{value}"' in page
        assert "never as “confirmed”" in page

    def test_a_figure_is_set_as_a_new_version_and_the_guides_is_still_named(self, boss: Client) -> None:
        response = boss.post("/settings/policy/", {"turn_minutes": "5", "working_time": "0", "version": "0"})
        assert response.status_code == 302
        assert (policy_in_force().number, policy_in_force().policy.turn_minutes) == (1, 5)
        assert not policy_in_force().policy.working_time
        assert "the guide says 3" in boss.get("/settings/policy/").content.decode()

    @pytest.mark.parametrize("value", ["", "x", "0", "61", "3.5", "-1", "9" * 6000])
    def test_a_bad_figure_is_marked_and_kept_and_changes_nothing(self, boss: Client, value: str) -> None:
        response = boss.post("/settings/policy/", {"turn_minutes": value, "version": "0"})
        assert response.status_code == 422
        assert 'id="turn_minutes-error"' in response.content.decode()
        assert not PolicyVersion.objects.exists()

    def test_an_older_page_is_told_so(self, boss: Client) -> None:
        boss.post("/settings/policy/", {"turn_minutes": "5", "version": "0"})
        assert boss.post("/settings/policy/", {"turn_minutes": "4", "version": "0"}).status_code == 409
        assert policy_in_force().policy.turn_minutes == 5


class TestOrganisation:
    FORM = {
        "name": "雪杉",
        "zone": "Asia/Taipei",
        "language": "zh-hant",
        "opens1": "08:30",
        "closes1": "17:30",
        "weekdays": ["0", "1", "2", "3"],
        "version": "1",
    }

    def test_it_is_changed(self, boss: Client) -> None:
        assert boss.post("/settings/organisation/", self.FORM).status_code == 302
        row = Organisation.objects.get()
        assert (row.name, row.zone, row.language) == ("雪杉", "Asia/Taipei", "zh-hant")
        assert (row.hours, row.weekdays) == ([["08:30", "17:30"]], [0, 1, 2, 3])

    @pytest.mark.parametrize(
        "form",
        [{"name": ""}, {"zone": "x"}, {"language": "x"}, {"opens1": "x"}, {"closes1": "08:00"}, {"weekdays": []}, {"version": "9"}],
    )  # fmt: skip
    def test_a_bad_value_changes_nothing(self, boss: Client, form: dict[str, object]) -> None:
        before = Organisation.objects.values().get()
        response = boss.post("/settings/organisation/", {**self.FORM, **form})
        assert response.status_code in (409, 422)
        assert 'class="error"' in response.content.decode()
        assert Organisation.objects.values().get() == before


class TestCalendar:
    def test_a_pasted_notice_is_put_in_and_a_day_taken_back(self, boss: Client) -> None:
        boss.post("/settings/calendar/", {"days": "2027-02-05 休 春节\n2027-02-14 班"})
        assert CalendarDay.objects.count() == 2
        boss.post("/settings/calendar/2027-02-14/clear/")
        assert [str(row.day) for row in CalendarDay.objects.all()] == ["2027-02-05"]

    def test_a_line_that_cannot_be_read_keeps_the_text_and_changes_nothing(self, boss: Client) -> None:
        response = boss.post("/settings/calendar/", {"days": "2027-02-05 休\nsometime"})
        assert response.status_code == 422
        assert "sometime" in response.content.decode()
        assert not CalendarDay.objects.exists()

    @pytest.mark.parametrize(("day", "status"), [("2027-02-14", 404), ("tomorrow", 422)])
    def test_a_day_nobody_set_is_not_there(self, boss: Client, day: str, status: int) -> None:
        assert boss.post(f"/settings/calendar/{day}/clear/").status_code == status


class TestMail:
    @pytest.fixture
    def behaviour(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Behaviour]:
        behaviour = Behaviour()
        with mail_server(behaviour) as port:
            self.set_up(monkeypatch, port)
            yield behaviour

    def set_up(self, monkeypatch: pytest.MonkeyPatch, port: int, security: str = "plain") -> None:
        server = MailServer("127.0.0.1", port, "", "", security, "huiyao@example.com")
        told = replace(settings.HUIYAO, mail=server, base_url="https://huiyao.example.com")
        monkeypatch.setattr(settings, "HUIYAO", told)

    def test_without_a_server_the_page_says_so_and_how_to_set_one_up(self, boss: Client) -> None:
        page = boss.get("/settings/mail/").content.decode()
        assert "No mail server is set up" in page
        assert "HUIYAO_EMAIL_URL=" in page

    def test_a_test_mail_arrives(self, boss: Client, behaviour: Behaviour) -> None:
        assert boss.post("/settings/mail/").status_code == 302
        deliver(clock.now())
        assert behaviour.recipients == ["boss@example.com"]

    def test_a_server_that_is_not_there_is_named_with_the_remedy(
        self, boss: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.set_up(monkeypatch, free_port())
        response = boss.post("/settings/mail/")
        assert response.status_code == 422
        assert "Check the port in HUIYAO_EMAIL_URL" in response.content.decode()
        assert not Message.objects.exists()

    def test_a_server_without_starttls_is_named_with_the_remedy(
        self, boss: Client, behaviour: Behaviour, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.set_up(monkeypatch, settings.HUIYAO.mail.port, "starttls")
        assert "offers no STARTTLS" in boss.post("/settings/mail/").content.decode()
        assert behaviour.letters == []

    def test_the_password_is_never_shown(self, boss: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        server = MailServer("127.0.0.1", 25, "huiyao", "right horse", "plain", "huiyao@example.com")
        monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, mail=server))
        page = boss.get("/settings/mail/").content.decode()
        assert "127.0.0.1:25" in page
        assert "right horse" not in page
        assert "HUIYAO_MAIL_FROM_LOOPBACK" in page

    def test_every_trouble_has_words(self) -> None:
        codes = {
            "bad_address", "bad_certificate", "bad_letter", "broken_off", "busy", "connection_refused",
            "content_refused", "file_missing", "greylisted", "loopback_address", "no_address", "no_mail_server",
            "no_sign_in", "no_starttls", "no_tls", "recipient_refused", "sender_refused", "sign_in_refused",
            "timed_out", "unknown_host",
        }  # fmt: skip
        assert set(WORDS) == codes
