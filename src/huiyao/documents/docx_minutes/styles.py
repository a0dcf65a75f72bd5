# SPDX-License-Identifier: Apache-2.0
"""Styles, fonts and languages of the Word file.

A Word file names fonts, it does not carry them: 宋体 and 新細明體 are on every Chinese Windows and Mac, and
LibreOffice and WPS know what stands in for them.
"""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from docx.styles.style import ParagraphStyle

from huiyao.documents.docx_minutes.parts import INK, MUTED, element

_EAST_ASIAN = {"zh-hans": "宋体", "zh-hant": "新細明體", "en": "宋体"}
_LANGUAGES = {"zh-hans": ("en-US", "zh-CN"), "zh-hant": ("en-US", "zh-TW"), "en": ("en-GB", "zh-CN")}
_LATIN = "Times New Roman"


def set_up_styles(document: Document, language: str) -> None:
    """Fonts for both scripts in the defaults and in every style used; the languages of the text."""
    _defaults(document, language)
    normal = document.styles["Normal"]
    _look(normal, language, size=10.5, after=3, line=1.25)
    _look(document.styles["Title"], language, size=15 if language == "en" else 18, bold=True, after=14)
    _look(document.styles["Heading 1"], language, size=12.5, bold=True, before=14, after=5)
    _look(document.styles["Heading 2"], language, size=10.5, bold=True, before=7, after=2)
    _look(document.styles["Subtitle"], language, size=10, color=MUTED, after=2)
    for style in ("Header", "Footer"):
        _look(document.styles[style], language, size=8.5, color=MUTED)
        document.styles[style].paragraph_format.tab_stops.clear_all()
    for name, indent in (("Minutes Line", 14), ("Minutes Problem", 22), ("Minutes Solution", 22)):
        added = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        added.base_style = normal
        added.paragraph_format.left_indent = Pt(indent)
        added.paragraph_format.space_after = Pt(1.5)
    document.styles["Minutes Problem"].paragraph_format.space_before = Pt(3)
    cell = document.styles.add_style("Minutes Cell", WD_STYLE_TYPE.PARAGRAPH)
    cell.base_style = normal
    cell.paragraph_format.space_after = Pt(0)
    cell.paragraph_format.line_spacing = 1.15


def _defaults(document: Document, language: str) -> None:
    latin, chinese = _LANGUAGES[language]
    properties = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    properties.clear()
    properties.append(_fonts(language))
    properties.append(element("w:sz", {"val": "21"}))
    properties.append(element("w:szCs", {"val": "21"}))
    properties.append(element("w:lang", {"val": latin, "eastAsia": chinese, "bidi": "ar-SA"}))


def _fonts(language: str) -> object:
    latin = dict.fromkeys(("ascii", "hAnsi", "cs"), _LATIN)
    return element("w:rFonts", latin | {"eastAsia": _EAST_ASIAN[language], "hint": "eastAsia"})


def _look(
    style: ParagraphStyle,
    language: str,
    *,
    size: float,
    bold: bool = False,
    color: str = INK,
    before: float = 0,
    after: float = 0,
    line: float | None = None,
) -> None:
    properties = style.element.get_or_add_rPr()
    properties.clear()
    properties.append(_fonts(language))
    style.font.size, style.font.bold, style.font.color.rgb = Pt(size), bold, RGBColor.from_string(color)
    layout = style.paragraph_format
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    if line is not None:
        layout.line_spacing = line
    for border in style.element.get_or_add_pPr().findall(qn("w:pBdr")):
        style.element.pPr.remove(border)
