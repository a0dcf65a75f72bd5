# SPDX-License-Identifier: Apache-2.0
"""The words of a document, which speaks its meeting's language and not that of who downloads it.

``zh-hant`` is in Taiwan's wording. The tables stand here and not in a catalogue, because a document must be
the same whoever asks for it and whichever locale the process runs in.
"""

from huiyao.documents.words.english import EN
from huiyao.documents.words.simplified import ZH_HANS
from huiyao.documents.words.table import Words
from huiyao.documents.words.traditional import ZH_HANT

__all__ = ["Words", "words_for"]

_TABLES = {table.language: table for table in (ZH_HANS, ZH_HANT, EN)}
_ALSO = {
    "zh": "zh-hans",
    "zh-cn": "zh-hans",
    "zh-sg": "zh-hans",
    "zh-tw": "zh-hant",
    "zh-hk": "zh-hant",
    "zh-mo": "zh-hant",
}


def words_for(language: str) -> Words:
    """The words of a language tag (``zh-hans``, ``zh_Hans``, ``zh-TW``); ValueError for any other."""
    tag = language.strip().lower().replace("_", "-")
    if tag.startswith(("zh-hans", "zh-hant")):
        tag = tag[:7]
    elif tag.startswith("en-"):
        tag = "en"
    tag = _ALSO.get(tag, tag)
    if tag not in _TABLES:
        raise ValueError(f"no document words for {language!r}")
    return _TABLES[tag]
