# SPDX-License-Identifier: Apache-2.0
"""Which characters the documents' fonts draw, kept as one bit for each code point (a set takes 30 MB)."""

from functools import lru_cache
from importlib import import_module
from pathlib import Path

from huiyao.documents.fonts import FONT_FOLDER, font_files

COVERAGE_FILE = FONT_FOLDER / "coverage.txt"
_CODES = 0x110000


class Coverage:
    """A set of characters, immutable."""

    def __init__(self, bits: bytes) -> None:
        self._bits = bits

    def __contains__(self, sign: str) -> bool:
        code = ord(sign)
        return bool(self._bits[code >> 3] & (1 << (code & 7)))


@lru_cache(maxsize=1)
def _bundled() -> bytes:
    bits = bytearray(_CODES // 8)
    for span in COVERAGE_FILE.read_text(encoding="ascii").split():
        low, _, high = span.partition("-")
        for code in range(int(low, 16), int(high or low, 16) + 1):
            bits[code >> 3] |= 1 << (code & 7)
    return bytes(bits)


def drawable(extra_fonts: Path | None = None) -> Coverage:
    """Every character that a document can show, with the fonts of ``extra_fonts`` where that exists."""
    added = [path for path in font_files(extra_fonts) if FONT_FOLDER not in path.parents]
    return _with_added(tuple((path, path.stat().st_mtime_ns) for path in added))


@lru_cache(maxsize=2)
def _with_added(files: tuple[tuple[Path, int], ...]) -> Coverage:
    if not files:
        return Coverage(_bundled())
    bits = bytearray(_bundled())
    # fontTools takes 15 MB: a process whose administrator added no font never loads it
    reader = import_module("huiyao.documents.fonts.reading")
    for path, _modified in files:
        for code in reader.code_points(path):
            bits[code >> 3] |= 1 << (code & 7)
    return Coverage(bytes(bits))
