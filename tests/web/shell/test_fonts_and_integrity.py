# SPDX-License-Identifier: Apache-2.0
"""Settings: fonts for rare characters, and whether what was frozen and sent is still what it was."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyao.features.minutes.models import MinutesVersion
from huiyao.flows.added_fonts import added_fonts
from huiyao.flows.verify import last_results
from huiyao.plumbing.models import AuditRow
from tests.builders.minutes import a_company, circulated
from tests.builders.people import a_person, an_administrator, an_organisation, client_of
from tests.documents.test_pdf_minutes import make_font

pytestmark = pytest.mark.django_db
RARE = "𱁬"
FONTS, INTEGRITY = "/settings/fonts/", "/settings/integrity/"


@pytest.fixture
def boss() -> Client:
    an_organisation()
    return client_of(an_administrator(login="boss"))


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "HUIYAO", replace(settings.HUIYAO, data=tmp_path))
    return tmp_path


@pytest.fixture
def font(tmp_path: Path) -> bytes:
    make_font(tmp_path / "made.ttf", RARE)
    return (tmp_path / "made.ttf").read_bytes()


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_rare_name_is_told_before_any_minutes_are_written(boss: Client, data: Path) -> None:
    a_person(f"王{RARE}", login="rare")
    page = page_of(boss, FONTS)
    assert f"王{RARE}" in page
    assert "U+3106C" in page


def test_an_added_font_draws_it_from_then_on(boss: Client, data: Path, font: bytes) -> None:
    a_person(f"王{RARE}", login="rare")
    answer = boss.post(FONTS, {"file": SimpleUploadedFile("稀有 字.ttf", font)})
    assert answer.status_code == 302
    assert [path.name for path in (data / "fonts").iterdir()] == ["稀有 字.ttf"]
    page = page_of(boss, FONTS)
    assert "Every name in the directory can be printed." in page
    assert AuditRow.objects.get(act="font.added").facts["name"] == "稀有 字.ttf"
    assert boss.post(f"{FONTS}remove/", {"name": "稀有 字.ttf"}).status_code == 302
    assert "U+3106C" in page_of(boss, FONTS)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("x.ttf", b"no font at all"),
        ("x.exe", b"MZ"),
        ("x.otf", b"OTTO" + b"\xff" * 400),
        ("x.ttc", b"ttcf" + b"\x00" * 400),
        ("../../x.ttf", b""),
    ],
)
def test_what_is_no_font_is_refused_and_leaves_nothing(boss: Client, data: Path, name: str, content: bytes) -> None:
    answer = boss.post(FONTS, {"file": SimpleUploadedFile(name, content or b" ")})
    assert answer.status_code == 422
    assert "no font that can be used" in answer.content.decode()
    folder = added_fonts()
    assert folder is None or not list(folder.iterdir())
    assert not AuditRow.objects.filter(act="font.added").exists()


def test_a_damaged_font_laid_there_by_hand_harms_nobody(boss: Client, data: Path) -> None:
    (data / "fonts").mkdir()
    (data / "fonts" / "bad.otf").write_bytes(b"OTTO" + b"\xff" * 4000)
    assert "cannot be read" in page_of(boss, FONTS)


def test_a_name_outside_the_folder_is_not_removed(boss: Client, data: Path) -> None:
    (data / "fonts").mkdir()
    (data / "keep.ttf").write_bytes(b"x")
    assert boss.post(f"{FONTS}remove/", {"name": "../keep.ttf"}).status_code == 404
    assert (data / "keep.ttf").exists()


@pytest.mark.parametrize(("text", "told"), [("王𬭎", "All of it can be printed"), (f"王{RARE}", "U+3106C")])
def test_a_text_can_be_tried(boss: Client, data: Path, text: str, told: str) -> None:
    assert told in page_of(boss, f"{FONTS}?try={text}")


def test_everything_agrees_and_the_result_is_kept(boss: Client) -> None:
    circulated(a_company())
    assert "Not looked at yet" in page_of(boss, INTEGRITY)
    assert boss.post(INTEGRITY).status_code == 302
    page = page_of(boss, INTEGRITY)
    assert "Everything agrees" in page
    assert last_results()[0].versions >= 1


def test_what_was_changed_past_the_program_is_named(boss: Client) -> None:
    company = a_company()
    circulated(company)
    version = MinutesVersion.objects.exclude(sealed_at=None).latest("number")
    version.content["minutes"]["title"] = "别的会"
    version.save()
    boss.post(INTEGRITY)
    page = page_of(boss, INTEGRITY)
    assert f"Version {version.number} of the minutes is not what was sealed." in page
    assert company.meeting.title in page
    assert last_results()[0].count >= 1
