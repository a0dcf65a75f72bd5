# SPDX-License-Identifier: Apache-2.0
"""Search terms of a text: overlapping pairs of Han characters, whole words of everything else.

A full-text index without a Chinese segmenter stores these terms; a query makes the same terms and all must match.
"""

import re

from huiyao.language.folding import fold_key

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[^\W_\u3400-\u9fff]+")


def _is_han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff" or "\uf900" <= letter <= "\ufaff" or letter >= "\U00020000"


def index_terms(text: str) -> list[str]:
    """Terms in reading order, repeats kept: each Han character, each pair of neighbours, each other word."""
    terms: list[str] = []
    for run in _RUN.findall(fold_key(text)):
        if not _is_han(run[0]):
            terms.append(run)
            continue
        terms.extend(run)
        terms.extend(run[at : at + 2] for at in range(len(run) - 1))
    return terms


def query_terms(text: str) -> list[str]:
    """The fewest terms that must all be present: pairs for a run of Han, the character itself for a single one."""
    terms: list[str] = []
    for run in _RUN.findall(fold_key(text)):
        if _is_han(run[0]) and len(run) > 1:
            terms.extend(run[at : at + 2] for at in range(len(run) - 1))
        else:
            terms.append(run)
    return list(dict.fromkeys(terms))
