# SPDX-License-Identifier: Apache-2.0
"""Word files to lines of Markdown, read from the zip with a parser that refuses entities and depth.

Headings become ``#`` lines, list paragraphs ``-`` lines, table rows ``|`` lines; line breaks inside a cell ``<br>``.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from huiyao.language.uploads.refusals import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_LINES,
    MAX_RATIO,
    MAX_TEXT,
    MAX_UNPACKED,
    UploadTooLarge,
    UploadUnreadable,
)

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_STYLES = "word/styles.xml"
_CHUNK = 1 << 16


def docx_to_lines(data: bytes) -> list[str]:
    """The lines of a Word file in reading order; deleted text of tracked changes is left out.

    Raises:
        UploadTooLarge: over a limit of size, ratio, depth or lines.
        UploadUnreadable: ``not_word``, ``bad_xml``, ``entities``, ``encrypted``, ``empty``.
    """
    if len(data) > MAX_BYTES:
        raise UploadTooLarge(what="bytes", limit=MAX_BYTES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            body = _tree(_part(archive, _BODY))
            names = archive.namelist()
            headings = _heading_styles(_tree(_part(archive, _STYLES))) if _STYLES in names else {}
    except (
        zipfile.BadZipFile,
        KeyError,
        NotImplementedError,
        zlib.error,
        EOFError,
        ValueError,
        OSError,
    ) as broken:
        raise UploadUnreadable(reason="not_word") from broken
    except RuntimeError as locked:  # zipfile says so when a part needs a password
        raise UploadUnreadable(reason="encrypted") from locked
    lines: list[str] = []
    count = 0
    for line in _blocks(body, headings):
        count += len(line)
        lines.append(line)
        if len(lines) > MAX_LINES:
            raise UploadTooLarge(what="lines", limit=MAX_LINES)
        if count > MAX_TEXT:
            raise UploadTooLarge(what="text", limit=MAX_TEXT)
    if not any(line.strip() for line in lines):
        raise UploadUnreadable(reason="empty")
    return lines


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    info = archive.getinfo(name)
    if info.flag_bits & 0x1:
        raise UploadUnreadable(reason="encrypted")
    read = bytearray()
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            read += chunk
            # the sizes in the directory are the file's own claim; what comes out is counted
            if len(read) > MAX_UNPACKED:
                raise UploadTooLarge(what="unpacked", limit=MAX_UNPACKED)
            if len(read) > 1_000_000 and len(read) > MAX_RATIO * max(info.compress_size, 1):
                raise UploadTooLarge(what="ratio", limit=MAX_RATIO)
    return bytes(read)


def _tree(data: bytes) -> Element:
    """Parses XML; any document type is refused, so no entity is ever expanded."""
    builder = TreeBuilder()
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise UploadTooLarge(what="depth", limit=MAX_DEPTH)
        builder.start(_braced(name), {_braced(key): value for key, value in attributes.items()})

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_braced(name))

    def refused(*_: object) -> None:
        raise UploadUnreadable(reason="entities")

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refused
    parser.EntityDeclHandler = refused
    try:
        parser.Parse(data, True)
    except expat.ExpatError as broken:
        raise UploadUnreadable(reason="bad_xml") from broken
    return builder.close()


def _braced(name: str) -> str:
    return "{" + name if "}" in name else name


def _heading_styles(styles: Element) -> dict[str, int]:
    """Style id to heading level. Chinese templates number the ids and keep the English name."""
    found: dict[str, int] = {}
    for style in styles.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        label = (name.get(f"{_W}val", "") if name is not None else "").lower()
        key = style.get(f"{_W}styleId", "")
        if label == "title":
            found[key] = 1
        elif label.startswith(("heading ", "标题 ")) and label.split()[-1].isdigit():
            found[key] = int(label.split()[-1])
    return found


def _blocks(parent: Element, headings: dict[str, int]) -> Iterator[str]:
    for element in parent:
        if element.tag == f"{_W}p":
            yield from _paragraph(element, headings)
        elif element.tag == f"{_W}tbl":
            yield from _rows(element)
        elif element.tag in (
            f"{_W}body",
            f"{_W}sdt",
            f"{_W}sdtContent",
            f"{_W}ins",
            f"{_W}smartTag",
        ):
            yield from _blocks(element, headings)


def _paragraph(element: Element, headings: dict[str, int]) -> Iterator[str]:
    pieces = _text(element).split("\n")
    properties = element.find(f"{_W}pPr")
    prefix = ""
    if properties is not None:
        style = properties.find(f"{_W}pStyle")
        level = headings.get(style.get(f"{_W}val", ""), 0) if style is not None else 0
        listed = properties.find(f"{_W}numPr")
        if level:
            prefix = "#" * min(level, 6) + " "
        elif listed is not None:
            depth = listed.find(f"{_W}ilvl")
            steps = int(value) if depth is not None and (value := depth.get(f"{_W}val", "0")).isdigit() else 0
            prefix = "  " * min(steps, 10) + "- "
    for index, piece in enumerate(pieces):
        yield (prefix + piece if not index else piece) if piece.strip() else ""


def _rows(table: Element) -> Iterator[str]:
    yield ""
    for number, row in enumerate(table.iter(f"{_W}tr")):
        cells = [_cell(cell) for cell in row.findall(f"{_W}tc")]
        yield "| " + " | ".join(cells) + " |"
        if not number:
            yield "|" + " --- |" * len(cells)
    yield ""


def _cell(cell: Element) -> str:
    texts = [_text(paragraph).strip() for paragraph in cell.iter(f"{_W}p")]
    joined = "<br>".join(text for text in texts if text)
    return joined.replace("\n", "<br>").replace("|", "\\|")


def _text(element: Element) -> str:
    pieces: list[str] = []
    for node in element.iter():
        if node.tag == f"{_W}t":
            pieces.append(node.text or "")
        elif node.tag == f"{_W}tab":
            pieces.append("\t")
        elif node.tag in (f"{_W}br", f"{_W}cr"):
            pieces.append("\n")
    return "".join(pieces)
