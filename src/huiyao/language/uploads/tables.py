# SPDX-License-Identifier: Apache-2.0
"""Tables people hand over (Excel's .xlsx and CSV) as rows of text, within fixed limits.

Excel is read from the zip as a stream of XML events (ECMA-376 part 1, 18.3 and 18.4): formulas are never run, their
stored result is taken; nothing outside the file is opened; entities are refused.
"""

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Callable
from xml.parsers import expat

from huiyao.language.uploads.refusals import MAX_DEPTH, UploadTooLarge, UploadUnreadable

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 24 * 1024 * 1024
MAX_RATIO = 300
MAX_ROWS = 20_000
MAX_COLUMNS = 60
MAX_CELL = 2_000
MAX_STRINGS = 200_000

_CHUNK = 1 << 16
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_BROKEN = (
    zipfile.BadZipFile,
    KeyError,
    NotImplementedError,
    zlib.error,
    EOFError,
    ValueError,
    OSError,
    RuntimeError,
)


def table_rows(data: bytes) -> list[list[str]]:
    """The rows of a .xlsx (its first sheet) or CSV file, told apart by content; empty cells are empty texts.

    Raises:
        UploadTooLarge: over a limit of bytes, rows, columns, cell, unpacked size or ratio.
        UploadUnreadable: ``empty``, ``binary``, ``encoding``, ``not_table``, ``old_excel``, ``encrypted``, ``bad_xml``,
            ``entities``.
    """
    if len(data) > MAX_BYTES:
        raise UploadTooLarge(what="bytes", limit=MAX_BYTES)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UploadUnreadable(reason="old_excel")
    rows = _excel(data) if data.startswith(b"PK") else _csv(data)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise UploadUnreadable(reason="empty")
    return rows


def _csv(data: bytes) -> list[list[str]]:
    """UTF-8 with or without mark, else GB18030 as Chinese Excel writes it; comma, semicolon or tab."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise UploadUnreadable(reason="encoding")
    if "\x00" in text:
        raise UploadUnreadable(reason="binary")
    head = text.split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            _check(len(rows) + 1, len(row), max(map(len, row), default=0))
            rows.append([cell.strip() for cell in row])
    except csv.Error as broken:
        raise UploadUnreadable(reason="not_table") from broken
    return rows


def _check(rows: int, columns: int, cell: int) -> None:
    for what, size, limit in (
        ("rows", rows, MAX_ROWS),
        ("columns", columns, MAX_COLUMNS),
        ("cell", cell, MAX_CELL),
    ):
        if size > limit:
            raise UploadTooLarge(what=what, limit=limit)


def _excel(data: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            strings = _Strings()
            if "xl/sharedStrings.xml" in names:
                _parse(archive, "xl/sharedStrings.xml", strings)
            sheet = _Sheet(strings.found)
            _parse(archive, _first_sheet(archive, names), sheet)
            return sheet.rows
    except _BROKEN as broken:
        raise UploadUnreadable(reason="not_table") from broken


def _first_sheet(archive: zipfile.ZipFile, names: set[str]) -> str:
    """The part of the first sheet in the workbook's order, through the workbook's relations."""
    book = _Attributes("sheet", "Relationship")
    for part in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
        _parse(archive, part, book)
    targets = {one.get("Id", ""): one.get("Target", "") for one in book.found["Relationship"]}
    for sheet in book.found["sheet"]:
        key = next((value for name, value in sheet.items() if name.endswith("}id") or name == "r:id"), "")
        path = targets.get(key, "").removeprefix("/")
        for name in (path, f"xl/{path}"):
            if name in names:
                return name
    raise KeyError("sheet")


class _Handler:
    """Takes XML events; names come without their namespace."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Text inside an element."""


class _Attributes(_Handler):
    """Keeps the attributes of some elements."""

    def __init__(self, *names: str) -> None:
        self.found: dict[str, list[dict[str, str]]] = {name: [] for name in names}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in self.found and len(self.found[name]) < MAX_COLUMNS * 10:
            self.found[name].append(attributes)


