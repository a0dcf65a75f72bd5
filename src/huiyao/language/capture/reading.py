# SPDX-License-Identifier: Apache-2.0
"""What a captured line is understood to say."""

from dataclasses import dataclass
from typing import Literal

from huiyao.domain.record import Kind
from huiyao.language.deadlines import Deadline

Span = tuple[int, int]
"""Start and end (exclusive) in the line as typed."""
NOWHERE: Span = (0, 0)


@dataclass(frozen=True, slots=True)
class OwnerFound:
    """An owner: ids of person and department.

    ``person`` is empty when only a department is named. Both are empty while the reading is contested: then ``choices``
    lists (person id, department id) to choose from.
    """

    person: str
    department: str
    span: Span
    wording: str
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SupportFound:
    """Support asked of somebody; ids are empty when the words name nobody in the directory."""

    what: str
    person: str = ""
    department: str = ""
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Alternative:
    """Another reading of a part of the line: another kind, another due day, or the people a name may mean."""

    field: Literal["kind", "owner", "due"]
    span: Span
    kind: Kind | None = None
    due: Deadline | None = None
    owner: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Capture:
    """A line read as an entry.

    ``text`` is what remains as the entry's words (the task of an action). ``support`` is None when the line says
    nothing about it and ``()`` for an explicit "none". ``kind_said`` tells a stated kind from a guessed one.
    """

    kind: Kind
    text: str
    owners: tuple[OwnerFound, ...] = ()
    due: Deadline | None = None
    support: tuple[SupportFound, ...] | None = None
    alternatives: tuple[Alternative, ...] = ()
    kind_span: Span = NOWHERE
    kind_said: bool = False
    text_span: Span = NOWHERE
