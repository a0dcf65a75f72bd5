# SPDX-License-Identifier: Apache-2.0
"""Hints beside the text, for recorder and host only."""

from collections.abc import Sequence
from dataclasses import dataclass

from huiyao.domain.drafting import Paper
from huiyao.features.minutes.access import MinutesAccess


@dataclass(frozen=True, slots=True)
class Hint:
    """One hint: where, what was found, what may be done."""

    key: str
    line: str
    title: str
    text: str


def hints_of(access: MinutesAccess, paper: Paper) -> Sequence[Hint]:
    """The hints that were not put aside."""
    return ()
