# SPDX-License-Identifier: Apache-2.0
"""Every letter carries its text and the same as HTML, in the addressee's language, through a real mail server."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.conf import settings

from huiyao.flows.deliver import deliver
from huiyao.plumbing.models import Message
from huiyao.project.environment import MailServer
from huiyao.project.wiring import wire
from tests.builders.minutes import ENDED, a_company, circulated
from tests.fakes.mail_server import Behaviour, mail_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[EmailMessage]]:
    wire()
    behaviour = Behaviour()
    with mail_server(behaviour) as port:
        server = MailServer("127.0.0.1", port, "", "", "plain", "huiyao@example.com")
        told = replace(settings.HUIYAO, mail=server, base_url="https://huiyao.example.com")
        monkeypatch.setattr(settings, "HUIYAO", told)
        company = a_company()
        company.people["tech"].language = "en"
        company.people["tech"].save()
        circulated(company)
        deliver(ENDED + timedelta(hours=2), limit=50)
        yield behaviour.letters


def part(letter: EmailMessage, subtype: str) -> str:
    found = letter.get_body((subtype,))
    assert found is not None
    return str(found.get_content())


def of(letters: list[EmailMessage], name: str) -> EmailMessage:
    return next(letter for letter in letters if letter["To"].addresses[0].display_name == name)


def test_text_comes_first_then_the_same_as_html(letters: list[EmailMessage]) -> None:
    assert len(letters) >= 5
    for letter in letters:
        kinds = [p.get_content_type() for p in letter.walk() if p.get_content_maintype() == "text"]
        assert kinds == ["text/plain", "text/html"]
        for link in (word for word in part(letter, "plain").split() if word.startswith("https://")):
            assert f'<a href="{link}"' in part(letter, "html")
    assert sum("/l/minutes/" in part(letter, "html") for letter in letters) >= 4


def test_it_is_in_the_addressees_language(letters: list[EmailMessage]) -> None:
    assert '<html lang="en">' in part(of(letters, "许恒"), "html")
    assert '<html lang="zh-hans">' in part(of(letters, "陈墨"), "html")


def test_nothing_of_it_is_kept_after_sending(letters: list[EmailMessage]) -> None:
    assert letters
    assert not Message.objects.exclude(html="").exists()
