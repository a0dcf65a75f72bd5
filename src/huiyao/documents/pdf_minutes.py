# SPDX-License-Identifier: Apache-2.0
"""Minutes as PDF by typst: tagged, PDF/UA-1, with the bundled fonts, whatever the machine has."""

import json
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import typst

from huiyao.documents.fonts import FONT_FOLDER, font_files, font_folders
from huiyao.documents.glyphs import spelled_out
from huiyao.documents.paper import lay_out
from huiyao.documents.states import PaperState
from huiyao.domain.minutes import Minutes

_TEMPLATE = Path(__file__).with_name("minutes.typ")


@lru_cache(maxsize=2)
def _fonts(folders: tuple[Path, ...], _files: tuple[Path, ...]) -> typst.Fonts:
    paths = [str(folder) for folder in folders]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


def minutes_pdf(minutes: Minutes, state: PaperState, *, extra_fonts: Path | None = None) -> bytes:
    """The PDF. Characters that no bundled font has are drawn from ``extra_fonts`` (a folder), if it has them.

    A character without any glyph is printed as its code, 〔U+2B8B8〕: ask ``glyphs.missing_glyphs`` first,
    so that people know before they send. ValueError for a language without words.
    """
    paper = spelled_out(json.dumps(asdict(lay_out(minutes, state)), ensure_ascii=False), extra_fonts)
    fonts = _fonts(font_folders(extra_fonts), font_files(extra_fonts))
    compiler = typst.Compiler(input=_TEMPLATE.read_bytes(), root=FONT_FOLDER, font_paths=fonts)
    made = compiler.compile(format="pdf", sys_inputs={"paper": paper}, pdf_standards="ua-1")
    if not isinstance(made, bytes):
        raise TypeError("typst answered no single PDF")
    return made
