# SPDX-License-Identifier: Apache-2.0
"""Any format through one door."""

import subprocess
import sys
from dataclasses import replace

import pytest

from huiyao.documents import exports
from huiyao.documents.exports import Format, export_minutes, safe_file_name
from huiyao.documents.press import Press
from huiyao.documents.states import PaperState
from tests.documents.samples import EMPTY, SIMPLIFIED

STARTS = {
    Format.DOCX: b"PK",
    Format.XLSX: b"PK",
    Format.PDF: b"%PDF-",
    Format.MARKDOWN: b"# ",
    Format.TEXT: "跨部门".encode(),
}


@pytest.mark.parametrize("wanted", Format)
def test_each_format_is_made_and_named(wanted: Format) -> None:
    made = export_minutes(SIMPLIFIED, PaperState.FINAL, wanted, stem="2026-11-冬季仓储切换协调会")
    assert made.name == f"2026-11-冬季仓储切换协调会.{wanted.value}"
    assert made.content.startswith(STARTS[wanted])


def test_without_a_name_the_kind_of_document_is_one() -> None:
    assert export_minutes(EMPTY, PaperState.DRAFT, Format.TEXT).name == "跨部门协作会议纪要.txt"


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("a/b\\c:d*e?f", "a-b-c-d-e-f"),
        ("..\\..\\etc/passwd", "etc-passwd"),
        ("con", "_con"),
        ("  ", "_"),
        ("一\n二\x00", "一 二〓"),
        ("会" * 300, "会" * 60),
        ("x.", "x"),
    ],
)
def test_a_file_name_is_safe_everywhere(text: str, name: str) -> None:
    assert safe_file_name(text) == name


def test_a_process_that_exports_nothing_loads_no_document_library() -> None:
    code = "import sys, huiyao.documents.exports; print(sorted({'docx','typst','xlsxwriter','fontTools','lxml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_where_no_process_can_be_had_the_document_is_made_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "PRESS", Press("huiyao.documents.there_is_no_such_module", megabytes=100))
    assert export_minutes(SIMPLIFIED, PaperState.FINAL, Format.PDF).content.startswith(b"%PDF-")


def test_a_language_without_words_is_refused_before_anything_is_made() -> None:
    with pytest.raises(ValueError, match="no document words"):
        export_minutes(replace(SIMPLIFIED, language="fr"), PaperState.FINAL, Format.DOCX, stem="x")
