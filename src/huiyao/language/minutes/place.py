# SPDX-License-Identifier: Apache-2.0
"""Where the reading of minutes stands."""

from dataclasses import dataclass

from huiyao.language.minutes.sections import Section
from huiyao.language.minutes.segments import Segment


@dataclass(slots=True)
class Place:
    """Where the walk stands. ``indent`` and ``style`` belong to the label that opened the section."""

    section: Section = Section.TOP
    level: int = 0
    indent: int = -1
    style: str = ""
    before: Section = Section.DISCUSSION

    def is_left_by(self, part: Segment, *, again: bool) -> bool:
        """A line further out closes a label's section, and so do its sibling and ``again``: numbers beginning anew."""
        if self.indent < 0 or self.section not in (Section.ACTIONS, Section.CONCLUSION, Section.NEXT):
            return False
        sibling = bool(self.style) and f"{part.mark}{part.style}" == self.style and part.indent <= self.indent
        return part.indent < self.indent or sibling or again