class _Strings(_Handler):
    """The shared strings; readings above characters (``rPh``) are left out."""

    def __init__(self) -> None:
        self.found: list[str] = []
        self.parts: list[str] = []
        self.in_text = self.in_reading = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "si":
            self.parts = []
        self.in_reading = self.in_reading or name == "rPh"
        self.in_text = name == "t" and not self.in_reading

    def end(self, name: str) -> None:
        self.in_text = False
        if name == "rPh":
            self.in_reading = False
        if name == "si":
            self.found.append("".join(self.parts))
            if len(self.found) > MAX_STRINGS:
                raise UploadTooLarge(what="rows", limit=MAX_STRINGS)

    def text(self, text: str) -> None:
        if self.in_text:
            self.parts.append(text)


class _Sheet(_Handler):
    """The rows of one sheet; gaps between rows and cells are filled with empty ones."""

    def __init__(self, strings: list[str]) -> None:
        self.strings = strings
        self.rows: list[list[str]] = []
        self.kind, self.column, self.row = "", 0, 0
        self.parts: list[str] = []
        self.in_value = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self.row = self._number(attributes.get("r", ""), self.row + 1)
            _check(self.row, 0, 0)
            self.rows.extend([] for _ in range(self.row - len(self.rows)))
            self.column = 0
        elif name == "c":
            self.column = self._column(attributes.get("r", ""), self.column + 1)
            _check(self.row, self.column, 0)
            self.kind, self.parts = attributes.get("t", "n"), []
        self.in_value = name in ("v", "t")

    def end(self, name: str) -> None:
        self.in_value = False
        if name == "c" and self.rows:
            text = self._value()
            _check(0, 0, len(text))
            row = self.rows[-1]
            row.extend("" for _ in range(self.column - len(row)))
            row[self.column - 1] = text

    def text(self, text: str) -> None:
        if self.in_value:
            self.parts.append(text)

    def _value(self) -> str:
        raw = "".join(self.parts).strip()
        if self.kind == "s":
            index = int(raw) if raw.isdecimal() else -1
            return self.strings[index].strip() if 0 <= index < len(self.strings) else ""
        if self.kind == "e":
            return ""
        whole = raw.removesuffix(".0") if self.kind == "n" else raw
        return str(int(float(whole))) if self.kind == "n" and re.fullmatch(r"\d\.\d+E\+\d{1,2}", raw) else whole

    @staticmethod
    def _number(text: str, otherwise: int) -> int:
        return int(text) if text.isdecimal() and len(text) < 8 and int(text) >= otherwise else otherwise

    @staticmethod
    def _column(reference: str, otherwise: int) -> int:
        match = _REFERENCE.fullmatch(reference)
        number = 0
        for letter in match[1] if match else "":
            number = number * 26 + ord(letter) - 64
        return max(number, otherwise)


def _parse(archive: zipfile.ZipFile, part: str, handler: _Handler) -> None:
    parser = expat.ParserCreate(namespace_separator="}")
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise UploadTooLarge(what="depth", limit=MAX_DEPTH)
        handler.start(name.rpartition("}")[2], attributes)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        handler.end(name.rpartition("}")[2])

    def refused(*_: object) -> None:
        raise UploadUnreadable(reason="entities")

    parser.StartElementHandler, parser.EndElementHandler = started, ended
    parser.CharacterDataHandler = handler.text
    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = refused
    try:
        _feed(archive, part, parser.Parse)
    except expat.ExpatError as broken:
        raise UploadUnreadable(reason="bad_xml") from broken


def _feed(archive: zipfile.ZipFile, part: str, parse: Callable[[bytes, bool], object]) -> None:
    """Unpack in pieces; the sizes in the zip's directory are its own claim, so what comes out is counted."""
    info = archive.getinfo(part)
    if info.flag_bits & 0x1:
        raise UploadUnreadable(reason="encrypted")
    size = 0
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > MAX_UNPACKED:
                raise UploadTooLarge(what="unpacked", limit=MAX_UNPACKED)
            if size > 1_000_000 and size > MAX_RATIO * max(info.compress_size, 1):
                raise UploadTooLarge(what="ratio", limit=MAX_RATIO)
            parse(chunk, False)
    parse(b"", True)
