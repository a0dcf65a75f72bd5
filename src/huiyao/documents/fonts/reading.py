# SPDX-License-Identifier: Apache-2.0
"""The characters of one font file, read with fontTools."""

from pathlib import Path

from fontTools.ttLib import TTCollection, TTFont


def code_points(path: Path) -> frozenset[int]:
    """The code points that a font or font collection maps to a glyph."""
    if path.suffix.lower() in {".ttc", ".otc"}:
        with TTCollection(path, lazy=True) as collection:
            return frozenset(code for font in collection.fonts for code in font.getBestCmap() or ())
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap() or ())
