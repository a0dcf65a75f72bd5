# SPDX-License-Identifier: Apache-2.0
"""Fonts an administrator added for rare characters: the folder ``fonts`` below the data folder.

They come in on the settings page or are laid there by hand. A backup does not hold them: keep the font's file.
"""

from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path

from django.conf import settings
from django.db import transaction

from huiyao.documents.exports import safe_file_name
from huiyao.documents.fonts import FONT_KINDS, font_files
from huiyao.documents.glyphs import MissingGlyph, missing_glyphs
from huiyao.domain.actor import Actor
from huiyao.domain.refusals import NotAllowed, NotFound, Refusal
from huiyao.features.people.reads import live_persons
from huiyao.plumbing import audit

MOST_BYTES = 60_000_000


class FontRefused(Refusal):
    """The file is no font that can be used. Facts: ``reason``: ``too_large``, ``kind``, ``unreadable``."""

    code = "font_refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


@dataclass(frozen=True, slots=True)
class AddedFont:
    """A font of the folder: its file's name, size, and how many characters it draws (0: it cannot be read)."""

    name: str
    size: int
    characters: int


def added_fonts() -> Path | None:
    """The folder with added fonts, or None while there is none."""
    folder = _folder()
    return folder if folder.is_dir() else None


def _folder() -> Path:
    return Path(settings.HUIYAO.data) / "fonts"


def fonts_added() -> list[AddedFont]:
    """What lies in the folder, by name."""
    folder = added_fonts()
    if folder is None:
        return []
    paths = [path for path in font_files(folder) if folder in path.parents]
    return [AddedFont(path.name, path.stat().st_size, _characters(path)) for path in paths]


def _characters(path: Path) -> int:
    # fontTools takes 15 MB: loaded only where there is a font to look at
    return len(import_module("huiyao.documents.fonts.reading").code_points(path))


def add_font(content: bytes, name: str, *, by: Actor, at: datetime) -> AddedFont:
    """Put a font into the folder; a file of the same name is replaced.

    Raises:
        NotAllowed: not an administrator.
        FontRefused: too large, no .otf, .ttf, .ttc or .otc, or it cannot be read.
    """
    _administrator_only(by)
    suffix = Path(name).suffix.lower()
    if len(content) > MOST_BYTES:
        raise FontRefused("too_large")
    if suffix not in FONT_KINDS:
        raise FontRefused("kind")
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{safe_file_name(Path(name).stem)}{suffix}"
    trial = folder / f".incoming-{at.timestamp():.0f}{suffix}"
    try:
        trial.write_bytes(content)
        characters = _characters(trial)
        if not characters:
            raise FontRefused("unreadable")
        with transaction.atomic():
            facts = {"name": target.name, "characters": characters}
            audit.record("font.added", by=by, at=at, subject=target.name[:40], facts=facts)
            trial.replace(target)
    finally:
        trial.unlink(missing_ok=True)
    return AddedFont(target.name, len(content), characters)


def remove_font(name: str, *, by: Actor, at: datetime) -> None:
    """Take an added font out of the folder.

    Raises:
        NotAllowed: not an administrator.
        NotFound: there is none of this name.
    """
    _administrator_only(by)
    folder = added_fonts()
    path = next((path for path in font_files(folder) if folder in path.parents and path.name == name), None)
    if path is None:
        raise NotFound
    with transaction.atomic():
        audit.record("font.removed", by=by, at=at, subject=name[:40], facts={"name": name})
        path.unlink(missing_ok=True)


def undrawn(text: str) -> tuple[MissingGlyph, ...]:
    """The characters of a text that no font has."""
    return missing_glyphs([("", text)], added_fonts())


def undrawn_names(*, most: int = 100) -> tuple[MissingGlyph, ...]:
    """Characters no font has in the names of persons and departments of the directory; ``where`` names whom."""
    rows = live_persons().values_list("name", "department__name")
    texts = {text for row in rows for text in row if text}
    return missing_glyphs(((text, text) for text in sorted(texts)), added_fonts())[:most]


def _administrator_only(by: Actor) -> None:
    if not by.administrator:
        raise NotAllowed(deed="fonts")
