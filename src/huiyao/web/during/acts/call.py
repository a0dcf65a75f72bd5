# SPDX-License-Identifier: Apache-2.0
"""One command as it came, and its values with their types."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from huiyao.domain.actor import Actor
from huiyao.domain.record import Kind
from huiyao.domain.refusals import BadValue


@dataclass(frozen=True, slots=True)
class Call:
    """One command as it came: who says it, in which meeting, when, with which values."""

    by: Actor
    meeting_id: str
    at: datetime
    values: Mapping[str, Any]

    def text(self, name: str) -> str:
        """A value that must be text (absent: empty).

        Raises:
            BadValue: it is something else.
        """
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise BadValue(field=name, reason="unknown")
        return value

    def kind(self, name: str) -> Kind | None:
        """A value that must be a kind of entry, or None if absent.

        Raises:
            BadValue: it is something else.
        """
        value = self.text(name)
        if not value:
            return None
        try:
            return Kind(value)
        except ValueError:
            raise BadValue(field=name, reason="unknown") from None
