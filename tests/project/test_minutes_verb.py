# SPDX-License-Identifier: Apache-2.0
"""``huiyao minutes``: real published minutes become documents in every format, without a server."""

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from huiyao.language.minutes import Became, read_minutes
from huiyao.project.commandline import main

pytestmark = pytest.mark.material
FILES = (
    "edgegallery-33f149d9.md",
    "openharmony-0e51af69.md",
    "paddlepaddle-7947050f.md",
    "open-source-bazaar-3b323401.md",
)
FORMATS = {"docx", "pdf", "xlsx", "md", "txt"}


def plain(text: str) -> str:
    return re.sub(r"[^0-9A-Za-z一-鿿]", "", text)


@pytest.mark.parametrize("name", FILES)
def test_title_attendees_and_every_action_stand_in_the_documents(name: str, material: Path, tmp_path: Path) -> None:
    assert main(["minutes", str(material / "minutes" / name), "--out", str(tmp_path)]) == 0
    made = {path.suffix[1:]: path for path in tmp_path.iterdir()}
    assert set(made) == FORMATS
    read = read_minutes((material / "minutes" / name).read_bytes())
    markdown, chat = plain(made["md"].read_text()), plain(made["txt"].read_text())
    assert plain(read.minutes.title) in markdown
    assert not [a.name for a in read.minutes.attendees if plain(a.name) not in markdown]
    assert read.minutes.actions
    for action in read.minutes.actions:
        assert plain(action.task) in markdown
        assert plain(action.task) in chat
    tasks = {plain(str(row[4])) for row in load_workbook(made["xlsx"]).active.iter_rows(min_row=2, values_only=True)}
    tasks |= {plain(str(row[3])) for row in load_workbook(made["xlsx"]).active.iter_rows(min_row=2, values_only=True)}
    assert {plain(a.task) for a in read.minutes.actions} <= tasks
    assert plain(read.minutes.title)[:12] in plain("".join(p.extract_text() for p in PdfReader(made["pdf"]).pages))


@pytest.mark.parametrize("name", FILES)
def test_what_was_not_understood_is_kept_as_a_note(name: str, material: Path, tmp_path: Path) -> None:
    main(["minutes", str(material / "minutes" / name), "--out", str(tmp_path)])
    markdown = plain(next(tmp_path.glob("*.md")).read_text())
    read = read_minutes((material / "minutes" / name).read_bytes())
    notes = [line for line in read.lines if line.became is Became.NOTE]
    lost = [line.number for line in notes if _longest(line.text) not in markdown]
    assert not lost


def _longest(text: str) -> str:
    text = re.sub(r"\]\([^)]*\)", "]", re.sub(r"<[^>]*>|https?://\S+", "|", text))
    runs = re.findall(r"[0-9A-Za-z一-鿿]+", text)
    return max(runs, key=len, default="")


def test_a_file_that_is_not_there_is_named_with_its_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["minutes", str(tmp_path / "none.txt"), "--out", str(tmp_path)]) == 1
    assert "none.txt" in capsys.readouterr().err


def test_a_broken_word_file_is_refused_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "notes.docx"
    broken.write_bytes(b"PK\x03\x04 broken")
    assert main(["minutes", str(broken), "--out", str(tmp_path / "out")]) == 1
    assert "upload" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
