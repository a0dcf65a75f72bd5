# SPDX-License-Identifier: Apache-2.0
"""The characters of one font file, read with fontTools."""

from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont


def code_points(path: Path) -> frozenset[int]:
    """The code points that a font or font collection maps to a glyph; none where it cannot be read."""
    try:
        return _read(path)
    except Exception:  # noqa: BLE001  a damaged font fails in as many ways as it has tables
        return frozenset()


def _read(path: Path) -> frozenset[int]:
    with path.open("rb") as file:  # fontTools would leave it open where it fails
        if path.suffix.lower() in {".ttc", ".otc"}:
            with TTCollection(file, lazy=True) as collection:
                return frozenset(code for font in collection.fonts for code in font.getBestCmap() or ())
        with TTFont(file, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
