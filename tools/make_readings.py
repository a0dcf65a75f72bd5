# SPDX-License-Identifier: Apache-2.0
"""Makes src/huiyao/language/readings.txt from pypinyin's data: syllable, then the simplified characters read so.

Run by hand after a new pypinyin: ``python tools/make_readings.py``. The table is shipped because pypinyin itself costs
65 MB of memory in every process (its data: MIT, pinyin-data). Tones are dropped, at most three readings are kept.
"""

import sys
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from pypinyin.constants import PHRASES_DICT, PINYIN_DICT

from huiyao.language.folding import simplified

TARGET = Path(__file__).parent.parent / "src/huiyao/language/readings.txt"
KEPT = 3
ATTESTED = 3
"""A second reading is kept when so many words of pypinyin's phrase list have it; archaic ones are not."""


def plain(syllable: str) -> str:
    """The syllable without tone, ü as v."""
    decomposed = unicodedata.normalize("NFD", syllable.replace("ü", "v"))
    marked = decomposed.replace("u\u0308", "v")
    return "".join(letter for letter in marked if "a" <= letter <= "z").replace("ê", "e")


def attested() -> Counter[tuple[str, str]]:
    """How many phrases read a character so."""
    counts: Counter[tuple[str, str]] = Counter()
    for phrase, readings in PHRASES_DICT.items():
        if len(phrase) == len(readings):
            counts.update((letter, plain(read[0])) for letter, read in zip(phrase, readings, strict=True))
    return counts


def main() -> None:
    """Writes the table; a rank column tells first, second and third readings apart."""
    table: dict[tuple[int, str], list[str]] = defaultdict(list)
    traditional, counts = simplified(), attested()
    for code in range(0x4E00, 0xA000):
        if code in traditional or code not in PINYIN_DICT:
            continue
        readings = list(dict.fromkeys(plain(part) for part in PINYIN_DICT[code].split(",")))
        readings = [r for at, r in enumerate(readings) if not at or counts[chr(code), r] >= ATTESTED]
        for rank, syllable in enumerate(readings[:KEPT]):
            if syllable:
                table[rank, syllable].append(chr(code))
    rows = [f"{rank} {syllable} {''.join(letters)}" for (rank, syllable), letters in sorted(table.items())]
    TARGET.write_text("\n".join(rows) + "\n", encoding="utf-8")
    sys.stdout.write(f"{len(rows)} rows, {TARGET.stat().st_size} bytes\n")


if __name__ == "__main__":
    main()
