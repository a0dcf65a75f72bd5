# SPDX-License-Identifier: Apache-2.0
"""Minutes as plain JSON values and back, and the hash that chains their versions.

The plain form follows the dataclasses field by field: dates and instants in ISO 8601, enums by value,
tuples as lists. Fields a stored version does not have yet take their default: old versions stay readable.
"""

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from huiyao.domain.consensus import Call
from huiyao.domain.drafting import Paper


def to_data(value: object) -> Any:
    """The value as JSON has it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: to_data(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, list | tuple):
        return [to_data(item) for item in value]
    if isinstance(value, date):  # an instant is a date too, and its isoformat keeps the offset
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def paper_of(data: Any) -> Paper:
    """The paper a stored version holds."""
    paper: Paper = _build(Paper, data)
    return paper


def call_of(data: Any) -> Call:
    """The consensus call a snapshot holds."""
    call: Call = _build(Call, data)
    return call


def _build(wanted: Any, data: Any) -> Any:
    if get_origin(wanted) is UnionType:
        wanted = next(option for option in get_args(wanted) if option is not NoneType)
    if data is None:
        return None
    if get_origin(wanted) is tuple:
        options = get_args(wanted)
        if len(options) == 2 and options[1] is ...:
            return tuple(_build(options[0], item) for item in data)
        return tuple(_build(option, item) for option, item in zip(options, data, strict=True))
    return _build_single(wanted, data)


@cache
def _shape(wanted: Any) -> tuple[tuple[str, Any], ...]:
    """The fields of a dataclass with their types; reading annotations is slow, they never change."""
    hints = get_type_hints(wanted)
    return tuple((f.name, hints[f.name]) for f in fields(wanted))


def _build_single(wanted: Any, data: Any) -> Any:
    if is_dataclass(wanted):
        values = {name: _build(hint, data[name]) for name, hint in _shape(wanted) if name in data}  # type: ignore[arg-type]
        return wanted(**values)  # type: ignore[operator]  # a class here, never an instance
    if wanted is datetime or wanted is date:
        return wanted.fromisoformat(data)
    return wanted(data) if issubclass(wanted, Enum) else data


def canonical(data: object) -> bytes:
    """One spelling of JSON values: sorted keys, no spaces, UTF-8."""
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def chained_hash(content: object, *, number: int, author: str, at: datetime, previous: str) -> str:
    """The SHA-256 of a version: its content, who and when, and the hash of the version before it."""
    sealed = {
        "author": author,
        "at": at.astimezone(UTC).isoformat(timespec="microseconds"),
        "content": content,
        "number": number,
        "previous": previous,
    }
    return hashlib.sha256(canonical(sealed)).hexdigest()
