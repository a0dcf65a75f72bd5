# SPDX-License-Identifier: Apache-2.0
"""The guide's example shape (R86-R98) in every format, looked at with programs that made none of it.

LibreOffice prints Word and Excel, poppler reads and paints; what they see must be whole, in order and on the page.
"""

import re
import shutil
import subprocess
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest

from huiyao.documents.exports import Format, export_minutes
from huiyao.documents.paper import lay_out
from huiyao.documents.states import PaperState
from tests.documents.guide_example import EVERY, LANGUAGES, MUCH, SIMPLIFIED
from tests.documents.reading import flat, office_pdfs, texts_of_paper

pytestmark = pytest.mark.office
UNNAMED = replace(SIMPLIFIED, organisation="")
MINUTES = {**EVERY, "unnamed": UNNAMED}
STATE = PaperState.IN_REVIEW
"""The state with the highest seal."""
PAGES = {"zh-hans": 1, "zh-hant": 1, "en": 1, "unnamed": 1, "much": 5}
MADE = [(name, kind) for name in MINUTES for kind in ("pdf", "word")]


class Word(NamedTuple):
    """A word on a page: page number from 0, edges in points from the upper left corner."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    text: str


def run(*command: object) -> str:
    done = subprocess.run([str(part) for part in command], check=True, capture_output=True, timeout=120)
    return done.stdout.decode(errors="replace")


@pytest.fixture(scope="module")
def folder(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """``NAME-KIND.pdf`` of every example: as typst made it, and as LibreOffice prints its Word and Excel file."""
    if shutil.which("pdftotext") is None:
        pytest.skip("poppler is not installed (apt-get install poppler-utils)")
    place = tmp_path_factory.mktemp("guide")
    files = {}
    for name, minutes in MINUTES.items():
        (place / f"{name}-pdf.pdf").write_bytes(export_minutes(minutes, STATE, Format.PDF).content)
        files[f"{name}-word.docx"] = export_minutes(minutes, STATE, Format.DOCX).content
        files[f"{name}-excel.xlsx"] = export_minutes(minutes, STATE, Format.XLSX).content
    office_pdfs(soffice, place, files)
    return place


def words(path: Path) -> list[Word]:
    return [
        Word(page, *map(float, box.groups()[:4]), box[5])
        for page, part in enumerate(run("pdftotext", "-bbox", path, "-").split("<page ")[1:])
        for box in re.finditer(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>', part)
    ]


def sizes(path: Path) -> list[tuple[float, float]]:
    pages = re.findall(r'<page width="(.+?)" height="(.+?)">', run("pdftotext", "-bbox", path, "-"))
    return [(float(width), float(height)) for width, height in pages]


@pytest.mark.parametrize("name", MINUTES)
def test_it_has_as_many_pages_as_it_needs(folder: Path, name: str) -> None:
    assert f"Pages:           {PAGES[name]}\n" in run("pdfinfo", folder / f"{name}-pdf.pdf")
    assert len(sizes(folder / f"{name}-word.pdf")) <= PAGES[name] + 2


@pytest.mark.parametrize("name", MINUTES)
def test_the_pdf_is_tagged_and_says_it_is_pdf_ua(folder: Path, name: str) -> None:
    path = folder / f"{name}-pdf.pdf"
    assert re.search(r"Tagged:\s+yes", run("pdfinfo", path))
    assert re.search(r"pdfuaid:part[>=\"]+1", run("pdfinfo", "-meta", path))
    assert flat(lay_out(MINUTES[name], STATE).name[:20]) in flat(unescape(run("pdfinfo", "-meta", path)))
    structure = run("pdfinfo", "-struct-text", path)
    assert {"Document", "H1", "Table", "TR", "TH", "TD"} <= set(re.findall(r"^\s*(\w+)", structure, re.MULTILINE))


@pytest.mark.parametrize(("name", "kind"), MADE)
def test_every_text_is_read_out_and_the_four_columns_come_in_order(folder: Path, name: str, kind: str) -> None:
    paper = lay_out(MINUTES[name], STATE)
    text = flat(run("pdftotext", "-raw", folder / f"{name}-{kind}.pdf", "-"))
    footer = re.compile(re.escape(flat(paper.running)) + r".{0,40}?" + flat(paper.page).split("{")[0])
    whole = footer.sub("", text)
    assert not [each for each in texts_of_paper(paper) if len(flat(each)) < 40 and flat(each) not in whole + text]
    heads = [flat(section.text) for section in (paper.discussion, paper.consensus, paper.actions, paper.plan)]
    places = [whole.index(head) for head in heads]
    assert places == sorted(places)


@pytest.mark.parametrize(("name", "kind"), MADE)
def test_every_font_is_embedded_and_no_character_is_a_box(folder: Path, name: str, kind: str) -> None:
    lines = run("pdffonts", folder / f"{name}-{kind}.pdf").splitlines()[2:]
    assert lines
    assert all(re.search(r"\s(yes|no)\s+(yes|no)\s+(yes|no)\s+\d+\s+\d+$", line)[1] == "yes" for line in lines)  # type: ignore[index]
    text = run("pdftotext", folder / f"{name}-{kind}.pdf", "-")
    assert not {"\ufffd", "\u25a1", "〓"} & set(text)
    assert "〔U+" not in text


@pytest.mark.parametrize(("name", "kind"), [*MADE, *((name, "excel") for name in MINUTES)])
def test_no_text_runs_out_of_the_page_or_its_margins(folder: Path, name: str, kind: str) -> None:
    path = folder / f"{name}-{kind}.pdf"
    pages = sizes(path)
    least = 20 if kind == "excel" else 30
    for word in words(path):
        width, height = pages[word.page]
        assert word.left >= least, word
        assert word.right <= width - least, word
        assert 0 < word.top < word.bottom < height, word


@pytest.mark.parametrize(("name", "kind"), MADE)
def test_the_seal_stands_clear_of_the_table_and_the_title(folder: Path, name: str, kind: str) -> None:
    paper = lay_out(MINUTES[name], STATE)
    first = [word for word in words(folder / f"{name}-{kind}.pdf") if word.page == 0]
    table = min(word.top for word in first if word.text == paper.facts[0][0].label)
    seal = [word for word in first if word.left > 430 and word.top < table - 5]
    # it is turned, so a reader may take it apart
    assert sorted("".join(word.text for word in seal)) == sorted(flat("".join(paper.seal)))
    title = max(word.right for word in first if flat(paper.heading).startswith(flat(word.text)) and word.top < 130)
    assert max(word.bottom for word in seal) + 6 < table
    assert title < min(word.left for word in seal)


@pytest.mark.parametrize("kind", ["pdf", "word"])
def test_forty_actions_repeat_their_header_on_every_page(folder: Path, kind: str) -> None:
    paper = lay_out(MUCH, STATE)
    found = words(folder / f"much-{kind}.pdf")
    for number in range(1, 41):
        assert any(word.text.startswith(f"第{number}") for word in found) or any(
            word.text == str(number) for word in found
        )
    with_rows = {word.page for word in found if word.text == "2027-04-30"}
    with_head = {word.page for word in found if word.text == paper.action_header[1]}
    assert len(with_rows) >= 3
    assert with_rows <= with_head


@pytest.mark.parametrize("name", MINUTES)
def test_the_table_in_excel_has_every_action(folder: Path, name: str) -> None:
    text = flat(run("pdftotext", folder / f"{name}-excel.pdf", "-"))
    assert all(flat(action.task)[:12] in text for action in MINUTES[name].actions)


@pytest.mark.parametrize("language", LANGUAGES)
def test_markdown_and_text_hold_the_same_in_the_same_order(language: str) -> None:
    minutes = LANGUAGES[language]
    for kind in (Format.MARKDOWN, Format.TEXT):
        text = export_minutes(minutes, STATE, kind).content.decode()
        paper = lay_out(minutes, STATE)
        places = [text.index(action.task) for action in minutes.actions]
        assert places == sorted(places)
        assert text.index(minutes.decisions[0].text) < places[0] < text.index(paper.next_plan)


@pytest.mark.parametrize(("name", "kind"), [*MADE, ("much", "excel")])
def test_it_can_be_painted_and_each_page_has_ink(folder: Path, name: str, kind: str) -> None:
    stem = folder / f"ink-{name}-{kind}"
    run("pdftoppm", "-gray", "-r", "40", folder / f"{name}-{kind}.pdf", stem)
    pictures = sorted(folder.glob(f"{stem.name}-*.pgm"))
    assert len(pictures) == len(sizes(folder / f"{name}-{kind}.pdf"))
    for picture in pictures:
        pixels = picture.read_bytes().split(b"\n", 3)[-1]
        dark = sum(pixel < 128 for pixel in pixels) / len(pixels)
        assert 0.0005 < dark < 0.4, picture.name
