# SPDX-License-Identifier: Apache-2.0
"""Hints on wording (R104, R105): judgements, blame, opinions and vague promises, with a way to rewrite each.

The list is one data file that an administrator may replace; nothing is changed in the text here.
"""

from huiyao.language.wording.hints import WordingHint, check_wording
from huiyao.language.wording.repair import repaired
from huiyao.language.wording.wordlist import BadWordList, Category, Entry, load_entries, own_entries

__all__ = [
    "BadWordList",
    "Category",
    "Entry",
    "WordingHint",
    "check_wording",
    "load_entries",
    "own_entries",
    "repaired",
]
