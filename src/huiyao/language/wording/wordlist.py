# SPDX-License-Identifier: Apache-2.0
"""The list of wordings: a tab-separated file with a header, one entry a line.

Columns: category, wordings, reason, suggestion, reason_en, suggestion_en. ``wordings`` are literal texts separated by
``|``. Lines that begin with ``#`` are remarks.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files

from huiyao.domain.refusals import Refusal

MAX_ENTRIES = 2000
MAX_WORDING = 40


class Category(StrEnum):
    """What is wrong with a wording."""

    SUBJECTIVE = "subjective"
    BLAME = "blame"
    OPINION = "opinion"
    VAGUE_TIME = "vague_time"
    VAGUE_QUANTITY = "vague_quantity"
    VAGUE_PROMISE = "vague_promise"


class BadWordList(Refusal):
    """The list cannot be used. Facts: ``line``, ``reason`` (columns, category, wording, too_many, empty)."""

    code = "bad_word_list"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the list: several spellings of one wording, why it is flagged, and what to write instead."""

    category: Category
    wordings: tuple[str, ...]
    reason: str
    suggestion: str
    reason_en: str
    suggestion_en: str


def load_entries(text: str) -> tuple[Entry, ...]:
    """The entries of a list.

    Raises:
        BadWordList: a line without all six columns, an unknown category, an empty or overlong wording.
    """
    entries: list[Entry] = []
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith(("#", "category\t")):
            continue
        entries.append(_entry(number, line.split("\t")))
        if len(entries) > MAX_ENTRIES:
            raise BadWordList(line=number, reason="too_many")
    if not entries:
        raise BadWordList(line=0, reason="empty")
    return tuple(entries)


def _entry(number: int, columns: list[str]) -> Entry:
    columns = [column.strip() for column in columns]
    if len(columns) != 6 or not all(columns):
        raise BadWordList(line=number, reason="columns")
    category, wordings, reason, suggestion, reason_en, suggestion_en = columns
    if category not in set(Category):
        raise BadWordList(line=number, reason="category")
    spellings = tuple(wording.strip() for wording in wordings.split("|"))
    if not all(0 < len(wording) <= MAX_WORDING for wording in spellings):
        raise BadWordList(line=number, reason="wording")
    return Entry(Category(category), spellings, reason, suggestion, reason_en, suggestion_en)


@cache
def own_entries() -> tuple[Entry, ...]:
    """The list that comes with the product."""
    return load_entries(files(__package__ or "").joinpath("wording.tsv").read_text("utf-8"))
