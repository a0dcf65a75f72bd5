# SPDX-License-Identifier: Apache-2.0
"""How every act on minutes begins and ends: reach with permission, lock, ask the rules; save, audit."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from huiyao.domain.actor import Actor
from huiyao.domain.refusals import Conflict
from huiyao.domain.review import Act, decide
from huiyao.domain.rights import Deed
from huiyao.features.minutes.access import MinutesAccess, facts_for, get_minutes_for
from huiyao.features.minutes.models import Minutes
from huiyao.features.minutes.reads import position_of
from huiyao.plumbing import audit


def reach(  # the five things each act names, and the deed it needs
    meeting_id: UUID | str,
    deed: Deed,
    act: Act,
    *,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    reason: str = "",
) -> MinutesAccess:
    """The minutes under lock, moved (in memory) to where ``act`` takes them.

    ``seen`` is the row version the page had.

    Raises:
        NotFound, NotAllowed: as ``access`` says.
        Conflict: somebody changed the minutes since the page was shown.
        Refusal: as ``domain.review.decide`` says.
    """
    access = get_minutes_for(by, meeting_id, deed)
    minutes = Minutes.objects.select_for_update().get(pk=access.minutes.pk)
    access = replace(access, minutes=minutes, facts=facts_for(access.meeting, minutes))
    position = decide(position_of(minutes), act, at=at, reason=reason)
    if seen is not None and seen != minutes.version:
        raise Conflict(field="minutes", yours=seen, theirs=minutes.version, version=minutes.version)
    minutes.state = position.state
    if not position.approved:
        minutes.approved_at = None
    return access


def keep(
    access: MinutesAccess, act: str, *, by: Actor, at: datetime, facts: Mapping[str, object] | None = None
) -> None:
    """Save the minutes under a new row version with the audit row of the act."""
    minutes = access.minutes
    minutes.version += 1
    minutes.save()
    audit.record(f"minutes.{act}", by=by, at=at, subject=minutes.pk, context=minutes.meeting_id, facts=facts)
