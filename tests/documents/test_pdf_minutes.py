# SPDX-License-Identifier: Apache-2.0
"""Minutes as PDF: text, fonts, tags, and what no machine can be relied on to have."""

import io
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pypdf import PdfReader

from huiyao.documents import pdf_minutes
from huiyao.documents.fonts import font_files, font_folders
from huiyao.documents.paper import lay_out
from huiyao.documents.pdf_minutes import minutes_pdf
from huiyao.documents.states import PaperState
from tests.documents.reading import flat, pdf_text, texts_of_paper
from tests.documents.samples import ALL, EMPTY, HOSTILE, LONG, ODD, SIMPLIFIED

RARE = replace(SIMPLIFIED, host="王\U0003106c")


def fonts_in(reader: PdfReader) -> dict[str, bool]:
    """Font name and whether its outlines are inside, over all pages."""
    found = {}
    for page in reader.pages:
        for font in page["/Resources"].get("/Font", {}).values():
            child = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = child["/FontDescriptor"].get_object()
            found[str(child["/BaseFont"]).split("+")[-1].removesuffix("-Identity-H")] = any(
                key.startswith("/FontFile") for key in descriptor
            )
    return found


@pytest.mark.parametrize("language", ALL)
def test_every_text_of_the_minutes_can_be_read_out_of_the_pdf(language: str) -> None:
    text = flat(pdf_text(minutes_pdf(ALL[language], PaperState.FINAL)))
    lacking = [part for part in texts_of_paper(lay_out(ALL[language], PaperState.FINAL)) if flat(part) not in text]
    assert not lacking


def test_chinese_is_drawn_with_fonts_that_travel_inside_the_file() -> None:
    fonts = fonts_in(PdfReader(io.BytesIO(minutes_pdf(SIMPLIFIED, PaperState.DRAFT))))
    assert fonts == {"HuiyaoSerif-Regular": True, "HuiyaoSerif-Bold": True}


def test_no_font_of_the_machine_is_visible_to_the_typesetter() -> None:
    families = pdf_minutes._fonts(font_folders(None), font_files(None)).families()
    assert set(families) == {"Huiyao Serif", "Huiyao Sans"}


@pytest.mark.parametrize("language", ALL)
def test_the_pdf_is_tagged_and_declares_pdf_ua_title_and_language(language: str) -> None:
    reader = PdfReader(io.BytesIO(minutes_pdf(ALL[language], PaperState.CIRCULATED)))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]
    assert str(root["/Lang"]).lower().startswith(language[:2])
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert ALL[language].title in str(reader.metadata.title)
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()


def test_tables_are_tagged_with_header_cells() -> None:
    reader = PdfReader(io.BytesIO(minutes_pdf(SIMPLIFIED, PaperState.CIRCULATED)))
    kinds = set()
    waiting = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, dict):
            kinds.add(node.get("/S"))
            if "/K" in node:
                waiting.append(node["/K"])
    assert {"/Table", "/TH", "/TD", "/H1", "/P"} <= kinds


@pytest.mark.parametrize("state", PaperState)
def test_the_seal_shows_the_state(state: PaperState) -> None:
    text = flat(pdf_text(minutes_pdf(SIMPLIFIED, state)))
    assert flat("".join(lay_out(SIMPLIFIED, state).seal)) in text


@pytest.mark.parametrize("kind", ODD)
def test_odd_minutes_still_make_a_pdf_with_every_text(kind: str) -> None:
    text = flat(pdf_text(minutes_pdf(ODD[kind], PaperState.DRAFT)))
    paper = lay_out(ODD[kind], PaperState.DRAFT)
    # long cells wrap across pages with a footer between: there whole rows are looked for by their beginning
    lacking = [part for part in texts_of_paper(paper) if flat(part)[:20] not in text]
    assert not lacking


def test_markup_in_the_data_stays_text() -> None:
    assert flat('#read("/etc/passwd") $x^2$ *b*') in flat(pdf_text(minutes_pdf(HOSTILE, PaperState.DRAFT)))


def test_a_long_link_stays_inside_its_cell_and_whole_as_text() -> None:
    link = "https://meetings.company.test/join/" + "a" * 90 + "?from=invitation&lang=zh"
    (page,) = PdfReader(io.BytesIO(minutes_pdf(replace(EMPTY, online=link), PaperState.DRAFT))).pages
    assert link in flat(page.extract_text())
    edges: list[float] = []
    page.extract_text(visitor_text=lambda text, _, place, __, size: edges.append(place[4]) if text.strip() else None)
    assert max(edges) < 595 - 60


def test_three_hundred_actions_repeat_the_header_on_each_page() -> None:
    pages = [flat(page.extract_text()) for page in PdfReader(io.BytesIO(minutes_pdf(LONG, PaperState.DRAFT))).pages]
    with_rows = [page for page in pages if page.count("欧阳慕容子轩") > 2]
    assert len(with_rows) > 10
    assert all("截止日期" in page for page in with_rows)


def test_a_character_without_glyph_is_printed_as_its_code() -> None:
    text = flat(pdf_text(minutes_pdf(RARE, PaperState.DRAFT)))
    assert "王〔U+3106C〕" in text


def test_a_font_added_by_the_administrator_draws_the_rare_character(tmp_path: Path) -> None:
    make_font(tmp_path / "rare.ttf", "\U0003106c")
    made = minutes_pdf(RARE, PaperState.DRAFT, extra_fonts=tmp_path)
    assert "王\U0003106c" in flat(pdf_text(made))
    assert any(name.startswith("Rare") for name in fonts_in(PdfReader(io.BytesIO(made))))


def make_font(path: Path, character: str) -> None:
    """A font with one square glyph for ``character``."""
    pen = TTGlyphPen(None)
    pen.moveTo((100, 0))
    for point in ((900, 0), (900, 800), (100, 800)):
        pen.lineTo(point)
    pen.closePath()
    square = pen.glyph()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "rare"])
    builder.setupCharacterMap({ord(character): "rare"})
    builder.setupGlyf({".notdef": square, "rare": square})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "rare": (1000, 0)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Rare", "styleName": "Regular", "psName": "Rare-Regular"})
    builder.setupOS2(sTypoAscender=880, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    builder.save(path)


@pytest.mark.parametrize("language", ALL)
def test_poppler_reads_the_same_text_and_finds_only_embedded_fonts(
    poppler: None, language: str, tmp_path: Path
) -> None:
    file = tmp_path / "minutes.pdf"
    file.write_bytes(minutes_pdf(ALL[language], PaperState.FINAL))
    text = flat(subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True).stdout)
    lacking = [part for part in texts_of_paper(lay_out(ALL[language], PaperState.FINAL)) if flat(part)[:12] not in text]
    assert not lacking
    fonts = subprocess.run(["pdffonts", file], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    assert fonts
    assert all("+HuiyaoSerif-" in line and line.split()[-5:-2] == ["yes", "yes", "yes"] for line in fonts)


@pytest.fixture
def poppler() -> None:
    if shutil.which("pdftotext") is None or shutil.which("pdffonts") is None:
        pytest.skip("Poppler is not installed (apt-get install poppler-utils)")
