# SPDX-License-Identifier: Apache-2.0
"""HTML to lines of Markdown text only, nothing is fetched or run."""

from huiyao.language.uploads.markup import tokens
from huiyao.language.uploads.refusals import (
    MAX_DEPTH,
    MAX_LINES,
    MAX_TEXT,
    UploadTooLarge,
    UploadUnreadable,
)

_SILENT = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "head",
        "svg",
        "math",
        "iframe",
        "object",
    }
)
_BLOCKS = frozenset({"p", "div", "section", "article", "header", "footer", "main", "aside", "blockquote", "pre"}) | {
    *("table", "tbody", "thead", "tr", "ul", "ol", "dl", "dt", "dd", "figure", "li", "hr", "form", "fieldset"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "address", "caption"),
}
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "col", "area", "base", "embed", "source", "wbr"})
_OPEN_ENDED = frozenset({"p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot"})
"""Elements whose end tag may be left out, so that they do not count as depth."""


class _Reader:
    """Collects lines. A table inside a cell is flattened into that cell."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.buffer: list[str] = []
        self.prefix = ""
        self.silent = 0
        self.depth = 0
        self.lists: list[tuple[str, int]] = []
        self.cells: list[str] | None = None
        self.cell: list[str] | None = None
        self.rows = 0
        self.size = 0

    def starts(self, tag: str, attrs: dict[str, str]) -> None:
        if tag not in _VOID and tag not in _OPEN_ENDED:
            self.depth += 1
            if self.depth > MAX_DEPTH:
                raise UploadTooLarge(what="depth", limit=MAX_DEPTH)
        if tag in _SILENT:
            self.silent += 1
        elif self.cell is not None:
            self._inside_cell(tag, attrs)
        elif tag in _BLOCKS or tag in ("br", "td", "th"):
            self._block_starts(tag)
        elif tag == "input":
            self._checkbox(attrs)

    def _inside_cell(self, tag: str, attrs: dict[str, str]) -> None:
        if tag in ("td", "th"):  # the end of the cell before was left out
            self._close_cell()
            self.cell = []
        elif tag == "tr":
            self._close_row()
            self.cells = []
        elif self.cell is not None and tag in ("br", "p", "div", "li"):
            self.cell.append("<br>" if any(part.strip() for part in self.cell) else "")
        if tag == "input":
            self._checkbox(attrs)

    def _block_starts(self, tag: str) -> None:
        if tag == "br":
            self._flush()
            return
        self._flush()
        if tag in ("ul", "ol"):
            self.lists.append((tag, 0))
        elif tag == "li":
            kind, number = self.lists.pop() if self.lists else ("ul", 0)
            self.lists.append((kind, number + 1))
            mark = f"{number + 1}. " if kind == "ol" else "- "
            self.prefix = "  " * (len(self.lists) - 1) + mark
        elif tag[0] == "h" and tag[1:].isdigit():
            self.prefix = "#" * int(tag[1:]) + " "
        elif tag == "table":
            self.rows = 0
            self._line("")
        elif tag == "tr":
            self.cells = []
        elif tag in ("td", "th"):
            self.cells = self.cells if self.cells is not None else []
            self.cell = []

    def _checkbox(self, attrs: dict[str, str]) -> None:
        if attrs.get("type", "").lower() == "checkbox":
            self.says("[x] " if "checked" in attrs else "[ ] ")

    def ends(self, tag: str) -> None:
        if tag in _VOID:
            return
        self.depth -= tag not in _OPEN_ENDED and self.depth > 0
        if tag in _SILENT:
            self.silent = max(0, self.silent - 1)
        elif tag in ("td", "th"):
            self._close_cell()
        elif tag == "tr":
            self._close_row()
        elif tag == "table":
            self._close_row()
            self._line("")
        elif tag in ("ul", "ol"):
            self._flush()
            self.lists = self.lists[:-1]
        elif tag in _BLOCKS and self.cell is None:
            self._flush()

    def says(self, data: str) -> None:
        if self.silent:
            return
        self.size += len(data)
        if self.size > MAX_TEXT:
            raise UploadTooLarge(what="text", limit=MAX_TEXT)
        (self.cell if self.cell is not None else self.buffer).append(data)

    def _close_cell(self) -> None:
        if self.cell is not None and self.cells is not None:
            self.cells.append(" ".join("".join(self.cell).split()).replace("|", "\\|"))
        self.cell = None

    def _close_row(self) -> None:
        self._close_cell()
        if self.cells:
            self._line("| " + " | ".join(self.cells) + " |")
            if not self.rows:
                self._line("|" + " --- |" * len(self.cells))
            self.rows += 1
        self.cells = None

    def _flush(self) -> None:
        text = "".join(self.buffer)
        self.buffer = []
        for piece in text.split("\n"):
            if piece.strip():
                self._line(self.prefix + " ".join(piece.split()))
                self.prefix = ""

    def _line(self, line: str) -> None:
        self.lines.append(line)
        if len(self.lines) > MAX_LINES:
            raise UploadTooLarge(what="lines", limit=MAX_LINES)

    def finish(self) -> None:
        self._close_row()
        self._flush()


def html_to_lines(text: str) -> list[str]:
    """The visible text of a page as lines of Markdown (headings, lists, tables, check boxes).

    Raises:
        UploadTooLarge: depth, text or lines over the limit.
        UploadUnreadable: ``empty`` when nothing is visible.
    """
    reader = _Reader()
    for token in tokens(text):
        if isinstance(token, str):
            reader.says(token)
        elif token.closing:
            reader.ends(token.name)
        else:
            reader.starts(token.name, token.attributes)
    reader.finish()
    if not any(line.strip() for line in reader.lines):
        raise UploadUnreadable(reason="empty")
    return reader.lines
