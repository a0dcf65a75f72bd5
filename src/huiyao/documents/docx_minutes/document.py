# SPDX-License-Identifier: Apache-2.0
"""The Word document, section by section."""

from datetime import UTC, datetime
from io import BytesIO

import docx
from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Cm, Pt, RGBColor, Twips
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from huiyao.documents.docx_minutes import parts
from huiyao.documents.docx_minutes.styles import set_up_styles
from huiyao.documents.paper import Item, Paper, ProblemBlock, lay_out
from huiyao.documents.states import PaperState
from huiyao.domain.minutes import Minutes

TWIPS_PER_CM = 567
PAGE_WIDTH = 9526  # 21 cm less both margins of 2.1 cm, in twentieths of a point
BASE_WIDTHS = [1250, 3900, 1150, PAGE_WIDTH - 6300]
ACTION_WIDTHS = [480, 3400, 2200, 1300, PAGE_WIDTH - 7380]


def minutes_docx(minutes: Minutes, state: PaperState) -> bytes:
    """The minutes as a .docx file. ValueError for a language without words."""
    paper = lay_out(minutes, state)
    document = docx.Document()
    set_up_styles(document, paper.language)
    _set_up_page(document, paper)
    _properties(document, paper, minutes)
    _seal(document, paper)
    _title(document, paper)
    _base_table(document, paper)
    _discussion(document, paper)
    _add(document, "Heading1", paper.consensus.text)
    _items(document, paper, paper.decisions)
    _action_table(document, paper)
    _add(document, "Heading1", paper.plan.text)
    _say(document.add_paragraph(), paper.next_plan or paper.none)
    if paper.parked is not None:
        _add(document, "Heading1", paper.parked.text)
        _items(document, paper, paper.parked_items)
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _set_up_page(document: Document, paper: Paper) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.1)
    section.top_margin = section.bottom_margin = Cm(2.2)
    line = section.footer.paragraphs[0]
    line.paragraph_format.tab_stops.add_tab_stop(Cm(16.8), WD_TAB_ALIGNMENT.RIGHT)
    line.add_run(" · ".join(filter(None, (paper.running, paper.version, paper.state))) + "\t")
    before, _, rest = paper.page.partition("{page}")
    between, _, after = rest.partition("{pages}")
    line.add_run(before)
    parts.field(line, "PAGE")
    line.add_run(between)
    parts.field(line, "NUMPAGES")
    line.add_run(after)


def _properties(document: Document, paper: Paper, minutes: Minutes) -> None:
    core = document.core_properties
    core.title = f"{paper.heading} · {paper.name}"[:255]
    core.subject, core.author, core.last_modified_by = paper.name[:255], paper.organisation[:255], ""
    core.comments, core.keywords, core.content_status = "", "", paper.state
    core.language, core.version = paper.html_language, str(minutes.version)
    # no clock here: a document of the same minutes is the same bytes, dated by its meeting
    moment = (minutes.ends_at or minutes.starts_at or datetime(2000, 1, 1, tzinfo=UTC)).astimezone(UTC)
    core.created = core.modified = moment.replace(tzinfo=None)
    core.revision = minutes.version


def _seal(document: Document, paper: Paper) -> None:
    """The state as a cinnabar stamp in the corner, right of the title."""
    chinese = paper.language != "en"
    width = _seal_width(paper)
    table = document.add_table(rows=1, cols=1)
    parts.frame(table, [width], margin=60)
    parts.float_right(table, right=1191 + PAGE_WIDTH - width, top=880)
    cell = table.cell(0, 0)
    parts.cell_width(cell, width)
    properties = cell._tc.get_or_add_tcPr()  # noqa: SLF001
    properties.append(parts.borders("w:tcBorders", parts.CINNABAR, 18))
    for number, text in enumerate(paper.seal):
        line = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        line._p.style, line.alignment = "MinutesCell", WD_ALIGN_PARAGRAPH.CENTER  # noqa: SLF001
        run = line.add_run(text)
        line.paragraph_format.line_spacing = Pt(21 if chinese else 17)
        run.bold, run.font.size = True, Pt(17 if chinese else 12)
        run.font.color.rgb = RGBColor.from_string(parts.CINNABAR)


def _seal_width(paper: Paper) -> int:
    if paper.language == "en":
        return 1800
    return 620 if len(paper.seal[0]) == 1 else 960


