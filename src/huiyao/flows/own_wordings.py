# SPDX-License-Identifier: Apache-2.0
"""The list of wordings in force: the administrator's ``wording.tsv`` in the data folder, or the one shipped."""

import logging
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from huiyao.language.wording import BadWordList, Entry, load_entries, own_entries

logger = logging.getLogger(__name__)
FILE = "wording.tsv"


def wordings() -> tuple[Entry, ...]:
    """The entries hints are found with; read again when the file changes. A list that cannot be used is left aside."""
    path = Path(settings.HUIYAO.data) / FILE
    try:
        changed = path.stat().st_mtime_ns
    except OSError:
        return own_entries()
    return _read(path, changed)


@lru_cache(maxsize=2)
def _read(path: Path, changed: int) -> tuple[Entry, ...]:
    del changed
    try:
        return load_entries(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, BadWordList) as problem:
        logger.warning("%s is not used: %s", path, problem)
        return own_entries()
