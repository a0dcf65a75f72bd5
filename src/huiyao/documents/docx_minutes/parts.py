# SPDX-License-Identifier: Apache-2.0
"""The WordprocessingML that python-docx has no words for (ECMA-376 part 1, section 17)."""

from collections.abc import Mapping

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

CINNABAR, CINNABAR_WASH = "B03226", "F8E4DF"
RULE, WASH, MUTED, INK = "C4BCAA", "F6F4EE", "5D584E", "22201C"
_AFTER_SHADE = ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")


def element(tag: str, attributes: Mapping[str, str] | None = None, *children: BaseOxmlElement) -> BaseOxmlElement:
    """A ``w:`` element with ``w:`` attributes."""
    made = OxmlElement(tag)
    for name, value in (attributes or {}).items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def borders(tag: str, color: str, eighths: int, sides: str = "top left bottom right") -> BaseOxmlElement:
    """Borders of a table, cell or paragraph; ``eighths`` of a point thick."""
    line = {"val": "single", "sz": str(eighths), "space": "0", "color": color}
    return element(tag, None, *(element(f"w:{side}", line) for side in sides.split()))


def shade(cell: _Cell, color: str) -> None:
    """Fill a cell."""
    filled = element("w:shd", {"val": "clear", "color": "auto", "fill": color})
    cell._tc.get_or_add_tcPr().insert_element_before(filled, *_AFTER_SHADE)  # noqa: SLF001


def mark_paragraph(paragraph: Paragraph) -> None:
    """A cinnabar bar at the left and a wash: something to be seen first (17.3.1.24, 17.3.1.31)."""
    properties = paragraph._p.get_or_add_pPr()  # noqa: SLF001
    after = ("w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc", "w:rPr", "w:sectPr")
    properties.insert_element_before(borders("w:pBdr", CINNABAR, 18, "left"), "w:shd", *after)
    washed = element("w:shd", {"val": "clear", "color": "auto", "fill": CINNABAR_WASH})
    properties.insert_element_before(washed, *after)


def frame(table: Table, widths: list[int], *, margin: int = 120) -> None:
    """Rules, cell margins and fixed column ``widths`` (twentieths of a point) of a table."""
    properties = table._tbl.tblPr  # noqa: SLF001
    for old in properties.findall(qn("w:tblW")) + properties.findall(qn("w:tblLayout")):
        properties.remove(old)
    properties.append(element("w:tblW", {"w": str(sum(widths)), "type": "dxa"}))
    properties.append(borders("w:tblBorders", RULE, 5, "top left bottom right insideH insideV"))
    properties.append(element("w:tblLayout", {"type": "fixed"}))
    sizes = {"top": 70, "left": margin, "bottom": 70, "right": margin}
    margins = (element(f"w:{side}", {"w": str(size), "type": "dxa"}) for side, size in sizes.items())
    properties.append(element("w:tblCellMar", None, *margins))
    for look in properties.findall(qn("w:tblLook")):
        properties.remove(look)
        properties.append(look)
    grid = table._tbl.tblGrid  # noqa: SLF001
    for column, width in zip(grid.findall(qn("w:gridCol")), widths, strict=True):
        column.set(qn("w:w"), str(width))


def cell_width(cell: _Cell, width: int) -> None:
    """The width of one cell in twentieths of a point."""
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    for old in properties.findall(qn("w:tcW")):
        properties.remove(old)
    properties.insert(0, element("w:tcW", {"w": str(width), "type": "dxa"}))


def repeat_row(row: _Row) -> None:
    """Repeat a row at the top of each page (17.4.78)."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader"))  # noqa: SLF001


def keep_row_whole(row: _Row) -> None:
    """Do not break a row across pages (17.4.6). Must come before ``repeat_row``."""
    row._tr.get_or_add_trPr().append(element("w:cantSplit"))  # noqa: SLF001


def field(paragraph: Paragraph, code: str) -> None:
    """A field that the reader's program computes, such as ``PAGE`` (17.16.19)."""
    paragraph._p.append(  # noqa: SLF001
        element("w:fldSimple", {"instr": code}, element("w:r", None, _text("1")))
    )


def _text(value: str) -> BaseOxmlElement:
    made = element("w:t")
    made.text = value
    return made


def float_right(table: Table, *, right: int, top: int) -> None:
    """Let a table float at the right page margin (17.4.57), ``top`` twentieths of a point from the edge."""
    place = {"leftFromText": "120", "rightFromText": "0", "vertAnchor": "page", "horzAnchor": "page"}
    place |= {"tblpX": str(right), "tblpY": str(top)}
    properties = table._tbl.tblPr  # noqa: SLF001
    style = properties.find(qn("w:tblStyle"))
    index = 0 if style is None else list(properties).index(style) + 1
    properties.insert(index, element("w:tblpPr", place))
    properties.insert(index + 1, element("w:tblOverlap", {"val": "never"}))
