# SPDX-License-Identifier: Apache-2.0
"""What a person's name is found by when typed in Latin letters: pinyin in full and its initials."""

from collections.abc import Sequence

from huiyao.language.pinyin import pinyin_keys

KEYS_MOST = 400


def keys_of(names: Sequence[str]) -> list[str]:
    """The search keys of each name, lower case, separated by spaces; empty for a name without Chinese characters."""
    return ["" if name.isascii() else " ".join(pinyin_keys(name))[:KEYS_MOST] for name in names]
