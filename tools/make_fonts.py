# SPDX-License-Identifier: Apache-2.0
"""Makes the Chinese fonts that the documents carry (src/huiyao/documents/fonts) from Debian's Noto CJK.

Needs the Debian packages ``fonts-noto-cjk`` (the outlines) and ``unicode-data`` (the list 通用规范汉字表, the
field kTGH of Unihan). Run it only to change the coverage; its result is committed and the same on any day.

Each font is the Simplified Chinese member of the Noto collection with its ``locl`` feature for Taiwan, so
that one file draws both forms: the text's language decides. The families are renamed: a subset must not pass
for the font of the same name on a reader's machine.
"""

import bz2
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

NOTO = Path("/usr/share/fonts/opentype/noto")
UNIHAN = Path("/usr/share/unicode/Unihan_OtherMappings.txt.bz2")
OUT = Path(__file__).resolve().parent.parent / "src" / "huiyao" / "documents" / "fonts"
SIMPLIFIED_MEMBER = 2
SCRIPTS = [f"{script}.{system}" for script in ("DFLT", "latn", "hani", "kana") for system in ("dflt", "ZHT")]
SIGNS = (
    (0x0020, 0x024F),  # Latin
    (0x02B0, 0x03FF),  # modifiers, Greek
    (0x0400, 0x045F),  # Cyrillic
    (0x1E00, 0x1EFF),  # Latin with marks, pinyin and Vietnamese
    (0x2000, 0x27BF),  # punctuation, currency, arrows, mathematics, enclosed, box drawing, symbols
    (0x2E80, 0x312F),  # radicals, punctuation, kana, bopomofo
    (0x3190, 0x33FF),  # bopomofo extended, strokes, enclosed, squared
    (0xFE10, 0xFE4F),  # vertical and compatibility forms
    (0xFF00, 0xFFEF),  # full and half width
)


@dataclass(frozen=True)
class Face:
    """One file to make. ``wide`` adds Big5 level 2: names are set in the regular serif."""

    source: str
    family: str
    style: str
    wide: bool


FACES = (
    Face("NotoSerifCJK-Regular.ttc", "Huiyao Serif", "Regular", wide=True),
    Face("NotoSerifCJK-Bold.ttc", "Huiyao Serif", "Bold", wide=False),
    Face("NotoSansCJK-Regular.ttc", "Huiyao Sans", "Regular", wide=False),
)


def general_standard() -> set[int]:
    """通用规范汉字表 (2013), 8,105 characters."""
    with bz2.open(UNIHAN, "rt", encoding="utf-8") as lines:
        rows = [line.split("\t") for line in lines if line.startswith("U+")]
    found = {int(row[0].removeprefix("U+"), 16) for row in rows if row[1] == "kTGH"}
    if len(found) != 8105:
        sys.exit(f"{UNIHAN}: expected 8105 characters, found {len(found)}")
    return found


def decoded(codec: str, lead: Iterable[int], trail: Iterable[int]) -> set[int]:
    """The characters of a two-byte Chinese code between the given bytes."""
    second = list(trail)
    pairs = (bytes((one, two)).decode(codec, "ignore") for one in lead for two in second)
    return {ord(text) for text in pairs if len(text) == 1}


def hanzi(*, wide: bool) -> set[int]:
    """The Chinese characters of a face: 通用规范汉字表, GB 2312 levels 1 and 2, Big5 level 1 (and 2)."""
    big5_trail = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    found = general_standard() | decoded("gb2312", range(0xB0, 0xF8), range(0xA1, 0xFF))
    found |= decoded("big5", range(0xA4, 0xC7), big5_trail)
    return found | decoded("big5", range(0xC9, 0xFA), big5_trail) if wide else found


def rename(font: TTFont, face: Face) -> None:
    """Give the subset its own names; the copyright and licence entries stay."""
    full, plain = f"{face.family} {face.style}", f"{face.family}-{face.style}".replace(" ", "")
    names = font["name"]
    names.names = [record for record in names.names if record.nameID in {0, 13, 14}]
    texts = {1: face.family, 2: face.style, 3: f"1;{plain}", 4: full, 5: "Version 1.000", 6: plain}
    texts[10] = "Subset of Noto CJK with renamed families, made by tools/make_fonts.py"
    for number, text in texts.items():
        names.setName(text, number, 3, 1, 0x409)
    cff = font["CFF "].cff
    cff.fontNames[0] = plain
    top = cff.topDictIndex[0]
    top.FullName, top.FamilyName = full, face.family


def make(face: Face, folder: Path) -> Path:
    """Write one face and answer where it is."""
    font = TTFont(NOTO / face.source, fontNumber=SIMPLIFIED_MEMBER, lazy=True, recalcTimestamp=False)
    options = subset.Options(
        layout_features=["locl", "kern", "mark", "ccmp"],
        layout_scripts=SCRIPTS,
        hinting=False,
        name_IDs=["*"],
    )
    wanted = hanzi(wide=face.wide)
    signs = {code for low, high in SIGNS for code in range(low, high + 1)}
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=wanted | signs)
    subsetter.subset(font)
    lacking = wanted - set(font.getBestCmap())
    if lacking:
        sys.exit(f"{face.source} lacks " + " ".join(f"U+{code:04X}" for code in sorted(lacking)))
    rename(font, face)
    target = folder / f"{face.family}-{face.style}.otf".replace(" ", "")
    font.save(target)
    return target


def spans(codes: set[int]) -> list[str]:
    """The code points as hexadecimal ranges, ``low-high`` or a single one."""
    ordered = sorted(codes)
    found: list[str] = []
    start = previous = ordered[0]
    for code in [*ordered[1:], -1]:
        if code != previous + 1:
            found.append(f"{start:X}" if start == previous else f"{start:X}-{previous:X}")
            start = code
        previous = code
    return found


def main() -> None:
    """Make every face into the package, and the list of what they draw together."""
    OUT.mkdir(parents=True, exist_ok=True)
    covered: set[int] = set()
    for face in FACES:
        made = make(face, OUT)
        drawn = set(TTFont(made, lazy=True).getBestCmap())
        covered |= drawn
        print(f"{made.name}: {made.stat().st_size:,} bytes, {len(drawn):,} characters")
    ranges = spans(covered)
    lines = [" ".join(ranges[at : at + 12]) for at in range(0, len(ranges), 12)]
    (OUT / "coverage.txt").write_text("\n".join(lines) + "\n", encoding="ascii")


if __name__ == "__main__":
    main()
