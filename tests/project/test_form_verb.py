# SPDX-License-Identifier: Apache-2.0
"""``huiyao minutes --form``: the Word file comes in the company's form."""

from pathlib import Path

import pytest

from huiyao.project.commandline import main
from tests.documents.test_forms import form, text_of

NOTES = """# 仓储协调会
时间：2026-11-24 14:00
主持人：林晓

## 行动项
1. 任务：冻结旧库位编号；负责人：仓储部；截止日期：12月4日；支持：无。
"""


@pytest.fixture
def notes(tmp_path: Path) -> Path:
    path = tmp_path / "notes.md"
    path.write_text(NOTES)
    return path


def run(notes: Path, content: bytes) -> tuple[int, Path]:
    path, out = notes.with_name("form.docx"), notes.with_name("out")
    path.write_bytes(content)
    return main(["minutes", str(notes), "--out", str(out), "--form", str(path)]), out


def test_the_word_file_has_the_forms_shape_and_the_others_their_own(notes: Path) -> None:
    status, out = run(notes, form("本公司抬头", "{% for a in 行动项 %}{{ a.任务 }}{% endfor %}"))
    assert status == 0
    assert text_of((out / "notes.docx").read_bytes()) == "本公司抬头冻结旧库位编号"
    assert {path.suffix for path in out.iterdir()} == {".docx", ".pdf", ".xlsx", ".md", ".txt"}


def test_unknown_names_are_told(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(notes, form("{{ titel }}"))[0] == 0
    assert "titel" in capsys.readouterr().err


def test_a_refused_form_writes_nothing(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out = run(notes, form("{{ title.upper() }}"))
    assert status == 1
    assert not out.exists()
    assert "form_refused" in capsys.readouterr().err


def test_a_form_that_is_not_there_is_named(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["minutes", str(notes), "--out", str(notes.with_name("o")), "--form", "/no/such.docx"]) == 1
    assert "/no/such.docx" in capsys.readouterr().err
