# SPDX-License-Identifier: Apache-2.0
"""What a person's name is found by when typed in Latin letters: pinyin in full and its initials.

The pinyin tables take 57 MB, so they are loaded in a short-lived process of their own, only when names are written.
"""

import json
import logging
import subprocess
import sys
from collections.abc import Sequence

logger = logging.getLogger(__name__)
SECONDS = 30
KEYS_MOST = 400


def keys_of(names: Sequence[str]) -> list[str]:
    """The search keys of each name, lower case, separated by spaces; empty for a name without Chinese characters.

    When the process fails the keys are empty: the names can still be found by their characters.
    """
    wanted = sorted({name for name in names if not name.isascii()})
    if not wanted:
        return ["" for _ in names]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "huiyao.language.pinyin"],
            input=json.dumps(wanted).encode(),
            capture_output=True,
            timeout=SECONDS,
            check=True,
        )
        found = dict(zip(wanted, json.loads(done.stdout), strict=True))
    except (OSError, subprocess.SubprocessError, ValueError):
        logger.exception("no pinyin for %d names", len(wanted))
        return ["" for _ in names]
    return [str(found.get(name, ""))[:KEYS_MOST] for name in names]
