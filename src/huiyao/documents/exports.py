# SPDX-License-Identifier: Apache-2.0
"""Minutes in any format.

Word and PDF are made in the warm process of ``press``, the others here; each library is loaded when its format is
first asked for. This module itself imports none of them.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from importlib import import_module
from pathlib import Path

from huiyao.documents.action_rows import rows_of
from huiyao.documents.cleaning import one_line
from huiyao.documents.press import Press, PressFailed
from huiyao.documents.states import PaperState
from huiyao.documents.text_minutes import minutes_markdown, minutes_text
from huiyao.documents.words import words_for
from huiyao.domain.minutes import Minutes


class Format(StrEnum):
    """What minutes can be had as. The value is the file's extension."""

    DOCX = "docx"
    PDF = "pdf"
    XLSX = "xlsx"
    MARKDOWN = "md"
    TEXT = "txt"


MEDIA_TYPES = {
    Format.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Format.PDF: "application/pdf",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Format.MARKDOWN: "text/markdown; charset=utf-8",
    Format.TEXT: "text/plain; charset=utf-8",
}
PRESS = Press("huiyao.documents.printing", megabytes=1024)
"""``PRESS.warm()`` at the server's start spares the first document a quarter of a second."""
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?$")


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file. ``name`` is safe on Windows, macOS and Linux."""

    name: str
    media_type: str
    content: bytes


def export_minutes(
    minutes: Minutes,
    state: PaperState,
    format: Format,
    *,
    stem: str = "",
    extra_fonts: Path | None = None,
) -> Document:
    """The minutes as a file; Excel is their action table.

    ``stem`` is the file's name without extension, the title where empty; ``extra_fonts`` a folder with fonts
    for rare characters in PDF. ValueError for a language without words.
    """
    words = words_for(minutes.language)
    stem = safe_file_name(stem or minutes.title or words.heading)
    content = _make(minutes, state, format, extra_fonts)
    return Document(f"{stem}.{format.value}", MEDIA_TYPES[format], content)


def _make(minutes: Minutes, state: PaperState, wanted: Format, extra_fonts: Path | None) -> bytes:
    if wanted is Format.DOCX:
        return _printed("docx", minutes, state)
    if wanted is Format.PDF:
        return _printed("pdf", minutes, state, extra_fonts)
    made: bytes
    if wanted is Format.XLSX:
        xlsx = import_module("huiyao.documents.xlsx_actions")
        made = xlsx.actions_xlsx(rows_of(minutes), minutes.language, title=minutes.title)
    elif wanted is Format.MARKDOWN:
        made = minutes_markdown(minutes, state).encode()
    else:
        made = minutes_text(minutes, state).encode()
    return made


def _printed(job: str, *arguments: object) -> bytes:
    """From the warm process; where none can be had, from this one."""
    try:
        return PRESS.run(job, *arguments)[1]
    except (PressFailed, OSError):
        made: bytes = import_module("huiyao.documents.printing").JOBS[job](*arguments)[1]
        return made


def safe_file_name(text: str) -> str:
    """``text`` as a file name without extension: no separators or reserved names, at most 180 bytes."""
    name = _NOT_IN_NAMES.sub("-", one_line(text)).strip(" .-")
    name = name.encode()[:180].decode(errors="ignore").strip(" .-")
    return f"_{name}" if not name or _RESERVED.match(name) else name
