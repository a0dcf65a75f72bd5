# SPDX-License-Identifier: Apache-2.0
"""The fonts that travel with the documents (made by tools/make_fonts.py), and those an administrator adds.

Covered in serif (regular, bold) and sans: 通用规范汉字表, GB 2312 levels 1 and 2, Big5 level 1.
The regular serif, which sets the names, has Big5 level 2 too. ``coverage.txt`` lists what they draw together.
"""

from pathlib import Path

FONT_FOLDER = Path(__file__).parent
FONT_KINDS = {".otf", ".ttf", ".ttc", ".otc"}


def font_folders(extra: Path | None) -> tuple[Path, ...]:
    """The folders a document may take glyphs from."""
    return (FONT_FOLDER,) if extra is None or not extra.is_dir() else (FONT_FOLDER, extra)


def font_files(extra: Path | None) -> tuple[Path, ...]:
    """Every font file of those folders, bundled ones first, in stable order."""
    return tuple(
        path
        for folder in font_folders(extra)
        for path in sorted(folder.rglob("*"))
        if path.suffix.lower() in FONT_KINDS and path.is_file() and not path.name.startswith(".")
    )
