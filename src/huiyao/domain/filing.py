# SPDX-License-Identifier: Apache-2.0
"""Names of filed things: ``year-month-topic`` (R79), safe as file and folder names on every system."""

import re
import unicodedata
from collections.abc import Collection
from datetime import date
from pathlib import PurePosixPath

FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')
WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef"
SPACE_BESIDE_WIDE = re.compile(f"(?<=[{WIDE}]) +| +(?=[{WIDE}])")
MAX_BYTES = 180
"""Most file systems allow 255 bytes for a name; the rest is left for a version and an ending."""
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?$", re.IGNORECASE)


def safe_name(text: str, *, fallback: str = "-") -> str:
    """The text as a file name: no separators, no invisible characters, no dots at its ends, short.

    A space beside a Chinese character is dropped (``Q1 产品迭代`` becomes ``Q1产品迭代``), others are kept.
    """
    clean = FORBIDDEN.sub(" ", unicodedata.normalize("NFC", text))
    clean = "".join(c for c in clean if unicodedata.category(c) not in ("Cf", "Cc", "Cs", "Co"))
    clean = SPACE_BESIDE_WIDE.sub("", " ".join(clean.split())).strip(". ")
    clean = clean.encode()[:MAX_BYTES].decode(errors="ignore").strip(". ")
    if RESERVED.match(clean):
        clean = f"_{clean}"
    return clean or fallback


def filing_name(day: date, topic: str) -> str:
    """``2026-11-Q1产品迭代协调会``: the civil date of the meeting and its title."""
    return safe_name(f"{day.year}-{day.month:02}-{topic.strip()}")


def unique_name(name: str, taken: Collection[str]) -> str:
    """The name, or with a number before its ending when it is taken (compared without regard to case)."""
    lowered = {t.casefold() for t in taken}
    if name.casefold() not in lowered:
        return name
    path = PurePosixPath(name)
    ending = path.suffix if 1 < len(path.suffix) <= 6 and " " not in path.suffix else ""
    stem = name[: len(name) - len(ending)]
    number = 2
    while f"{stem}-{number}{ending}".casefold() in lowered:
        number += 1
    return f"{stem}-{number}{ending}"
