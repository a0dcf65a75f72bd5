# SPDX-License-Identifier: Apache-2.0
"""Minutes as Word, read back by an independent reader."""

import io
import xml.etree.ElementTree as ET
import zipfile

import pytest
from docx2python import docx2python

from huiyao.documents.docx_minutes import minutes_docx
from huiyao.documents.paper import lay_out
from huiyao.documents.states import PaperState
from tests.documents.reading import flat, texts_of_paper
from tests.documents.samples import ALL, LONG, ODD, SIMPLIFIED

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(content: bytes, name: str) -> ET.Element:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return ET.fromstring(file.read(name))


def word_text(content: bytes) -> str:
    with docx2python(io.BytesIO(content), html=False) as document:
        return flat(document.text.replace("\t", ""))


@pytest.mark.parametrize("language", ALL)
def test_every_text_of_the_minutes_stands_in_the_word_file(language: str) -> None:
    text = "".join(part(minutes_docx(ALL[language], PaperState.FINAL), "word/document.xml").itertext())
    paper = lay_out(ALL[language], PaperState.FINAL)
    assert not [each for each in texts_of_paper(paper) if flat(each) not in flat(text) and each != paper.version]


def test_an_independent_reader_finds_tables_and_sections_in_the_order_of_the_guide() -> None:
    text = word_text(minutes_docx(SIMPLIFIED, PaperState.FINAL))
    order = [
        text.index(flat(title))
        for title in ("会议名称", "一、议程与讨论", "二、共识事项", "三、行动项", "四、下一步计划")
    ]
    assert order == sorted(order)


@pytest.mark.parametrize("kind", ODD)
def test_odd_minutes_make_a_file_that_opens(kind: str) -> None:
    assert word_text(minutes_docx(ODD[kind], PaperState.DRAFT))


@pytest.mark.parametrize(("language", "font", "tag"), [("zh-hans", "宋体", "zh-CN"), ("zh-hant", "新細明體", "zh-TW")])
def test_chinese_has_its_own_font_and_language(language: str, font: str, tag: str) -> None:
    defaults = part(minutes_docx(ALL[language], PaperState.FINAL), "word/styles.xml").find(f"{W}docDefaults")
    assert defaults is not None
    fonts = defaults.find(f".//{W}rFonts")
    spelling = defaults.find(f".//{W}lang")
    assert fonts is not None
    assert spelling is not None
    assert (fonts.get(f"{W}eastAsia"), spelling.get(f"{W}eastAsia")) == (font, tag)


def test_the_header_row_of_the_actions_repeats_and_no_row_breaks() -> None:
    tables = part(minutes_docx(LONG, PaperState.FINAL), "word/document.xml").findall(f".//{W}tbl")
    rows = tables[-1].findall(f"{W}tr")
    assert len(rows) == 301
    assert [row.find(f".//{W}tblHeader") is not None for row in rows[:3]] == [True, False, False]
    assert all(row.find(f".//{W}cantSplit") is not None for row in rows)


def test_the_footer_counts_pages_and_names_meeting_version_and_state() -> None:
    footer = part(minutes_docx(SIMPLIFIED, PaperState.IN_REVIEW), "word/footer1.xml")
    assert [field.get(f"{W}instr") for field in footer.iter(f"{W}fldSimple")] == ["PAGE", "NUMPAGES"]
    assert "冬季仓储切换协调会 · 第 2 版 · 审核稿" in "".join(footer.itertext())


def test_properties_name_title_language_and_state_and_no_author_software() -> None:
    core = "".join(part(minutes_docx(SIMPLIFIED, PaperState.FINAL), "docProps/core.xml").itertext())
    for expected in ("跨部门协作会议纪要 · 冬季仓储切换协调会", "启衡科技", "zh-Hans", "定稿", "2026-11-24T07:30:00Z"):
        assert expected in core
    assert "python" not in core


def test_the_same_minutes_say_the_same_bytes() -> None:
    assert part_bytes(minutes_docx(SIMPLIFIED, PaperState.FINAL)) == part_bytes(
        minutes_docx(SIMPLIFIED, PaperState.FINAL)
    )


def part_bytes(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return {name: file.read(name) for name in file.namelist()}
