# SPDX-License-Identifier: Apache-2.0
"""Word and Excel files opened by LibreOffice, which reads them with none of our code."""

import pytest

from huiyao.documents.action_rows import rows_of
from huiyao.documents.docx_minutes import minutes_docx
from huiyao.documents.forms import fill_form
from huiyao.documents.paper import lay_out
from huiyao.documents.states import PaperState
from huiyao.documents.xlsx_actions import actions_xlsx
from tests.documents.reading import flat, office_pdfs, texts_of_paper
from tests.documents.samples import ALL, ODD, SIMPLIFIED
from tests.documents.test_forms import ORDINARY

pytestmark = pytest.mark.office
EVERY = {**ALL, **ODD}


@pytest.fixture(scope="module")
def printed(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    files = {f"word-{kind}.docx": minutes_docx(minutes, PaperState.IN_REVIEW) for kind, minutes in EVERY.items()}
    files["form.docx"] = fill_form(ORDINARY, SIMPLIFIED, PaperState.FINAL)
    files["table.xlsx"] = actions_xlsx(rows_of(SIMPLIFIED), "zh-hans")
    return office_pdfs(soffice, tmp_path_factory.mktemp("office"), files)


@pytest.mark.parametrize("language", ALL)
def test_libreoffice_prints_every_text_of_the_word_file(printed: dict[str, str], language: str) -> None:
    text = flat(printed[f"word-{language}.docx"])
    assert not [each for each in texts_of_paper(lay_out(ALL[language], PaperState.IN_REVIEW)) if flat(each) not in text]


@pytest.mark.parametrize("kind", ODD)
def test_libreoffice_opens_odd_word_files(printed: dict[str, str], kind: str) -> None:
    assert flat(lay_out(ODD[kind], PaperState.IN_REVIEW).actions.text) in flat(printed[f"word-{kind}.docx"])


def test_libreoffice_prints_the_table_without_its_hidden_columns(printed: dict[str, str]) -> None:
    text = flat(printed["table.xlsx"])
    assert all(each in text for each in ("冻结旧库位编号", "2026-12-04", "进行中", "已完成", "春节前"))
    assert "version" not in text


def test_libreoffice_opens_a_filled_form(printed: dict[str, str]) -> None:
    text = flat(printed["form.docx"])
    assert all(flat(each.task) in text for each in SIMPLIFIED.actions)
