# SPDX-License-Identifier: Apache-2.0
"""What a Word file may not bring: macros, other people's files, programs, and more bytes than it says.

Looked for in the form and again in what was made of it, since a form could write with its fields what it did not
hold when it was uploaded.
"""

import io
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from huiyao.documents.forms.refusals import FormRefused

MOST_BYTES, MOST_UNPACKED, MOST_PARTS, MOST_RATIO = 5_000_000, 40_000_000, 400, 150
_DOCUMENT_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_FIELD_CODES = re.compile(
    rb"(?i)\b(DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|MACROBUTTON|EMBED|DATABASE|RD)\b"
)
_FIELD_TEXT = re.compile(rb"<w:instrText\b[^>]*>([^<]*)<|\binstr=\"([^\"]*)\"")
_RISKY_PARTS = re.compile(r"(?i)(embeddings/|activex/|customui|\.bin$|\.exe$|\.dll$|\.js$|\.vbs$|\.html?$|\.rtf$)")
_LINKS = ("http://", "https://", "mailto:", "#")


def screen(content: bytes) -> None:
    """Refuse a file that is no plain Word document; says what it found."""
    if len(content) > MOST_BYTES:
        raise FormRefused("too_large")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            _sizes(file)
            for name, data in _parts(file):
                _part(name, data)
            if _DOCUMENT_KIND.encode() not in file.read("[Content_Types].xml"):
                raise FormRefused("not_word")
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, EOFError, etree.XMLSyntaxError) as error:
        raise FormRefused("not_word") from error


def _sizes(file: zipfile.ZipFile) -> None:
    entries = file.infolist()
    unpacked = sum(entry.file_size for entry in entries)
    squeezed = max(sum(entry.compress_size for entry in entries), 1)
    if len(entries) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_RATIO * max(squeezed, 10_000):
        raise FormRefused("too_large")
    if len({entry.filename for entry in entries}) != len(entries):
        raise FormRefused("not_word", "duplicate part")


def _parts(file: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for entry in file.infolist():
        if re.search(r"(?i)vba(project|data)", entry.filename):
            raise FormRefused("macros", entry.filename)
        if _RISKY_PARTS.search(entry.filename):
            raise FormRefused("active_content", entry.filename)
        if entry.filename.lower().endswith((".xml", ".rels")):
            yield entry.filename, file.read(entry)


def _part(name: str, data: bytes) -> None:
    if data[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\x00" in data[:200]:
        raise FormRefused("not_word", name)  # UTF-16 would hide the next line's sign from it
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise FormRefused("active_content", name)
    if name == "[Content_Types].xml" and b"macroEnabled" in data:
        raise FormRefused("macros", name)
    if name.endswith(".rels"):
        _relationships(name, data)
    written = b"".join(first or second for first, second in _FIELD_TEXT.findall(data))
    field = _FIELD_CODES.search(b" ".join((written, *(b"".join(pair) for pair in _FIELD_TEXT.findall(data)))))
    if field is not None:
        raise FormRefused("active_content", field.group().decode())


def _relationships(name: str, data: bytes) -> None:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    for link in etree.fromstring(data, parser):
        kind, target = link.get("Type", ""), link.get("Target", "")
        if kind.endswith(("/aFChunk", "/oleObject", "/package", "/control", "/subDocument", "/frame")):
            raise FormRefused("active_content", kind.rsplit("/", 1)[-1])
        external = link.get("TargetMode", "Internal") != "Internal"
        if external and not (kind.endswith("/hyperlink") and target.lower().startswith(_LINKS)):
            raise FormRefused("external_link", target or name)