def _title(document: Document, paper: Paper) -> None:
    if paper.organisation:
        document.add_paragraph(paper.organisation, style="Subtitle").alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading = document.add_paragraph(paper.heading, style="Title")
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    heading.paragraph_format.space_before = Pt(4)
    # without the organisation above it the title stands higher, beside the seal
    heading.paragraph_format.space_after = Pt(30 if paper.organisation else 50)
    for line in document.paragraphs:
        line.paragraph_format.left_indent = line.paragraph_format.right_indent = Twips(_seal_width(paper))
    if paper.correction:
        line = document.add_paragraph()
        _say(line, paper.correction)
        line.paragraph_format.space_after = Pt(10)
        parts.mark_paragraph(line)


def _base_table(document: Document, paper: Paper) -> None:
    table = document.add_table(rows=len(paper.facts), cols=4)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    parts.frame(table, BASE_WIDTHS)
    for row, facts in zip(table.rows, paper.facts, strict=True):
        cells = row.cells
        wide = len(facts) == 1
        if wide:
            cells[1].merge(cells[3])
        for number, fact in enumerate(facts):
            label, value = cells[2 * number], cells[2 * number + 1]
            parts.cell_width(label, BASE_WIDTHS[2 * number])
            parts.cell_width(value, sum(BASE_WIDTHS[1:]) if wide else BASE_WIDTHS[2 * number + 1])
            parts.shade(label, parts.WASH)
            _fill(label, fact.label, bold=True)
            _fill(value, fact.text or "—")


def _discussion(document: Document, paper: Paper) -> None:
    _add(document, "Heading1", paper.discussion.text)
    if not paper.topics:
        document.add_paragraph(paper.none)
    for topic in paper.topics:
        heading = _add(document, "Heading2", " ".join(filter(None, (topic.number, topic.title))))
        remark = heading.add_run(topic.remark)
        remark.bold, remark.font.color.rgb = False, RGBColor.from_string(parts.MUTED)
        for line in topic.lines:
            _add(document, "MinutesLine", line.lead + line.text)
        for block in topic.problems:
            _problem(document, block)


def _problem(document: Document, block: ProblemBlock) -> None:
    line = _add(document, "MinutesProblem")
    line.paragraph_format.keep_with_next = bool(block.solutions)
    line.add_run(block.problem.lead + "  ").bold = True
    _say(line, block.problem.text)
    _remark(line, block.problem.remark)
    for solution in block.solutions:
        line = _add(document, "MinutesSolution")
        _remark(line, solution.lead + "  ")
        _say(line, solution.text)
        _remark(line, solution.remark)


def _items(document: Document, paper: Paper, items: tuple[Item, ...]) -> None:
    if not items:
        document.add_paragraph(paper.none)
    for item in items:
        line = document.add_paragraph()
        line.paragraph_format.left_indent, line.paragraph_format.first_line_indent = Pt(16), Pt(-16)
        _say(line, f"{item.lead or '·'} {item.text}")
        _remark(line, item.remark)


def _action_table(document: Document, paper: Paper) -> None:
    _add(document, "Heading1", paper.actions.text)
    if not paper.action_rows:
        document.add_paragraph(paper.none)
        return
    table = document.add_table(rows=1 + len(paper.action_rows), cols=5)
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    parts.frame(table, ACTION_WIDTHS)
    all_cells = table._cells  # noqa: SLF001  the public rows[i].cells walks the whole table each time
    for number, texts in enumerate((paper.action_header, *paper.action_rows)):
        cells = all_cells[5 * number : 5 * number + 5]
        for cell, text, width in zip(cells, texts, ACTION_WIDTHS, strict=True):
            parts.cell_width(cell, width)
            _fill(cell, text, bold=number == 0)
            if number == 0:
                parts.shade(cell, parts.WASH)
    for row in table.rows:
        parts.keep_row_whole(row)
    parts.repeat_row(table.rows[0])


def _add(document: Document, style: str, text: str = "") -> Paragraph:
    """A paragraph by its style's id: python-docx looks a name up through all styles, half of its time."""
    line = document.add_paragraph(text)
    line._p.style = style  # noqa: SLF001
    return line


def _fill(cell: _Cell, text: str, *, bold: bool = False) -> None:
    line = cell.paragraphs[0]
    line._p.style = "MinutesCell"  # noqa: SLF001
    _say(line, text, bold=bold)


def _say(line: Paragraph, text: str, *, bold: bool = False) -> None:
    """Add text; its line breaks become breaks in the paragraph."""
    line.add_run(text).bold = bold or None


def _remark(line: Paragraph, text: str) -> None:
    if text:
        line.add_run(text).font.color.rgb = RGBColor.from_string(parts.MUTED)
