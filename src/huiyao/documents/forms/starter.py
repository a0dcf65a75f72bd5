# SPDX-License-Identifier: Apache-2.0
"""A form to start from: every field once, in the names of a language. Runs in the bounded process only."""

import io
from collections.abc import Sequence

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from huiyao.documents.forms.fields import label_of
from huiyao.documents.words import words_for

FONTS = {"zh-hans": "宋体", "zh-hant": "新細明體"}
BASE = (("title",), ("time", "place"), ("host", "recorder"), ("people",), ("absent", "online"), ("objective",))
COLUMNS = ("number", "task", "owner", "due", "support")


def starter_form(language: str) -> bytes:
    """A Word file with the guide's table, ready to be given the company's letterhead. ValueError: unknown language."""
    document, words = docx.Document(), words_for(language)

    def name(field: str, rows: str = "") -> str:
        return label_of(field, words.language, rows)

    _page(document, words.language)
    document.add_paragraph(f"{{{{ {name('organisation')} }}}}")
    document.add_heading(f"{{{{ {name('heading')} }}}}", 0)
    document.add_paragraph(f"{{{{ {name('state')} }}}} · v{{{{ {name('version')} }}}}")
    correction = name("correction")
    document.add_paragraph(f"{{% if {correction} %}}{correction}{words.colon}{{{{ {correction} }}}}{{% endif %}}")
    _base(document, [[name(field) for field in row] for row in BASE])
    document.add_heading(words.discussion, 1)
    _topics(document, words.language)
    document.add_heading(words.consensus, 1)
    _loop(document, name("decisions"), f"{{{{ d.{name('number', 'decisions')} }}}}. {{{{ d.{name('text', 'decisions')} "
          f"}}}} {{{{ d.{name('outcome', 'decisions')} }}}}")  # fmt: skip
    document.add_heading(words.actions, 1)
    _actions(document, name("actions"), [name(field, "actions") for field in COLUMNS])
    document.add_heading(words.next_plan, 1)
    document.add_paragraph(f"{{{{ {name('next_plan')} }}}}")
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _page(document: Document, language: str) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.2)
    font = FONTS.get(language)
    for style in document.styles:
        fonts = style.element.rPr.find(qn("w:rFonts")) if style.element.rPr is not None else None
        if font and fonts is not None:
            fonts.set(qn("w:eastAsia"), font)
            fonts.attrib.pop(qn("w:eastAsiaTheme"), None)
    plain = document.styles["Normal"]
    plain.font.size, plain.paragraph_format.space_after = Pt(10.5), Pt(4)


def _base(document: Document, rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=4)
    table.style = "Table Grid"
    for row, names in zip(table.rows, rows, strict=True):
        cells = row.cells
        if len(names) == 1:
            cells[1].merge(cells[3])
        for number, name in enumerate(names):
            cells[2 * number].text, cells[2 * number + 1].text = name, f"{{{{ {name} }}}}"


def _loop(document: Document, rows: str, line: str) -> None:
    for text in (f"{{%p for d in {rows} %}}", line, "{%p endfor %}"):
        document.add_paragraph(text)


def _topics(document: Document, language: str) -> None:
    def name(field: str, rows: str = "") -> str:
        return label_of(field, language, rows)

    title = f"{{{{ t.{name('number', 'topics')} }}}}. {{{{ t.{name('title', 'topics')} }}}}"
    lines = (
        f"{{%p for t in {name('topics')} %}}",
        title + f" {{{{ t.{name('remark', 'topics')} }}}}",
        f"{{%p for l in t.{name('lines', 'topics')} %}}",
        f"{{{{ l.{name('text', 'lines')} }}}}",
        "{%p endfor %}",
        f"{{%p for p in t.{name('problems', 'topics')} %}}",
        f"{{{{ p.{name('number', 'problems')} }}}}: {{{{ p.{name('text', 'problems')} }}}}",
        f"{{%p for s in p.{name('solutions', 'problems')} %}}",
        f"→ {{{{ s.{name('text', 'solutions')} }}}} {{{{ s.{name('outcome', 'solutions')} }}}}",
        *("{%p endfor %}",) * 3,
    )
    for line in lines:
        document.add_paragraph(line)


def _actions(document: Document, rows: str, columns: Sequence[str]) -> None:
    table = document.add_table(rows=4, cols=len(columns))
    table.style = "Table Grid"
    for cell, name in zip(table.rows[0].cells, columns, strict=True):
        cell.text = name
    table.rows[1].cells[0].text = f"{{%tr for a in {rows} %}}"
    for cell, name in zip(table.rows[2].cells, columns, strict=True):
        cell.text = f"{{{{ a.{name} }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
