# SPDX-License-Identifier: Apache-2.0
"""What a person's name is found by when typed in Latin letters: pinyin in full and its initials."""

from huiyao.language.pinyin import pinyin_keys

KEYS_MOST = 400


def keys_of(name: str) -> str:
    """The search keys of a name, lower case, separated by spaces, the commonest first; empty for a Latin name."""
    if name.isascii():
        return ""
    kept = ""
    for key in pinyin_keys(name):
        longer = f"{kept} {key}".strip()
        if len(longer) > KEYS_MOST:
            break
        kept = longer
    return kept
