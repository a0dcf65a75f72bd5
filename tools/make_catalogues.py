# SPDX-License-Identifier: Apache-2.0
"""Gather the messages of pages and mails, derive Taiwan wording where none is written, compile.

English msgids; ``zh_Hans`` is written by hand; ``zh_Hant`` is converted from it (OpenCC, Taiwan phrases) and then
corrected by ``tools/taiwan.tsv``; ``en`` only writes plurals out. The compiled files are committed.
"""

import csv
import os
import re
import subprocess
import sys
from pathlib import Path

import opencc

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src" / "huiyao"
LOCALE = PACKAGE / "locale"
WORDS = Path(__file__).with_name("taiwan.tsv")
ENTRY = re.compile(r'^(msg(?:id|id_plural|str(?:\[\d\])?|ctxt)) "(.*)"$')


def gather() -> None:
    """Run Django's extraction for the three catalogues."""
    for language in ("zh_Hans", "zh_Hant", "en"):
        (LOCALE / language / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            sys.executable, "-m", "django", "makemessages", "--settings", "tests.settings", "-v", "0",
            "-l", "zh_Hans", "-l", "zh_Hant", "-l", "en",
            "--no-location", "--no-wrap", "--no-obsolete", "-e", "html,py",
        ],
        cwd=PACKAGE, check=True, env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
    )  # fmt: skip


def blocks(path: Path) -> list[list[str]]:
    """The catalogue as blocks of lines, the header first."""
    return [block.split("\n") for block in path.read_text().strip().split("\n\n")]


def key_of(block: list[str]) -> tuple[str, ...]:
    """What identifies an entry: its context and msgid lines."""
    kept: list[str] = []
    for line in block:
        if line.startswith("msgstr"):
            break
        if not line.startswith("#"):
            kept.append(line)
    return tuple(kept)


def values_of(block: list[str]) -> list[str]:
    """The msgstr lines of an entry."""
    start = next(i for i, line in enumerate(block) if line.startswith("msgstr"))
    return block[start:]


def without_fuzz(block: list[str]) -> list[str]:
    """An entry whose translation was only guessed loses it."""
    if not any(line.startswith("#, ") and "fuzzy" in line for line in block):
        return block
    start = next(i for i, line in enumerate(block) if line.startswith("msgstr"))
    head = [line.replace(", fuzzy", "") for line in block[:start] if not line.startswith("#|")]
    empty = [line.split(" ", 1)[0] + ' ""' for line in block[start:] if line.startswith("msgstr")]
    return [line for line in head if line != "#"] + empty


def derive_taiwan() -> None:
    """Fill zh_Hant from zh_Hans: converted, then corrected by our list (third column: the only msgid meant)."""
    convert = opencc.OpenCC("s2twp").convert
    with WORDS.open(encoding="utf-8") as source:
        ours = [row for row in csv.reader(source, delimiter="\t") if len(row) >= 2]
    hans = {key_of(block): values_of(block) for block in blocks(catalogue("zh_Hans"))[1:]}
    path = catalogue("zh_Hant")
    header, *entries = blocks(path)
    result = [header]
    for block in entries:
        lines = "\n".join(hans[key_of(block)])
        text = convert(lines)
        for wrong, right, *only in ours:
            if not only or f'msgid "{only[0]}"' in block:
                text = text.replace(wrong, right)
        start = next(i for i, line in enumerate(block) if line.startswith("msgstr"))
        result.append([line for line in block[:start] if "fuzzy" not in line and not line.startswith("#|")] + [text])
    write(path, result)


def write_english() -> None:
    """English repeats its msgids, so that the catalogue is complete and plurals are its own."""
    path = catalogue("en")
    header, *entries = blocks(path)
    result = [header]
    for block in entries:
        kept = [line for line in block if not line.startswith("#") or "format" in line]
        kept = [line.replace(", fuzzy", "") for line in kept]
        start = next(i for i, line in enumerate(kept) if line.startswith("msgstr"))
        head = kept[:start]
        plural = next((i for i, line in enumerate(head) if line.startswith("msgid_plural")), None)
        first = next(i for i, line in enumerate(head) if line.startswith("msgid "))
        one = head[first:plural]
        values = [one[0].replace("msgid ", "msgstr[0] " if plural else "msgstr ", 1), *one[1:]]
        if plural:
            many = head[plural:]
            values += [many[0].replace("msgid_plural ", "msgstr[1] ", 1), *many[1:]]
        result.append(head + values)
    write(path, result)


def catalogue(language: str) -> Path:
    """Where a catalogue lies."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def write(path: Path, entries: list[list[str]]) -> None:
    """Write the blocks back."""
    path.write_text("\n\n".join("\n".join(block) for block in entries) + "\n")


def compile_all() -> None:
    """Compile the three catalogues, refusing broken placeholders."""
    for language in ("zh_Hans", "zh_Hant", "en"):
        po = catalogue(language)
        subprocess.run(["msgfmt", "--check-format", "-o", str(po.with_suffix(".mo")), str(po)], check=True)


def main() -> None:
    """Gather, derive, compile; say what still waits for words."""
    gather()
    path = catalogue("zh_Hans")
    header, *entries = blocks(path)
    write(path, [header, *(without_fuzz(block) for block in entries)])
    derive_taiwan()
    write_english()
    compile_all()
    open_entries = [b for b in blocks(path)[1:] if all(v.endswith('""') for v in values_of(b))]
    print(f"{len(blocks(path)) - 1} messages, {len(open_entries)} without Chinese words")


if __name__ == "__main__":
    main()
