# SPDX-License-Identifier: Apache-2.0
"""The figures an organisation sets, with the guide's as defaults (``product``: policy)."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from huiyao.domain.refusals import BadValue


@dataclass(frozen=True, slots=True)
class Policy:
    """Figures of the guide. Minutes, hours and days as the names say; days are working days."""

    meeting_minutes: int = 90  # R20
    invite_days: int = 3  # R15: three to five days ahead
    invite_days_most: int = 5
    turn_minutes: int = 3  # R31
    draft_hours: int = 2  # R59
    circulate_hours: int = 24  # R58, R68
    objection_hours: int = 2  # R70
    remind_days_first: int = 2  # R74
    remind_days_last: int = 1
    reply_days: int = 1
    progress_days: int = 7  # R73
    retrospective_minutes: int = 5  # R82
    accept_days: int = 1
    working_time: bool = True  # clocks count working time; otherwise plain hours


LIMITS: Mapping[str, tuple[int, int]] = {
    "meeting_minutes": (15, 480),
    "invite_days": (0, 30),
    "invite_days_most": (0, 60),
    "turn_minutes": (1, 60),
    "draft_hours": (1, 240),
    "circulate_hours": (1, 240),
    "objection_hours": (1, 240),
    "remind_days_first": (0, 30),
    "remind_days_last": (0, 30),
    "reply_days": (0, 30),
    "progress_days": (1, 60),
    "retrospective_minutes": (1, 60),
    "accept_days": (0, 30),
}


def changed(policy: Policy, figures: Mapping[str, object]) -> Policy:
    """The policy with some figures replaced.

    Raises:
        BadValue: a name is unknown (``reason="unknown"``), a figure is no whole number (``reason="number"``) or is
            outside its limits (``reason="range"`` with ``least`` and ``most``), or the days are the wrong way round.
    """
    known = {f.name for f in fields(Policy)}
    clean: dict[str, Any] = {}
    for name, value in figures.items():
        if name not in known:
            raise BadValue(field=name, reason="unknown")
        clean[name] = bool(value) if name == "working_time" else _figure(name, value)
    result = replace(policy, **clean)
    if result.invite_days > result.invite_days_most:
        raise BadValue(field="invite_days_most", reason="range", least=result.invite_days, most=60)
    return result


def _figure(name: str, value: object) -> int:
    least, most = LIMITS[name]
    try:
        number = int(str(value).strip())
    except ValueError:
        raise BadValue(field=name, reason="number", least=least, most=most) from None
    if not least <= number <= most:
        raise BadValue(field=name, reason="range", least=least, most=most)
    return number


def as_figures(policy: Policy) -> dict[str, int | bool]:
    """The policy as plain values, for storage."""
    return asdict(policy)
