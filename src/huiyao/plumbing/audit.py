# SPDX-License-Identifier: Apache-2.0
"""The audit trail: one row per act, written in the transaction of the act."""

from collections.abc import Mapping
from datetime import datetime

from huiyao.domain.actor import Actor
from huiyao.plumbing.models import AuditRow


def record(
    act: str,
    *,
    by: Actor,
    at: datetime,
    subject: object,
    context: object = "",
    facts: Mapping[str, object] | None = None,
) -> None:
    """Write one audit row. ``subject`` is the thing's id, ``context`` the id of what it belongs to."""
    AuditRow.objects.create(
        at=at,
        actor_id=by.id,
        actor_name=by.name,
        act=act,
        subject=str(subject),
        context=str(context),
        facts=dict(facts or {}),
    )


def find_rows(context: object, *, limit: int = 200) -> list[AuditRow]:
    """The newest acts within one context, newest first. Asks for no permission."""
    return list(AuditRow.objects.filter(context=str(context)).order_by("-at", "-id")[:limit])
