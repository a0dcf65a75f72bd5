# SPDX-License-Identifier: Apache-2.0
"""The company's Word form where minutes leave the house: export, circulation, archive; and when it cannot be filled."""

import pytest
from django.test import Client

from huiyao.documents.forms import FormRefused
from huiyao.domain.refusals import NotAllowed
from huiyao.features.archive.models import Filing
from huiyao.features.minutes.commands.closing import close_window
from huiyao.features.organisation.commands.word_form import upload_form, use_form, withdraw_form
from huiyao.features.organisation.models import WordForm
from huiyao.features.people.models import Person
from huiyao.features.people.reads import actor_of
from huiyao.flows import minutes_file
from huiyao.plumbing import files
from huiyao.plumbing.models import Message
from huiyao.project.wiring import wire
from tests.builders.minutes import ENDED, Company, a_company, address, browser, circulated
from tests.documents.test_forms import form, text_of

pytestmark = pytest.mark.django_db(transaction=True)
MARK = "青岚科技专用纪要表"
FORM = form(MARK, "{{ 会议名称 }}", "{% for a in 行动项 %}{{ a.任务 }}{% endfor %}")


@pytest.fixture(autouse=True)
def wired() -> None:
    wire()


@pytest.fixture
def company() -> Company:
    found = a_company()
    found.people["boss"] = Person.objects.create_user(
        "boss", name="管理员", administrator=True, email="boss@example.com", language="en"
    )
    return found


def in_use(company: Company, content: bytes = FORM) -> WordForm:
    row, _ = upload_form(content, "纪要表.docx", by=company.actor("boss"), at=ENDED)
    return use_form(row.pk, by=company.actor("boss"), at=ENDED)


def letters(kind: str = "minutes") -> list[Message]:
    return list(Message.objects.filter(kind__startswith=kind).order_by("recipient"))


def word_of(letter: Message) -> str:
    (one,) = letter.attachments
    assert one["name"].endswith(".docx")
    return text_of(files.path_of(one["sha256"]).read_bytes())


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise FormRefused("too_slow")

    monkeypatch.setattr(minutes_file, "fill_form", fails)


def test_without_a_form_the_mail_carries_the_link_alone(company: Company) -> None:
    circulated(company)
    assert letters()
    assert not [letter for letter in letters() if letter.attachments]


def test_everybody_gets_the_minutes_in_the_companys_form(company: Company) -> None:
    in_use(company)
    circulated(company)
    assert len(letters()) >= 5
    for letter in letters():
        assert MARK in word_of(letter)
        assert "写出改版必做清单" in word_of(letter)
    assert len({letter.attachments[0]["sha256"] for letter in letters()}) == 1


def test_a_form_that_cannot_be_filled_never_holds_minutes_up(company: Company, broken: None) -> None:
    row = in_use(company)
    circulated(company)
    assert "写出改版必做清单" in word_of(letters()[0])
    assert MARK not in word_of(letters()[0])
    row.refresh_from_db()
    assert row.trouble == "too_slow"


def test_recorder_and_administrators_are_told_once_each(company: Company, broken: None) -> None:
    in_use(company)
    circulated(company)
    told = {letter.recipient: letter for letter in Message.objects.filter(key__startswith="word-form:")}
    assert set(told) == {"周澜", "管理员"}
    assert "/settings/word-form/" in told["管理员"].text
    assert "/settings/" not in told["周澜"].text
    assert "订单页改版协调会" in told["周澜"].text


def test_the_export_is_in_the_companys_form_until_it_is_withdrawn(company: Company) -> None:
    row = in_use(company)
    circulated(company)
    reader: Client = browser(company, "market")
    assert MARK in text_of(reader.get(address(company, "export/docx/")).content)
    withdraw_form(row.pk, by=company.actor("boss"), at=ENDED)
    assert MARK not in text_of(reader.get(address(company, "export/docx/")).content)


def test_the_link_without_an_account_gives_the_same_file(company: Company) -> None:
    in_use(company)
    circulated(company)
    letter = next(letter for letter in letters() if letter.recipient == "陈墨")
    link = letter.text[letter.text.index("/l/minutes/") :].split()[0]
    assert MARK in text_of(Client().get(f"{link}docx/").content)


def test_the_archive_keeps_the_companys_form(company: Company) -> None:
    in_use(company)
    sent = circulated(company)
    close_window(company.meeting.pk, at=sent.window_ends_at)
    item = Filing.objects.get(meeting=company.meeting).items.get(name__endswith=".docx")
    assert MARK in text_of(files.path_of(item.sha256).read_bytes())


def test_only_administrators_may(company: Company) -> None:
    with pytest.raises(NotAllowed):
        upload_form(FORM, "x.docx", by=actor_of(company.people["market"]), at=ENDED)
    assert not WordForm.objects.exists()
