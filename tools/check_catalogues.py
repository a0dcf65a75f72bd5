# SPDX-License-Identifier: Apache-2.0
"""Fail when a message of the sources is missing from a catalogue, has no words, or a compiled file is out of date."""

import gettext
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[1]
LOCALE = ROOT / "src" / "huiyao" / "locale"


def entries(po: Path) -> dict[str, str]:
    """The words of each msgid of a catalogue, compiled by msgfmt and read back; of plurals the first form."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "c.mo"
        subprocess.run(["msgfmt", "-o", str(target), str(po)], check=True)
        with target.open("rb") as compiled:
            return first_forms(compiled)


def first_forms(compiled: IO[bytes]) -> dict[str, str]:
    """A compiled catalogue as msgid to msgstr. Chinese has one form, English two: the first is in each."""
    catalogue: dict[str | tuple[str, int], str] = gettext.GNUTranslations(compiled)._catalog  # type: ignore[attr-defined]  # noqa: SLF001
    return {key if isinstance(key, str) else key[0]: words for key, words in catalogue.items() if _first(key)}


def _first(key: str | tuple[str, int]) -> bool:
    return isinstance(key, str) or key[1] == 0


def gathered() -> set[str]:
    """Every msgid of the sources, extracted into a copy of the tree's locale folder."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "huiyao"
        shutil.copytree(ROOT / "src" / "huiyao", copy, ignore=shutil.ignore_patterns("*.mo", "fonts", "assets"))
        (copy / "locale" / "en" / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
        (copy / "locale" / "en" / "LC_MESSAGES" / "django.po").unlink(missing_ok=True)
        subprocess.run(
            [sys.executable, "-m", "django", "makemessages", "--settings", "tests.settings", "-v", "0",
             "-l", "en", "-e", "html,py"],
            cwd=copy, check=True, env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"},
        )  # fmt: skip
        lines = subprocess.run(
            ["msgattrib", "--no-obsolete", "--no-wrap", str(copy / "locale" / "en" / "LC_MESSAGES" / "django.po")],
            capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        filled = Path(folder) / "all.po"
        filled.write_text(lines)
        done = subprocess.run(["msgen", str(filled)], capture_output=True, text=True, check=True).stdout
        filled.write_text(done)
        return set(entries(filled))


def main() -> int:
    """0 when complete."""
    if shutil.which("msgfmt") is None:
        print("skipped the catalogues: gettext is not installed (apt-get install gettext)")
        return 1 if os.environ.get("CI") == "true" else 0
    wanted, bad = gathered(), 0
    for language in ("zh_Hans", "zh_Hant", "en"):
        po = LOCALE / language / "LC_MESSAGES" / "django.po"
        have = entries(po)
        missing = sorted(m for m in wanted if m and not have.get(m))
        stale = _differs(po)
        bad += len(missing) + stale
        for message in missing[:20]:
            print(f"{language}: no words for {message!r}")
        if stale:
            print(f"{language}: the compiled catalogue is out of date; run `make messages`")
    return 1 if bad else 0


def _differs(po: Path) -> bool:
    compiled = po.with_suffix(".mo")
    if not compiled.exists():
        return True
    with compiled.open("rb") as source:
        kept = first_forms(source)
    return kept != entries(po)


if __name__ == "__main__":
    sys.exit(main())
