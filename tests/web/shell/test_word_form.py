# SPDX-License-Identifier: Apache-2.0
"""The settings page of the company's Word form: upload, what it says, use, go back, withdraw."""

import io
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from docx import Document

from huiyao.documents.forms import FIELDS
from huiyao.features.organisation.models import WordForm
from huiyao.features.organisation.reads import word_form_in_use
from huiyao.plumbing.models import AuditRow, StoredFile
from huiyao.web.shell import form_words
from huiyao.web.shell.refusals import FORM_REASONS
from tests.builders.people import an_administrator, an_organisation, client_of
from tests.documents.test_forms import HOSTILE_FORMS, ORDINARY, form, text_of

pytestmark = pytest.mark.django_db
HOME = "/settings/word-form/"


@pytest.fixture
def boss() -> Client:
    an_organisation()
    return client_of(an_administrator(login="boss"))


def send(boss: Client, content: bytes, name: str = "公司纪要表.docx") -> str:
    """Upload a form; the address it led to."""
    answer = boss.post(HOME, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def text_at(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def test_the_page_documents_every_field_with_its_meaning_and_an_example(boss: Client) -> None:
    page = text_at(boss, HOME)
    for field, (chinese, rows) in FIELDS.items():
        assert {f"<code>{field}</code>", f"<code>{chinese}</code>"} <= set(re.findall(r"<code>[^<]*</code>", page))
        assert {field, *(f"{field}.{name}" for name in rows or ())} <= set(form_words.MEANINGS)
    assert "Sample meeting" in page
    assert "Built-in layout" in page


def test_a_form_is_kept_with_what_it_prints_and_used_only_when_told(boss: Client) -> None:
    page = send(boss, ORDINARY)
    row = WordForm.objects.get()
    assert (row.number, row.name, row.unknown) == (1, "公司纪要表.docx", [])
    assert "会议名称" in row.used
    assert word_form_in_use() is None
    assert "The meeting&#x27;s title" in text_at(boss, page)
    assert boss.post(f"{page}use/").status_code == 302
    assert word_form_in_use() == WordForm.objects.get()
    assert "公司纪要表.docx" in text_at(boss, HOME)
    acts = AuditRow.objects.filter(act__startswith="word_form.").order_by("at", "id")
    assert list(acts.values_list("act", flat=True)) == ["word_form.uploaded", "word_form.used"]


def test_unknown_names_are_told_with_their_places(boss: Client) -> None:
    content = form("第一段", "标题：{{ titel }}", rows=(("{{ 无此栏 }}",),))
    page = text_at(boss, send(boss, content))
    assert "2 names are not known" in page
    assert re.search(r"<code>titel</code><br><span class=\"muted\">paragraph 2</span> <code>标题：{{ titel }}", page)
    assert re.search(r"<code>无此栏</code><br><span class=\"muted\">table 1</span>", page)


def test_a_name_in_the_header_is_found_there(boss: Client) -> None:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "{{ unheard_of }}"
    target = io.BytesIO()
    document.save(target)
    assert '<span class="muted">header</span>' in text_at(boss, send(boss, target.getvalue()))


SLOW = {"replace bomb", "large file", "zip bomb", "many parts"}
"""They take a second each, and are told in the words of their reason."""


@pytest.mark.parametrize(
    ("kind", "language"),
    [
        (kind, language)
        for kind in sorted(HOSTILE_FORMS)
        for language in ("en", "zh-hans", "zh-hant")
        if language == "en" or kind not in SLOW
    ],
)
def test_a_refused_form_is_told_why_and_nothing_is_kept(boss: Client, kind: str, language: str) -> None:
    boss.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    before = StoredFile.objects.count()
    answer = boss.post(HOME, {"file": SimpleUploadedFile("x.docx", HOSTILE_FORMS[kind][0]() or b" ")})
    page = answer.content.decode()
    assert answer.status_code == 422
    told = re.search(r'<div class="fix" role="alert"><b>(.*?)</b>', page, re.DOTALL)
    assert told is not None
    assert told[1].strip()
    assert "%(" not in told[1]
    assert not WordForm.objects.exists()
    assert StoredFile.objects.count() == before


def test_a_forbidden_tag_is_shown_where_it_stands(boss: Client) -> None:
    content = form("a", "b", "{{ title.upper() }} hier")
    page = boss.post(HOME, {"file": SimpleUploadedFile("x.docx", content)}).content.decode()
    assert "calling something" in page
    assert re.search(r"paragraph 3</span> <code>{{ title.upper\(\) }} hier", page)


def test_every_reason_has_words() -> None:
    told = {reason for _, reasons in HOSTILE_FORMS.values() for reason in reasons}
    assert told <= set(FORM_REASONS)


def test_the_earlier_version_is_used_again_and_the_built_in_layout_too(boss: Client) -> None:
    first, second = send(boss, ORDINARY), send(boss, form("{{ title }}"), "zwei.docx")
    boss.post(f"{first}use/")
    boss.post(f"{second}use/")
    in_use = word_form_in_use()
    assert in_use is not None
    assert in_use.number == 2
    boss.post(f"{first}use/")
    assert list(WordForm.objects.exclude(used_since=None).values_list("number", flat=True)) == [1]
    boss.post(f"{HOME}built-in/")
    assert word_form_in_use() is None
    rows = AuditRow.objects.filter(act__in=("word_form.used", "word_form.stopped")).order_by("id")
    assert [(row.act, row.facts["before"]) for row in rows][-2:] == [("word_form.used", 2), ("word_form.stopped", 1)]


def test_a_withdrawn_version_cannot_be_used_again(boss: Client) -> None:
    page = send(boss, ORDINARY)
    boss.post(f"{page}use/")
    boss.post(f"{page}withdraw/")
    assert word_form_in_use() is None
    assert boss.post(f"{page}use/").status_code == 409
    assert word_form_in_use() is None
    assert "withdrawn" in text_at(boss, HOME)


def test_the_form_to_start_from_can_be_uploaded_as_it_is(boss: Client) -> None:
    start = boss.get(f"{HOME}start/")
    assert "attachment" in start.headers["Content-Disposition"]
    send(boss, start.content)
    assert WordForm.objects.get().unknown == []


def test_the_preview_is_filled_and_the_original_is_not(boss: Client) -> None:
    page = send(boss, ORDINARY)
    assert "Samplemeeting" in text_of(boss.get(f"{page}preview/").content).replace(" ", "")
    assert boss.get(f"{page}file/").headers["Content-Disposition"].startswith("attachment")


def test_a_form_that_failed_is_shown_with_its_reason(boss: Client) -> None:
    page = send(boss, ORDINARY)
    boss.post(f"{page}use/")
    WordForm.objects.update(trouble="too_slow", trouble_at="2026-11-24T02:00Z")
    assert "Filling the form takes too long." in text_at(boss, HOME)
    boss.post(f"{page}withdraw/")
    assert "takes too long" not in text_at(boss, HOME)


def test_no_file_is_a_clear_refusal(boss: Client) -> None:
    answer = boss.post(HOME, {})
    assert answer.status_code == 422
    assert "no Word file" in answer.content.decode()


@pytest.mark.office
def test_the_first_page_is_shown_where_the_machine_can(boss: Client, soffice: str) -> None:
    assert soffice
    page = send(boss, ORDINARY)
    assert "Show the first page" in text_at(boss, page)
    answer = boss.get(f"{page}picture/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "image/png")
    assert answer.content.startswith(b"\x89PNG")


def test_the_how_to_has_every_field_in_every_spelling() -> None:
    text = (Path(__file__).parents[3] / "docs" / "how-to" / "company-form.md").read_text()
    for line in form_words.field_lines("en"):
        assert all(f"`{name}`" in text for name in line.names)
